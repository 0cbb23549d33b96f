import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setImmediate as soon, setTimeout as sleep } from 'node:timers/promises';
import { change, insertRows, row } from '../../../src/platform/database/sql.js';
import { closeDatabase, openDatabase } from '../../../src/platform/database/open-database.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { ENTITIES } from '../../../src/schema.js';
import { freshSqlite, type FreshSqlite } from '../../support/database.js';
import { last, seedOneBoard, settings } from './one-board.js';

let db: FreshSqlite;

beforeEach(async () => {
  db = await freshSqlite();
  await seedOneBoard(db);
});

afterEach(() => db.close());

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
    expect(await settings(db)).toEqual([]);
  });
});

describe('The unit of work on the one SQLite connection', () => {
  it('runs fifty that read and then write one after the other', async () => {
    const one = (): Promise<number> =>
      db.work.run(async (tx) => {
        const found = await row<{ last: number }>(tx, 'SELECT "last" FROM "series"');
        await soon();
        return change(tx, 'UPDATE "series" SET "last" = ?', [Number(found?.last) + 1]);
      });
    await Promise.all(Array.from({ length: 50 }, one));
    expect(await last(db)).toBe(50);
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
    expect(await last(db)).toBe(2);
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
    expect(await last(db)).toBe(0);
    expect(performance.now() - started).toBeLessThan(250);
    await command.ended;
    expect(await last(db)).toBe(1);
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
    expect(await last(db)).toBe(10);
  });
});
