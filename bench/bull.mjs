import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { rate, ratio } from './figures.mjs';
import { postgresSeed, withCopy } from './postgres-seed.mjs';
import { DUE, run, startSink } from './reminders.mjs';
import { CLOCK, TODAY, seeded } from './seed.mjs';
import { lackOfServers, sql, startPostgres, startRedis } from './servers.mjs';

const PROCESSES = [1, 2, 4];
const ROOT = join(import.meta.dirname, '..');
/** Counting costs the database something too. */
const LOOK_EVERY_MS = 250;
const WITHIN_MS = 300_000;

/** So many people, each with one reminder that is due, as `makeDue` has them on SQLite. */
async function makeDueThere(url) {
  const at = `'${TODAY}T06:30:00.000Z'`;
  const all = `generate_series(0, ${DUE - 1}) n`;
  await sql(
    url,
    `INSERT INTO person (id, email, name, created_at) SELECT 'due-person-' || n, 'p' || n || '@example.se', 'Person ' || n, ${at} FROM ${all}`,
    `INSERT INTO person_role SELECT 'due-person-' || n, 'BEN', 'officer' FROM ${all}`,
    `WITH c AS (SELECT id, answer_due, row_number() OVER () - 1 AS k
       FROM (SELECT id, answer_due FROM referral WHERE status = 'assigned' LIMIT 500) found)
     INSERT INTO reminder (id, referral_id, about, date, "offset", person_id, due_at, state, created_at, changed_at)
     SELECT 'due-reminder-' || n, c.id, 'answerDue', c.answer_due, -5, 'due-person-' || n, ${at}, 'pending', ${at}, ${at}
       FROM ${all} JOIN c ON c.k = n % (SELECT count(*) FROM c)`,
    'VACUUM ANALYZE',
  );
}

/** From the first claimed mail to the last that is noted as sent, in seconds. */
async function untilAllAreNoted(url, workers) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const any = 'SELECT 1 FROM mail LIMIT 1';
  const all = `SELECT 1 WHERE (SELECT count(*) FROM mail WHERE state = 'sent') >= ${DUE}`;
  const until = async (text) => {
    const end = performance.now() + WITHIN_MS;
    while ((await client.query(text)).rowCount === 0) {
      if (performance.now() > end) throw new Error('The reminders are not sent in time');
      if (workers.some(({ exitCode }) => exitCode !== null)) throw new Error('A worker has ended');
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  };
  try {
    await until(any);
    const began = performance.now();
    await until(all);
    return (performance.now() - began) / 1000;
  } finally {
    await client.end();
  }
}

async function byWorkers(count, settings) {
  const env = { PATH: process.env.PATH, LOG_LEVEL: 'error', ...settings };
  const workers = Array.from({ length: count }, () =>
    spawn(process.execPath, [join(ROOT, 'dist/worker.js')], { env, stdio: ['ignore', 'ignore', 'inherit'] }),
  );
  try {
    return DUE / (await untilAllAreNoted(settings.DATABASE_URL, workers));
  } finally {
    for (const worker of workers) {
      if (worker.exitCode !== null) continue;
      const gone = once(worker, 'exit');
      worker.kill('SIGTERM');
      await gone;
    }
  }
}

const bare = async (...args) => {
  const { mails, seconds } = await run('bull-process.mjs', ...args);
  return mails / seconds;
};

async function measure(server, redis, smtpUrl, folder, size, { add }) {
  for (const count of PROCESSES) {
    await withCopy(server, `seed_${size}`, 'ours', async (url) => {
      await makeDueThere(url);
      const settings = { DATABASE_URL: url, QUEUE: 'bull', REDIS_URL: redis.url, SMTP_URL: smtpUrl, DATA_DIR: folder };
      const ours = await byWorkers(count, { ...settings, DIARIUM_CLOCK: CLOCK, MORNING_REPORT: 'off' });
      const alone = await bare('nodemailer', smtpUrl, url);
      const name = `${DUE.toLocaleString('en')} due reminders, ${count} ${count === 1 ? 'worker' : 'workers'}`;
      add(`${name}, nodemailer alone`, size, rate(ours), rate(alone), ratio(ours, alone), 'at least 0.4');
      if (count > 1) return;
      const byBull = await bare('bull', smtpUrl, url, redis.url);
      add(`${name}, a bare Bull job each`, size, rate(ours), rate(byBull), ratio(ours, byBull), '');
    });
  }
}

/** Workers on PostgreSQL and Redis. */
export const bull = {
  name: 'bull',
  title: 'Workers on PostgreSQL and Bull',
  engine: 'postgres',
  baseline: `Baseline: the same mails by pooled nodemailer in one process, alone or as one Bull job each, with nothing noted. Diarium
is timed from the first claimed mail to the last that is noted as sent. One measurement a row.`,
  lacks: lackOfServers,
  async run(options) {
    const folder = mkdtempSync(join(tmpdir(), 'diarium-bench-'));
    const sink = await startSink();
    const server = await startPostgres();
    const redis = await startRedis();
    try {
      for (const size of options.sizes) {
        await postgresSeed(server, await seeded(options.seeds, size), `seed_${size}`);
        await measure(server, redis, sink.url, folder, size, options);
      }
    } finally {
      sink.stop();
      await redis.stop();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
