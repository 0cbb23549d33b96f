import { Injectable } from '@nestjs/common';
import { instantAt, localDateAt } from '../../domain/calendar/stockholm-time.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { LONGEST_LEASE_MS } from '../../platform/queue/lease.js';
import { BoardRepository } from '../boards/board.repository.js';
import { RECONCILES_AT } from '../reminders/morning.jobs.js';
import { LedgerHealth } from '../reminders/reconcile-ledger-health.js';
import { isProven, type LedgerCounts } from '../reminders/reconcile-ledger-verdict.js';
import { DrillRecord } from './backup/drill-record.js';
import type { Part } from './check-readiness.js';

/** The comparison is made each day; one that is older has been missed. */
const RECONCILIATION_LATE_MS = 26 * 3_600_000;
/** It is looked each minute whether it is time for one, and one may take a while. */
const FIRST_LATE_MS = 15 * 60_000;
const DAY_MS = 24 * 3_600_000;
/** A backup that nobody has restored for so long is a hope. */
const DRILL_LATE_MS = 40 * 24 * 3_600_000;

/** What is done now and then so that nothing is lost: that no reminder was missed, and that the backup can be restored. */
@Injectable()
export class UpkeepParts {
  private readonly startedAt: number;

  constructor(
    private readonly read: ReadDatabase,
    private readonly boards: BoardRepository,
    private readonly ledger: LedgerHealth,
    private readonly drills: DrillRecord,
    private readonly clock: Clock,
  ) {
    this.startedAt = clock.now().getTime();
  }

  /** Missing reminders are told as degraded: they have been planned anew, and requests are answered all the same. */
  async reminders(): Promise<Part> {
    const verdict = await this.ledger.latest();
    if (verdict === null) {
      const facts = { nothingMissed: false, doneAt: null };
      return (await this.isFirstLate())
        ? { state: 'degraded', reason: 'never-done', ...facts }
        : { state: 'ok', ...facts };
    }
    const { doneAt, cases, wanted, missing, late, stuck, stray, unplanned } = verdict;
    const counts = { cases, wanted, missing, late, stuck, stray, unplanned };
    const facts = { nothingMissed: isProven(verdict), doneAt, ...counts };
    if (!isProven(verdict)) return { state: 'degraded', reason: reasonOf(counts), ...facts };
    const since = Math.max(new Date(doneAt).getTime(), this.started);
    return this.isPast(since, RECONCILIATION_LATE_MS)
      ? { state: 'degraded', reason: 'late', ...facts, nothingMissed: false }
      : { state: 'ok', ...facts };
  }

  async backupDrill(): Promise<Part> {
    const drill = await this.drills.latest();
    if (drill === null) return { state: 'degraded', reason: 'never-done', doneAt: null };
    const { doneAt, outcome, takenAt } = drill;
    if (outcome !== 'ok') return { state: 'degraded', reason: 'failed', doneAt, outcome, takenAt };
    const isLate = this.isPast(new Date(doneAt).getTime(), DRILL_LATE_MS);
    return isLate
      ? { state: 'degraded', reason: 'late', doneAt, outcome, takenAt }
      : { state: 'ok', doneAt, outcome, takenAt };
  }

  /** Whether the first comparison should have been made: by this process, or by one that has ended without it. */
  private async isFirstLate(): Promise<boolean> {
    const dueThatDay = instantAt(localDateAt(new Date(this.started)), RECONCILES_AT).getTime();
    if (this.clock.now().getTime() - Math.max(dueThatDay, this.started) > FIRST_LATE_MS) return true;
    const firstBoardAt = await this.boards.firstCreatedAt(this.read.manager);
    return firstBoardAt !== null && this.isPast(new Date(firstBoardAt).getTime(), DAY_MS);
  }

  /** When this process was started: now, where its clock was ahead then. */
  private get started(): number {
    return Math.min(this.startedAt, this.clock.now().getTime());
  }

  /** Whether it is longer ago; what was noted by a clock that was ahead may be any time ago. */
  private isPast(since: number, ms: number): boolean {
    const age = this.clock.now().getTime() - since;
    return age > ms || age < -LONGEST_LEASE_MS;
  }
}

function reasonOf({ missing, late }: Pick<LedgerCounts, 'missing' | 'late'>): string {
  if (missing > 0) return 'missing';
  return late > 0 ? 'late' : 'stuck';
}
