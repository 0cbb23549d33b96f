import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OnceADay } from '../../../src/features/reminders/once-a-day.js';
import { ReadDatabase } from '../../../src/platform/database/read-database.js';
import { Leases } from '../../../src/platform/queue/lease.js';
import { freshDatabase, type FreshDatabase } from '../../support/database.js';
import { gate } from '../../support/eventually.js';
import { SettableClock } from '../../support/settable-clock.js';

let db: FreshDatabase;
let clock: SettableClock;

/** As another process has it. */
const process = (): OnceADay => new OnceADay(new Leases(db.work, new ReadDatabase(db.read), clock), clock);

beforeEach(async () => {
  db = await freshDatabase();
  clock = new SettableClock('2026-03-02T05:44:59.000Z');
});
afterEach(() => db.close());

describe('what is done once a day', () => {
  it('is done from its time in Stockholm on, once, and again the next day, summer time or not', async () => {
    const done: string[] = [];
    const one = process();
    const run = async () => one.run('thing', '06:45', async () => void done.push(clock.now().toISOString()));
    expect(await run()).toBe('too-early');
    clock.set('2026-03-02T05:45:00.000Z');
    expect(await run()).toBe('done');
    clock.set('2026-03-02T22:59:00.000Z');
    expect(await run()).toBe('done-before');
    expect(await process().run('thing', '06:45', async () => undefined)).toBe('done-before');
    clock.set('2026-06-01T04:44:59.000Z');
    expect(await run()).toBe('too-early');
    clock.set('2026-06-01T04:45:00.000Z');
    expect(await run()).toBe('done');
    expect(done).toHaveLength(2);
  });

  it('is done though a clock that was a year ahead has noted that it was done then', async () => {
    clock.set('2027-03-02T06:00:00.000Z');
    expect(await process().run('thing', '06:45', async () => undefined)).toBe('done');
    clock.set('2026-03-02T06:00:00.000Z');
    expect(await process().run('thing', '06:45', async () => undefined)).toBe('done');
    expect(await process().run('thing', '06:45', async () => undefined)).toBe('done-before');
  });

  it('is done late when the process was down at its time', async () => {
    clock.set('2026-03-02T15:00:00.000Z');
    expect(await process().run('thing', '06:45', async () => undefined)).toBe('done');
  });

  it('is done by one process only', async () => {
    clock.set('2026-03-02T06:00:00.000Z');
    const { opened, open } = gate();
    const first = process().run('thing', '06:45', () => opened);
    const others = await Promise.all(
      [process(), process()].map((one) => one.run('thing', '06:45', async () => undefined)),
    );
    expect(others).toEqual(['elsewhere', 'elsewhere']);
    open();
    expect(await first).toBe('done');
  });

  it('that fails is tried again', async () => {
    clock.set('2026-03-02T06:00:00.000Z');
    const one = process();
    await expect(one.run('thing', '06:45', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await one.run('thing', '06:45', async () => undefined)).toBe('done');
  });

  it('can be done now, whenever it was last done', async () => {
    clock.set('2026-03-02T06:00:00.000Z');
    expect(await process().runNow('thing', async () => undefined)).toBe('done');
    expect(await process().runNow('thing', async () => undefined)).toBe('done');
    expect(await process().run('thing', '06:45', async () => undefined)).toBe('done-before');
  });
});
