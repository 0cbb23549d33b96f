import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { MIGRATIONS, writeDataSource } from '../../../src/platform/database/data-source.js';
import { migrate } from '../../../src/platform/database/migrate.js';
import { closeDatabase, openDatabase } from '../../../src/platform/database/open-database.js';
import { ENTITIES } from '../../../src/schema.js';
import { describeWithPostgres, freshPostgresUrl } from '../../support/postgres-server.js';

const TRIGGERS = [
  'journal_head_no_delete',
  'journal_head_no_truncate',
  'journal_head_only_grows',
  'journal_no_delete',
  'journal_no_truncate',
  'journal_no_update',
  'referral_search_insert',
  'referral_search_update',
];

const REFUSED = 'the journal is never changed';

describeWithPostgres('The migrations on PostgreSQL', () => {
  let database: Awaited<ReturnType<typeof freshPostgresUrl>>;
  let db: DataSource;

  beforeAll(async () => {
    database = await freshPostgresUrl({ migrated: false });
    db = await writeDataSource({ kind: 'postgres', url: database.url }, ENTITIES).initialize();
  });
  afterAll(async () => {
    await db.destroy();
    await database.drop();
  });

  const names = async (sql: string): Promise<string[]> =>
    ((await db.query(sql)) as { name: string }[]).map(({ name }) => name);
  const tables = (): Promise<string[]> =>
    names(`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`);
  const triggers = (): Promise<string[]> =>
    names('SELECT tgname AS name FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname COLLATE "C"');
  const differences = async (): Promise<string[]> =>
    (await db.driver.createSchemaBuilder().log()).upQueries.map(({ query }) => query);

  it('go up, all down and up again, and give what the entities say', async () => {
    expect(await migrate(db)).toEqual(MIGRATIONS.map(({ name }) => name));
    expect(await differences()).toEqual([]);
    for (const _ of MIGRATIONS) await db.undoLastMigration({ transaction: 'each' });
    expect(await tables()).toEqual(['migrations']);
    expect(await triggers()).toEqual([]);
    expect(await migrate(db)).toEqual(MIGRATIONS.map(({ name }) => name));
    expect(await differences()).toEqual([]);
    expect(await migrate(db)).toEqual([]);
  });

  it('are compared with the entities in earnest', async () => {
    await db.query('DROP INDEX "ix_referral_meeting_order"');
    expect(await differences()).toEqual([expect.stringContaining('ix_referral_meeting_order')]);
    await db.query((await differences())[0] ?? '');
  });

  it('leave every trigger of the journal in place after the last one', async () => {
    expect(await triggers()).toEqual(expect.arrayContaining(TRIGGERS));
  });

  it('leave every text comparing by its bytes, whatever the locale of the database', async () => {
    const other = await db.query(
      `SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
       JOIN pg_collation l ON l.oid = a.attcollation
       WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
         AND l.collname <> 'C' AND c.relname <> 'migrations'`,
    );
    expect(other).toEqual([]);
    expect(await db.query(`SELECT 'a' < 'B' AS "byLocale"`)).toEqual([{ byLocale: true }]);
    await db.query(`INSERT INTO "setting" ("name", "value") VALUES ('a', ''), ('B', ''), ('Ö', ''), ('Å', '')`);
    expect(await names('SELECT "name" FROM "setting" ORDER BY "name"')).toEqual(['B', 'a', 'Å', 'Ö']);
  });

  it('are made once when several processes start at once', async () => {
    const { url, drop } = await freshPostgresUrl({ migrated: false });
    const opened = await Promise.all(
      [1, 2, 3, 4].map(() => openDatabase({ kind: 'postgres', url, poolSize: 2 }, ENTITIES)),
    );
    const made = opened.map(({ migrated }) => migrated.length).sort((a, b) => a - b);
    expect(made).toEqual([0, 0, 0, MIGRATIONS.length]);
    await Promise.all(opened.map(closeDatabase));
    await drop();
  });

  it('leave a newer database untouched', async () => {
    await db.query(`INSERT INTO "migrations" ("timestamp", "name") VALUES (9999999999999, 'Newer9999999999999')`);
    await expect(migrate(db)).rejects.toThrow('Newer9999999999999');
    await db.query(`DELETE FROM "migrations" WHERE "name" = 'Newer9999999999999'`);
  });

  describeWithPostgres('leave a journal', () => {
    const columns =
      '"chain", "seq", "id", "at", "actor_name", "what", "subject_type", "subject_id", "prev_hash", "hash"';
    const values = (seq: number, id: string): string =>
      `('KS', ${seq}, '${id}', '2026-01-01T00:00:00.000Z', 'A', 'x', 'board', 'KS', '0', '1')`;

    beforeAll(async () => {
      await db.query(`INSERT INTO "journal" (${columns}) VALUES ${values(1, 'a')}`);
      await db.query(`INSERT INTO "journal_head" ("chain", "count", "hash") VALUES ('KS', 1, '1')`);
    });

    it.each([
      ['update', `UPDATE "journal" SET "what" = 'y'`, REFUSED],
      ['update of a key', `UPDATE "journal" SET "seq" = 9`, REFUSED],
      ['delete', 'DELETE FROM "journal"', REFUSED],
      ['truncate', 'TRUNCATE "journal"', REFUSED],
      ['truncate of all', 'TRUNCATE "journal_head", "journal" CASCADE', REFUSED],
      [
        'upsert',
        `INSERT INTO "journal" (${columns}) VALUES ${values(1, 'a')} ON CONFLICT ("chain", "seq") DO UPDATE SET "what" = 'y'`,
        REFUSED,
      ],
      ['insert of a known place', `INSERT INTO "journal" (${columns}) VALUES ${values(1, 'b')}`, 'duplicate key'],
      ['insert of a known id', `INSERT INTO "journal" (${columns}) VALUES ${values(2, 'a')}`, 'duplicate key'],
      ['delete of a head', 'DELETE FROM "journal_head"', REFUSED],
      ['shrinking head', 'UPDATE "journal_head" SET "count" = 0', REFUSED],
      ['renamed head', `UPDATE "journal_head" SET "chain" = 'BN'`, REFUSED],
      ['truncate of heads', 'TRUNCATE "journal_head"', REFUSED],
    ])('that refuses %s', async (_, sql, words) => {
      await expect(db.query(sql)).rejects.toThrow(words);
    });

    it('with the event and its head as they were', async () => {
      expect(await db.query('SELECT "seq", "id", "what" FROM "journal"')).toEqual([{ seq: 1, id: 'a', what: 'x' }]);
      expect(await db.query('SELECT * FROM "journal_head"')).toEqual([{ chain: 'KS', count: 1, hash: '1' }]);
    });
  });
});
