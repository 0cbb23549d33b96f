import 'reflect-metadata';
import { networkInterfaces } from 'node:os';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import type { Clock } from './platform/clock/clock.port.js';
import { SystemClock } from './platform/clock/system-clock.js';
import type { AppConfig, ProcessKind } from './platform/config/config.js';
import { closeDatabase, openDatabase } from './platform/database/open-database.js';
import { UnitOfWork } from './platform/database/unit-of-work.js';
import { assertMoved } from './platform/database/unfinished-move.js';
import { RouteTable } from './platform/http/route-table.js';
import { createLog, type Log } from './platform/log/log.js';
import { NestLog } from './platform/log/nest-log.js';
import { Mailer } from './platform/mail/mailer.port.js';
import type { PlatformOptions } from './platform/platform.module.js';
import { JobMachine } from './platform/queue/job-machine.js';
import { ENTITIES } from './schema.js';

export interface DiariumOptions {
  readonly config: AppConfig;
  /** Without one, the machine's, or for rehearsals the one that the settings ask for. */
  readonly clock?: Clock;
  /** Without one, to standard output; for a command, to standard error. */
  readonly log?: Log;
}

export interface Diarium {
  /** Whatever was put together, for `get(SomeUseCase)`. */
  readonly app: INestApplicationContext;
  /** Ends what it has begun, then lets go of queue, mail and database. */
  close(): Promise<void>;
}

export interface ServingDiarium extends Diarium {
  readonly app: NestFastifyApplication;
  /** Where it listens: `http://127.0.0.1:PORT`. */
  readonly url: string;
}

const clockOf = ({ config, clock }: DiariumOptions): Clock =>
  clock ?? new SystemClock(config.clockStartsAt ?? undefined);

/** Nest's errors come to us, so that a refused database is told in words and not as a stack. */
const nestOptions = (log: Log) => ({ logger: new NestLog(log), abortOnError: false });

/**
 * Opens the database, puts the application together and starts it.
 *
 * `web` answers requests, `worker` works on jobs, `all` does both.
 *
 * @throws DatabaseRefused with a message to print
 */
export async function createDiarium(
  options: DiariumOptions & { readonly process: 'all' | 'web' },
): Promise<ServingDiarium> {
  const log = options.log ?? createLog(options.config.logLevel);
  return withDatabase(options, log, async (platform) => {
    await assertQueue(options.config);
    const { fastifyServer } = await import('./platform/http/fastify-server.js');
    const routes = new RouteTable();
    const server = fastifyServer(options.config, log, routes);
    const module = AppModule.forRoot({ ...platform, routes });
    const settings = { ...nestOptions(log), bodyParser: false };
    const app = await NestFactory.create<NestFastifyApplication>(module, server, settings);
    await started(app, async () => {
      await app.init();
      startJobs(app, options.config, options.process);
      await app.listen(options.config.port, anyAddress());
    });
    const close = once(() => shutDown(app, platform.database));
    return { app, url: localUrl(app), close };
  });
}

/** The same without a server: for a worker, and for a command, which starts nothing by itself. */
export async function createDiariumContext(
  options: DiariumOptions & { readonly process: 'worker' | 'command' },
): Promise<Diarium> {
  const log = options.log ?? createLog(options.config.logLevel, options.process === 'command' ? 'stderr' : 'stdout');
  return withDatabase(options, log, async (platform) => {
    if (options.process === 'worker') await assertQueue(options.config);
    const app = await NestFactory.createApplicationContext(AppModule.forRoot(platform), nestOptions(log));
    await started(app, async () => startJobs(app, options.config, options.process));
    return { app, close: once(() => shutDown(app, platform.database)) };
  });
}

async function withDatabase<T>(
  options: DiariumOptions & { readonly process: ProcessKind },
  log: Log,
  use: (platform: PlatformOptions) => Promise<T>,
): Promise<T> {
  const { config, process } = options;
  const database = await openDatabase(config.database, ENTITIES);
  if (database.migrated.length > 0) log.info('schema brought up to date', { migrations: database.migrated.length });
  try {
    await assertMoved(database.write);
    return await use({ config, database, log, clock: clockOf(options), process });
  } catch (error) {
    await closeDatabase(database);
    throw error;
  }
}

/** When starting fails half-way, what has been started is stopped. */
async function started(app: INestApplicationContext, start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    await app.close().catch(() => undefined);
    throw error;
  }
}

/**
 * Before anything else asks Redis, so that nothing but this line is said.
 *
 * @throws QueueRefused naming the setting, when Redis is needed and does not answer
 */
async function assertQueue({ queue }: AppConfig): Promise<void> {
  if (queue.kind === 'embedded') return;
  const { assertRedis } = await import('./platform/queue/assert-redis.js');
  await assertRedis(queue.redisUrl);
}

/** A web process beside workers hands jobs over to Redis; a queue in its own memory would never be worked on. */
function startJobs(app: INestApplicationContext, { queue }: AppConfig, process: ProcessKind): void {
  if (process === 'command') return;
  const work = process === 'all' || process === 'worker';
  app.get(JobMachine).start({ work, relay: work || queue.kind === 'bull' });
}

/** In this order: no more requests, no more jobs, no more mail, and then nobody needs the database. */
async function shutDown(app: INestApplicationContext, database: PlatformOptions['database']): Promise<void> {
  await app.close();
  await app.get(JobMachine).stop();
  await app.get(Mailer).close();
  await app.get(UnitOfWork).idle();
  await closeDatabase(database);
}

function once(act: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => (done ??= act());
}

/** Both IPv6 and IPv4 where the machine has both: `localhost` may mean either. */
function anyAddress(): string {
  const addresses = Object.values(networkInterfaces()).flat();
  return addresses.some((address) => address?.family === 'IPv6') ? '::' : '0.0.0.0';
}

function localUrl(app: NestFastifyApplication): string {
  const address = app.getHttpServer().address();
  if (typeof address !== 'object' || address === null) throw new Error('the server does not listen');
  return `http://127.0.0.1:${address.port}`;
}
