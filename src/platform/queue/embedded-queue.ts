import { JobHandlers } from './job-handlers.js';
import { JobQueue, STOP_WITHIN_MS, type Job, type JobHandler } from './job-queue.port.js';

/**
 * In this process, one job of a name at a time, so that a slow kind of job does not hold up the others. Waiting jobs
 * die with the process; the job table brings them back.
 */
export class EmbeddedQueue extends JobQueue {
  private readonly handlers = new JobHandlers();
  private readonly keys = new Set<string>();
  private readonly lanes = new Map<string, Promise<void>>();
  private readonly started: Promise<void>;
  private begin: () => void = () => undefined;

  constructor(private readonly onFailure: (job: Job, error: unknown) => void) {
    super();
    this.started = new Promise((resolve) => (this.begin = resolve));
  }

  async enqueue(job: Job): Promise<void> {
    if (this.handlers.stopped || this.keys.has(job.key)) return;
    this.keys.add(job.key);
    const before = this.lanes.get(job.name) ?? this.started;
    this.lanes.set(
      job.name,
      before.then(() => this.runOne(job)),
    );
  }

  handle(name: string, handler: JobHandler): void {
    this.handlers.add(name, handler);
  }

  start(): void {
    this.begin();
  }

  async stop(withinMs = STOP_WITHIN_MS): Promise<void> {
    await this.handlers.stop(withinMs);
  }

  async check(): Promise<void> {
    if (this.handlers.stopped) throw new Error('The queue has stopped');
  }

  private async runOne(job: Job): Promise<void> {
    try {
      if (!this.handlers.stopped) await this.handlers.run(job);
    } catch (error) {
      this.onFailure(job, error);
    } finally {
      this.keys.delete(job.key);
    }
  }
}
