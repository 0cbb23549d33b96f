import type { QueryRunner } from 'typeorm';

interface TextColumn {
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

interface Trigger {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

/** Texts of our tables that sort and compare by the locale of the database. */
const BY_LOCALE = `
  SELECT c.relname AS "table", a.attname AS "column", format_type(a.atttypid, a.atttypmod) AS "type"
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_collation l ON l.oid = a.attcollation
  WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
    AND a.attnum > 0 AND NOT a.attisdropped AND l.collname <> 'C' AND c.relname <> 'migrations'
  ORDER BY c.relname, a.attnum`;

const TRIGGERS = `
  SELECT c.relname AS "table", t.tgname AS "name", pg_get_triggerdef(t.oid) AS "definition"
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
  WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace AND c.relname = ANY($1)`;

/**
 * Has every text of our tables compare by its bytes, as SQLite does, whatever the locale of the database: days, instants
 * and ids sort as they are to, pages follow on one another, and both engines give one order.
 *
 * To be called in the transaction of the migrations, after the last. PostgreSQL does not change a column that a trigger
 * names: triggers are taken away and put back as they were, with nobody else at the tables.
 */
export async function compareByBytes(queryRunner: QueryRunner): Promise<void> {
  const columns: TextColumn[] = await queryRunner.query(BY_LOCALE);
  if (columns.length === 0) return;
  const tables = [...new Set(columns.map(({ table }) => table))];
  const triggers: Trigger[] = await queryRunner.query(TRIGGERS, [tables]);
  for (const { table, name } of triggers) await queryRunner.query(`DROP TRIGGER "${name}" ON "${table}"`);
  for (const table of tables) {
    const changes = columns
      .filter((column) => column.table === table)
      .map(({ column, type }) => `ALTER COLUMN "${column}" TYPE ${type} COLLATE "C"`);
    await queryRunner.query(`ALTER TABLE "${table}" ${changes.join(', ')}`);
  }
  for (const { definition } of triggers) await queryRunner.query(definition);
}
