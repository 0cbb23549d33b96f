import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';

/**
 * What Bull's scripts do to the keys of our prefix, tried on four that nobody else has. Whatever is refused, the keys
 * are gone when it ends: the first thing tried is whether they can be.
 */
const TRIED = `
  local text, list, hash, sorted = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
  local refused = false
  local function try(...)
    local answer = redis.pcall(...)
    if not refused and type(answer) == 'table' and answer.err then refused = answer.err end
  end
  try('DEL', text, list, hash, sorted)
  if refused then return refused end
  try('SET', text, '1', 'PX', 10000)
  try('GET', text)
  try('EXISTS', text)
  try('INCR', text)
  try('LPUSH', list, 'a')
  try('RPUSH', list, 'b')
  try('LLEN', list)
  try('LRANGE', list, 0, -1)
  try('RPOPLPUSH', list, list)
  try('LREM', list, 0, 'a')
  try('LTRIM', list, 0, 1)
  try('HSET', hash, 'a', '1')
  try('HMSET', hash, 'b', '2')
  try('HINCRBY', hash, 'a', 1)
  try('HGET', hash, 'a')
  try('HMGET', hash, 'a', 'b')
  try('HGETALL', hash)
  try('HDEL', hash, 'a')
  try('ZADD', sorted, 1, 'a')
  try('ZCARD', sorted)
  try('ZSCORE', sorted, 'a')
  try('ZRANGE', sorted, 0, -1)
  try('ZRANGEBYSCORE', sorted, 0, 1)
  try('ZREM', sorted, 'a')
  try('PUBLISH', ARGV[1], '')
  redis.call('DEL', text, list, hash, sorted)
  return refused or ''`;

const KINDS = ['text', 'list', 'hash', 'sorted'];

/** How Redis refuses a right, within a script too; the last is what Redis 6 says there. */
const NO_RIGHT = /NOPERM|can't run this command|can't access at least one/i;

/** Whether Redis refused it for want of a right. What else goes wrong, such as a Redis that is full, passes. */
export const lacksRight = (message: string): boolean => NO_RIGHT.test(message);

function refusalIn(error: unknown): string {
  const { message, previousErrors = [] } = error as Error & { readonly previousErrors?: readonly Error[] };
  return [message, ...previousErrors.map((one) => one.message)].find(lacksRight) ?? '';
}

/**
 * Sees to it that the user of the connection may do what Bull does. Subscribes the connection, which then can do nothing
 * else, and leaves nothing in Redis.
 *
 * @param prefix of all our keys and channels
 * @throws Error with the words of Redis
 */
export async function assertRights(connection: Redis, prefix: string): Promise<void> {
  const own = `${prefix}:start:${randomUUID()}`;
  const keys = KINDS.map((kind) => `${own}:${kind}`);
  const steps = [
    () => connection.eval(TRIED, keys.length, ...keys, own),
    // In a transaction, where it waits for nothing.
    () => connection.multi().brpoplpush(`${own}:list`, `${own}:list`, 1).exec(),
    () => connection.subscribe(own),
  ];
  for (const step of steps) {
    const answer = await step().catch(refusalIn);
    if (typeof answer === 'string' && lacksRight(answer)) throw new Error(answer);
  }
}
