import type { MigrationInterface, QueryRunner } from 'typeorm';

const REFUSED = 'the journal is never changed';

const ON_SQLITE = [
  `CREATE TRIGGER "journal_no_update" BEFORE UPDATE ON "journal" BEGIN SELECT RAISE(ABORT, '${REFUSED}'); END`,
  `CREATE TRIGGER "journal_no_delete" BEFORE DELETE ON "journal" BEGIN SELECT RAISE(ABORT, '${REFUSED}'); END`,
  // INSERT OR REPLACE would take a row away without firing the trigger above.
  `CREATE TRIGGER "journal_no_replace" BEFORE INSERT ON "journal"
   WHEN EXISTS (SELECT 1 FROM "journal" WHERE "id" = NEW."id" OR ("chain" = NEW."chain" AND "seq" = NEW."seq"))
   BEGIN SELECT RAISE(ABORT, '${REFUSED}'); END`,
  `CREATE TRIGGER "journal_head_no_delete" BEFORE DELETE ON "journal_head" BEGIN SELECT RAISE(ABORT, '${REFUSED}'); END`,
  `CREATE TRIGGER "journal_head_only_grows" BEFORE UPDATE ON "journal_head"
   WHEN NEW."chain" <> OLD."chain" OR NEW."count" < OLD."count"
   BEGIN SELECT RAISE(ABORT, '${REFUSED}'); END`,
  `CREATE TRIGGER "journal_head_no_replace" BEFORE INSERT ON "journal_head"
   WHEN EXISTS (SELECT 1 FROM "journal_head" WHERE "chain" = NEW."chain")
   BEGIN SELECT RAISE(ABORT, '${REFUSED}'); END`,
];

const ON_POSTGRES = [
  `CREATE FUNCTION "journal_refuse"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '${REFUSED}'; END $$`,
  `CREATE TRIGGER "journal_no_update" BEFORE UPDATE ON "journal" FOR EACH ROW EXECUTE FUNCTION "journal_refuse"()`,
  `CREATE TRIGGER "journal_no_delete" BEFORE DELETE ON "journal" FOR EACH ROW EXECUTE FUNCTION "journal_refuse"()`,
  `CREATE TRIGGER "journal_no_truncate" BEFORE TRUNCATE ON "journal" EXECUTE FUNCTION "journal_refuse"()`,
  `CREATE TRIGGER "journal_head_no_delete" BEFORE DELETE ON "journal_head" FOR EACH ROW EXECUTE FUNCTION "journal_refuse"()`,
  `CREATE TRIGGER "journal_head_no_truncate" BEFORE TRUNCATE ON "journal_head" EXECUTE FUNCTION "journal_refuse"()`,
  `CREATE TRIGGER "journal_head_only_grows" BEFORE UPDATE ON "journal_head" FOR EACH ROW
   WHEN (NEW."chain" <> OLD."chain" OR NEW."count" < OLD."count") EXECUTE FUNCTION "journal_refuse"()`,
];

const TRIGGERS = [
  ['journal_no_update', 'journal'],
  ['journal_no_delete', 'journal'],
  ['journal_no_replace', 'journal'],
  ['journal_no_truncate', 'journal'],
  ['journal_head_no_delete', 'journal_head'],
  ['journal_head_only_grows', 'journal_head'],
  ['journal_head_no_replace', 'journal_head'],
  ['journal_head_no_truncate', 'journal_head'],
] as const;

/** Triggers that refuse to change, delete, replace or empty the journal. */
export class GuardJournal1795000000001 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    const postgres = q.dataSource.options.type === 'postgres';
    for (const statement of postgres ? ON_POSTGRES : ON_SQLITE) await q.query(statement);
  }

  async down(q: QueryRunner): Promise<void> {
    const postgres = q.dataSource.options.type === 'postgres';
    for (const [trigger, table] of TRIGGERS) {
      await q.query(`DROP TRIGGER IF EXISTS "${trigger}"${postgres ? ` ON "${table}"` : ''}`);
    }
    if (postgres) await q.query('DROP FUNCTION IF EXISTS "journal_refuse"()');
  }
}
