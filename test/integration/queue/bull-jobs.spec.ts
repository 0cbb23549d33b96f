import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import type { JobMachine } from '../../../src/platform/queue/job-machine.js';
import { eventually, gate } from '../../support/eventually.js';
import { describeWithRedis, startRedis, type RedisServer } from '../../support/redis-server.js';
import { jobBench, type JobBench } from './machine.js';

describeWithRedis('jobs on Bull', () => {
  let redis: RedisServer;
  let bench: JobBench;
  let done: string[];

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  beforeEach(async () => {
    // What a test left half done there, such as a job whose end Redis had no memory to note, is not the next one's.
    await inRedis((client) => client.flushall());
    bench = await jobBench();
    done = [];
  });
  afterEach(() => bench.close());

  const worker = (): JobMachine => {
    const machine = bench.machine({ address: { kind: 'bull', redisUrl: redis.url } });
    machine.queue.handle('greet', async ({ key, payload }) => {
      expect(payload).toEqual({ id: key });
      done.push(key);
    });
    machine.start({ relay: true, work: true });
    return machine;
  };
  const web = (): JobMachine => {
    const machine = bench.machine({ address: { kind: 'bull', redisUrl: redis.url } });
    machine.start({ relay: true, work: false });
    return machine;
  };
  const inRedis = async <T>(act: (client: Redis) => Promise<T>): Promise<T> => {
    const client = new Redis(redis.url);
    try {
      return await act(client);
    } finally {
      client.disconnect();
    }
  };
  const keysInRedis = (): Promise<string[]> => inRedis((client) => client.keys('*key=*'));
  const allDone = (): Promise<void> =>
    eventually('the table is empty', async () => (await bench.stored()).length === 0);

  it('does in workers what a web process wrote, each job once', async () => {
    const asker = web();
    worker();
    worker();
    for (let n = 0; n < 30; n += 1) await bench.add(asker, `job-${n}`);
    await allDone();
    expect([...done].sort()).toEqual(Array.from({ length: 30 }, (_, n) => `job-${n}`).sort());
  });

  it('loses nothing and doubles nothing when Redis dies and comes back empty', async () => {
    const asker = web();
    const machine = worker();
    await bench.add(asker, 'before');
    await allDone();
    await redis.kill();
    const from = performance.now();
    for (let n = 0; n < 10; n += 1) await bench.add(asker, `down-${n}`);
    expect(performance.now() - from).toBeLessThan(2_000);
    await eventually('the loss is told', () => bench.lines.some((line) => line.includes('queue not reached')));
    await expect(machine.queue.check()).rejects.toThrow();
    expect(await bench.stored()).toHaveLength(10);
    await redis.restart();
    // No sweep is due for an hour: word that Redis is back has the jobs handed over.
    await allDone();
    expect([...done].sort()).toEqual(['before', ...Array.from({ length: 10 }, (_, n) => `down-${n}`)].sort());
  });

  it('does a job again that failed, though Bull knew its key before', async () => {
    const machine = bench.machine({ address: { kind: 'bull', redisUrl: redis.url } });
    machine.queue.handle('greet', async ({ key }) => {
      done.push(key);
      if (done.length < 3) throw new Error('no');
    });
    machine.start({ relay: true, work: true });
    await bench.add(machine, 'a');
    for (const attempts of [1, 2]) {
      await eventually('it rests', async () => {
        const [job] = await bench.stored();
        return job?.state === 'waiting' && job.attempts === attempts;
      });
      bench.clock.advance(3_600_000);
      await machine.relay.sweep();
    }
    await allDone();
    expect(done).toEqual(['a', 'a', 'a']);
  });

  it('does the job that runs to its end and once, though all that Redis holds is lost meanwhile', async () => {
    const machine = bench.machine({ address: { kind: 'bull', redisUrl: redis.url } });
    const { opened, open } = gate();
    machine.queue.handle('greet', async ({ key }) => {
      done.push(key);
      await opened;
    });
    machine.start({ relay: true, work: true });
    await bench.add(machine, 'a');
    await eventually('it runs', () => done.length === 1);
    await inRedis((client) => client.flushall());
    await machine.relay.sweep();
    open();
    await allDone();
    await bench.add(machine, 'b');
    await allDone();
    expect(done).toEqual(['a', 'b']);
  });

  it('keeps jobs while Redis is out of memory, and does them once when it has some again', async () => {
    const asker = web();
    worker();
    await inRedis((client) => client.config('SET', 'maxmemory', '1', 'maxmemory-policy', 'noeviction'));
    for (let n = 0; n < 5; n += 1) await bench.add(asker, `full-${n}`);
    await eventually('the loss is told', () => bench.lines.some((line) => line.includes('queue not reached')));
    expect(done).toEqual([]);
    expect(await bench.stored()).toHaveLength(5);
    await inRedis((client) => client.config('SET', 'maxmemory', '0'));
    await asker.relay.sweep();
    await allDone();
    expect([...done].sort()).toEqual(Array.from({ length: 5 }, (_, n) => `full-${n}`));
  });

  it('gives a job up after pauses that grow, and does it again when a person asks; Redis keeps none of it', async () => {
    const machine = bench.machine({ address: { kind: 'bull', redisUrl: redis.url } });
    let broken = true;
    machine.queue.handle('greet', async ({ key }) => {
      if (broken) throw new Error('no');
      done.push(key);
    });
    machine.start({ relay: true, work: true });
    await bench.add(machine, 'a');
    const pauses: number[] = [];
    for (let attempts = 1; attempts < 12; attempts += 1) {
      await eventually('it rests', async () => {
        const [job] = await bench.stored();
        return job?.state === 'waiting' && job.attempts === attempts;
      });
      const pause = Date.parse((await bench.stored())[0]?.run_at ?? '') - bench.clock.now().getTime();
      pauses.push(pause / 1_000);
      bench.clock.advance(pause);
      await eventually('Redis has forgotten it', async () => (await keysInRedis()).length === 0);
      await machine.relay.sweep();
    }
    await eventually('it is given up', async () => (await bench.stored())[0]?.state === 'dead');
    expect(pauses).toEqual([10, 60, 300, 1_800, ...Array.from({ length: 7 }, () => 3_600)]);
    expect(await machine.table.counts(bench.read.manager)).toEqual({ waiting: 0, running: 0, dead: 1 });
    const [dead] = await machine.table.dead(bench.read.manager);
    broken = false;
    expect(await bench.work.run((tx) => machine.table.revive(tx, dead?.id ?? ''))).toBe(true);
    await eventually('Redis has forgotten it', async () => (await keysInRedis()).length === 0);
    await machine.relay.sweep();
    await allDone();
    expect(done).toEqual(['a']);
    await eventually('Redis has forgotten it', async () => (await keysInRedis()).length === 0);
  });
});
