/**
 * `npm run test:faults -- 10`: builds, runs the fault tests so many times (once when nothing is said) and prints a line
 * for each round. A test that was skipped, or that passed the second time only, is a fault: nothing is run once more.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildOrExit } from './build.mjs';
import { runJest } from './jest.mjs';

const ROOT = dirname(import.meta.dirname);
const FAULTS = join('test', 'fault') + '/';

const env = { ...process.env };
delete env.CI; // under which a failed test is run once more
const secondsOf = ({ startTime, endTime }) => Math.round((endTime - startTime) / 1_000);

const rounds = Number(process.argv[2] ?? 1);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error('How many rounds? For instance: npm run test:faults -- 10');
  process.exit(2);
}

await buildOrExit();
const scratch = mkdtempSync(join(tmpdir(), 'diarium-faults-'));
let inARow = 0;
for (let round = 1; round <= rounds; round += 1) {
  const from = performance.now();
  const report = join(scratch, `${round}.json`);
  const { passed, failed, skipped, files, stderr } = runJest([FAULTS], report, { env, stderr: 'pipe' });
  const seconds = Math.round((performance.now() - from) / 1_000);
  const good = failed === 0 && skipped === 0 && passed > 0;
  inARow = good ? inARow + 1 : 0;
  const slowest = files.sort((a, b) => secondsOf(b) - secondsOf(a))[0];
  const longest = slowest ? `, longest ${slowest.name.slice(ROOT.length + 1)} ${secondsOf(slowest)} s` : '';
  const counts = `${passed} passed, ${failed} failed, ${skipped} skipped`;
  if (!good) console.log(stderr);
  console.log(`round ${round} of ${rounds}: ${counts}, ${seconds} s${longest}; ${inARow} in a row`);
}
rmSync(scratch, { recursive: true, force: true });
process.exit(inARow === rounds ? 0 : 1);
