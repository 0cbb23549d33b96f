import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock/clock.port.js';
import { PROCESS_KIND, type ProcessKind } from '../../platform/config/config.js';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { errorFields, Log } from '../../platform/log/log.js';
import { Mailer } from '../../platform/mail/mailer.port.js';
import { JobQueue } from '../../platform/queue/job-queue.port.js';
import { Leases } from '../../platform/queue/lease.js';
import { UpkeepParts } from './upkeep-parts.js';

export type PartState = 'ok' | 'degraded' | 'failed';

/** How one part is. `reason` is a word for those who run the system: nothing of people, cases or addresses. */
export interface Part {
  readonly state: PartState;
  readonly reason?: string;
  readonly [fact: string]: unknown;
}

export interface Readiness {
  readonly ready: boolean;
  readonly parts: Readonly<Record<'database' | 'queue' | 'mail' | 'sweep' | 'reminders' | 'backup-drill', Part>>;
}

export const SWEEP_LEASE = 'reminder-sweep';

const LONGEST_CHECK_MS = 3_000;
/** A mail server is asked at most so often: each question is a connection. */
const MAIL_EVERY_MS = 30_000;
/** The sweep runs every 30 seconds; four missed are a fault. */
const SWEEP_LATE_MS = 120_000;

/** Looks after every part that requests and reminders need. */
@Injectable()
export class CheckReadiness {
  private readonly startedAt: number;
  private mail: { readonly at: number; readonly part: Promise<Part> } | null = null;

  constructor(
    @Inject(PROCESS_KIND) private readonly process: ProcessKind,
    private readonly write: DataSource,
    private readonly read: ReadDatabase,
    private readonly queue: JobQueue,
    private readonly mailer: Mailer,
    private readonly leases: Leases,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly upkeep: UpkeepParts,
  ) {
    this.startedAt = clock.now().getTime();
  }

  /**
   * Ready means that a request can be answered: the database works. Queue, mail and a late sweep do not keep a
   * registrar from registering, so they are told as degraded, and a monitor can watch for that.
   */
  async execute(): Promise<Readiness> {
    const [database, queue, mail, sweep, reminders, drill] = await Promise.all([
      this.part('database', 'failed', () => this.database()),
      this.part('queue', 'degraded', () => this.queue.check()),
      this.mailPart(),
      this.sweepPart(),
      this.toldPart('reminders', () => this.upkeep.reminders()),
      this.toldPart('backup-drill', () => this.upkeep.backupDrill()),
    ]);
    const parts = { database, queue, mail, sweep, reminders, 'backup-drill': drill };
    return { ready: database.state === 'ok', parts };
  }

  private async database(): Promise<void> {
    await Promise.all([this.write.query('SELECT 1'), this.read.dataSource.query('SELECT 1')]);
  }

  private mailPart(): Promise<Part> {
    const now = this.clock.now().getTime();
    if (!this.mail || Math.abs(now - this.mail.at) > MAIL_EVERY_MS) {
      this.mail = { at: now, part: this.part('mail', 'degraded', () => this.mailer.verify()) };
    }
    return this.mail.part;
  }

  /** A part that tells more of itself than whether it can be reached. */
  private async toldPart(name: string, look: () => Promise<Part>): Promise<Part> {
    let told: Part = { state: 'ok' };
    const asked = await this.part(name, 'degraded', async () => {
      told = await look();
    });
    return asked.state === 'ok' ? told : asked;
  }

  private async sweepPart(): Promise<Part> {
    let lastDoneAt: Date | null = null;
    const asked = await this.part('sweep', 'degraded', async () => {
      lastDoneAt = await this.leases.lastDoneAt(SWEEP_LEASE);
    });
    return asked.state === 'ok' ? this.sweepAge(lastDoneAt) : asked;
  }

  private sweepAge(lastDoneAt: Date | null): Part {
    const now = this.clock.now().getTime();
    const ageSeconds = lastDoneAt ? Math.max(0, Math.round((now - lastDoneAt.getTime()) / 1000)) : null;
    const facts = { lastDoneAt: lastDoneAt?.toISOString() ?? null, ageSeconds };
    const since = Math.max(lastDoneAt?.getTime() ?? 0, this.startedAt);
    if (now - since <= SWEEP_LATE_MS) return { state: 'ok', ...facts };
    return { state: 'degraded', reason: lastDoneAt ? 'late' : 'never-done', process: this.process, ...facts };
  }

  /** A check that takes too long has failed: a monitor wants its answer. */
  private async part(name: string, otherwise: PartState, check: () => Promise<void>): Promise<Part> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), LONGEST_CHECK_MS);
    });
    try {
      await Promise.race([check(), late]);
      return { state: 'ok' };
    } catch (error) {
      this.log.warn('a part is not well', { part: name, err: error });
      return { state: otherwise, reason: String(errorFields(error)['code'] ?? 'unreachable') };
    } finally {
      clearTimeout(timer);
    }
  }
}
