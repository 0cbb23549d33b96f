import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isDatabasesOwn } from '../../../src/platform/database/databases-own.js';
import { change, rows } from '../../../src/platform/database/sql.js';
import { freshDatabase, type FreshDatabase } from '../../support/database.js';

describe('what a statement failed for', () => {
  let db: FreshDatabase;
  beforeEach(async () => {
    db = await freshDatabase();
  });
  afterEach(() => db.close());

  const failing = async (act: Promise<unknown>): Promise<unknown> =>
    act.then(
      () => {
        throw new Error('it did not fail');
      },
      (error: unknown) => error,
    );
  const insert = `INSERT INTO "lease" ("name", "holder", "until") VALUES (?, ?, '2026-03-02T08:00:00.000Z')`;
  const lease = (name: string, holder: string | null) => db.work.run((tx) => change(tx, insert, [name, holder]));

  it('is the values, where there is a row of the name, or one of them is missing', async () => {
    await lease('daily', 'a');
    expect(isDatabasesOwn(await failing(lease('daily', 'b')))).toBe(false);
    expect(isDatabasesOwn(await failing(lease('hourly', null)))).toBe(false);
  });

  it('is the database, where it has no such table or cannot be reached, and neither of any other error', async () => {
    expect(isDatabasesOwn(await failing(rows(db.read.manager, 'SELECT 1 FROM "nothing"')))).toBe(true);
    expect(isDatabasesOwn(Object.assign(new Error('no'), { code: 'ECONNREFUSED' }))).toBe(true);
    expect(isDatabasesOwn(new Error('one case is wrong'))).toBe(false);
  });
});
