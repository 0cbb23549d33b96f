import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { BullQueue } from '../../src/platform/queue/bull-queue.js';
import type { Job } from '../../src/platform/queue/job-queue.port.js';
import { eventually } from '../support/eventually.js';
import { describeWithRedis, startRedis, type RedisServer } from '../support/redis-server.js';
import { aJob, jobQueueContract, type QueueUnderTest } from './job-queue.contract.js';

describeWithRedis('BullQueue on a real Redis', () => {
  let redis: RedisServer;

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  beforeEach(async () => {
    const client = new Redis(redis.url);
    await client.flushall();
    client.disconnect();
  });

  const openQueue = (): QueueUnderTest & { readonly queue: BullQueue; readonly ready: number[] } => {
    const failures: QueueUnderTest['failures'] = [];
    const ready: number[] = [];
    const onFailure = (job: Job | null, error: unknown): void => void failures.push({ job, error });
    const queue = new BullQueue({ redisUrl: redis.url, concurrency: 1, onFailure, onReady: () => ready.push(1) });
    return { queue, failures, ready };
  };

  jobQueueContract('BullQueue', async () => openQueue());

  it('hands a job to one of several processes', async () => {
    const workers = [openQueue(), openQueue(), openQueue()];
    const seen: string[] = [];
    for (const { queue } of workers) {
      queue.handle('greet', async ({ key }) => void seen.push(key));
      queue.start();
    }
    const asker = openQueue();
    for (let n = 0; n < 30; n += 1) await asker.queue.enqueue(aJob(`job-${n}`));
    await eventually('all are done', () => seen.length >= 30);
    expect(new Set(seen).size).toBe(30);
    expect(seen).toHaveLength(30);
    await Promise.all([...workers, asker].map(({ queue }) => queue.stop(1_000)));
  });

  it('leaves nothing behind in Redis of a job that has ended', async () => {
    const { queue, failures } = openQueue();
    queue.handle('greet', async ({ key }) => {
      if (key === 'bad') throw new Error('no');
    });
    queue.start();
    await queue.enqueue(aJob('good'));
    await queue.enqueue(aJob('bad'));
    const client = new Redis(redis.url);
    await eventually(
      'both have ended',
      async () => failures.length === 1 && (await client.keys('*key=*')).length === 0,
    );
    client.disconnect();
    await queue.stop(1_000);
  });

  it('does not let Redis grow, whether jobs succeed or fail', async () => {
    const { queue, failures } = openQueue();
    let ended = 0;
    queue.handle('greet', async ({ key }) => {
      ended += 1;
      if (Number(key.split('-')[1]) % 2 === 1) throw new Error('no');
    });
    queue.start();
    const client = new Redis(redis.url);
    const keysAfter = async (jobs: number): Promise<string[]> => {
      const [before, failed] = [ended, failures.length];
      for (let n = 0; n < jobs; n += 1) await queue.enqueue(aJob(`grow-${n}`));
      await eventually('all have ended', async () => {
        return ended === before + jobs && failures.length === failed + jobs / 2;
      });
      await eventually('Redis has forgotten them', async () => (await client.keys('*key=*')).length === 0);
      return (await client.keys('*')).filter((key) => !/stalled-check|limiter/.test(key)).sort();
    };
    const few = await keysAfter(2);
    expect(await keysAfter(400)).toEqual(few);
    expect(few.length).toBeLessThan(10);
    client.disconnect();
    await queue.stop(1_000);
  }, 120_000);

  it('refuses jobs in bounded time while Redis is down or silent, and says when it is back', async () => {
    const { queue, ready } = openQueue();
    const seen: string[] = [];
    queue.handle('greet', async ({ key }) => void seen.push(key));
    queue.start();
    await queue.enqueue(aJob('before'));
    await eventually('a job is done before', () => seen.length === 1);
    const times = ready.length;

    redis.freeze();
    const silent = performance.now();
    await expect(queue.enqueue(aJob('silent'))).rejects.toThrow('does not answer');
    expect(performance.now() - silent).toBeLessThan(4_000);
    redis.thaw();

    await redis.kill();
    const down = performance.now();
    await expect(queue.enqueue(aJob('down'))).rejects.toThrow();
    await expect(queue.check()).rejects.toThrow();
    expect(performance.now() - down).toBeLessThan(8_000);

    await redis.restart();
    await eventually('it says that it is back', () => ready.length > times);
    await eventually('jobs are done again', async () => {
      await queue.enqueue(aJob('after')).catch(() => undefined);
      return seen.includes('after');
    });
    await queue.stop(1_000);
  });

  it('starts while Redis is away, and works when it comes', async () => {
    await redis.kill();
    const { queue } = openQueue();
    const seen: string[] = [];
    queue.handle('greet', async ({ key }) => void seen.push(key));
    queue.start();
    await expect(queue.enqueue(aJob('early'))).rejects.toThrow('cannot be reached');
    await redis.restart();
    await eventually('it works', async () => {
      await queue.enqueue(aJob('then')).catch(() => undefined);
      return seen.includes('then');
    });
    await queue.stop(1_000);
  });

  it('stops in bounded time while Redis is away', async () => {
    await redis.kill();
    const { queue } = openQueue();
    queue.handle('greet', async () => undefined);
    queue.start();
    const from = performance.now();
    await queue.stop(500);
    expect(performance.now() - from).toBeLessThan(4_000);
    await redis.restart();
  });
});
