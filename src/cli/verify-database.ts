import type { EntityManager } from 'typeorm';
import { onPostgres, rows } from '../platform/database/sql.js';
import type { Told, Verdict } from './verify.js';

/** What keeps the journal from being changed; a migration that rebuilds the table may lose them. */
const ON_SQLITE = [
  'journal_no_update', 'journal_no_delete', 'journal_no_replace', 'journal_head_no_delete', 'journal_head_only_grows',
  'journal_head_no_replace',
]; // prettier-ignore
const ON_POSTGRES = [
  'journal_no_update', 'journal_no_delete', 'journal_no_truncate', 'journal_head_no_delete', 'journal_head_no_truncate',
  'journal_head_only_grows',
]; // prettier-ignore

interface BrokenReference {
  readonly table: string;
  readonly rowid: number | null;
  readonly parent: string;
}

/** Whether the file is whole, every reference points at something, and the journal's guards are in place. */
export async function verifyDatabase(em: EntityManager, told: Told): Promise<Verdict> {
  told('Databasen …');
  if (onPostgres(em)) {
    return { seen: 'journalens spärrar', faults: missing(ON_POSTGRES, await guardsOnPostgres(em)) };
  }
  const guards = await rows<{ name: string }>(em, `SELECT "name" FROM "sqlite_schema" WHERE "type" = 'trigger'`);
  const faults = [...(await damage(em)), ...(await brokenReferences(em)), ...missing(ON_SQLITE, guards)];
  return { seen: 'fil, hänvisningar och journalens spärrar', faults };
}

async function damage(em: EntityManager): Promise<string[]> {
  try {
    const found = await rows<{ integrity_check: string }>(em, 'PRAGMA integrity_check');
    return found.map((line) => line.integrity_check).filter((line) => line !== 'ok');
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

async function brokenReferences(em: EntityManager): Promise<string[]> {
  const found = await rows<BrokenReference>(em, 'PRAGMA foreign_key_check');
  return found.map(
    ({ table, rowid, parent }) => `${table}, rad ${rowid}: hänvisar till något i ${parent} som inte finns`,
  );
}

const guardsOnPostgres = (em: EntityManager): Promise<{ name: string }[]> =>
  rows(em, `SELECT tgname AS "name" FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'`);

function missing(guards: readonly string[], found: readonly { readonly name: string }[]): string[] {
  const names = new Set(found.map(({ name }) => name));
  return guards.filter((guard) => !names.has(guard)).map((guard) => `journalens spärr ${guard} saknas`);
}
