import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What of a case is found by words. The sender's number is there as printed and as compared: `0739` and `739` find it. */
const wordsOf = (row: string): string =>
  ['title', 'internal_title', 'sender', 'sender_reference', 'sender_reference_key', 'note']
    .map((column) => `coalesce(${row}."${column}", '')`)
    .join(` || ' ' || `);

/** The columns of `wordsOf`, and the board. */
const WATCHED = ['board', 'title', 'internal_title', 'sender', 'sender_reference', 'note'];
const watched = WATCHED.map((column) => `"${column}"`).join(', ');

/**
 * The board as a word of its own, so that other boards' cases are left out by the index itself. It begins with a
 * private-use character, which the tokenizer keeps and no search term has.
 */
const boardWord = (row: string): string => `char(57344) || hex(${row}."board")`;

const indexed = (row: string): string => `${boardWord(row)} || ' ' || ${wordsOf(row)}`;
const seqOf = (row: string): string => `(SELECT "seq" FROM "search_entry" WHERE "referral_id" = ${row}."id")`;

const ON_SQLITE = [
  // A referral's own rowid may change with VACUUM; this one never does, and grows with each registration.
  `CREATE TABLE "search_entry" ("seq" integer PRIMARY KEY NOT NULL, "referral_id" varchar(36) NOT NULL UNIQUE)`,
  // The texts are in the referral: the index keeps which words are in which row, and nothing else. The prefixes let a
  // word that is half typed be read newest first, as a whole one is, instead of being gathered from all rows.
  `CREATE VIRTUAL TABLE "search_words" USING fts5("words", content='', contentless_delete=1, detail=none,
     prefix='2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20', tokenize="unicode61 remove_diacritics 0")`,
  `INSERT INTO "search_entry" ("referral_id") SELECT "id" FROM "referral" ORDER BY "registered_at", "id"`,
  `INSERT INTO "search_words" ("rowid", "words")
     SELECT e."seq", ${indexed('r')} FROM "search_entry" e JOIN "referral" r ON r."id" = e."referral_id" ORDER BY e."seq"`,
  `CREATE TRIGGER "referral_search_insert" AFTER INSERT ON "referral" BEGIN
     INSERT INTO "search_entry" ("referral_id") VALUES (NEW."id");
     INSERT INTO "search_words" ("rowid", "words") VALUES (${seqOf('NEW')}, ${indexed('NEW')});
   END`,
  `CREATE TRIGGER "referral_search_update" AFTER UPDATE OF ${watched} ON "referral" BEGIN
     DELETE FROM "search_words" WHERE "rowid" = ${seqOf('OLD')};
     INSERT INTO "search_words" ("rowid", "words") VALUES (${seqOf('NEW')}, ${indexed('NEW')});
   END`,
  `CREATE TRIGGER "referral_search_delete" AFTER DELETE ON "referral" BEGIN
     DELETE FROM "search_words" WHERE "rowid" = ${seqOf('OLD')};
     DELETE FROM "search_entry" WHERE "referral_id" = OLD."id";
   END`,
];

/** Words by their stems (weight A), and as they are written (D): `för` is a word that Swedish stemming leaves out. */
const vector = (row: string): string =>
  `setweight(to_tsvector('swedish', ${wordsOf(row)}), 'A') || to_tsvector('simple', ${wordsOf(row)})`;

const ON_POSTGRES = [
  `CREATE TABLE "search_entry" ("seq" bigserial PRIMARY KEY, "referral_id" varchar(36) NOT NULL UNIQUE
     REFERENCES "referral" ("id") ON DELETE CASCADE, "words" tsvector NOT NULL)`,
  `INSERT INTO "search_entry" ("referral_id", "words")
     SELECT r."id", ${vector('r')} FROM "referral" r ORDER BY r."registered_at", r."id"`,
  `CREATE INDEX "ix_search_entry_words" ON "search_entry" USING gin ("words")`,
  `CREATE FUNCTION "referral_search"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
     INSERT INTO "search_entry" ("referral_id", "words") VALUES (NEW."id", ${vector('NEW')})
     ON CONFLICT ("referral_id") DO UPDATE SET "words" = excluded."words";
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER "referral_search_insert" AFTER INSERT ON "referral"
     FOR EACH ROW EXECUTE FUNCTION "referral_search"()`,
  `CREATE TRIGGER "referral_search_update" AFTER UPDATE OF ${watched} ON "referral"
     FOR EACH ROW EXECUTE FUNCTION "referral_search"()`,
];

const TRIGGERS = ['referral_search_insert', 'referral_search_update', 'referral_search_delete'];

/** The index that finds cases by words, kept up to date by triggers. */
export class SearchReferrals1795000000010 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    const postgres = q.dataSource.options.type === 'postgres';
    for (const statement of postgres ? ON_POSTGRES : ON_SQLITE) await q.query(statement);
  }

  async down(q: QueryRunner): Promise<void> {
    const postgres = q.dataSource.options.type === 'postgres';
    for (const trigger of TRIGGERS) {
      await q.query(`DROP TRIGGER IF EXISTS "${trigger}"${postgres ? ' ON "referral"' : ''}`);
    }
    if (postgres) await q.query('DROP FUNCTION "referral_search"()');
    else await q.query('DROP TABLE "search_words"');
    await q.query('DROP TABLE "search_entry"');
  }
}
