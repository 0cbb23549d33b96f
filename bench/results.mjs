import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

const RESULTS = join(import.meta.dirname, 'results');
const LIBRARIES = ['@nestjs/core', 'fastify', 'typeorm', 'better-sqlite3', 'pg', 'bull', 'nodemailer'];

const version = (name) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../node_modules', name, 'package.json'), 'utf8')).version;

/** On what, of what and when a part was run. */
function circumstances() {
  return {
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB`,
    software: [`Node ${process.version}`, ...LIBRARIES.map((name) => `${name} ${version(name)}`)].join(', '),
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
    date: new Date().toISOString().slice(0, 10),
  };
}

const fileOf = (name) => join(RESULTS, `${name}.json`);

/** Keeps what a part measured until it is run again. */
export function keep(name, { rows, turns, seconds }) {
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(fileOf(name), `${JSON.stringify({ ...circumstances(), turns, seconds, rows }, null, 2)}\n`);
}

const rowOf = ({ work, size, ours, raw, ratio, asked }) =>
  `| ${[work, size.toLocaleString('en'), ours, raw, ratio, asked].join(' | ')} |`;

function section({ name, title, baseline }, skipped) {
  const told = skipped === undefined ? [] : [`Left out of the last run: ${skipped}.`, ''];
  if (!existsSync(fileOf(name))) return [`## ${title}`, '', ...told, 'Not measured yet.', ''];
  const { machine, software, commit, date, turns, seconds, rows } = JSON.parse(readFileSync(fileOf(name), 'utf8'));
  return [
    `## ${title}`,
    '',
    baseline,
    '',
    ...told,
    `Run on ${date} at commit ${commit}; the median of ${turns} turns of ${seconds} s.`,
    `${machine}; ${software}.`,
    '',
    '| work | referrals | Diarium | baseline | ratio | asked |',
    '|---|---|---|---|---|---|',
    ...rows.map(rowOf),
    '',
  ];
}

/** docs/benchmarks.md, of the last results of each part; `skipped` has why a part was left out of this run. */
export function render(parts, skipped) {
  const lines = [
    '# Benchmarks',
    '',
    'Written by `npm run bench`, part by part: each tells when and of which commit its figures are. The baseline of a row ran',
    'in the same run, on the same data. Load generator, servers and databases share the machine.',
    '',
    ...parts.flatMap((part) => section(part, skipped.get(part.name))),
  ];
  const notes = readFileSync(join(import.meta.dirname, 'notes.md'), 'utf8');
  writeFileSync(join(import.meta.dirname, '../docs/benchmarks.md'), `${lines.join('\n')}\n${notes}`);
}
