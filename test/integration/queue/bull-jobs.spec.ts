import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { JobMachine } from '../../../src/platform/queue/job-machine.js';
import { eventually } from '../../support/eventually.js';
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
});
