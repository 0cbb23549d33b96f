import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Job } from '../../../src/platform/queue/job-queue.port.js';
import { eventually, gate } from '../../support/eventually.js';
import { jobBench, type JobBench } from './machine.js';

const START = { relay: true, work: true };

describe('jobs on the embedded queue', () => {
  let bench: JobBench;
  let seen: Job[];

  beforeEach(async () => {
    bench = await jobBench();
    seen = [];
  });
  afterEach(() => bench.close());

  const remember = async (job: Job): Promise<void> => void seen.push(job);
  const allDone = (): Promise<void> =>
    eventually('the table is empty', async () => (await bench.stored()).length === 0);

  it('does a job after the commit that wrote it, with its payload, and forgets it then', async () => {
    const machine = bench.machine();
    machine.queue.handle('greet', remember);
    machine.start(START);
    await bench.work.run(async (tx) => {
      await machine.outbox.add(tx, { name: 'greet', key: 'a', payload: { id: 'a', n: 1 } });
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(seen).toEqual([]);
    });
    await eventually('it is done', () => seen.length === 1);
    expect(seen[0]).toMatchObject({ name: 'greet', key: 'a', payload: { id: 'a', n: 1 } });
    await allDone();
  });

  it('leaves no job of a transaction that was rolled back', async () => {
    const machine = bench.machine();
    machine.queue.handle('greet', remember);
    machine.start(START);
    const failing = bench.work.run(async (tx) => {
      await machine.outbox.add(tx, { name: 'greet', key: 'a', payload: {} });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await machine.relay.sweep();
    expect(await bench.stored()).toEqual([]);
    expect(seen).toEqual([]);
  });

  it('runs a handler outside of any transaction', async () => {
    const machine = bench.machine();
    machine.queue.handle('greet', async () => {
      await bench.work.run((tx) => tx.query('SELECT 1'));
      seen.push({ name: 'greet', key: 'inside', payload: {} });
    });
    machine.start(START);
    await bench.add(machine, 'a');
    await eventually('the handler had its own transaction', () => seen.length === 1);
    await allDone();
  });

  it('keeps one waiting job of a key, and the sooner time of both', async () => {
    const machine = bench.machine();
    await bench.add(machine, 'a', '2026-03-02T10:00:00.000Z');
    await bench.add(machine, 'a', '2026-03-02T09:00:00.000Z');
    await bench.add(machine, 'a', '2026-03-02T11:00:00.000Z');
    expect(await bench.stored()).toMatchObject([{ key: 'a', state: 'waiting', run_at: '2026-03-02T09:00:00.000Z' }]);
  });

  it('does a job when its time has come, and not before', async () => {
    const machine = bench.machine();
    machine.queue.handle('greet', remember);
    machine.start(START);
    await bench.add(machine, 'a', '2026-03-02T09:00:00.000Z');
    await machine.relay.sweep();
    bench.clock.set('2026-03-02T08:59:59.999Z');
    await machine.relay.sweep();
    expect(seen).toEqual([]);
    bench.clock.set('2026-03-02T09:00:00.000Z');
    await machine.relay.sweep();
    await eventually('it is done', () => seen.length === 1);
  });

  it('does at start what waits from before, more than one page of it', async () => {
    const before = bench.machine();
    for (let n = 0; n < 450; n += 1) await bench.add(before, `job-${n}`);
    const machine = bench.machine();
    machine.queue.handle('greet', remember);
    machine.start(START);
    await eventually('all are done', () => seen.length === 450);
    expect(new Set(seen.map(({ key }) => key)).size).toBe(450);
    await allDone();
  });

  it('does a job that was asked for again while it ran once more, after it', async () => {
    const machine = bench.machine();
    const { opened, open } = gate();
    let atOnce = 0;
    machine.queue.handle('greet', async (job) => {
      atOnce += 1;
      expect(atOnce).toBe(1);
      seen.push(job);
      await opened;
      atOnce -= 1;
    });
    machine.start(START);
    await bench.add(machine, 'a');
    await eventually('it runs', () => seen.length === 1);
    await bench.add(machine, 'a');
    await bench.add(machine, 'a');
    await machine.relay.sweep();
    expect((await bench.stored()).map(({ state }) => state).sort()).toEqual(['running', 'waiting']);
    open();
    await eventually('it ran again', () => seen.length === 2);
    await allDone();
  });

  it('lets only one of several processes have a job, however often it is delivered', async () => {
    const machines = [bench.machine(), bench.machine(), bench.machine()];
    for (const machine of machines) {
      machine.queue.handle('greet', remember);
      machine.start(START);
    }
    const [first] = machines;
    if (!first) throw new Error('No machine');
    for (let n = 0; n < 20; n += 1) await bench.add(first, `job-${n}`);
    await Promise.all(machines.map(({ relay }) => relay.sweep()));
    await allDone();
    expect(seen.map(({ key }) => key).sort()).toEqual(Array.from({ length: 20 }, (_, n) => `job-${n}`).sort());
  });

  it('rests longer after each failure, gives up after twelve, and is mended by one that succeeds', async () => {
    const machine = bench.machine();
    let broken = true;
    let runs = 0;
    machine.queue.handle('greet', async () => {
      runs += 1;
      if (broken) throw new Error('smtp://user:geheim@host said no to hanna@example.se');
    });
    machine.start(START);
    await bench.add(machine, 'a');
    const pauses: number[] = [];
    for (let attempt = 1; attempt < 12; attempt += 1) {
      await eventually(
        `attempt ${attempt}`,
        async () => (await bench.stored())[0]?.attempts === attempt && (await bench.stored())[0]?.state === 'waiting',
      );
      const runAt = new Date((await bench.stored())[0]?.run_at ?? 0);
      pauses.push((runAt.getTime() - bench.clock.now().getTime()) / 1_000);
      bench.clock.set(runAt.toISOString());
      await machine.relay.sweep();
    }
    await eventually('it is given up', async () => (await bench.stored())[0]?.state === 'dead');
    expect(pauses).toEqual([10, 60, 300, 1_800, ...Array.from({ length: 7 }, () => 3_600)]);
    expect(runs).toBe(12);
    const [dead] = await machine.table.dead(bench.read.manager);
    expect(dead).toMatchObject({ key: 'a', attempts: 12, lastError: expect.stringContaining('said no to') });
    expect(`${dead?.lastError} ${bench.lines.join('')}`).not.toMatch(/geheim|hanna@/);
    expect(bench.lines.filter((line) => line.includes('job given up'))).toHaveLength(1);
    expect(await machine.table.counts(bench.read.manager)).toEqual({ waiting: 0, running: 0, dead: 1 });
    broken = false;
    await bench.add(machine, 'a');
    await allDone();
  });

  it('drops a failed job when another of its key waits', async () => {
    const machine = bench.machine();
    const { opened, open } = gate();
    machine.queue.handle('greet', async (job) => {
      seen.push(job);
      await opened;
      throw new Error('no');
    });
    machine.start(START);
    await bench.add(machine, 'a');
    await eventually('it runs', () => seen.length === 1);
    await bench.add(machine, 'a', '2026-03-02T12:00:00.000Z');
    open();
    await eventually('one is left', async () => (await bench.stored()).length === 1);
    expect(await bench.stored()).toMatchObject([{ state: 'waiting', attempts: 0, run_at: '2026-03-02T12:00:00.000Z' }]);
  });

  it('brings back what a process left behind that died, once its lease has run out', async () => {
    const dead = bench.machine();
    await bench.add(dead, 'a');
    // The process dies between its claim and its work.
    await bench.work.run((tx) => dead.table.claim(tx, 'greet', 'a', 60_000));
    const machine = bench.machine();
    machine.queue.handle('greet', remember);
    machine.start(START);
    await machine.relay.sweep();
    bench.clock.advance(59_000);
    await machine.relay.sweep();
    expect(seen).toEqual([]);
    bench.clock.advance(2_000);
    await machine.relay.sweep();
    await eventually('it is done', () => seen.length === 1);
    await allDone();
  });

  it('brings back what a process left behind whose clock was a year ahead, whatever its lease says', async () => {
    const dead = bench.machine();
    const now = bench.clock.now().toISOString();
    bench.clock.set('2027-03-02T08:00:00.000Z');
    await bench.add(dead, 'asked for');
    await bench.add(dead, 'claimed');
    await bench.work.run((tx) => dead.table.claim(tx, 'greet', 'claimed', 60_000));
    bench.clock.set(now);
    await bench.add(dead, 'failed');
    const failing = await bench.work.run((tx) => dead.table.claim(tx, 'greet', 'failed', 60_000));
    if (failing === null) throw new Error('not claimed');
    bench.clock.set('2027-03-02T08:00:00.000Z');
    await bench.work.run((tx) => dead.table.failed(tx, failing, new Error('no')));
    bench.clock.set(now);
    await bench.add(dead, 'in a week', '2026-03-09T08:00:00.000Z');
    const machine = bench.machine();
    machine.queue.handle('greet', remember);
    machine.start(START);
    await machine.relay.sweep();
    await eventually('all are done', () => seen.length === 3);
    expect(seen.map(({ key }) => key).sort()).toEqual(['asked for', 'claimed', 'failed']);
    await eventually('one is left', async () => (await bench.stored()).length === 1);
    expect(await bench.stored()).toMatchObject([{ key: 'in a week', run_at: '2026-03-09T08:00:00.000Z' }]);
  });

  it('gives up a job that kills its process every time', async () => {
    const machine = bench.machine({ mostAttempts: 3 });
    await bench.add(machine, 'killer');
    for (let death = 1; death <= 3; death += 1) {
      expect(await bench.work.run((tx) => machine.table.claim(tx, 'greet', 'killer', 60_000))).not.toBeNull();
      bench.clock.advance(61_000);
      await machine.relay.sweep();
    }
    expect(await bench.stored()).toMatchObject([{ state: 'dead', attempts: 3 }]);
  });

  it('renews the lease of a long job, and does not take it for dead while it runs here', async () => {
    const machine = bench.machine({ leaseMs: 60 });
    const { opened, open } = gate();
    machine.queue.handle('greet', async (job) => {
      seen.push(job);
      await opened;
    });
    machine.start(START);
    await bench.add(machine, 'a');
    await eventually('it runs', () => seen.length === 1);
    bench.clock.advance(3 * 7 * 86_400_000);
    await machine.relay.sweep();
    const renewed = new Date(bench.clock.now().getTime() + 60).toISOString();
    await eventually('the lease is renewed', async () => (await bench.stored())[0]?.run_at === renewed);
    expect(seen).toHaveLength(1);
    open();
    await allDone();
  });

  it('tells a handler that its job was taken over, and leaves the row to the other process', async () => {
    const slow = bench.machine({ leaseMs: 60 });
    let reason = '';
    slow.queue.handle('greet', async (_job, signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      reason = String(signal.reason);
      signal.throwIfAborted();
    });
    slow.start(START);
    await bench.add(slow, 'a');
    await eventually('it runs', async () => (await bench.stored())[0]?.state === 'running');
    // Another process found the lease run out and has claimed the job.
    await bench.work.run((tx) => tx.query(`UPDATE "job" SET "attempts" = 2, "run_at" = '2026-03-02T08:01:00.000Z'`));
    await eventually('it is told', () => reason.includes('taken the job over'));
    await eventually('its handler ended', () => bench.lines.some((line) => line.includes('interrupted')));
    expect(await bench.stored()).toMatchObject([{ state: 'running', attempts: 2, run_at: '2026-03-02T08:01:00.000Z' }]);
  });

  it('waits for running jobs when it stops, and puts interrupted ones back without counting', async () => {
    const machine = bench.machine();
    let finished = false;
    machine.queue.handle('whole', async (_job, signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      finished = true;
    });
    machine.queue.handle('pieces', async (job, signal) => {
      seen.push(job);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      signal.throwIfAborted();
    });
    machine.start(START);
    await bench.add(machine, 'w', undefined, 'whole');
    await bench.add(machine, 'p', undefined, 'pieces');
    await eventually(
      'both run',
      async () => (await bench.stored()).every(({ state }) => state === 'running') && seen.length === 1,
    );
    await machine.stop(5_000);
    expect(finished).toBe(true);
    expect(await bench.stored()).toMatchObject([{ key: 'p', state: 'waiting', attempts: 0 }]);
  });

  it('hands nothing over in a process whose relay was not started', async () => {
    const command = bench.machine();
    command.queue.handle('greet', remember);
    await bench.add(command, 'a');
    expect(await bench.stored()).toMatchObject([{ key: 'a', state: 'waiting', attempts: 0 }]);
    expect(command.relay.lastSweepAt).toBeNull();
  });

  it('looks through the table by itself', async () => {
    const command = bench.machine();
    const machine = bench.machine({ sweepEveryMs: 20 });
    machine.queue.handle('greet', remember);
    machine.start(START);
    await bench.add(command, 'a');
    await eventually('the sweep finds it', () => seen.length === 1);
    await eventually('it says when', () => machine.relay.lastSweepAt?.toISOString() === '2026-03-02T08:00:00.000Z');
  });

  it('rests after a look that word of new jobs asked for, and does then what has come meanwhile', async () => {
    await bench.add(bench.machine(), 'waits since before');
    const machine = bench.machine({ restMs: 1_000 });
    machine.queue.handle('greet', remember);
    machine.start(START);
    await eventually('the first look', () => seen.length === 1);
    const first = performance.now();
    await bench.add(machine, 'a');
    await bench.add(machine, 'b');
    await eventually('the look after the rest', () => seen.length === 3);
    expect(performance.now() - first).toBeGreaterThan(200);
    await allDone();
  });

  it('refuses names and keys that its columns do not hold', async () => {
    const machine = bench.machine();
    await expect(bench.add(machine, 'k'.repeat(501))).rejects.toThrow(RangeError);
    await expect(bench.add(machine, 'k', undefined, 'n'.repeat(41))).rejects.toThrow(RangeError);
    await expect(bench.add(machine, '')).rejects.toThrow(RangeError);
  });
});
