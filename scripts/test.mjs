/**
 * `npm test`: builds, runs every test, then the rules' tests again where the machine's own time zone would show if a rule
 * leaned on it. With arguments (`npm test -- test/unit/calendar`) only Jest with those. Under CI a skipped test is a fault.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildOrExit } from './build.mjs';
import { runJest } from './jest.mjs';

const RULES = join('test', 'unit') + '/';
const FAR_ZONES = ['Pacific/Auckland', 'America/Los_Angeles'];

const scratch = mkdtempSync(join(tmpdir(), 'diarium-jest-'));
const totals = { passed: 0, failed: 0, skipped: 0 };

function jest(args, env = {}) {
  const report = join(scratch, `${Object.values(env).join('').replace(/\W/g, '-') || 'all'}.json`);
  const counts = runJest(args, report, { env: { ...process.env, ...env } });
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
