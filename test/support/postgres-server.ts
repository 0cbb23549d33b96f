import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe } from '@jest/globals';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import type { DatabaseAddress } from '../../src/platform/database/data-source.js';
import { closeDatabase, openDatabase } from '../../src/platform/database/open-database.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { ENTITIES } from '../../src/schema.js';
import { eventually } from './eventually.js';
import { freePort } from './free-port.js';
import { skipped } from './skipped.js';

/** A PostgreSQL of the test's own, on a free port. */
export interface PostgresServer {
  readonly port: number;
  /** The address of one of its databases, which need not be there. */
  url(database: string, user?: string, password?: string): string;
  /** Runs statements in one of its databases. */
  run(database: string, ...statements: readonly string[]): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Begins anew on the same port, with the data it had. */
  start(): Promise<void>;
  /** Ends it and takes its folder away. */
  stop(): Promise<void>;
}

export interface PostgresDatabase {
  readonly url: string;
  readonly address: DatabaseAddress & { readonly kind: 'postgres' };
  readonly write: DataSource;
  readonly read: DataSource;
  readonly work: UnitOfWork;
  /** Closes it and drops it. */
  close(): Promise<void>;
}

const MIGRATIONS = 'src/platform/database';
const PASSWORD = 'hemligt-lösen%2F1';

const folderOf = (): string | null => {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((version) => join(debian, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
  if (found !== undefined) return found;
  return spawnSync('initdb', ['--version']).status === 0 ? '' : null;
};
const bin = folderOf();
const binary = (name: string): string => join(bin ?? '', name);
const continuous = Boolean(process.env['CI']);

/** Whether there is a PostgreSQL on this machine; under continuous integration it is assumed, so that its lack shows. */
export const postgresFound = bin !== null || continuous;

/**
 * `describe` for suites that need PostgreSQL. Without its binaries they are skipped, as the end of the run says, but in
 * continuous integration they run all the same, and fail.
 */
export function describeWithPostgres(title: string, suite: () => void): void {
  if (postgresFound) return describe(title, suite);
  skipped({ program: 'PostgreSQL', kind: 'suites on PostgreSQL', title });
  describe.skip(title, suite);
}

interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root: then it runs as its own user, or as nobody. */
function account(): Account {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':')); // prettier-ignore
  const found = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  return { uid: Number(found?.[2] ?? 65_534), gid: Number(found?.[3] ?? 65_534) };
}

/**
 * A cluster whose texts sort as in Swedish, by which `Å` comes after `Z` and `a` before `B`: what sorts by bytes on
 * SQLite and by locale here would show.
 */
