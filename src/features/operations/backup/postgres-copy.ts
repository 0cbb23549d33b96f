import type pg from 'pg';
import { BackupRefused } from './backup-refused.js';
import type { DatabaseFacts } from './database-facts.js';
import { environmentOf, factsOfPostgres, findTool, runTool, serverVersion, withPostgres } from './postgres-tools.js';

export interface PostgresCopy {
  readonly url: string;
  /** The file of the dump. */
  readonly file: string;
  /** Where programs are looked for. */
  readonly path: string;
  readonly signal: AbortSignal;
}

/**
 * Has pg_dump write a database as it stands at one moment, while others read and write it, and tells what was in it
 * then: both see the same snapshot.
 */
export function dumpPostgres({ url, file, path, signal }: PostgresCopy): Promise<DatabaseFacts> {
  return withPostgres(url, async (client) => {
    const tool = findTool('pg_dump', await serverVersion(client), path);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await client.query('SET LOCAL idle_in_transaction_session_timeout = 0');
    const { rows } = await client.query<{ id: string }>('SELECT pg_export_snapshot() AS "id"');
    const facts = await factsOfPostgres(client);
    const args = ['--format=custom', '--no-owner', '--no-privileges', `--snapshot=${rows[0]?.id}`, `--file=${file}`];
    await runTool(tool, args, { ...environmentOf(url), PATH: path }, signal);
    await client.query('COMMIT');
    return facts;
  });
}

/** @throws BackupRefused `not-empty` when the database has a table of anybody's */
export async function assertEmpty(client: pg.Client): Promise<void> {
  const text = `SELECT count(*) AS "n" FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`;
  const { rows } = await client.query<{ n: string }>(text);
  if (Number(rows[0]?.n) === 0) return;
  const todo = 'Återställ till en ny: CREATE DATABASE, och ange den med DATABASE_URL.';
  throw new BackupRefused('not-empty', `Databasen är inte tom. Den är orörd. ${todo}`);
}

/** Puts a dump into an empty database, all of it or nothing, and tells what is in it. */
export function restorePostgres({ url, file, path, signal }: PostgresCopy): Promise<DatabaseFacts> {
  return withPostgres(url, async (client) => {
    await assertEmpty(client);
    const tool = findTool('pg_restore', await serverVersion(client), path);
    const env: Record<string, string> = { ...environmentOf(url), PATH: path };
    const options = ['--exit-on-error', '--single-transaction', '--no-owner', '--no-privileges'];
    await runTool(tool, [...options, `--dbname=${env['PGDATABASE'] ?? ''}`, file], env, signal);
    return factsOfPostgres(client);
  });
}
