import { accessSync, closeSync, constants, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { DatabaseRefused } from './database-refused.js';

const MAGIC = 'SQLite format 3\u0000';
/** How long to wait for another process that is opening the same file, in milliseconds. */
const PATIENCE_MS = 20_000;
const PAUSE_MS = 20;

/** Where backups are told of, when a file cannot be used. */
const RESTORE = 'Flytta undan filen och återställ den senaste säkerhetskopian.';

/** The code of an error of SQLite or the file system, else nothing. */
function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

function assertFolder(path: string): void {
  const folder = dirname(path);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    const todo = 'Ge användaren som kör Diarium rätt att skriva där, eller ange en annan mapp med DATA_DIR.';
    throw new DatabaseRefused('not-writable', `Mappen ${folder} går inte att skriva i (${codeOf(error)}). ${todo}`);
  }
}

/** The first bytes of a file, or null when there is no file or an empty one. */
function headOf(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found || (found.isFile() && found.size === 0)) return null;
  if (!found.isFile()) {
    throw new DatabaseRefused('not-a-database', `${path} är ingen fil. Ange databasens fil med DATABASE_URL.`);
  }
  const head = Buffer.alloc(MAGIC.length);
  // For writing too: SQLite would open a file that may only be read, and fail at the first request.
  const file = openSync(path, 'r+');
  try {
    readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  return head.toString('latin1');
}

function assertHeader(path: string): void {
  let head: string | null;
  try {
    head = headOf(path);
  } catch (error) {
    throw refusedBy(error, path);
  }
  if (head === null || head === MAGIC) return;
  throw new DatabaseRefused('not-a-database', `${path} är ingen SQLite-databas. Filen är orörd. ${RESTORE}`);
}

/** What SQLite's error means to the one who runs the system. */
export function refusedBy(error: unknown, path: string): unknown {
  if (error instanceof DatabaseRefused) return error;
  const code = codeOf(error);
  const refuse = (because: DatabaseRefused['because'], message: string): DatabaseRefused =>
    new DatabaseRefused(because, `${message} (${code})`, { cause: error });
  if (code.startsWith('SQLITE_NOTADB')) return refuse('damaged', `${path} går inte att läsa som databas. ${RESTORE}`);
  if (code.startsWith('SQLITE_CORRUPT')) return refuse('damaged', `Databasen ${path} är skadad. ${RESTORE}`);
  if (code.startsWith('SQLITE_IOERR'))
    return refuse('damaged', `Disken svarar med fel när ${path} läses eller skrivs.`);
  if (code.startsWith('SQLITE_FULL')) return refuse('not-writable', `Disken är full där ${path} ligger.`);
  if (/^(SQLITE_(CANTOPEN|READONLY|PERM|AUTH)|EACCES|EPERM|EROFS)/.test(code)) {
    return refuse(
      'not-writable',
      `Databasen ${path} går inte att öppna för skrivning. Kontrollera filens rättigheter.`,
    );
  }
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return refuse('busy', `Databasen ${path} är upptagen av en annan process. Försök igen om en stund.`);
  }
  return error;
}

async function turnWalOn(db: Database.Database, path: string, patienceMs: number): Promise<void> {
  for (let waited = 0; ; waited += PAUSE_MS) {
    try {
      const mode: unknown = db.pragma('journal_mode = WAL', { simple: true });
      if (mode === 'wal') return;
      const todo = 'Lägg den på en lokal disk; delade nätverksdiskar duger inte.';
      throw new DatabaseRefused('no-wal', `Databasen ${path} kan inte läsas och skrivas samtidigt (WAL). ${todo}`);
    } catch (error) {
      // The switch does not wait for others by itself: two processes may be making the file at once.
      if (!codeOf(error).startsWith('SQLITE_BUSY') || waited >= patienceMs) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

function assertOurs(tables: readonly unknown[], path: string): void {
  if (tables.length === 0 || tables.includes('migrations')) return;
  const todo = 'Ange en annan fil med DATABASE_URL eller DATA_DIR.';
  throw new DatabaseRefused('foreign', `${path} är en databas, men inte Diariums. Filen är orörd. ${todo}`);
}

/**
 * Looks at a SQLite file before anything else opens it, makes it when it is not there, and turns WAL on.
 *
 * Reads the header and the schema only, so it is quick however large the file is; `diarium verify` reads it all.
 *
 * @param accept is given the names of the migrations that the file has had, and throws to refuse it untouched
 * @param patienceMs how long to wait for another process that has the file to itself
 * @throws DatabaseRefused
 */
export async function prepareSqliteFile(
  path: string,
  accept: (migrations: readonly string[]) => void,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  assertFolder(path);
  assertHeader(path);
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { timeout: patienceMs });
    const tables = db.prepare(`SELECT "name" FROM "sqlite_schema" WHERE "type" = 'table'`).pluck().all();
    assertOurs(tables, path);
    if (tables.includes('migrations')) accept(db.prepare('SELECT "name" FROM "migrations"').pluck().all().map(String));
    await turnWalOn(db, path, patienceMs);
  } catch (error) {
    throw refusedBy(error, path);
  } finally {
    db?.close();
  }
}
