import 'reflect-metadata';
import nodemailer from 'nodemailer';
import Database from 'better-sqlite3';
import { createDiariumContext } from '../build/bootstrap.js';
import { Sweep } from '../build/features/reminders/sweep.js';
import { SystemClock } from '../build/platform/clock/system-clock.js';
import { readConfig } from '../build/platform/config/config.js';

/** One side of the reminder race: `raw` sends the same mails by pooled nodemailer alone, `ours` sweeps. */
const [side, smtpUrl, dataDir, clock] = process.argv.slice(2);

async function raw() {
  const db = new Database(`${dataDir}/diarium.db`, { readonly: true });
  const mails = db
    .prepare("SELECT message_id, to_email, to_name, subject, text, html FROM mail WHERE state = 'sent'")
    .all();
  db.close();
  const transport = nodemailer.createTransport({ url: smtpUrl, pool: true, maxConnections: 5, maxMessages: Infinity });
  const began = performance.now();
  await Promise.all(
    mails.map(({ message_id: messageId, to_email: address, to_name: name, subject, text, html }) =>
      transport.sendMail({ from: 'diarium@example.se', to: { name, address }, messageId, subject, text, html }),
    ),
  );
  const seconds = (performance.now() - began) / 1000;
  transport.close();
  return { mails: mails.length, seconds };
}

async function ours() {
  const config = readConfig({ DATA_DIR: dataDir, SMTP_URL: smtpUrl, LOG_LEVEL: 'error', MORNING_REPORT: 'off' });
  const diarium = await createDiariumContext({ config, process: 'command', clock: new SystemClock(new Date(clock)) });
  const sweep = diarium.app.get(Sweep, { strict: false });
  const began = performance.now();
  const { sent, failed } = await sweep.runOnce();
  const seconds = (performance.now() - began) / 1000;
  await diarium.close();
  return { mails: sent, failed, seconds };
}

process.stdout.write(`${JSON.stringify(side === 'raw' ? await raw() : await ours())}\n`);