function makeCluster(folder: string, owner: Account): void {
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, `${decodeURIComponent(PASSWORD)}\n`);
  if (owner.uid !== undefined && owner.gid !== undefined) {
    chownSync(folder, owner.uid, owner.gid);
    chownSync(passwordFile, owner.uid, owner.gid);
  }
  const args = ['-D', join(folder, 'data'), '-U', 'diarium', '-A', 'scram-sha-256', '--pwfile', passwordFile];
  const locale = ['-E', 'UTF8', '--locale', 'C.UTF-8', '--locale-provider', 'icu', '--icu-locale', 'sv'];
  const made = spawnSync(binary('initdb'), [...args, ...locale, '--no-sync'], { ...owner, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr || String(made.error)}`);
}

function serve(folder: string, port: number, fsync: boolean, owner: Account, detached: boolean): ChildProcess {
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    ...(fsync ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return spawn(binary('postgres'), ['-D', join(folder, 'data'), ...args], { ...owner, stdio: 'ignore', detached });
}

const address = (port: number, database: string, user = 'diarium', password = PASSWORD): string =>
  `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;

async function runIn(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

const answers = (port: number): Promise<boolean> =>
  runIn(address(port, 'postgres'), ['SELECT 1']).then(
    () => true,
    () => false,
  );

/** A server of its own, for a test that ends it. With `fsync` it keeps what it has committed, as in earnest. */
export async function startPostgres({ fsync = false } = {}): Promise<PostgresServer> {
  if (bin === null) throw new Error('There is no PostgreSQL on this machine');
  const folder = mkdtempSync(join(tmpdir(), 'diarium-postgres-'));
  const owner = account();
  makeCluster(folder, owner);
  const port = await freePort();
  let child: ChildProcess | null = null;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const running = child;
    child = null;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const gone = once(running, 'exit');
    running.kill(signal);
    await gone;
  };
  const start = async (): Promise<void> => {
    child = serve(folder, port, fsync, owner, false);
    await eventually('PostgreSQL answers', () => answers(port), 60_000);
  };
  await start();
  return {
    port,
    url: (database, user, password) => address(port, database, user, password),
    run: (database, ...statements) => runIn(address(port, database), statements),
    // To the postmaster: an immediate shutdown, after which it recovers as from a crash.
    kill: () => end('SIGQUIT'),
    start,
    stop: async () => {
      await end('SIGQUIT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The process of the whole test run: a test file may run in a process of its own. */
const runOf = (): number => (process.send === undefined ? process.pid : process.ppid);

/** Ends the shared server when the run has ended, however it ended. */
const WATCH = `
  while kill -0 "$1" 2>/dev/null; do sleep 1; done
  kill -QUIT "$(head -1 "$2/data/postmaster.pid")" 2>/dev/null
  sleep 1
  rm -rf "$2"`;

/** One server for all test files of a run; the first to need it starts it. @returns its port */
async function sharedPort(): Promise<number> {
  const folder = join(tmpdir(), `diarium-postgres-run-${runOf()}`);
  const told = join(folder, 'port');
  try {
    mkdirSync(folder);
  } catch {
    await eventually('another test file has started PostgreSQL', () => existsSync(told), 60_000);
    return Number(readFileSync(told, 'utf8'));
  }
  if (bin === null) throw new Error('There is no PostgreSQL on this machine');
  const owner = account();
  makeCluster(folder, owner);
  const port = await freePort();
  serve(folder, port, false, owner, true).unref();
  spawn('sh', ['-c', WATCH, 'watch', String(runOf()), folder], { stdio: 'ignore', detached: true }).unref();
  await eventually('PostgreSQL answers', () => answers(port), 60_000);
  writeFileSync(`${told}.draft`, String(port));
  renameSync(`${told}.draft`, told);
  return port;
}

/** The name changes with every migration, so that an old template is never used. */
function templateName(): string {
  const hash = createHash('sha256');
  const files = readdirSync(MIGRATIONS, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  for (const file of files.sort()) hash.update(readFileSync(join(MIGRATIONS, file)));
  return `template_${hash.digest('hex').slice(0, 16)}`;
}

/** A migrated database to copy, made by whoever comes first. */
async function template(port: number): Promise<string> {
  const name = templateName();
  const client = new pg.Client({ connectionString: address(port, 'postgres') });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock(1)');
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 1) return name;
    const draft = `draft_${randomUUID().replaceAll('-', '')}`;
    await client.query(`CREATE DATABASE ${draft}`);
    await closeDatabase(await openDatabase({ kind: 'postgres', url: address(port, draft) }, ENTITIES));
    await client.query(`ALTER DATABASE ${draft} RENAME TO ${name}`);
    return name;
  } finally {
    await client.end();
  }
}

/** A database that nobody has opened, on the shared server: migrated and empty, or without a table. */
export async function freshPostgresUrl({ migrated = true } = {}): Promise<{ url: string; drop(): Promise<void> }> {
  const port = await sharedPort();
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  const source = migrated ? ` TEMPLATE ${await template(port)}` : '';
  await createDatabase(port, `CREATE DATABASE ${name}${source}`);
  const drop = `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`;
  return { url: address(port, name), drop: () => runIn(address(port, 'postgres'), [drop]) };
}

/** Copying fails while another copies the same template. */
async function createDatabase(port: number, statement: string): Promise<void> {
  for (let left = 50; ; left -= 1) {
    try {
      return await runIn(address(port, 'postgres'), [statement]);
    } catch (error) {
      if (left === 0) throw error;
      await sleep(50);
    }
  }
}

/** A migrated, empty database of its own, open. */
export async function freshPostgresDatabase(poolSize = 10): Promise<PostgresDatabase> {
  const { url, drop } = await freshPostgresUrl();
  const address = { kind: 'postgres', url, poolSize } as const;
  const opened = await openDatabase(address, ENTITIES);
  const close = async (): Promise<void> => {
    await closeDatabase(opened);
    await drop();
  };
  return { url, address, write: opened.write, read: opened.read, work: new UnitOfWork(opened.write), close };
}

/** The rows of one question, over a connection of its own. */
export async function askPostgres<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  // A server that goes down between two answers is none of this process's business.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}
