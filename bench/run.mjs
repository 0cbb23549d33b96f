import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { reminders } from './reminders.mjs';
import { registerAndList } from './register-and-list.mjs';
import { search } from './search.mjs';
import { seeded } from './seed.mjs';

/**
 * `npm run bench`: the figures of Diarium beside raw baselines in the same run, as a table, and in docs/benchmarks.md.
 * `--sizes 10000,100000` for fewer; `--seconds 5` a measurement; `--turns 3`, of which the median counts.
 */
const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const SIZES = option('sizes', '10000,100000,1000000').split(',').map(Number);
const SECONDS = Number(option('seconds', '5'));
const TURNS = Number(option('turns', '3'));
const SEEDS = option('seeds', join(tmpdir(), 'diarium-bench-seeds'));

const rows = [];
const add = (work, size, ours, raw, ratio, asked) => {
  rows.push({ work, size, ours, raw, ratio, asked });
  process.stdout.write(`${[work, size.toLocaleString('en'), ours, raw, ratio, asked].join(' | ')}\n`);
};
const rate = (value) => `${value.toFixed(0)}/s`;
const ms = (value) => `${value.toFixed(1)} ms`;

const listP50 = new Map();
for (const size of SIZES) {
  process.stderr.write(`${size} referrals: seeding\n`);
  const seed = await seeded(SEEDS, size);
  const measured = await registerAndList(seed, { seconds: SECONDS, turns: TURNS });
  for (const { work, connections, ours, raw } of measured.rows) {
    const name = `${work}, ${connections} ${connections === 1 ? 'connection' : 'connections'}`;
    const told = `${rate(ours.perSecond)} (p50 ${ours.p50} ms, p99 ${ours.p99} ms)`;
    add(name, size, told, rate(raw.perSecond), (ours.perSecond / raw.perSecond).toFixed(2), 'at least 0.5');
    if (work.startsWith('list') && connections === 1) listP50.set(size, 1000 / ours.perSecond);
  }
  const found = await search(seed, { seconds: SECONDS });
  add('search, 20 hits, p95', size, `${ms(found.p95)} (p50 ${ms(found.p50)})`, '', '', 'under 20 ms at 1,000,000');
  const kept = found.beside.perSecond / found.alone.perSecond;
  add(
    'list beside 40 searches a second',
    size,
    rate(found.beside.perSecond),
    rate(found.alone.perSecond),
    kept.toFixed(2),
    'at least 0.75',
  );
  if (size === SIZES[0]) {
    add('cold start to the first answer', size, ms(measured.firstAnswerMs), '', '', 'under 1,500 ms');
    add('idle memory (PSS)', size, `${measured.idleMb.toFixed(0)} MB`, '', '', 'under 150 MB');
    const mails = await reminders(seed);
    const speed = ({ mails: count, seconds }) => count / seconds;
    add(
      '10,000 due reminders by SMTP',
      size,
      rate(speed(mails.ours)),
      rate(speed(mails.raw)),
      (speed(mails.ours) / speed(mails.raw)).toFixed(2),
      'at least 0.6',
    );
  }
}
const [smallest, largest] = [SIZES[0], SIZES.at(-1)];
const growth = (listP50.get(largest) ?? 0) / (listP50.get(smallest) ?? 1);
add(
  `time of a list, ${largest.toLocaleString('en')} against ${smallest.toLocaleString('en')}`,
  largest,
  `${growth.toFixed(2)} times`,
  '',
  '',
  'at most 2 times',
);

const version = (name) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../node_modules', name, 'package.json'), 'utf8')).version;
const libraries = ['@nestjs/core', 'fastify', 'typeorm', 'better-sqlite3', 'nodemailer'].map(
  (name) => `${name} ${version(name)}`,
);
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const processor = cpus()[0]?.model ?? 'unknown';
const lines = [
  '# Benchmarks',
  '',
  'Written by `npm run bench`. The baseline of a row ran in the same run, on the same data: bare Fastify and better-sqlite3 in',
  'one synchronous transaction that writes the same rows with the same durability, bare pooled nodemailer, or the list alone.',
  `Each figure is the median of ${TURNS} turns of ${SECONDS} s.`,
  '',
  `- Machine: ${cpus().length} × ${processor}, ${Math.round(totalmem() / 2 ** 30)} GB; load generator and servers share it`,
  `- Node ${process.version}, ${libraries.join(', ')}; commit ${commit}`,
  '',
  '| work | referrals | Diarium | baseline | ratio | asked |',
  '|---|---|---|---|---|---|',
  ...rows.map(
    ({ work, size, ours, raw, ratio, asked }) =>
      `| ${[work, size.toLocaleString('en'), ours, raw, ratio, asked].join(' | ')} |`,
  ),
  '',
];
const notes = join(import.meta.dirname, 'notes.md');
writeFileSync(
  join(import.meta.dirname, '../docs/benchmarks.md'),
  `${lines.join('\n')}\n${readFileSync(notes, 'utf8')}`,
);
