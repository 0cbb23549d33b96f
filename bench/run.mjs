import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bull } from './bull.mjs';
import { embedded } from './embedded.mjs';
import { pages } from './pages.mjs';
import { postgres } from './postgres.mjs';
import { keep, render } from './results.mjs';

/**
 * `npm run bench`: the figures of Diarium beside raw baselines in the same run, as a table, and in docs/benchmarks.md.
 * `--sizes 10000,100000` for fewer; `--seconds 5` a measurement; `--turns 3`, of which the median counts;
 * `--engines sqlite,postgres`: the parts on these alone, the others keep the figures they have.
 */
const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const options = {
  sizes: option('sizes', '10000,100000,1000000').split(',').map(Number),
  seconds: Number(option('seconds', '5')),
  turns: Number(option('turns', '3')),
  seeds: option('seeds', join(tmpdir(), 'diarium-bench-seeds')),
};
/** `--parts bull`: these alone; the others keep the figures, commit and day that they have. */
const parts = option('parts', null)?.split(',') ?? null;
const engines = option('engines', 'sqlite,postgres').split(',');

/**
 * In the order of the document. A part has a name, a title, a word on its baseline, the engine it runs on, `lacks` with
 * what is not on this machine, and `run`, which adds its rows.
 */
const PARTS = [embedded, pages, postgres, bull];

const skipped = new Map();
for (const part of PARTS) {
  if (parts !== null && !parts.includes(part.name)) continue;
  const lack = engines.includes(part.engine) ? part.lacks() : `--engines ${engines.join(',')}`;
  if (lack !== null) {
    skipped.set(part.name, lack);
    process.stdout.write(`SKIPPED: ${part.title}: ${lack}\n`);
    continue;
  }
  process.stdout.write(`${part.title}\n`);
  const rows = [];
  const add = (work, size, ours, raw, ratio, asked) => {
    rows.push({ work, size, ours, raw, ratio, asked });
    process.stdout.write(`${[work, size.toLocaleString('en'), ours, raw, ratio, asked].join(' | ')}\n`);
  };
  await part.run({ ...options, add });
  keep(part.name, { rows, ...options });
}
render(PARTS, skipped);
