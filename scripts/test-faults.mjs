/**
 * `npm run test:faults -- 10`: builds, runs the fault tests so many times (once when nothing is said) and prints a line
 * for each round. A test that was skipped, or that passed the second time only, is a fault: nothing is run once more.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildOrExit } from './build.mjs';

const ROOT = dirname(import.meta.dirname);
const FAULTS = join('test', 'fault') + '/';
const NODE_FLAGS = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

/** What one round came to: its counts, and the seconds that each file took. */
function runOnce(report) {
  const cli = createRequire(import.meta.url).resolve('jest/bin/jest');
  const env = { ...process.env };
  delete env.CI; // under which a failed test is run once more
  const args = [...NODE_FLAGS, cli, '--json', '--outputFile', report, FAULTS];
  const { stderr, status } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites, testResults } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    const files = testResults.map(({ name, startTime, endTime }) => [name, Math.round((endTime - startTime) / 1_000)]);
    const failed = numFailedTests + numRuntimeErrorTestSuites || Number(status !== 0);
    return { passed: numPassedTests, failed, skipped: numPendingTests, files, stderr };
  } catch {
    return { passed: 0, failed: 1, skipped: 0, files: [], stderr }; // Jest died before it could count
  }
}

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
  const { passed, failed, skipped, files, stderr } = runOnce(join(scratch, `${round}.json`));
  const seconds = Math.round((performance.now() - from) / 1_000);
  const good = failed === 0 && skipped === 0 && passed > 0;
  inARow = good ? inARow + 1 : 0;
  const slowest = files.sort((a, b) => b[1] - a[1])[0];
  const longest = slowest ? `, longest ${slowest[0].slice(ROOT.length + 1)} ${slowest[1]} s` : '';
  const counts = `${passed} passed, ${failed} failed, ${skipped} skipped`;
  if (!good) console.log(stderr);
  console.log(`round ${round} of ${rounds}: ${counts}, ${seconds} s${longest}; ${inARow} in a row`);
}
rmSync(scratch, { recursive: true, force: true });
process.exit(inARow === rounds ? 0 : 1);
