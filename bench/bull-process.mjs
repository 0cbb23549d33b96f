import Bull from 'bull';
import nodemailer from 'nodemailer';
import { sql } from './servers.mjs';

/**
 * The baselines of the reminders: the mails that Diarium has sent, by pooled nodemailer alone, or by a Bull job each
 * whose handler sends by it.
 */
const [side, smtpUrl, databaseUrl, redisUrl] = process.argv.slice(2);
const mails = await sql(databaseUrl, "SELECT message_id, to_email, to_name, subject, text, html FROM mail WHERE state = 'sent'"); // prettier-ignore
const transport = nodemailer.createTransport({ url: smtpUrl, pool: true, maxConnections: 5, maxMessages: Infinity });

const send = ({ message_id: messageId, to_email: address, to_name: name, subject, text, html }) =>
  transport.sendMail({ from: 'diarium@example.se', to: { name, address }, messageId, subject, text, html });

async function byBull() {
  const queue = new Bull('bare', redisUrl);
  await queue.isReady();
  const began = performance.now();
  const added = queue.addBulk(mails.map((data) => ({ data, opts: { removeOnComplete: true } })));
  await new Promise((resolve, reject) => {
    let left = mails.length;
    queue.on('failed', (_job, error) => reject(error));
    queue.on('completed', () => {
      left -= 1;
      if (left === 0) resolve();
    });
    queue.process(8, async ({ data }) => void (await send(data))).catch(reject);
  });
  await added;
  const seconds = (performance.now() - began) / 1000;
  await queue.close();
  return seconds;
}

async function alone() {
  const began = performance.now();
  await Promise.all(mails.map(send));
  return (performance.now() - began) / 1000;
}

const seconds = side === 'bull' ? await byBull() : await alone();
transport.close();
process.stdout.write(`${JSON.stringify({ mails: mails.length, seconds })}\n`);
