/**
 * `npm test`: builds, runs every test, then the rules' tests again where the machine's own time zone would show if a rule
 * leaned on it. With arguments (`npm test -- test/unit/calendar`) only Jest with those. Under CI a skipped test is a fault.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildOrExit } from './build.mjs';

const ROOT = dirname(import.meta.dirname);
const RULES = join('test', 'unit') + '/';
const FAR_ZONES = ['Pacific/Auckland', 'America/Los_Angeles'];
const NODE_FLAGS = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

const scratch = mkdtempSync(join(tmpdir(), 'diarium-jest-'));
const totals = { passed: 0, failed: 0, skipped: 0 };

function readCounts(report, code) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    return { passed: numPassedTests, failed: failed || Number(code !== 0), skipped: numPendingTests + numTodoTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }; // Jest died before it could count
  }
}

function jest(args, env = {}) {
  const report = join(scratch, `${Object.values(env).join('').replace(/\W/g, '-') || 'all'}.json`);
  const cli = createRequire(import.meta.url).resolve('jest/bin/jest');
  const { status } = spawnSync(process.execPath, [...NODE_FLAGS, cli, '--json', '--outputFile', report, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const counts = readCounts(report, status);
  for (const kind of Object.keys(totals)) totals[kind] += counts[kind];
}

await buildOrExit();
const chosen = process.argv.slice(2);
jest(chosen);
if (chosen.length === 0) {
  for (const TZ of FAR_ZONES) {
    console.log(`\nThe rules again, with TZ=${TZ}`);
    jest([RULES], { TZ });
  }
}
rmSync(scratch, { recursive: true, force: true });

const skippedInCi = Boolean(process.env.CI) && totals.skipped > 0;
if (skippedInCi) console.log('\nSkipped tests are a fault under CI.');
console.log(`\nTests: ${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(totals.failed > 0 || skippedInCi || totals.passed === 0 ? 1 : 0);
