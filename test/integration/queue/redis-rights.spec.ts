import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { assertRedis } from '../../../src/platform/queue/assert-redis.js';
import { describeWithRedis, startRedis, type RedisServer } from '../../support/redis-server.js';

describeWithRedis('The look at Redis before a start', () => {
  let redis: RedisServer;
  let client: Redis;
  beforeAll(async () => {
    redis = await startRedis();
    client = new Redis(redis.url);
  });
  afterAll(async () => {
    client.disconnect();
    await redis.stop();
  });

  const asUser = async (...rights: readonly string[]): Promise<string> => {
    await client.acl('SETUSER', 'smal', 'reset', 'on', '>x', ...rights);
    return `redis://smal:x@127.0.0.1:${redis.port}`;
  };

  it('takes a user who has our keys and channels alone, and leaves nothing behind', async () => {
    await assertRedis(await asUser('~diarium:*', '&diarium:*', '+@all', '-@admin'));
    expect(await client.keys('*')).toEqual([]);
  });

  it.each(['del', 'set', 'rpoplpush', 'zadd', 'publish', 'brpoplpush', 'subscribe', 'eval'])(
    'refuses one without %s, and leaves nothing behind',
    async (command) => {
      const url = await asUser('~*', '&*', '+@all', `-${command}`);
      await expect(assertRedis(url)).rejects.toThrow(/^REDIS_URL: användaren får inte köra de kommandon/);
      expect(await client.keys('*')).toEqual([]);
    },
  );

  it('takes a Redis that is full: the database has the jobs', async () => {
    await client.config('SET', 'maxmemory', '1');
    await assertRedis(redis.url);
    await client.config('SET', 'maxmemory', '0');
  });
});
