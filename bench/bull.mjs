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
/** As much as ten days without a mail server leave. */
const MANY_DUE = 10 * DUE;
const ROOT = join(import.meta.dirname, '..');
/** Counting costs the database something too. */
const LOOK_EVERY_MS = 250;
const WITHIN_MS = 900_000;

/** So many people, each with one reminder that is due, as `makeDue` has them on SQLite. */
async function makeDueThere(url, due) {
  const at = `'${TODAY}T06:30:00.000Z'`;
  const all = `generate_series(0, ${due - 1}) n`;
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
async function untilAllAreNoted(url, workers, due) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const any = 'SELECT 1 FROM mail LIMIT 1';
  const all = `SELECT 1 WHERE (SELECT count(*) FROM mail WHERE state = 'sent') >= ${due}`;
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

async function byWorkers(count, settings, due) {
  const env = { PATH: process.env.PATH, LOG_LEVEL: 'error', ...settings };
  const workers = Array.from({ length: count }, () =>
    spawn(process.execPath, [join(ROOT, 'dist/worker.js')], { env, stdio: ['ignore', 'ignore', 'inherit'] }),
  );
  try {
    return due / (await untilAllAreNoted(settings.DATABASE_URL, workers, due));
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

/** Reminders a second by so many workers, beside the same mails by the baselines. */
async function measure(count, due, { server, redis, smtpUrl, folder, size, add }) {
  let ours;
  await withCopy(server, `seed_${size}`, 'ours', async (url) => {
    await makeDueThere(url, due);
    const settings = { DATABASE_URL: url, QUEUE: 'bull', REDIS_URL: redis.url, SMTP_URL: smtpUrl, DATA_DIR: folder };
    ours = await byWorkers(count, { ...settings, DIARIUM_CLOCK: CLOCK, MORNING_REPORT: 'off' }, due);
    const alone = await bare('nodemailer', smtpUrl, url);
    const name = `${due.toLocaleString('en')} due reminders, ${count} ${count === 1 ? 'worker' : 'workers'}`;
    add(`${name}, nodemailer alone`, size, rate(ours), rate(alone), ratio(ours, alone), 'at least 0.4');
    const byBull = await bare('bull', smtpUrl, url, redis.url, String(count));
    add(`${name}, a bare Bull job each`, size, rate(ours), rate(byBull), ratio(ours, byBull), '');
  });
  return ours;
}

async function everySize(stage, options) {
  const { sizes, seeds, add } = options;
  const single = [];
  for (const size of sizes) {
    await postgresSeed(stage.server, await seeded(seeds, size), `seed_${size}`);
    for (const count of PROCESSES) {
      const ours = await measure(count, DUE, { ...stage, size, add });
      if (count === 1) single.push(ours);
    }
  }
  const [from, to] = [sizes[0], sizes.at(-1)];
  const many = await measure(1, MANY_DUE, { ...stage, size: from, add });
  const more = `${MANY_DUE.toLocaleString('en')} due against ${DUE.toLocaleString('en')}`;
  add(`time of one reminder, ${more}`, from, `${ratio(single[0], many)} times`, '', '', '');
  if (from === to) return;
  const grown = `${to.toLocaleString('en')} cases against ${from.toLocaleString('en')}`;
  add(`time of one reminder, ${grown}`, to, `${ratio(single[0], single.at(-1))} times`, '', '', '');
}

/** Workers on PostgreSQL and Redis. */
export const bull = {
  name: 'bull',
  title: 'Workers on PostgreSQL and Bull',
  engine: 'postgres',
  baseline: `Baseline: the same mails by pooled nodemailer in one process, or as one Bull job each in as many processes as there are
workers, with nothing noted. Diarium is timed from the first claimed mail to the last that is noted as sent. One measurement a row.`,
  lacks: lackOfServers,
  async run(options) {
    const folder = mkdtempSync(join(tmpdir(), 'diarium-bench-'));
    const sink = await startSink();
    const server = await startPostgres();
    const redis = await startRedis();
    try {
      await everySize({ server, redis, smtpUrl: sink.url, folder }, options);
    } finally {
      sink.stop();
      await redis.stop();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
