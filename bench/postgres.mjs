import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, rate, ratio } from './figures.mjs';
import { postgresSeed, withCopy } from './postgres-seed.mjs';
import { serve } from './processes.mjs';
import { OFFICER, listing, load, registering } from './register-and-list.mjs';
import { QUERIES } from './search.mjs';
import { CLOCK, seeded, token } from './seed.mjs';
import { lackOfServers, sql, startPostgres, startRedis } from './servers.mjs';

const PROCESSES = [1, 2, 4];
const CONNECTIONS = 16;
const OFFICERS_PAGE = `officer=${OFFICER}@example.se`;
const searching = (pathOf) => ({
  path: '',
  requests: QUERIES.map((q) => ({
    path: pathOf(encodeURIComponent(q)),
    headers: { authorization: `Bearer ${token('reader')}` },
  })),
});
const OURS = {
  'list 50 open': listing(`/api/v1/referrals?${OFFICERS_PAGE}&status=open&limit=50`),
  register: registering('/api/v1/referrals'),
  search: searching((q) => `/api/v1/referrals?q=${q}`),
};
const RAW = {
  'list 50 open': listing(`/list?${OFFICERS_PAGE}`),
  register: registering('/register'),
  search: searching((q) => `/search?q=${q}`),
};

/** The same requests against several processes at once, their connections shared out. */
async function spread(processes, request, seconds) {
  const each = CONNECTIONS / processes.length;
  const results = await Promise.all(processes.map(({ url }) => load(url, request, seconds, each)));
  return {
    perSecond: results.reduce((sum, { perSecond }) => sum + perSecond, 0),
    p50: Math.max(...results.map(({ p50 }) => p50)),
    p99: Math.max(...results.map(({ p99 }) => p99)),
  };
}

/** The rows that Diarium writes for one registration, for the baseline to write again. */
async function patternOf(url, diarium) {
  const answer = await fetch(`${diarium.url}/api/v1/referrals`, registering(''));
  if (answer.status !== 201) throw new Error(await answer.text());
  const { id } = await answer.json();
  const [referral] = await sql(url, `SELECT * FROM referral WHERE id = '${id}'`);
  const reminders = await sql(url, `SELECT * FROM reminder WHERE referral_id = '${id}'`);
  const [journal] = await sql(url, `SELECT * FROM journal WHERE subject_id = '${id}'`);
  return JSON.stringify({ referral, reminders, journal });
}

async function inTurns(ours, raw, work, { seconds, turns }) {
  const taken = { ours: [], raw: [] };
  for (let turn = 0; turn < turns; turn += 1) {
    taken.raw.push(await spread(raw, RAW[work], seconds));
    taken.ours.push(await spread(ours, OURS[work], seconds));
  }
  return { ours: median(taken.ours), raw: median(taken.raw) };
}

async function measure(ours, raw, size, options) {
  const name = `${ours.length} ${ours.length === 1 ? 'process' : 'processes'}, ${CONNECTIONS} connections`;
  await spread(ours, OURS['list 50 open'], 1);
  await spread(raw, RAW['list 50 open'], 1);
  const found = {};
  for (const work of Object.keys(OURS)) {
    const figures = await inTurns(ours, raw, work, options);
    const { perSecond, p50, p99 } = figures.ours;
    const bare = figures.raw.perSecond;
    const told = `${rate(perSecond)} (p50 ${p50} ms, p99 ${p99} ms)`;
    options.add(`${work}, ${name}`, size, told, rate(bare), ratio(perSecond, bare), '');
    found[work] = perSecond;
  }
  return found;
}

async function sideBySide(server, redis, seed, size, count, options) {
  const started = [];
  const start = async (...args) => {
    started.push(await serve(...args));
    return started.at(-1);
  };
  const folder = mkdtempSync(join(tmpdir(), 'diarium-bench-'));
  const many = async (...args) => {
    const list = [];
    while (list.length < count) list.push(await start(...args));
    return list;
  };
  try {
    return await withCopy(server, seed, 'ours', (ourUrl) =>
      withCopy(server, seed, 'raw', async (rawUrl) => {
        const settings = { QUEUE: 'bull', REDIS_URL: redis.url, DIARIUM_CLOCK: CLOCK, MORNING_REPORT: 'off' };
        const ours = await many('dist/main.js', { ...settings, DATABASE_URL: ourUrl, DATA_DIR: folder });
        const PATTERN = await patternOf(ourUrl, ours[0]);
        const raw = await many('bench/raw-postgres-server.mjs', { DATABASE: rawUrl, PATTERN }, '/');
        const found = await measure(ours, raw, size, options);
        await Promise.all(started.splice(0).map((one) => one.stop()));
        return found;
      }),
    );
  } finally {
    await Promise.all(started.map((one) => one.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

function growth(first, last, { sizes, add }) {
  if (sizes.length < 2) return;
  const [from, to] = [sizes[0], sizes.at(-1)];
  for (const work of Object.keys(first)) {
    const name = `time of one ${work}, ${to.toLocaleString('en')} against ${from.toLocaleString('en')}`;
    add(name, to, `${ratio(first[work], last[work])} times`, '', '', work === 'list 50 open' ? 'at most 2 times' : '');
  }
}

/** Web processes on PostgreSQL, with Bull for what they hand over. */
export const postgres = {
  name: 'postgres',
  title: 'Web processes on PostgreSQL',
  engine: 'postgres',
  baseline: `Baseline: as many processes of bare Fastify and pg, one transaction that writes the same rows on the same server.
PostgreSQL has its own settings, so a commit is on disk when it is answered. A bare search asks for the number, then for all
of the words, without prefixes, weights or secrecy.`,
  lacks: lackOfServers,
  async run(options) {
    const server = await startPostgres();
    const redis = await startRedis();
    try {
      const single = [];
      for (const size of options.sizes) {
        const seed = `seed_${size}`;
        await postgresSeed(server, await seeded(options.seeds, size), seed);
        for (const count of PROCESSES) {
          const found = await sideBySide(server, redis, seed, size, count, options);
          if (count === 1) single.push(found);
        }
      }
      growth(single[0], single.at(-1), options);
    } finally {
      await redis.stop();
      await server.stop();
    }
  },
};
