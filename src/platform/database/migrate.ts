import { MigrationExecutor, type DataSource, type QueryRunner } from 'typeorm';
import { compareByBytes } from './compare-by-bytes.js';
import { MIGRATIONS } from './data-source.js';
import { DatabaseRefused } from './database-refused.js';
import { withPatience } from './postgres-client.js';

/** The key of PostgreSQL's advisory lock on the schema: "diar" in ASCII. */
const SCHEMA_LOCK = 0x64_69_61_72;

const KNOWN = new Set(MIGRATIONS.map((migration) => migration.name));

/** @throws DatabaseRefused `newer` when a migration has been made that this version does not know */
export function assertKnown(migrations: readonly string[]): void {
  const unknown = migrations.filter((name) => !KNOWN.has(name));
  if (unknown.length === 0) return;
  const todo = 'Databasen är orörd. Starta den nyare versionen, eller återställ en säkerhetskopia från den här.';
  const message = `Databasen har skrivits av en nyare version av Diarium (${unknown.join(', ')}). ${todo}`;
  throw new DatabaseRefused('newer', message);
}

async function run(queryRunner: QueryRunner): Promise<string[]> {
  const executor = new MigrationExecutor(queryRunner.dataSource, queryRunner);
  executor.transaction = 'none';
  return (await executor.executePendingMigrations()).map(({ name }) => name);
}

async function assertReferences(queryRunner: QueryRunner): Promise<void> {
  const broken: unknown = await queryRunner.query('PRAGMA foreign_key_check');
  if (Array.isArray(broken) && broken.length === 0) return;
  throw new DatabaseRefused('migration', 'Databasen pekar på rader som inte finns, och har därför inte uppdaterats.');
}

/** All that is pending in one transaction, begun by taking the file's write lock. */
async function migrateSqlite(queryRunner: QueryRunner): Promise<string[]> {
  // Tables are rebuilt, and no transaction can turn the check of references off once it has begun.
  await queryRunner.query('PRAGMA foreign_keys = OFF');
  try {
    await queryRunner.query('BEGIN IMMEDIATE');
    try {
      const done = await run(queryRunner);
      await assertReferences(queryRunner);
      await queryRunner.query('COMMIT');
      return done;
    } catch (error) {
      await queryRunner.query('ROLLBACK');
      throw error;
    }
  } finally {
    await queryRunner.query('PRAGMA foreign_keys = ON');
  }
}

/** Refuses a database that has tables, but none of ours. */
async function assertOurs(queryRunner: QueryRunner): Promise<void> {
  const found: { name: string }[] = await queryRunner.query(
    'SELECT tablename AS "name" FROM pg_tables WHERE schemaname = current_schema()',
  );
  if (found.length === 0 || found.some(({ name }) => name === 'migrations')) return;
  const todo = 'Den är orörd. Ange en tom databas med DATABASE_URL.';
  throw new DatabaseRefused('foreign', `Databasen har tabeller, men inte Diariums. ${todo}`);
}

/** The same, in a transaction that ends as one. */
async function migratePostgres(queryRunner: QueryRunner): Promise<string[]> {
  await assertOurs(queryRunner);
  if (!(await isPending(queryRunner))) return [];
  await queryRunner.startTransaction();
  try {
    const done = await run(queryRunner);
    await compareByBytes(queryRunner);
    await queryRunner.commitTransaction();
    return done;
  } catch (error) {
    if (queryRunner.isTransactionActive) await queryRunner.rollbackTransaction();
    throw error;
  }
}

/** Keeps other processes waiting while the schema is looked at and changed, however long that takes. */
function alone<T>(queryRunner: QueryRunner, act: () => Promise<T>): Promise<T> {
  return withPatience(queryRunner, 0, async () => {
    await queryRunner.query(`SELECT pg_advisory_lock(${SCHEMA_LOCK})`);
    try {
      return await act();
    } finally {
      await queryRunner.query(`SELECT pg_advisory_unlock(${SCHEMA_LOCK})`);
    }
  });
}

/** @throws DatabaseRefused `newer` */
async function isPending(queryRunner: QueryRunner): Promise<boolean> {
  const executor = new MigrationExecutor(queryRunner.dataSource, queryRunner);
  assertKnown((await executor.getExecutedMigrations()).map(({ name }) => name));
  return (await executor.getPendingMigrations()).length > 0;
}

/**
 * Brings the schema up to date: all pending migrations, or none.
 *
 * Processes that start at once migrate once; the others wait and then find nothing to do.
 *
 * @returns the names of the migrations made
 * @throws DatabaseRefused `newer`, `foreign`, or `migration` when the data do not hold together afterwards
 */
export async function migrate(write: DataSource): Promise<string[]> {
  const queryRunner = write.createQueryRunner();
  try {
    if (write.options.type === 'postgres') return await alone(queryRunner, () => migratePostgres(queryRunner));
    return (await isPending(queryRunner)) ? await migrateSqlite(queryRunner) : [];
  } finally {
    await queryRunner.release();
  }
}
