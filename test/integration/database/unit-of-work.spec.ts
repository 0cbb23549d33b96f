import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setImmediate as soon, setTimeout as sleep } from 'node:timers/promises';
import { change, insertRows, row } from '../../../src/platform/database/sql.js';
import { closeDatabase, openDatabase } from '../../../src/platform/database/open-database.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { ENTITIES } from '../../../src/schema.js';
import { freshDatabase, type FreshDatabase } from '../../support/database.js';

let db: FreshDatabase;

beforeEach(async () => {
  db = await freshDatabase();
  const board = ['KS', 'Kommunstyrelsen', '{code} {year}/{number}', '{}', '[]', '2026-01-01T00:00:00.000Z'];
  const columns = ['code', 'name', 'number_pattern', 'lead_times', 'closed_days', 'created_at'];
  await db.work.run(async (tx) => {
    await insertRows(tx, 'board', columns, [board]);
    await insertRows(tx, 'series', ['board', 'year', 'last'], [['KS', 2026, 0]]);
  });
});

afterEach(() => db.close());

const settings = async (): Promise<string[]> =>
  ((await db.read.query('SELECT "name" FROM "setting" ORDER BY "name"')) as { name: string }[]).map(({ name }) => name);

const last = async (): Promise<number> =>
  ((await db.read.query('SELECT "last" FROM "series"')) as { last: number }[])[0]?.last ?? NaN;

describe("TypeORM's own transactions on the one SQLite connection", () => {
  it('lose the second of two that overlap when the first is rolled back', async () => {
    const first = db.write.transaction(async (tx) => {
      await insertRows(tx, 'setting', ['name', 'value'], [['first', '1']]);
      await sleep(20);
      throw new Error('first is rolled back');
    });
    await soon();
    const second = db.write.transaction((tx) => insertRows(tx, 'setting', ['name', 'value'], [['second', '1']]));
    await expect(second).resolves.toBe(1); // it was told that all went well
    await expect(first).rejects.toThrow();
    expect(await settings()).toEqual([]);
  });
});

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
    expect(await settings()).toEqual(['second']);
  });

  it('runs fifty that read and then write one after the other', async () => {
    const one = (): Promise<number> =>
      db.work.run(async (tx) => {
        const found = await row<{ last: number }>(tx, 'SELECT "last" FROM "series"');
        await soon();
        return change(tx, 'UPDATE "series" SET "last" = ?', [Number(found?.last) + 1]);
      });
    await Promise.all(Array.from({ length: 50 }, one));
    expect(await last()).toBe(50);
  });

  it('shows nothing that is not committed to the reading connection', async () => {
    let seen: string[] = [];
    await db.work.run(async (tx) => {
      await insertRows(tx, 'setting', ['name', 'value'], [['a', '1']]);
      seen = await settings();
    });
    expect(seen).toEqual([]);
    expect(await settings()).toEqual(['a']);
  });

  it('refuses to run inside itself, and rolls the outer one back', async () => {
    const outer = db.work.run(async (tx) => {
      await insertRows(tx, 'setting', ['name', 'value'], [['outer', '1']]);
      await db.work.run(async () => undefined);
    });
    await expect(outer).rejects.toThrow('UnitOfWork.run called inside itself');
    expect(await settings()).toEqual([]);
    await expect(db.work.run(async () => 'the line goes on')).resolves.toBe('the line goes on');
  });

  it('calls what is to be done after the commit once it is committed, outside the transaction', async () => {
    let seen: Promise<string[]> | undefined;
    let next: Promise<number> | undefined;
    await db.work.run(async (tx) => {
      db.work.afterCommit(() => {
        seen = settings();
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
    expect(ends).toEqual(['first', 'second']);
  });
});

describe('Two processes on one SQLite file', () => {
  const hold = (milliseconds: number) => {
    const child = spawn(process.execPath, ['test/support/holds-the-file.mjs', db.address.path, String(milliseconds)]);
    return { holding: once(child.stdout, 'data'), ended: once(child, 'exit') };
  };

  it('take turns: one that reads and then writes waits for a command that holds the file', async () => {
    const command = hold(300);
    await command.holding;
    const started = performance.now();
    const mine = db.work.run(async (tx) => {
      const found = await row<{ last: number }>(tx, 'SELECT "last" FROM "series"');
      await change(tx, 'UPDATE "series" SET "last" = ?', [Number(found?.last) + 1]);
    });
    await mine;
    expect(performance.now() - started).toBeGreaterThan(100);
    await command.ended;
    expect(await last()).toBe(2);
  });

  it('fail at once without the write that begins ours: a read, another process, then a write', async () => {
    const failing = db.write.transaction(async (tx) => {
      await row(tx, 'SELECT "last" FROM "series"');
      await hold(0).ended;
      await change(tx, 'UPDATE "series" SET "last" = "last" + 1');
    });
    await expect(failing).rejects.toThrow('database is locked');
  });

  it('let lists be read while a command holds the file', async () => {
    const command = hold(300);
    await command.holding;
    const started = performance.now();
    expect(await last()).toBe(0);
    expect(performance.now() - started).toBeLessThan(250);
    await command.ended;
    expect(await last()).toBe(1);
  });

  it('never lose a step when two write in turn', async () => {
    const other = await openDatabase(db.address, ENTITIES);
    const work = new UnitOfWork(other.write);
    const add = (unit: UnitOfWork) =>
      unit.run((tx) => change(tx, 'UPDATE "series" SET "last" = "last" + 1 WHERE "board" = ?', ['KS']));
    for (let i = 0; i < 5; i += 1) {
      await add(work);
      await add(db.work);
    }
    await closeDatabase(other);
    expect(await last()).toBe(10);
  });
});
