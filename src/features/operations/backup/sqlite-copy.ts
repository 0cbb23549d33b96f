import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { BackupRefused } from './backup-refused.js';
import { factsOf, type Ask, type DatabaseFacts } from './database-facts.js';

/** Pages of one step, and how long to wait for another that has the file to itself. */
const PAGES = 2_000;
const WAIT_MS = 20_000;

const askOf =
  (db: Database.Database): Ask =>
  async <T>(text: string) =>
    db.prepare<unknown[], T>(text).all();

/**
 * Copies a SQLite database as it stands at one moment, while others read and write it, and tells what was in it then.
 *
 * The connection holds a snapshot while it copies: SQLite begins a copy anew when another process writes in the middle
 * of it, which under steady load would never come to an end, but within a snapshot nothing changes.
 *
 * @param goOn is called between steps, with the share that is done; throws to give up
 */
export async function copySqlite(path: string, to: string, goOn: (share: number) => void): Promise<DatabaseFacts> {
  if (!existsSync(path)) throw new BackupRefused('no-database', `Det finns ingen databas på ${path}.`);
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: WAIT_MS });
  try {
    db.exec('BEGIN');
    const facts = await factsOf('sqlite', askOf(db));
    await db.backup(to, {
      progress: ({ totalPages, remainingPages }) => {
        goOn(totalPages === 0 ? 0 : 1 - remainingPages / totalPages);
        return PAGES;
      },
    });
    db.exec('COMMIT');
    return facts;
  } finally {
    db.close();
  }
}

/** What is in a copy that nobody else has open. */
export async function factsOfFile(path: string): Promise<DatabaseFacts> {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    return await factsOf('sqlite', askOf(db));
  } finally {
    db.close();
  }
}
