import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { ReadPool, type ReadPoolOptions } from '../../../src/platform/database/read-pool.js';
import { isUnavailable } from '../../../src/platform/problem/unavailable.js';
import { freshFolder } from '../../support/database.js';

/** Counts for a long time, and gives one row at the end. */
const LONG = `WITH RECURSIVE "n"("i") AS (SELECT 1 UNION ALL SELECT "i" + 1 FROM "n" WHERE "i" < 20000000)
  SELECT count(*) AS "count" FROM "n"`;
/** Gives rows one after another, every third of them kept. */
const MANY = `WITH RECURSIVE "n"("i") AS (SELECT 1 UNION ALL SELECT "i" + 1 FROM "n" WHERE "i" < ?)
  SELECT "i" AS "seq", "i" % 3 = 0 AS "kept" FROM "n"`;

describe('The threads that read', () => {
  const folder = freshFolder();
  const path = join(folder.path, 'pool.db');
  let pools: ReadPool[] = [];

  const pool = (options: Partial<ReadPoolOptions> = {}): ReadPool => {
    const made = new ReadPool({ path, ...options });
    pools.push(made);
    return made;
  };

  beforeEach(() => {
    const db = new Database(path);
    db.pragma('journal_mode = WAL');
    db.exec('CREATE TABLE IF NOT EXISTS "t" ("a" integer)');
    db.close();
  });

  afterEach(async () => {
    await Promise.all(pools.map((one) => one.close()));
    pools = [];
  });

  it('are started when the first read comes, and no more than asked for', async () => {
    const reads = pool({ threads: 2 });
    expect(reads.size).toBe(0);
    await Promise.all(Array.from({ length: 9 }, () => reads.run({ text: 'SELECT 1 AS "one"', params: [] })));
    expect(reads.size).toBe(2);
  });

  it('leave the event loop free while they read', async () => {
    const reads = pool();
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    await reads.run({ text: LONG, params: [] }, 60_000);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(10);
  });

  it('stop at as many rows as are wanted', async () => {
    const take = { want: 2, ms: 10_000 };
    const result = await pool().run({ text: MANY, params: [1_000_000_000], take });
    expect(result).toEqual({ rows: [{ seq: 3, kept: 1 }, { seq: 6, kept: 1 }], reached: 6, ended: false }); // prettier-ignore
  });

  it('say when there is no more', async () => {
    const result = await pool().run({ text: MANY, params: [4], take: { want: 2, ms: 10_000 } });
    expect(result).toEqual({ rows: [{ seq: 3, kept: 1 }], reached: 4, ended: true });
  });

  it('stop after a time, and say where', async () => {
    const take = { want: 1_000_000_000, ms: 30 };
    const result = await pool().run<{ seq: number }>({ text: MANY, params: [1_000_000_000], take }, 60_000);
    expect(result.ended).toBe(false);
    expect(result.reached).toBeGreaterThanOrEqual(result.rows.at(-1)?.seq ?? 0);
  });

  it('give up a read that takes too long, and serve the next', async () => {
    const reads = pool({ threads: 1, longestMs: 200, patienceMs: 30_000 });
    const slow = reads.run({ text: LONG, params: [] });
    const next = reads.run({ text: 'SELECT 1 AS "one"', params: [] }, 30_000);
    expect(isUnavailable(await slow.catch((error: unknown) => error))).toBe(true);
    expect((await next).rows).toEqual([{ one: 1 }]);
  });

  it('turn away a read that no thread is free for in time', async () => {
    const reads = pool({ threads: 1, patienceMs: 50 });
    const slow = reads.run({ text: LONG, params: [] }, 30_000).catch((error: unknown) => error);
    const late = await reads.run({ text: 'SELECT 1 AS "one"', params: [] }).catch((error: unknown) => error);
    expect(isUnavailable(late)).toBe(true);
    await reads.close();
    expect(isUnavailable(await slow)).toBe(true);
  });

  it('cannot write', async () => {
    const refused = pool().run({ text: 'DELETE FROM "t"', params: [] });
    await expect(refused).rejects.toThrow(/readonly|does not return data/);
  });

  it('tell what is wrong with a query, and go on', async () => {
    const reads = pool({ threads: 1 });
    await expect(reads.run({ text: 'SELECT "a" FROM "nowhere"', params: [] })).rejects.toThrow('no such table');
    expect((await reads.run({ text: 'SELECT 1 AS "one"', params: [] })).rows).toEqual([{ one: 1 }]);
  });

  it('refuse reads once closed, and a file that is not there', async () => {
    const reads = pool();
    await reads.close();
    await expect(reads.run({ text: 'SELECT 1', params: [] })).rejects.toThrow('closed');
    const missing = pool({ path: join(folder.path, 'no-such.db') });
    await expect(missing.run({ text: 'SELECT 1', params: [] })).rejects.toThrow();
  });
});
