/** Ids, so that a job never carries what may have changed when it runs. Kept as JSON. */
export type JobPayload = Readonly<Record<string, unknown>>;

/** Something to do, outside of any request. */
export interface Job {
  readonly name: string;
  /** What it is about: of one key only one job waits at a time. */
  readonly key: string;
  readonly payload: JobPayload;
}

/**
 * Does a job. It must stand being called twice for the same job.
 *
 * @param signal aborted when the process stops or another process has taken the job over; a handler that stops
 *   for it throws `signal.reason`, and the job is done again later without a failure being counted
 */
export type JobHandler = (job: Job, signal: AbortSignal) => Promise<void>;

/** How long a stop waits for what is running, in milliseconds. */
export const STOP_WITHIN_MS = 10_000;

/** Hands jobs to handlers, at least once each. Every adapter passes `test/contract/job-queue.contract.ts`. */
export abstract class JobQueue {
  /**
   * Does nothing while a job with the same key waits or runs. The key is free again when that job has ended, well or
   * not: repeating is not the queue's affair.
   *
   * @throws Error when the queue cannot be reached, after a bounded time
   */
  abstract enqueue(job: Job): Promise<void>;

  /** @throws Error when the name has a handler already */
  abstract handle(name: string, handler: JobHandler): void;

  /** Begins to hand out jobs; before, they wait. A process that only enqueues never calls it. */
  abstract start(): void;

  /**
   * Takes no more jobs, aborts the running handlers' signals and resolves when they have ended, at the latest after
   * `withinMs` milliseconds.
   */
  abstract stop(withinMs?: number): Promise<void>;

  /** @throws Error when the queue takes no jobs now, after a bounded time */
  abstract check(): Promise<void>;
}
