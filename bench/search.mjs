import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from './register-and-list.mjs';
import { serve } from './processes.mjs';
import { CLOCK, copyOf, token } from './seed.mjs';

export const QUERIES = [
  'trygghet buller',
  'detaljplan',
  'bibl',
  'ben 2024/17',
  'KS 2023/4001',
  'skola trafik klimat',
  '4711',
  'park och vatten',
];

const bearer = (name) => ({ authorization: `Bearer ${token(name)}` });

/** How long a search takes, and how much it slows the list beside it. */
export async function search(seed, { seconds }) {
  const folder = mkdtempSync(join(tmpdir(), 'diarium-bench-'));
  copyOf(seed, folder);
  const diarium = await serve('dist/main.js', { DATA_DIR: folder, DIARIUM_CLOCK: CLOCK, MORNING_REPORT: 'off' });
  try {
    const took = [];
    const once = async (q) => {
      const began = performance.now();
      const answer = await fetch(`${diarium.url}/api/v1/referrals?q=${encodeURIComponent(q)}`, {
        headers: bearer('reader'),
      });
      if (!answer.ok) throw new Error(await answer.text());
      await answer.json();
      return performance.now() - began;
    };
    for (const q of QUERIES) await once(q);
    for (let n = 0; n < 400; n += 1) took.push(await once(QUERIES[n % QUERIES.length]));
    took.sort((a, b) => a - b);
    const page = {
      method: 'GET',
      path: '/api/v1/referrals?officer=officer1@example.se&status=open&limit=50',
      headers: bearer('officer1'),
    };
    const alone = await load(diarium.url, page, seconds, 1);
    let on = true;
    // As fast as a person at a keyboard with live results, four of them: ten searches a second each.
    const typists = Array.from({ length: 4 }, async (_, n) => {
      for (let turn = n; on; turn += 1) {
        await once(QUERIES[turn % QUERIES.length]);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    });
    const beside = await load(diarium.url, page, seconds, 1);
    on = false;
    await Promise.all(typists);
    return { p50: took[200], p95: took[380], alone, beside };
  } finally {
    await diarium.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
