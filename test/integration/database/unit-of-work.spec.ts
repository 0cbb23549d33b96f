import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setImmediate as soon, setTimeout as sleep } from 'node:timers/promises';
import { insertRows } from '../../../src/platform/database/sql.js';
import { freshDatabase, type FreshDatabase } from '../../support/database.js';
import { seedOneBoard, settings } from './one-board.js';

let db: FreshDatabase;

beforeEach(async () => {
  db = await freshDatabase();
  await seedOneBoard(db);
});

afterEach(() => db.close());

describe('The unit of work', () => {
  it('keeps the second of two that overlap when the first is rolled back', async () => {
    const first = db.work.run(async (tx) => {
      await insertRows(tx, 'setting', ['name', 'value'], [['first', '1']]);
      await sleep(20);
      throw new Error('first is rolled back');
    });
    await soon();
    const second = db.work.run((tx) => insertRows(tx, 'setting', ['name', 'value'], [['second', '1']]));
    await expect(first).rejects.toThrow('first is rolled back');
    await expect(second).resolves.toBe(1);
    expect(await settings(db)).toEqual(['second']);
  });

  it('shows nothing that is not committed to the reading connection', async () => {
    let seen: string[] = [];
    await db.work.run(async (tx) => {
      await insertRows(tx, 'setting', ['name', 'value'], [['a', '1']]);
      seen = await settings(db);
    });
    expect(seen).toEqual([]);
    expect(await settings(db)).toEqual(['a']);
  });

  it('refuses to run inside itself, and rolls the outer one back', async () => {
    const outer = db.work.run(async (tx) => {
      await insertRows(tx, 'setting', ['name', 'value'], [['outer', '1']]);
      await db.work.run(async () => undefined);
    });
    await expect(outer).rejects.toThrow('UnitOfWork.run called inside itself');
    expect(await settings(db)).toEqual([]);
    await expect(db.work.run(async () => 'the line goes on')).resolves.toBe('the line goes on');
  });

  it('tries out what would be done, and leaves nothing of it', async () => {
    const work = async (value: string) =>
      db.work.tryOut(async (tx) => {
        db.work.afterCommit(() => expect('after a commit').toBe('never'));
        return insertRows(tx, 'setting', ['name', 'value'], [['tried', value]]);
      });
    expect([await work('1'), await work('2')]).toEqual([1, 1]);
    expect(await settings(db)).toEqual([]);
    await expect(db.work.tryOut(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  });

  it('calls what is to be done after the commit once it is committed, outside the transaction', async () => {
    let seen: Promise<string[]> | undefined;
    let next: Promise<number> | undefined;
    await db.work.run(async (tx) => {
      db.work.afterCommit(() => {
        seen = settings(db);
        next = db.work.run((inner) => insertRows(inner, 'setting', ['name', 'value'], [['next', '1']]));
      });
      await insertRows(tx, 'setting', ['name', 'value'], [['a', '1']]);
      expect(seen).toBeUndefined();
    });
    expect(await seen).toEqual(['a']);
    expect(await next).toBe(1);
  });

  it('never calls it when the transaction is rolled back', async () => {
    let called = false;
    const failing = db.work.run(async () => {
      db.work.afterCommit(() => {
        called = true;
      });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(called).toBe(false);
    expect(() => db.work.afterCommit(() => undefined)).toThrow('outside run');
  });

  it('is idle once all that was asked for has ended, failures included', async () => {
    const ends: string[] = [];
    void db.work.run(async () => sleep(10)).then(() => ends.push('first'));
    db.work.run(async () => Promise.reject(new Error('no'))).catch(() => ends.push('second'));
    await db.work.idle();
    await soon();
    expect(ends.toSorted()).toEqual(['first', 'second']);
  });
});
