import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { PROCESS_KIND, type ProcessKind } from '../../platform/config/config.js';
import { Log } from '../../platform/log/log.js';
import { JobQueue } from '../../platform/queue/job-queue.port.js';
import { SEND_DUE_REMINDERS } from '../ledger/send-job.js';
import { Sweep } from './sweep.js';
import { TELL_OF_CHANGE, TellOfChange } from './tell-of-change.js';

/** How often is looked for what is due without anyone having asked. */
const SWEEP_EVERY_MS = 30_000;

/** Sweeps at start, every half minute, and when a transaction has made something due at once. */
@Injectable()
export class ReminderJobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly works: boolean;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    queue: JobQueue,
    private readonly sweep: Sweep,
    tell: TellOfChange,
    private readonly log: Log,
    @Inject(PROCESS_KIND) kind: ProcessKind,
  ) {
    this.works = kind === 'all' || kind === 'worker';
    // Handlers have to be there before the queue starts.
    if (!this.works) return;
    queue.handle(SEND_DUE_REMINDERS, async () => void (await sweep.runOnce()));
    queue.handle(TELL_OF_CHANGE, (job) => tell.execute(job));
  }

  onApplicationBootstrap(): void {
    if (!this.works) return;
    this.timer = setInterval(() => void this.run(), SWEEP_EVERY_MS);
    this.timer.unref();
    void this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.sweep.stop();
  }

  private async run(): Promise<void> {
    try {
      await this.sweep.runOnce();
    } catch (error) {
      this.log.error('sweep failed', { err: error });
    }
  }
}
