import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.port.js';
import { Leases } from '../../platform/queue/lease.js';
import { NO_DUE } from '../referrals/case-plan.js';
import { OffLoopReads } from '../register/off-loop-reads.js';
import { SWEEP_LEASE } from './check-readiness.js';
import { UpkeepParts } from './upkeep-parts.js';

/** How the work stands, of all boards together: each board is an authority of its own, and a monitor is of none. */
export interface Counts {
  readonly open: number;
  /** Open, with an answer date that has passed and no answer sent. */
  readonly overdue: number;
  readonly pending: number;
  readonly claimed: number;
  readonly failed: number;
  /** How long the oldest reminder that is due has been so; 0 when none is. */
  readonly oldestDueSeconds: number;
  readonly jobsWaiting: number;
  readonly jobsRunning: number;
  readonly jobsDead: number;
  /** Null when there has been none. */
  readonly lastSweep: Date | null;
  /** When it was last worked out that no reminder was missed, and how many were all the same. */
  readonly lastReconciliation: Date | null;
  readonly remindersMissing: number;
  readonly lastDrill: Date | null;
  readonly drillFailed: boolean;
}

// Board by board and by answer date, which the index of open cases begins with; else all cases would be looked through.
const OPEN_UNTIL = `SELECT count(*) AS "count" FROM "board" b CROSS JOIN "referral" r
  WHERE r."board" = b."code" AND r."status" NOT IN ('closed', 'cancelled') AND r."due_key" <= ?`;
const OPEN_PAST = `SELECT count(*) AS "count" FROM "board" b CROSS JOIN "referral" r
  WHERE r."board" = b."code" AND r."status" NOT IN ('closed', 'cancelled') AND r."due_key" < ?
    AND r."status" <> 'expedited'`;
const PENDING = `SELECT count(*) AS "count" FROM "reminder" WHERE "state" = 'pending'`;
const UNSETTLED = `SELECT "state", count(*) AS "count" FROM "reminder" WHERE "state" IN ('claimed', 'failed') GROUP BY "state"`;
const OLDEST = `SELECT "due_at" AS "dueAt" FROM "reminder" WHERE "state" = 'pending' ORDER BY "due_at" LIMIT 1`;
const JOBS = `SELECT "state", count(*) AS "count" FROM "job" GROUP BY "state"`;

interface StateCount {
  readonly state: string;
  readonly count: number | string;
}

const countOf = (found: readonly StateCount[], state: string): number =>
  Number(found.find((one) => one.state === state)?.count ?? 0);
const instantOf = (value: unknown): Date | null => (typeof value === 'string' ? new Date(value) : null);
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Counts, off the event loop and through indexes of open work only. */
@Injectable()
export class MetricsCounts {
  constructor(
    private readonly reads: OffLoopReads,
    private readonly leases: Leases,
    private readonly upkeep: UpkeepParts,
    private readonly clock: Clock,
  ) {}

  async read(): Promise<Counts> {
    const [open, overdue, pending, unsettled, oldest, jobs, lastSweep, ledger, drill] = await Promise.all([
      this.one(OPEN_UNTIL, NO_DUE),
      this.one(OPEN_PAST, this.clock.today()),
      this.one(PENDING),
      this.reads.rows<StateCount>(UNSETTLED),
      this.reads.rows<{ dueAt: string }>(OLDEST),
      this.reads.rows<StateCount>(JOBS),
      this.leases.lastDoneAt(SWEEP_LEASE),
      this.upkeep.reminders(),
      this.upkeep.backupDrill(),
    ]);
    return {
      open,
      overdue,
      pending,
      claimed: countOf(unsettled, 'claimed'),
      failed: countOf(unsettled, 'failed'),
      oldestDueSeconds: this.secondsSince(oldest[0]?.dueAt),
      jobsWaiting: countOf(jobs, 'waiting'),
      jobsRunning: countOf(jobs, 'running'),
      jobsDead: countOf(jobs, 'dead'),
      lastSweep,
      lastReconciliation: instantOf(ledger['doneAt']),
      remindersMissing: numberOf(ledger['missing']) + numberOf(ledger['late']) + numberOf(ledger['stuck']),
      lastDrill: instantOf(drill['doneAt']),
      drillFailed: drill.reason === 'failed',
    };
  }

  private async one(text: string, ...params: readonly unknown[]): Promise<number> {
    const [found] = await this.reads.rows<{ count: number | string }>(text, params);
    return Number(found?.count ?? 0);
  }

  private secondsSince(instant: string | undefined): number {
    if (instant === undefined) return 0;
    return Math.max(0, (this.clock.now().getTime() - new Date(instant).getTime()) / 1_000);
  }
}
