import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freshFolder } from '../support/database.js';
import { freePort } from '../support/free-port.js';
import { describeWithPostgres, startPostgres, type PostgresServer } from '../support/postgres-server.js';
import { describeWithRedis, startRedis, type RedisServer } from '../support/redis-server.js';
import { DIST } from '../support/server-process.js';

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

const folder = freshFolder();
afterAll(() => folder.remove());

/** Users of Redis who may not do all that the queue does. */
const TOO_FEW = {
  'with-ping-alone': ['~*', '&*', '+ping', '+info'],
  'with-other-keys': ['~annat:*', '&*', '+@all'],
  'who-cannot-write': ['~*', '&*', '+@all', '-@write'],
  'who-cannot-wait': ['~*', '&*', '+@all', '-brpoplpush'],
  'with-other-channels': ['~*', '&annat:*', '+@all'],
} as const;

/** Runs a process until it ends by itself. */
async function run(entry: string, env: Readonly<Record<string, string>>): Promise<Ended> {
  const child = spawn(process.execPath, [join(DIST, entry)], {
    env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: folder.path, LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (part: Buffer) => (said += part.toString()));
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, said };
}

/** Takes every connection, and never says a word. */
async function silentHost(): Promise<Server> {
  const server = createServer((socket) => socket.on('error', () => undefined).resume()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** One line that names the setting, the cause, and no password. */
function expectOneLine({ code, said }: Ended, setting: string, words: string): void {
  expect({ code, lines: said.trimEnd().split('\n').length, said }).toEqual({
    code: 1,
    lines: 1,
    said: expect.stringContaining(words),
  });
  expect(said).toContain(`${setting}: `);
  expect(said).not.toContain('hemligt');
}

describe.each(['main.js', 'worker.js'])('%s with the address of a host that is silent', (entry) => {
  let silent: Server;
  const port = (): number => (silent.address() as AddressInfo).port;
  beforeAll(async () => {
    silent = await silentHost();
  });
  afterAll(() => void silent.close());

  it('says so of PostgreSQL in one line and exits with 1', async () => {
    const ended = await run(entry, { DATABASE_URL: `postgres://diarium:hemligt@127.0.0.1:${port()}/diarium` });
    expectOneLine(ended, 'DATABASE_URL', 'svarar inte i tid');
  });

  it('says so of Redis in one line and exits with 1', async () => {
    const ended = await run(entry, { QUEUE: 'bull', REDIS_URL: `redis://:hemligt@127.0.0.1:${port()}` });
    expectOneLine(ended, 'REDIS_URL', 'svarar inte');
  });
});

describe.each(['main.js', 'worker.js'])('%s with a wrong setting', (entry) => {
  describeWithPostgres('for PostgreSQL', () => {
    let server: PostgresServer;
    let deadPort: number;
    beforeAll(async () => {
      server = await startPostgres();
      deadPort = await freePort();
    });
    afterAll(() => server.stop());

    const wrong: [string, () => string, string][] = [
      ['a port where nobody is', () => `postgres://diarium:hemligt@127.0.0.1:${deadPort}/diarium`, 'ingen PostgreSQL'],
      ['a name that nobody has', () => 'postgres://diarium:hemligt@finns-inte.invalid/diarium', 'ingen dator'],
      ['a wrong password', () => server.url('postgres', 'diarium', 'hemligt-fel'), 'lösenordet'],
      ['no password', () => `postgres://diarium@127.0.0.1:${server.port}/postgres`, 'adressen har inget'],
      ['no user', () => `postgres://127.0.0.1:${server.port}/postgres`, 'ingen användare'],
      ['TLS that is not there', () => `${server.url('postgres')}?sslmode=verify-full`, 'har inte TLS'],
      ['a database that is not there', () => server.url('finns_inte'), 'databasen finns_inte finns inte'],
    ];
    it.each(wrong)('says so in one line and exits with 1: %s', async (_, url, words) => {
      expectOneLine(await run(entry, { DATABASE_URL: url() }), 'DATABASE_URL', words);
    });
  });

  describeWithRedis('for Redis', () => {
    let redis: RedisServer;
    let deadPort: number;
    beforeAll(async () => {
      redis = await startRedis();
      deadPort = await freePort();
      const client = new Redis(redis.url);
      await client.config('SET', 'requirepass', 'det-riktiga');
      for (const [user, rights] of Object.entries(TOO_FEW))
        await client.acl('SETUSER', user, 'on', '>hemligt', ...rights);
      client.disconnect();
    });
    afterAll(() => redis.stop());

    const wrong: [string, () => string, string][] = [
      ['a port where nobody is', () => `redis://:hemligt@127.0.0.1:${deadPort}`, 'ingen Redis'],
      ['a name that nobody has', () => 'redis://:hemligt@finns-inte.invalid', 'ingen dator'],
      ['a wrong password', () => `redis://:hemligt@127.0.0.1:${redis.port}`, 'lösenordet'],
      ['no password', () => `redis://127.0.0.1:${redis.port}`, 'lösenordet'],
      ['a database that is not there', () => `redis://:det-riktiga@127.0.0.1:${redis.port}/99`, 'ingen databas'],
      ...Object.keys(TOO_FEW).map((user): [string, () => string, string] => [
        `a user ${user}`,
        () => `redis://${user}:hemligt@127.0.0.1:${redis.port}`,
        'användaren får inte köra',
      ]),
    ];
    it.each(wrong)('says so in one line and exits with 1: %s', async (_, url, words) => {
      expectOneLine(await run(entry, { QUEUE: 'bull', REDIS_URL: url() }), 'REDIS_URL', words);
    });
  });
});
