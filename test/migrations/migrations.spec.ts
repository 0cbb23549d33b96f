import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { MIGRATIONS, writeDataSource } from '../../src/platform/database/data-source.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { ENTITIES } from '../../src/schema.js';
import { freshFolder } from '../support/database.js';

const TRIGGERS = [
  'journal_head_no_delete',
  'journal_head_no_replace',
  'journal_head_only_grows',
  'journal_no_delete',
  'journal_no_replace',
  'journal_no_update',
  'referral_search_delete',
  'referral_search_insert',
  'referral_search_update',
];

const REFUSED = 'the journal is never changed';

describe('The migrations', () => {
  const folder = freshFolder();
  let db: DataSource;

  beforeAll(async () => {
    db = await writeDataSource({ kind: 'sqlite', path: join(folder.path, 'm.db') }, ENTITIES).initialize();
  });

  afterAll(async () => {
    await db.destroy();
    folder.remove();
  });

  const names = async (type: string): Promise<string[]> => {
    const sql = `SELECT "name" FROM "sqlite_schema" WHERE "type" = ? AND "name" NOT LIKE 'sqlite%' ORDER BY "name"`;
    return ((await db.query(sql, [type])) as { name: string }[]).map(({ name }) => name);
  };

  const differences = async (): Promise<string[]> =>
    (await db.driver.createSchemaBuilder().log()).upQueries.map(({ query }) => query);

  it('go up, all down and up again, and give what the entities say', async () => {
    expect(await migrate(db)).toEqual(MIGRATIONS.map(({ name }) => name));
    expect(await differences()).toEqual([]);
    for (const _ of MIGRATIONS) await db.undoLastMigration({ transaction: 'none' });
    expect(await names('table')).toEqual(['migrations']);
    expect(await names('trigger')).toEqual([]);
    expect(await migrate(db)).toEqual(MIGRATIONS.map(({ name }) => name));
    expect(await differences()).toEqual([]);
  });

  it('are compared with the entities in earnest', async () => {
    await db.query('DROP INDEX "ix_referral_meeting_order"');
    expect(await differences()).toEqual([expect.stringContaining('ix_referral_meeting_order')]);
    await db.query((await differences())[0] ?? '');
  });

  it('have nothing to do a second time', async () => {
    expect(await migrate(db)).toEqual([]);
  });

  it('leave the check of references on', async () => {
    expect(await db.query('PRAGMA foreign_keys')).toEqual([{ foreign_keys: 1 }]);
  });

  it('have a name that sorts after those before', () => {
    const order = MIGRATIONS.map(({ name }) => Number(name.slice(-13)));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(new Set(order).size).toBe(order.length);
  });

  it('leave every trigger of the journal in place after the last one', async () => {
    expect(await names('trigger')).toEqual(TRIGGERS);
  });

  describe('leave a journal', () => {
    const columns =
      '"chain", "seq", "id", "at", "actor_name", "what", "subject_type", "subject_id", "prev_hash", "hash"';
    const values = (seq: number, id: string): string =>
      `('KS', ${seq}, '${id}', '2026-01-01T00:00:00.000Z', 'A', 'x', 'board', 'KS', '0', '1')`;

    beforeAll(async () => {
      await db.query(`INSERT INTO "journal" (${columns}) VALUES ${values(1, 'a')}`);
      await db.query(`INSERT INTO "journal_head" ("chain", "count", "hash") VALUES ('KS', 1, '1')`);
    });

    it.each([
      ['update', `UPDATE "journal" SET "what" = 'y'`],
      ['update of a key', `UPDATE "journal" SET "seq" = 9`],
      ['delete', 'DELETE FROM "journal"'],
      ['replace by place', `INSERT OR REPLACE INTO "journal" (${columns}) VALUES ${values(1, 'b')}`],
      ['replace by id', `REPLACE INTO "journal" (${columns}) VALUES ${values(2, 'a')}`],
      [
        'upsert',
        `INSERT INTO "journal" (${columns}) VALUES ${values(1, 'a')} ON CONFLICT ("chain", "seq") DO UPDATE SET "what" = 'y'`,
      ],
      ['insert of a known id', `INSERT INTO "journal" (${columns}) VALUES ${values(2, 'a')}`],
      [
        'insert of a known id that ignores conflicts',
        `INSERT OR IGNORE INTO "journal" (${columns}) VALUES ${values(2, 'a')}`,
      ],
      ['delete of a head', 'DELETE FROM "journal_head"'],
      ['shrinking head', 'UPDATE "journal_head" SET "count" = 0'],
      ['renamed head', `UPDATE "journal_head" SET "chain" = 'BN'`],
      ['replaced head', `REPLACE INTO "journal_head" ("chain", "count", "hash") VALUES ('KS', 0, '0')`],
    ])('that refuses %s', async (_, sql) => {
      await expect(db.query(sql)).rejects.toThrow(REFUSED);
    });

    it('with the event and its head as they were', async () => {
      expect(await db.query('SELECT "seq", "id", "what" FROM "journal"')).toEqual([{ seq: 1, id: 'a', what: 'x' }]);
      expect(await db.query('SELECT * FROM "journal_head"')).toEqual([{ chain: 'KS', count: 1, hash: '1' }]);
    });
  });
});
