import { Clock } from '../clock/clock.port.js';
import { ReadDatabase } from '../database/read-database.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Log } from '../log/log.js';
import { ClaimingQueue } from './claiming-queue.js';
import { errorText } from './error-text.js';
import { JobTable, type DueJob } from './job-table.js';
import { JobWaker } from './job-waker.js';

/** How often the table is looked through without anyone having asked, in milliseconds. */
export const SWEEP_EVERY_MS = 30_000;
/**
 * How long word of new jobs is collected before they are handed over, in milliseconds: under load one look at the table
 * serves many requests.
 */
const COLLECT_MS = 50;
/**
 * How long the table is left alone after a look at it that word of new jobs had asked for, in milliseconds. One who
 * works alone does not notice; under load handing over takes little from the requests that ask for it.
 */
const REST_MS = 500;

export interface RelayTimes {
  readonly sweepEveryMs?: number;
  readonly collectMs?: number;
  readonly restMs?: number;
}

/**
 * Hands jobs that are due to the queue: after a commit that wrote some, at start, and by a sweep; and brings back those
 * whose process has died. The table is the truth, so handing over twice or too late does no harm.
 */
export class JobRelay {
  private timer: NodeJS.Timeout | null = null;
  private soon: NodeJS.Timeout | null = null;
  private passing: Promise<void> | null = null;
  private restsUntil = 0;
  private again = false;
  private reachable = true;
  private sweptAt: Date | null = null;

  constructor(
    private readonly read: ReadDatabase,
    private readonly work: UnitOfWork,
    private readonly table: JobTable,
    private readonly queue: ClaimingQueue,
    private readonly clock: Clock,
    private readonly waker: JobWaker,
    private readonly log: Log,
    private readonly times: RelayTimes = {},
  ) {}

  /** When all that was due had last been looked through; null before the first time. */
  get lastSweepAt(): Date | null {
    return this.sweptAt;
  }

  start(): void {
    if (this.timer) return;
    this.timer = setInterval(() => void this.sweep(), this.times.sweepEveryMs ?? SWEEP_EVERY_MS);
    this.timer.unref();
    this.waker.listen(() => this.wake());
    this.wake();
  }

  async stop(): Promise<void> {
    this.waker.listen(null);
    if (this.timer) clearInterval(this.timer);
    if (this.soon) clearTimeout(this.soon);
    this.timer = this.soon = null;
    this.again = false;
    await this.passing;
  }

  /** Looks through the table once, now; joins a look that is under way and has it repeated. Never rejects. */
  async sweep(): Promise<void> {
    if (this.passing) {
      this.again = true;
      return this.passing;
    }
    this.passing = this.passes();
    try {
      await this.passing;
    } finally {
      this.passing = null;
    }
  }

  private wake(): void {
    const { collectMs = COLLECT_MS, restMs = REST_MS } = this.times;
    const rest = this.restsUntil - performance.now();
    this.soon ??= setTimeout(
      () => {
        this.soon = null;
        this.restsUntil = performance.now() + restMs;
        void this.sweep();
      },
      Math.max(collectMs, rest),
    );
  }

  private async passes(): Promise<void> {
    do {
      this.again = false;
      try {
        await this.bringBack();
        await this.handOver();
        this.sweptAt = this.clock.now();
      } catch (error) {
        this.log.error('jobs not looked through', { error: errorText(error) });
        return;
      }
    } while (this.again);
  }

  private async bringBack(): Promise<void> {
    const expired = await this.table.expired(this.read.manager);
    for (const job of expired.filter(({ id }) => !this.queue.isRunning(id))) {
      const error = new Error('Its process ended before the job did');
      const outcome = await this.work.run((tx) => this.table.failed(tx, job, error, 0));
      this.log.warn('job brought back', { job: job.id, kind: job.name, attempt: job.attempts, outcome });
    }
    const strayed = await this.table.strayed(this.read.manager);
    if (strayed.length === 0) return;
    await this.work.run((tx) => this.table.bringForward(tx, strayed));
    this.log.warn('jobs brought forward: they waited by a clock that was ahead', { jobs: strayed.length });
  }

  private async handOver(): Promise<void> {
    let last: DueJob | null = null;
    do {
      const page: DueJob[] = await this.table.due(this.read.manager, last);
      for (const { name, key, payload } of page) {
        if (!(await this.reached(() => this.queue.enqueue({ name, key, payload })))) return;
      }
      last = page.at(-1) ?? null;
    } while (last);
  }

  /** Whether the queue took it. Told once when it is lost and once when it is back, not with every sweep. */
  private async reached(enqueue: () => Promise<void>): Promise<boolean> {
    try {
      await enqueue();
    } catch (error) {
      if (this.reachable) this.log.error('queue not reached, jobs wait in the table', { error: errorText(error) });
      this.reachable = false;
      return false;
    }
    if (!this.reachable) this.log.info('queue reached again');
    this.reachable = true;
    return true;
  }
}
