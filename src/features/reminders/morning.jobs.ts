import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { PROCESS_KIND, type ProcessKind } from '../../platform/config/config.js';
import { Log } from '../../platform/log/log.js';
import { LeavePastMeetings } from './leave-past-meetings.js';
import { ReplanDeclined } from './replan-declined.js';
import { SendMorningReport } from './morning-report.js';
import { OnceADay } from './once-a-day.js';
import { ReconcileLedger } from './reconcile-ledger.js';

/** The lease under which one process compares the ledger; it also tells when that was last done. */
export const RECONCILIATION_LEASE = 'reconciliation';
/** Before the reminders leave, so that what is missing leaves with them, and today's is not yet late. */
export const RECONCILES_AT = '06:45';

/** The lease under which one process takes cases off meetings that have been, early on the day after. */
const PAST_MEETINGS_LEASE = 'past-meetings';
const LEAVES_PAST_MEETINGS_AT = '00:05';

/** The lease under which one process plans anew what an earlier release has planned otherwise. */
const DECLINED_LEASE = 'declined-adjustments';
const REPLANS_DECLINED_AT = '00:00';

const LOOK_EVERY_MS = 60_000;

class Stopped extends Error {}

/** What is done each morning: cases leave meetings that have been, the ledger is compared with what should have gone, and the registrars are told. */
@Injectable()
export class MorningJobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly works: boolean;
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private stopped = false;

  constructor(
    private readonly daily: OnceADay,
    private readonly past: LeavePastMeetings,
    private readonly declined: ReplanDeclined,
    private readonly ledger: ReconcileLedger,
    private readonly report: SendMorningReport,
    private readonly log: Log,
    @Inject(PROCESS_KIND) kind: ProcessKind,
  ) {
    this.works = kind === 'all' || kind === 'worker';
  }

  onApplicationBootstrap(): void {
    if (!this.works) return;
    this.timer = setInterval(() => void (this.running ??= this.look()), LOOK_EVERY_MS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }

  /** Does what it is time for. Never rejects: what has failed is tried again by the next look. */
  async look(): Promise<void> {
    try {
      await this.attempt('cases not taken off past meetings', async () => {
        await this.daily.run(PAST_MEETINGS_LEASE, LEAVES_PAST_MEETINGS_AT, () => this.past.execute(() => this.goOn()));
      });
      await this.attempt('declined adjustments not planned anew', async () => {
        await this.daily.run(DECLINED_LEASE, REPLANS_DECLINED_AT, () => this.declined.execute(() => this.goOn()));
      });
      await this.attempt('ledger not reconciled', async () => {
        await this.daily.run(RECONCILIATION_LEASE, RECONCILES_AT, async () => {
          await this.ledger.execute(() => this.goOn());
        });
      });
      await this.attempt('morning report not sent', () => this.report.whenItIsTime());
    } finally {
      this.running = null;
    }
  }

  private async attempt(otherwise: string, act: () => Promise<unknown>): Promise<void> {
    if (this.stopped) return;
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Stopped)) this.log.error(otherwise, { err: error });
    }
  }

  private goOn(): void {
    if (this.stopped) throw new Stopped('the process stops');
  }
}
