import { Clock } from '../clock/clock.port.js';
import type { QueueAddress } from '../config/config.js';
import { ReadDatabase } from '../database/read-database.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Log } from '../log/log.js';
import type { BullQueue } from './bull-queue.js';
import { ClaimingQueue } from './claiming-queue.js';
import { EmbeddedQueue } from './embedded-queue.js';
import { errorText } from './error-text.js';
import { JobOutbox } from './job-outbox.js';
import { STOP_WITHIN_MS, type Job, type JobQueue } from './job-queue.port.js';
import { JobRelay, type RelayTimes } from './job-relay.js';
import { JobTable } from './job-table.js';
import { JobWaker } from './job-waker.js';

export interface JobMachineOptions extends RelayTimes {
  readonly address: QueueAddress;
  /** What `loadBull` gives, when the address is Redis. */
  readonly bull?: typeof BullQueue;
  readonly work: UnitOfWork;
  readonly read: ReadDatabase;
  readonly clock: Clock;
  readonly log: Log;
  readonly leaseMs?: number;
  readonly mostAttempts?: number;
}

/** What begins: `relay` hands jobs over, `work` does them. Neither, for a command that only writes jobs. */
export interface JobStart {
  readonly relay: boolean;
  readonly work: boolean;
}

/** Everything about jobs, put together for one process. */
export class JobMachine {
  readonly table: JobTable;
  readonly outbox: JobOutbox;
  readonly relay: JobRelay;
  private readonly claiming: ClaimingQueue;

  constructor(options: JobMachineOptions) {
    const { address, work, read, clock, log } = options;
    const waker = new JobWaker();
    this.table = new JobTable(clock, options.mostAttempts);
    this.outbox = new JobOutbox(work, this.table, clock, waker);
    const bare = bareQueue(address, options.bull, log, waker);
    this.claiming = new ClaimingQueue(bare, work, this.table, waker, log, options.leaseMs);
    this.relay = new JobRelay(read, work, this.table, this.claiming, clock, waker, log, options);
  }

  /** For `handle`; to have something done, write it to the outbox. */
  get queue(): JobQueue {
    return this.claiming;
  }

  /** Every handler has to be there by now. */
  start({ relay, work }: JobStart): void {
    if (work) this.claiming.start();
    if (relay) this.relay.start();
  }

  /** Hands over no more, lets the running jobs end, at most so many milliseconds. What waits, waits in the table. */
  async stop(withinMs = STOP_WITHIN_MS): Promise<void> {
    await this.relay.stop();
    await this.claiming.stop(withinMs);
  }
}

/** Bull, Redis's client and what they need are a tenth of the start: loaded where they are used only. */
export async function loadBull(): Promise<typeof BullQueue> {
  return (await import('./bull-queue.js')).BullQueue;
}

function bareQueue(address: QueueAddress, bull: typeof BullQueue | undefined, log: Log, waker: JobWaker): JobQueue {
  const onFailure = (job: Job | null, error: unknown): void =>
    log.warn('queue', { kind: job?.name ?? null, error: errorText(error) });
  if (address.kind === 'embedded') return new EmbeddedQueue(onFailure);
  if (!bull) throw new Error('Bull is not loaded');
  return new bull({ redisUrl: address.redisUrl, onFailure, onReady: () => waker.wake() });
}
