import { once } from 'node:events';
import Bull from 'bull';
import { Redis } from 'ioredis';
import { JobHandlers, within } from './job-handlers.js';
import { JobQueue, STOP_WITHIN_MS, type Job, type JobHandler } from './job-queue.port.js';

// Nothing is kept and nothing retried: the job table does that, and Bull ignores a jobId that it still remembers.
const ONCE = { attempts: 1, removeOnComplete: true, removeOnFail: true };

/** Of all our keys and channels. */
export const PREFIX = 'diarium';

/** No caller waits longer for Redis. */
const REDIS_MS = 2_000;
/** A command of Bull's own that Redis does not answer: an error then, and Bull tries again. */
const COMMAND_MS = 5_000;

export interface BullQueueOptions {
  readonly redisUrl: string;
  /** What Bull and Redis complain of, and failures of handlers, which the job table knows of already. */
  readonly onFailure: (job: Job | null, error: unknown) => void;
  /** Called when Redis can be reached (again), so that what was not handed over can be. */
  readonly onReady?: () => void;
  /** Jobs at a time in this process. */
  readonly concurrency?: number;
}

/** Bull's keys in Redis and ours share one space: a job keyed `wait` must not meet Bull's own list of that name. */
const jobId = (job: Job): string => `key=${job.key}`;

/** On Redis, for any number of processes. Losing all that Redis holds loses no job: the job table has them. */
export class BullQueue extends JobQueue {
  private readonly handlers = new JobHandlers();
  private readonly connections: Redis[] = [];
  private readonly queue: Bull.Queue<Job>;

  constructor(private readonly options: BullQueueOptions) {
    super();
    this.queue = new Bull<Job>('jobs', { prefix: PREFIX, createClient: (type) => this.connect(type) });
    // Names its connection for Bull's own lists, which nobody reads here; it rejects unheard when Redis goes away.
    this.queue.setWorkerName = async () => undefined;
    this.queue.on('error', (error) => options.onFailure(null, error));
    this.queue.on('failed', (job, error) => options.onFailure(job.data, error));
    if (options.onReady) this.queue.client.on('ready', options.onReady);
  }

  async enqueue(job: Job): Promise<void> {
    if (this.handlers.stopped) return;
    await this.reach();
    await within(this.queue.add(job.name, job, { ...ONCE, jobId: jobId(job) }), REDIS_MS, 'Redis does not answer');
  }

  handle(name: string, handler: JobHandler): void {
    this.handlers.add(name, handler);
  }

  start(): void {
    const taking = this.queue.process('*', this.options.concurrency ?? 4, ({ data }) => this.handlers.run(data));
    taking.catch((error: unknown) => this.options.onFailure(null, error));
  }

  async stop(withinMs = STOP_WITHIN_MS): Promise<void> {
    const soon = (step: Promise<unknown>): Promise<unknown> =>
      within(step, Math.min(withinMs, REDIS_MS)).catch(() => undefined);
    const paused = soon(this.queue.pause(true, true));
    await this.handlers.stop(withinMs);
    await paused;
    // What has ended is still to be told to Redis. When Redis is away, it learns it as a job that stalled.
    await soon(this.queue.pause(true));
    await soon(this.queue.close(true));
    for (const connection of this.connections) connection.disconnect();
  }

  async check(): Promise<void> {
    if (this.handlers.stopped) throw new Error('The queue has stopped');
    await this.reach();
    await within(this.queue.client.ping(), REDIS_MS, 'Redis does not answer');
  }

  /** @throws Error at once when the connection is refused, else when it is not there in time */
  private async reach(): Promise<void> {
    const { client } = this.queue;
    if (client.status === 'ready') return;
    await once(client, 'ready', { signal: AbortSignal.timeout(REDIS_MS) }).catch((error: unknown) => {
      throw new Error('Redis cannot be reached', { cause: error });
    });
  }

  private connect(type: 'client' | 'subscriber' | 'bclient'): Redis {
    const connection = new Redis(this.options.redisUrl, {
      enableReadyCheck: false,
      maxRetriesPerRequest: null,
      connectTimeout: COMMAND_MS,
      retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 8), 5_000),
      ...(type === 'client' ? { commandTimeout: COMMAND_MS } : {}),
    });
    this.connections.push(connection);
    return connection;
  }
}
