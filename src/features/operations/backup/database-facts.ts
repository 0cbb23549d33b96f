import { BackupRefused } from './backup-refused.js';
import type { Head, Manifest } from './manifest.js';

/** Rows of a query, on whatever connection. */
export type Ask = <T>(text: string) => Promise<readonly T[]>;

/** What tells two copies of a database apart. */
export type DatabaseFacts = Pick<Manifest, 'migrations' | 'tables' | 'heads'>;

const SQLITE_TABLES = `SELECT "name" FROM pragma_table_list WHERE "schema" = 'main' AND "type" = 'table'
  AND "name" NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY "name"`;
const POSTGRES_TABLES = `SELECT tablename AS "name" FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename`;

/** Of all tables how many rows they have, and how the journal's chains end, as the connection sees it. */
export async function factsOf(engine: Manifest['engine'], ask: Ask): Promise<DatabaseFacts> {
  const names = (await ask<{ name: string }>(engine === 'sqlite' ? SQLITE_TABLES : POSTGRES_TABLES)).map(
    ({ name }) => name,
  );
  if (!names.includes('migrations') || !names.includes('journal_head')) {
    throw new BackupRefused(
      'no-database',
      'Databasen är inte Diariums, eller har aldrig använts. Kör: npx diarium migrate',
    );
  }
  const tables: Record<string, number> = {};
  for (const name of names) {
    const [counted] = await ask<{ n: number | string }>(`SELECT count(*) AS "n" FROM "${name}"`);
    tables[name] = Number(counted?.n);
  }
  const migrations = await ask<{ name: string }>('SELECT "name" FROM "migrations" ORDER BY "id"');
  const heads = await ask<Head>('SELECT "chain", "count", "hash" FROM "journal_head"');
  return {
    migrations: migrations.map(({ name }) => name),
    tables,
    heads: heads.map(({ chain, count, hash }) => ({ chain, count: Number(count), hash })).sort(byChain),
  };
}

const byChain = (a: Head, b: Head): number => (a.chain < b.chain ? -1 : 1);

/** How a restored database differs from the one that was backed up, in Swedish; empty when it does not. */
export function differences(expected: DatabaseFacts, found: DatabaseFacts): string[] {
  const faults: string[] = [];
  for (const name of new Set([...Object.keys(expected.tables), ...Object.keys(found.tables)])) {
    const [was, is] = [expected.tables[name], found.tables[name]];
    if (was !== is) faults.push(`tabellen ${name} har ${is ?? 'inga'} rader, hade ${was ?? 'inga'}`);
  }
  const heads = new Map(found.heads.map((head) => [head.chain, head]));
  for (const { chain, count, hash } of expected.heads) {
    const head = heads.get(chain);
    if (head?.count !== count || head.hash !== hash) faults.push(`journalkedjan ${chain} slutar inte som den gjorde`);
  }
  if (expected.heads.length !== found.heads.length) faults.push('journalen har inte samma kedjor');
  if (expected.migrations.join() !== found.migrations.join()) faults.push('databasens schema är inte detsamma');
  return faults;
}
