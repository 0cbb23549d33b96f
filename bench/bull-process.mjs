import { fork } from 'node:child_process';
import { once } from 'node:events';
import Bull from 'bull';
import nodemailer from 'nodemailer';
import { sql } from './servers.mjs';

/**
 * The baselines of the reminders: the mails that Diarium has sent, by pooled nodemailer alone, or by a Bull job each
 * whose handler sends by it, in so many processes.
 */
const [side, smtpUrl, databaseUrl, redisUrl, processes = '1'] = process.argv.slice(2);
const MAILS = "SELECT message_id, to_email, to_name, subject, text, html FROM mail WHERE state = 'sent'";
const AT_ONCE = 8;
const transport = nodemailer.createTransport({ url: smtpUrl, pool: true, maxConnections: 5, maxMessages: Infinity });

const send = ({ message_id: messageId, to_email: address, to_name: name, subject, text, html }) =>
  transport.sendMail({ from: 'diarium@example.se', to: { name, address }, messageId, subject, text, html });

const open = async () => {
  const queue = new Bull('bare', redisUrl);
  await queue.isReady();
  return queue;
};

/** Does jobs until its parent, which adds them, hangs up. */
async function consume() {
  const queue = await open();
  queue.process(AT_ONCE, async ({ data }) => void (await send(data))).catch((error) => console.error(error));
  process.send('ready');
  await once(process, 'disconnect');
  await queue.close();
}

async function byBull(mails) {
  const args = ['consumer', smtpUrl, databaseUrl, redisUrl];
  const consumers = Array.from({ length: Number(processes) }, () => fork(process.argv[1], args));
  await Promise.all(consumers.map((one) => once(one, 'message')));
  const queue = await open();
  let left = mails.length;
  const all = new Promise((resolve, reject) => {
    queue.on('global:failed', (_id, error) => reject(new Error(error)));
    queue.on('global:completed', () => {
      left -= 1;
      if (left === 0) resolve();
    });
  });
  const began = performance.now();
  await Promise.all([all, queue.addBulk(mails.map((data) => ({ data, opts: { removeOnComplete: true } })))]);
  const seconds = (performance.now() - began) / 1000;
  await queue.close();
  for (const one of consumers) one.disconnect();
  return seconds;
}

async function alone(mails) {
  const began = performance.now();
  await Promise.all(mails.map(send));
  return (performance.now() - began) / 1000;
}

if (side === 'consumer') await consume();
else {
  const mails = await sql(databaseUrl, MAILS);
  const seconds = side === 'bull' ? await byBull(mails) : await alone(mails);
  process.stdout.write(`${JSON.stringify({ mails: mails.length, seconds })}\n`);
}
transport.close();
