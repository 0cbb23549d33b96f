import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { withoutPassword } from '../../../platform/config/mask.js';
import { BackupRefused } from './backup-refused.js';
import { factsOf, type Ask, type DatabaseFacts } from './database-facts.js';

const DEBIAN = '/usr/lib/postgresql';
/** What PostgreSQL's own programs take of an address's parameters. `no-verify` is node's word alone. */
const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];

/** The connection as PostgreSQL's programs read it from their environment: a password has no place among arguments. */
export function environmentOf(url: string): Record<string, string> {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const mode = searchParams.get('sslmode');
  const host = searchParams.get('host') ?? hostname.replace(/^\[|\]$/g, '');
  const given = {
    PGHOST: decodeURIComponent(host),
    PGPORT: port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    PGSSLMODE: mode === null ? '' : SSL_MODES.includes(mode) ? mode : 'require',
    PGSSLROOTCERT: searchParams.get('sslrootcert') ?? '',
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
}

/** One connection of our own, without the time limits of those that serve requests. */
export async function withPostgres<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'diarium backup' });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    const words = error instanceof Error ? withoutPassword(error.message) : '';
    throw new BackupRefused('no-database', `Databasen går inte att nå (${words}).`, { cause: error });
  }
  try {
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

export const factsOfPostgres = (client: pg.Client): Promise<DatabaseFacts> => {
  const ask: Ask = async <T>(text: string) => (await client.query(text)).rows as T[];
  return factsOf('postgres', ask);
};

/** The major version of the server, such as 16. */
export async function serverVersion(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ version: string }>(`SELECT current_setting('server_version_num') AS "version"`);
  return Math.floor(Number(rows[0]?.version) / 10_000);
}

/**
 * Where one of PostgreSQL's programs is: in the PATH, else where Debian keeps them, not older than the server.
 *
 * @throws BackupRefused `tool`
 */
export function findTool(name: 'pg_dump' | 'pg_restore', version: number, path: string): string {
  const debian = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...path.split(':').filter((folder) => folder !== ''), ...debian.map((v) => join(DEBIAN, v, 'bin'))];
  const found = folders
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file) && majorOf(file) >= version);
  if (found !== undefined) return found;
  const todo = `Installera PostgreSQL:s klientprogram, version ${version} eller senare (postgresql-client).`;
  throw new BackupRefused('tool', `Programmet ${name} behövs och finns inte. ${todo}`);
}

function majorOf(file: string): number {
  const { stdout } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  return Number(/ (\d+)(\.\d+)*\b/.exec(stdout ?? '')?.[1] ?? 0);
}

/**
 * Runs one of PostgreSQL's programs to its end.
 *
 * @param signal ends it
 * @throws BackupRefused `tool` with what it said
 */
export async function runTool(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  const child = spawn(file, args, { env: { ...env, LC_MESSAGES: 'C' }, stdio: ['ignore', 'ignore', 'pipe'], signal });
  let said = '';
  child.stderr.on('data', (part: Buffer) => (said = (said + part.toString('utf8')).slice(0, 4_000)));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (code === 0) return;
  const words = said
    .replaceAll(/[a-z+]+:\/\/\S+/gi, withoutPassword)
    .trim()
    .split('\n')
    .slice(0, 5)
    .join(' ');
  throw new BackupRefused('tool', `${file} misslyckades (${code}): ${words}`);
}
