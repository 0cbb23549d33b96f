import { DataSource, type DataSourceOptions } from 'typeorm';
import { readDataSource, writeDataSource, type DatabaseAddress } from './data-source.js';
import { DatabaseRefused } from './database-refused.js';
import { assertKnown, migrate } from './migrate.js';
import { postgresRefused } from './postgres-refused.js';
import { prepareSqliteFile, refusedBy } from './sqlite-file.js';

export { DatabaseRefused } from './database-refused.js';

/** The connection that writes and the one for reads outside a use case: the same one on PostgreSQL. */
export interface OpenDatabase {
  readonly write: DataSource;
  readonly read: DataSource;
  /** The migrations made while opening. */
  readonly migrated: readonly string[];
}

type Entities = NonNullable<DataSourceOptions['entities']>;

/** What SQLite must answer, or a commit may be lost or a reference broken. */
const PRAGMAS = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1 } as const;

async function assertPragmas(write: DataSource): Promise<void> {
  for (const [pragma, wanted] of Object.entries(PRAGMAS)) {
    const answer: unknown = await write.query(`PRAGMA ${pragma}`);
    const found: unknown = Array.isArray(answer) ? Object.values(Object(answer[0]) as object)[0] : undefined;
    if (found === wanted) continue;
    const message = `Databasen kunde inte ställas in: ${pragma} är ${String(found)}, ska vara ${wanted}.`;
    throw new DatabaseRefused(pragma === 'journal_mode' ? 'no-wal' : 'not-writable', message);
  }
}

async function openSqlite(path: string, write: DataSource, read: DataSource): Promise<string[]> {
  try {
    await write.initialize();
    const migrated = await migrate(write);
    await assertPragmas(write);
    await read.initialize();
    return migrated;
  } catch (error) {
    throw refusedBy(error, path);
  }
}

async function openPostgres(url: string, write: DataSource): Promise<string[]> {
  try {
    await write.initialize();
    return await migrate(write);
  } catch (error) {
    throw postgresRefused(error, url);
  }
}

/**
 * Opens the database and brings its schema up to date.
 *
 * @throws DatabaseRefused with what to do, when the database cannot be used as it is; it is then left untouched
 */
export async function openDatabase(address: DatabaseAddress, entities: Entities): Promise<OpenDatabase> {
  if (address.kind === 'sqlite') await prepareSqliteFile(address.path, assertKnown);
  const write = writeDataSource(address, entities);
  const read = readDataSource(address, write, entities);
  try {
    const migrated =
      address.kind === 'sqlite' ? await openSqlite(address.path, write, read) : await openPostgres(address.url, write);
    return { write, read, migrated };
  } catch (error) {
    await closeDatabase({ write, read });
    throw error;
  }
}

/** Closes both connections, the writing one last, so that SQLite can put its WAL away. */
export async function closeDatabase({ write, read }: Pick<OpenDatabase, 'write' | 'read'>): Promise<void> {
  if (read !== write && read.isInitialized) await read.destroy();
  if (write.isInitialized) await write.destroy();
}
