import { Redis } from 'ioredis';
import { withoutPassword } from '../config/mask.js';
import { PREFIX } from './bull-queue.js';
import { QueueRefused } from './queue-refused.js';
import { assertRights, lacksRight } from './redis-rights.js';

/** How long Redis may take to answer a process that starts, in milliseconds. */
const PATIENCE_MS = 5_000;

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

function causeOf(code: string, message: string, host: string): string {
  if (/WRONGPASS|NOAUTH|invalid password/i.test(message))
    return `Redis på ${host} godtar inte användaren eller lösenordet`;
  if (lacksRight(message))
    return `användaren får inte köra de kommandon som behövs på ${host}, eller inte på våra nycklar`;
  if (/DB index is out of range/.test(message)) return `Redis på ${host} har ingen databas med numret i adressen`;
  if (/LOADING/.test(message)) return `Redis på ${host} håller på att starta`;
  switch (code) {
    case 'ECONNREFUSED':
    case 'ECONNRESET':
      return `ingen Redis svarar på ${host}`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `det finns ingen dator med namnet i ${host}`;
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `${host} går inte att nå`;
    default:
      return `Redis på ${host} svarar inte: ${withoutPassword(message).replace(/\s+/g, ' ').replace(/\.$/, '')}`;
  }
}

/**
 * Sees to it that Redis answers and lets us work, for a process that starts: a wrong address is told at once, to the one who wrote it.
 * Later, work goes on while Redis is away.
 *
 * @throws QueueRefused
 */
export async function assertRedis(redisUrl: string): Promise<void> {
  let heard: unknown = null;
  const connection = new Redis(redisUrl, {
    lazyConnect: true,
    connectTimeout: PATIENCE_MS,
    commandTimeout: PATIENCE_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  connection.on('error', (error: unknown) => (heard = error));
  try {
    await connection.connect();
    await connection.ping();
    // A database that is not there is told of beside the answers, which then come from another.
    if (heard !== null) throw heard;
    await assertRights(connection, PREFIX);
  } catch (error) {
    const told = heard ?? error;
    const code = codeOf(told);
    const cause = causeOf(code, told instanceof Error ? told.message : String(told), new URL(redisUrl).host);
    const message = `REDIS_URL: ${cause}${code === '' ? '' : ` (${code})`}.`;
    throw new QueueRefused(message, { cause: error });
  } finally {
    connection.disconnect();
  }
}
