import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Leases, LONGEST_LEASE_MS } from '../../../src/platform/queue/lease.js';
import { jobBench, type JobBench } from './machine.js';

describe('Leases', () => {
  let bench: JobBench;
  let leases: Leases;

  beforeEach(async () => {
    bench = await jobBench();
    leases = new Leases(bench.work, bench.read, bench.clock);
  });
  afterEach(() => bench.close());

  it('gives a lease to one of many who ask at once', async () => {
    const holders = Array.from({ length: 10 }, (_, n) => `process-${n}`);
    const taken = await Promise.all(holders.map((holder) => leases.tryTake('daily', holder, 60_000)));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  it('gives it to another when it has run out or was given back, and to its holder always', async () => {
    expect(await leases.tryTake('daily', 'a', 60_000)).toBe(true);
    expect(await leases.tryTake('daily', 'b', 60_000)).toBe(false);
    expect(await leases.tryTake('other', 'b', 60_000)).toBe(true);
    expect(await leases.tryTake('daily', 'a', 60_000)).toBe(true);
    bench.clock.advance(60_000);
    expect(await leases.tryTake('daily', 'b', 60_000)).toBe(true);
    expect(await leases.release('daily', 'b')).toBe(true);
    expect(await leases.tryTake('daily', 'a', 60_000)).toBe(true);
  });

  it('that lies further ahead than one can be taken for is left from before the clock was set back', async () => {
    expect(await leases.tryTake('daily', 'a', LONGEST_LEASE_MS)).toBe(true);
    expect(await leases.tryTake('daily', 'b', 60_000)).toBe(false);
    bench.clock.advance(-1);
    expect(await leases.tryTake('daily', 'b', 60_000)).toBe(true);
    expect(await leases.tryTake('daily', 'a', 60_000)).toBe(false);
  });

  it('is renewed by its holder alone, and only while it lasts', async () => {
    await leases.tryTake('daily', 'a', 60_000);
    bench.clock.advance(50_000);
    expect(await leases.renew('daily', 'b', 60_000)).toBe(false);
    expect(await leases.renew('daily', 'a', 60_000)).toBe(true);
    bench.clock.advance(59_000);
    expect(await leases.tryTake('daily', 'b', 60_000)).toBe(false);
    bench.clock.advance(1_000);
    expect(await leases.renew('daily', 'a', 60_000)).toBe(false);
    expect(await leases.renew('never-taken', 'a', 60_000)).toBe(false);
  });

  it('remembers when the thing was last done to the end', async () => {
    expect(await leases.lastDoneAt('daily')).toBeNull();
    await leases.tryTake('daily', 'a', 60_000);
    expect(await leases.release('daily', 'b', { done: true })).toBe(false);
    expect(await leases.lastDoneAt('daily')).toBeNull();
    await leases.release('daily', 'a', { done: true });
    const done = bench.clock.now();
    expect(await leases.lastDoneAt('daily')).toEqual(done);
    bench.clock.advance(1_000);
    await leases.tryTake('daily', 'b', 60_000);
    await leases.release('daily', 'b');
    expect(await leases.lastDoneAt('daily')).toEqual(done);
  });
});
