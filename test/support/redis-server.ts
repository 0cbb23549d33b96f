import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import { Redis } from 'ioredis';
import { eventually } from './eventually.js';
import { freePort } from './free-port.js';
import { skipped } from './skipped.js';

/** A Redis of the test's own, on a free port, keeping nothing on disk. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Ends it at once; everything in it is gone. */
  kill(): Promise<void>;
  /** Begins anew, empty, on the same port. */
  restart(): Promise<void>;
  /** Keeps it from answering while its connections stay open. */
  freeze(): void;
  thaw(): void;
  /** Ends it and takes its folder away. */
  stop(): Promise<void>;
}

const found = spawnSync('redis-server', ['--version']).status === 0;
const continuous = Boolean(process.env['CI']);

/** Whether there is a Redis on this machine; under continuous integration it is assumed, so that its lack shows. */
export const redisFound = found || continuous;

/**
 * `describe` for suites that need Redis. Without the binary they are skipped, as the end of the run says, but in
 * continuous integration they run all the same, and fail.
 */
export function describeWithRedis(title: string, suite: () => void): void {
  if (redisFound) return describe(title, suite);
  skipped({ program: 'redis-server', kind: 'suites on Redis', title });
  describe.skip(title, suite);
}

async function answers(port: number): Promise<boolean> {
  const client = new Redis(port, '127.0.0.1', { lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}

export async function startRedis(): Promise<RedisServer> {
  if (!found) throw new Error('There is no redis-server on this machine');
  const folder = mkdtempSync(join(tmpdir(), 'diarium-redis-'));
  const port = await freePort();
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    save: '',
    appendonly: 'no',
    dir: folder,
    loglevel: 'warning',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  let child: ChildProcess;
  const start = async (): Promise<void> => {
    child = spawn('redis-server', args, { stdio: 'ignore' });
    await eventually('redis-server answers', () => answers(port));
  };
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill,
    restart: start,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    stop: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
