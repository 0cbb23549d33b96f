import type { Job, JobHandler } from './job-queue.port.js';

const REASON = 'The process is stopping';

/** The handlers of one queue, and those of them that run. */
export class JobHandlers {
  private readonly byName = new Map<string, JobHandler>();
  private readonly running = new Set<Promise<void>>();
  private readonly stopping = new AbortController();

  add(name: string, handler: JobHandler): void {
    if (this.byName.has(name)) throw new Error(`${name} has a handler already`);
    this.byName.set(name, handler);
  }

  get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  /** @throws Error when the job has no handler, and what the handler throws */
  async run(job: Job): Promise<void> {
    const handler = this.byName.get(job.name);
    if (!handler) throw new Error(`No handler for ${job.name}`);
    const done = handler(job, this.stopping.signal);
    this.running.add(done);
    try {
      await done;
    } finally {
      this.running.delete(done);
    }
  }

  /** Aborts the running handlers' signals and waits for them, at most so many milliseconds. */
  async stop(withinMs: number): Promise<void> {
    if (!this.stopped) this.stopping.abort(new Error(REASON));
    await within(Promise.allSettled(this.running), withinMs).catch(() => undefined);
  }
}

/** @throws Error when the promise has not settled after so many milliseconds */
export async function within<T>(promise: Promise<T>, ms: number, otherwise = 'It took too long'): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${otherwise} (${ms} ms)`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
