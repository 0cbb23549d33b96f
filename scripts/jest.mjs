import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

const ROOT = dirname(import.meta.dirname);
const NODE_FLAGS = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

/** What a run came to: its counts, and each file with its times. */
function countsIn(report, status) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites, testResults } =
      JSON.parse(readFileSync(report, 'utf8'));
    const failed = numFailedTests + numRuntimeErrorTestSuites || Number(status !== 0);
    return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests, files: testResults };
  } catch {
    return { passed: 0, failed: 1, skipped: 0, files: [] }; // Jest died before it could count
  }
}

/**
 * Runs Jest in a process of its own, which says what it has to say on standard error.
 *
 * @param report where it writes its report
 * @param stderr `pipe` to have what it said given back
 */
export function runJest(args, report, { env = process.env, stderr = 'inherit' } = {}) {
  const cli = createRequire(import.meta.url).resolve('jest/bin/jest');
  const run = spawnSync(process.execPath, [...NODE_FLAGS, cli, '--json', '--outputFile', report, ...args], {
    cwd: ROOT,
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'ignore', stderr],
  });
  return { ...countsIn(report, run.status), stderr: run.stderr ?? '' };
}
