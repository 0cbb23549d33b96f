/**
 * `npm test`: builds, runs every test, then on PostgreSQL what ran on SQLite alone, then the rules' tests again where the
 * machine's own time zone would show if a rule leaned on it. Its last line says what was skipped. With arguments
 * (`npm test -- test/unit/calendar`) only Jest with those. Under CI a skipped test is a fault, and a file that failed is
 * run once more by itself: the machine is shared, and a hook that times out is not a fault that stays. That run is ended
 * when its tests are: what a test that failed has left open would keep it for ever.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildOrExit } from './build.mjs';
import { filesToRunAnew } from './engines.mjs';
import { runJest } from './jest.mjs';
import { skippedIn, skippedLine } from './skipped.mjs';

const RULES = join('test', 'unit') + '/';
const FAR_ZONES = ['Pacific/Auckland', 'America/Los_Angeles'];

const scratch = mkdtempSync(join(tmpdir(), 'diarium-jest-'));
const skippedFile = join(scratch, 'skipped');
const totals = { passed: 0, failed: 0, skipped: 0 };

/** More failed files than these are a fault of the change. */
const MOST_ONCE_MORE = 10;

let runs = 0;

function jest(args, env = {}) {
  const report = join(scratch, `${(runs += 1)}.json`);
  return runJest(args, report, { env: { ...process.env, SKIPPED_FILE: skippedFile, ...env } });
}

/** The counts with those of `again` in the place of the files that it ran. */
function mended(counts, failed, again) {
  const ofFailed = failed.reduce(
    (sum, { assertionResults }) => {
      for (const { status } of assertionResults) if (status in sum) sum[status] += 1;
      return sum;
    },
    { passed: 0, pending: 0 },
  );
  return {
    passed: counts.passed - ofFailed.passed + again.passed,
    failed: again.failed,
    skipped: counts.skipped - ofFailed.pending + again.skipped,
  };
}

function runAndCount(args, env) {
  let counts = jest(args, env);
  const failed = counts.files.filter(({ status }) => status === 'failed');
  if (process.env.CI && failed.length > 0 && failed.length <= MOST_ONCE_MORE) {
    const names = failed.map(({ name }) => name);
    console.log(`\nFAILED, run once more by themselves:\n${names.join('\n')}`);
    counts = mended(counts, failed, jest(['--runInBand', '--forceExit', ...names], env));
  }
  for (const kind of Object.keys(totals)) totals[kind] += counts[kind];
}

const SECOND_ENGINE = { program: 'PostgreSQL', kind: 'files on PostgreSQL as well' };
let missing = [];

/** On PostgreSQL what the first run had on SQLite, unless it found that there is none. */
function runOnPostgres() {
  const files = filesToRunAnew();
  if (missing.some(({ program }) => program === SECOND_ENGINE.program)) {
    missing.push(...files.map((title) => ({ ...SECOND_ENGINE, title })));
    return;
  }
  console.log(`\nOn PostgreSQL: ${files.length} files that ran on SQLite`);
  runAndCount(['--runTestsByPath', ...files], { TEST_ENGINE: 'postgres' });
}

await buildOrExit();
const chosen = process.argv.slice(2);
runAndCount(chosen);
missing = skippedIn(skippedFile);
if (chosen.length === 0) {
  runOnPostgres();
  for (const TZ of FAR_ZONES) {
    console.log(`\nThe rules again, with TZ=${TZ}`);
    runAndCount([RULES], { TZ });
  }
}
rmSync(scratch, { recursive: true, force: true });

const skippedInCi = Boolean(process.env.CI) && totals.skipped > 0;
if (skippedInCi) console.log('\nSkipped tests are a fault under CI.');
console.log(`\nTests: ${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
const line = skippedLine(missing, totals.skipped);
if (line !== null) console.log(`\n${line}`);
process.exit(totals.failed > 0 || skippedInCi || totals.passed === 0 ? 1 : 0);
