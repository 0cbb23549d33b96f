import { join, relative } from 'node:path';
import { expect } from '@jest/globals';
import type { Type } from '@nestjs/common';
import { createDiarium, type ServingDiarium } from '../../src/bootstrap.js';
import { readConfig } from '../../src/platform/config/config.js';
import { createLog, type Log } from '../../src/platform/log/log.js';
import { freshDatabaseFile, freshFolder } from './database.js';
import { testEngine, type Engine } from './engine.js';
import { freshPostgresUrl, postgresFound } from './postgres-server.js';
import { redisFound, startRedis } from './redis-server.js';
import type { SettableClock } from './settable-clock.js';
import { skipped } from './skipped.js';

const thisFile = (): string => relative(process.cwd(), expect.getState().testPath ?? '');

/** The engines that a suite runs on: SQLite, and PostgreSQL where there is one. */
export const ENGINES: readonly Engine[] = postgresFound ? ['sqlite', 'postgres'] : ['sqlite'];
if (!postgresFound) {
  skipped({ program: 'PostgreSQL', kind: 'files on PostgreSQL as well', title: thisFile() });
}

export interface StartAppOptions {
  readonly clock: SettableClock;
  /** Where mail goes; without it, `.eml` files in the data folder. */
  readonly smtpUrl?: string;
  /** A data folder that outlives the app; without it, one of its own that `close` takes away. */
  readonly dataDir?: string;
  /** Without one, what TEST_ENGINE says, else SQLite. */
  readonly engine?: Engine;
  /** `bull` on a Redis of its own; without Redis on this machine, in the process. */
  readonly queue?: 'embedded' | 'bull';
  /** `web` leaves jobs lying. */
  readonly process?: 'all' | 'web';
  readonly log?: Log;
  /** Further settings. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface RequestOptions {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TestAnswer {
  readonly status: number;
  readonly type: string | null;
  readonly headers: Headers;
  /** Parsed when it is JSON, else text; a test looks into it without ado. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

/** The whole application on a free port, talked to over HTTP. */
export class TestApp {
  constructor(
    private readonly diarium: ServingDiarium,
    readonly dataDir: string,
    readonly databaseUrl: string,
    private readonly remove: () => Promise<void>,
  ) {}

  get url(): string {
    return this.diarium.url;
  }

  /** A use case or repository of the running app. */
  provider<T>(type: Type<T> | (abstract new (...parameters: never[]) => T)): T {
    return this.diarium.app.get<T>(type, { strict: false });
  }

  get(path: string, options: RequestOptions = {}): Promise<TestAnswer> {
    return this.send('GET', path, undefined, options);
  }

  post(path: string, body?: unknown, options: RequestOptions = {}): Promise<TestAnswer> {
    return this.send('POST', path, body, options);
  }

  put(path: string, body?: unknown, options: RequestOptions = {}): Promise<TestAnswer> {
    return this.send('PUT', path, body, options);
  }

  patch(path: string, body?: unknown, options: RequestOptions = {}): Promise<TestAnswer> {
    return this.send('PATCH', path, body, options);
  }

  delete(path: string, options: RequestOptions = {}): Promise<TestAnswer> {
    return this.send('DELETE', path, undefined, options);
  }

  /** @param body sent as it is when it is a string, else as JSON */
  async send(method: string, path: string, body: unknown, { token, headers }: RequestOptions): Promise<TestAnswer> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const type = response.headers.get('content-type');
    const isJson = type?.includes('json') === true && text !== '';
    return { status: response.status, type, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }

  async close(): Promise<void> {
    await this.diarium.close();
    await this.remove();
  }
}

const engineOf = ({ engine, env }: StartAppOptions): Engine => {
  if (env?.['DATABASE_URL'] !== undefined) return env['DATABASE_URL'].startsWith('sqlite:') ? 'sqlite' : 'postgres';
  return engine ?? testEngine();
};

interface Ground {
  readonly dataDir: string;
  readonly databaseUrl: string;
  remove(): Promise<void>;
}

/** A data folder and a database, both of the app's own unless it is told others. */
async function groundOf(options: StartAppOptions): Promise<Ground> {
  const { dataDir, env } = options;
  const folder = dataDir === undefined ? freshFolder() : { path: dataDir, remove: () => undefined };
  const told = env?.['DATABASE_URL'];
  if (engineOf(options) === 'postgres' && told === undefined) {
    const { url, drop } = await freshPostgresUrl();
    const remove = async (): Promise<void> => {
      await drop();
      folder.remove();
    };
    return { dataDir: folder.path, databaseUrl: url, remove };
  }
  if (dataDir === undefined && told === undefined) await freshDatabaseFile(folder.path);
  const databaseUrl = told ?? `sqlite:${join(folder.path, 'diarium.db')}`;
  return { dataDir: folder.path, databaseUrl, remove: async () => folder.remove() };
}

function isRedisHere(): boolean {
  if (!redisFound) skipped({ program: 'Redis', kind: 'files on Bull as well', title: thisFile() });
  return redisFound;
}

/** Starts the whole application on a free port, with a database of its own unless its data folder has one. */
export async function startApp(options: StartAppOptions): Promise<TestApp> {
  const { clock, smtpUrl, env } = options;
  const ground = await groundOf(options);
  const redis = options.queue === 'bull' && isRedisHere() ? await startRedis() : null;
  const config = readConfig({
    PORT: '0',
    BASE_URL: 'https://diarium.example.se',
    DATA_DIR: ground.dataDir,
    DATABASE_URL: ground.databaseUrl,
    ...(redis ? { QUEUE: 'bull', REDIS_URL: redis.url } : {}),
    MORNING_REPORT: 'off',
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    ...(smtpUrl === undefined ? {} : { SMTP_URL: smtpUrl }),
    ...env,
  });
  const log = options.log ?? createLog(config.logLevel);
  const diarium = await createDiarium({ config, clock, log, process: options.process ?? 'all' });
  const remove = async (): Promise<void> => {
    await redis?.stop();
    await ground.remove();
  };
  return new TestApp(diarium, ground.dataDir, ground.databaseUrl, remove);
}
