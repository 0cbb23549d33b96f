import { UnitOfWork } from '../database/unit-of-work.js';
import { Log } from '../log/log.js';
import { errorText } from './error-text.js';
import { JobQueue, type Job, type JobHandler } from './job-queue.port.js';
import { JobTable, type ClaimedJob } from './job-table.js';
import { JobWaker } from './job-waker.js';

/** How long a job is one process's own without word from it, in milliseconds. */
export const JOB_LEASE_MS = 60_000;

/**
 * A queue whose handlers do only what the job table says is to be done. What the queue delivers is a hint: the job is
 * claimed first, so that a second delivery finds nothing; and the table learns how it ended.
 */
export class ClaimingQueue extends JobQueue {
  private readonly running = new Set<string>();

  constructor(
    private readonly queue: JobQueue,
    private readonly work: UnitOfWork,
    private readonly table: JobTable,
    private readonly waker: JobWaker,
    private readonly log: Log,
    private readonly leaseMs = JOB_LEASE_MS,
  ) {
    super();
  }

  enqueue(job: Job): Promise<void> {
    return this.queue.enqueue(job);
  }

  handle(name: string, handler: JobHandler): void {
    this.queue.handle(name, (job, signal) => this.claimAndRun(job, handler, signal));
  }

  start(): void {
    this.queue.start();
  }

  stop(withinMs?: number): Promise<void> {
    return this.queue.stop(withinMs);
  }

  check(): Promise<void> {
    return this.queue.check();
  }

  /** Whether this process works on the job, whatever the clock says of its lease. */
  isRunning(id: string): boolean {
    return this.running.has(id);
  }

  private async claimAndRun(job: Job, handler: JobHandler, stopping: AbortSignal): Promise<void> {
    const claim = await this.work.run((tx) => this.table.claim(tx, job.name, job.key, this.leaseMs));
    if (!claim) return;
    this.running.add(claim.id);
    try {
      await this.run(claim, handler, stopping);
    } finally {
      this.running.delete(claim.id);
      // Another of the key may have come meanwhile, which could not be handed over while this one ran.
      this.waker.wake();
    }
  }

  private async run(claim: ClaimedJob, handler: JobHandler, stopping: AbortSignal): Promise<void> {
    const lost = new AbortController();
    const signal = AbortSignal.any([stopping, lost.signal]);
    const heartbeat = setInterval(() => void this.renew(claim, lost), this.leaseMs / 3);
    heartbeat.unref();
    try {
      await handler(claim, signal);
    } catch (error) {
      clearInterval(heartbeat);
      return this.fail(claim, error, signal.aborted && error === signal.reason);
    } finally {
      clearInterval(heartbeat);
    }
    await this.work.run((tx) => this.table.done(tx, claim));
  }

  private async fail(claim: ClaimedJob, error: unknown, interrupted: boolean): Promise<void> {
    const fields = { job: claim.id, kind: claim.name, attempt: claim.attempts };
    if (interrupted) {
      await this.work.run((tx) => this.table.putBack(tx, claim));
      return this.log.info('job interrupted, to be done again', fields);
    }
    const outcome = await this.work.run((tx) => this.table.failed(tx, claim, error));
    const line = { ...fields, outcome, error: errorText(error) };
    if (outcome === 'dead') this.log.error('job given up', line);
    else this.log.warn('job failed', line);
  }

  private async renew(claim: ClaimedJob, lost: AbortController): Promise<void> {
    try {
      const mine = await this.work.run((tx) => this.table.renew(tx, claim, this.leaseMs));
      if (!mine) lost.abort(new Error('Another process has taken the job over'));
    } catch (error) {
      this.log.warn('job lease not renewed', { job: claim.id, kind: claim.name, error: errorText(error) });
    }
  }
}
