import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = dirname(import.meta.dirname);
const SUITES = ['test/contract', 'test/e2e', 'test/integration'];

/** The suites that stay on SQLite, and why. `test/unit-platform/engines.spec.ts` keeps the list true. */
export const ON_SQLITE_ONLY = {
  'test/e2e/cli/demo.e2e-spec.ts': 'the demonstration makes a SQLite file, and reads what is in it',
  'test/e2e/cli/organisation.e2e-spec.ts': 'reads the file that the command wrote',
  'test/e2e/cli/usage.e2e-spec.ts': 'what the command line says of a file that is missing, foreign or old',
  'test/e2e/frame/lifetime.e2e-spec.ts':
    "one process with a file; test/fault and test/integration/postgres have the others'",
  'test/e2e/pages/arende/keyboard-acts.e2e-spec.ts':
    'how a page is worked with the keyboard; walk.e2e-spec and every-act.e2e-spec have the acts on both',
  'test/e2e/pages/eyes.e2e-spec.ts':
    'how pages look: the engine changes what they tell, and not how they are marked up',
  'test/e2e/referrals/read-once.e2e-spec.ts': 'counts what SQLite is asked, and PostgreSQL is asked the same',
  'test/integration/database/open-database.spec.ts': 'how a SQLite file is opened',
  'test/integration/database/sqlite-turns.spec.ts': 'turns on one SQLite connection, and on one file',
  'test/integration/operations/archive.spec.ts': "a SQLite backup's archive; test/e2e/operations/backup has both",
  'test/integration/referrals/watch-plans.spec.ts': "SQLite's plans of queries; PostgreSQL counts what it holds",
  'test/integration/register/read-pool.spec.ts': "the threads that read a SQLite file, which PostgreSQL doesn't need",
};

/** Runs on each engine by itself, or is about PostgreSQL. */
const BY_ITSELF = /\b(ENGINES|describeWithPostgres)\b/;
/** Asks the support for an app or a database, which TEST_ENGINE decides the engine of. */
const FOLLOWS = /\b(startApp|freshDatabase)\b/;
/** Has a database by other ways. */
const OPENS = /better-sqlite3|\b(freshSqlite|freshDatabaseFile|openDatabase|runCli|ServerProcess|run-cli|dist)\b/;

const isSpec = (name) => /\.spec\.tsx?$|\.e2e-spec\.ts$/.test(name);

/** Every file that Jest runs in these suites, as paths from the root. */
export const specFiles = () =>
  SUITES.flatMap((suite) =>
    readdirSync(join(ROOT, suite), { recursive: true, encoding: 'utf8' })
      .filter(isSpec)
      .map((name) => join(suite, name)),
  ).sort();

/** What the file and the helpers that it imports say; not what is in test/support, which knows both engines. */
function said(file, seen = new Set()) {
  if (seen.has(file)) return '';
  seen.add(file);
  const text = readFileSync(join(ROOT, file), 'utf8');
  const imported = [...text.matchAll(/from '(\.[^']+)\.js'/g)].map(([, path]) => join(dirname(file), `${path}.ts`));
  const helpers = imported.filter((path) => path.startsWith('test/') && !path.startsWith('test/support/'));
  return [text, ...helpers.map((helper) => said(helper, seen))].join('\n');
}

/**
 * How a file stands to the engines: `both` by itself, `anew` when it is to be run anew with TEST_ENGINE, `sqlite` when it
 * stays there, `none` without a database, and `unsorted` when nobody has said.
 */
export function standingOf(file) {
  if (BY_ITSELF.test(readFileSync(join(ROOT, file), 'utf8'))) return 'both';
  if (file in ON_SQLITE_ONLY) return 'sqlite';
  const text = said(file);
  if (FOLLOWS.test(text) || text.includes('/story.js')) return 'anew';
  return OPENS.test(text) ? 'unsorted' : 'none';
}

/** The files to run anew on PostgreSQL. */
export const filesToRunAnew = () => specFiles().filter((file) => standingOf(file) === 'anew');
