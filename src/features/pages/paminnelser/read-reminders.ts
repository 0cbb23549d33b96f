import { Injectable } from '@nestjs/common';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import { marks, rows } from '../../../platform/database/sql.js';
import { boardsSeen, type Actor } from '../../people/actor.js';
import { addOpenable, opensAll } from '../../referrals/list-referrals.js';
import { ListSentReminders } from '../../reminders/list-sent-reminders.js';
import { LedgerHealth } from '../../reminders/reconcile-ledger-health.js';
import {
  isProven,
  NOTHING,
  type LedgerCounts,
  type MissingReminder,
} from '../../reminders/reconcile-ledger-verdict.js';
import type { SentItem, UpcomingItem } from '../../reminders/reminder.dto.js';
import { UpcomingReminders } from '../../reminders/upcoming-reminders.js';

/** The latest proof that nothing was missed, as far as it concerns boards that the person sees. */
export interface Proof {
  readonly doneAt: string;
  readonly isProven: boolean;
  /** Null for who may not open every case of the boards: how many are secret is for those who may. */
  readonly counts: LedgerCounts | null;
  /** Of cases that the person may open. */
  readonly missing: readonly MissingReminder[];
}

export interface RemindersPage {
  readonly upcoming: readonly UpcomingItem[];
  /** The next page of those to come. */
  readonly next: string | null;
  readonly failed: readonly SentItem[];
  readonly sent: readonly SentItem[];
  readonly moreSent: boolean;
  readonly proof: Proof | null;
}

export interface RemindersQuery {
  readonly board: string | undefined;
  readonly cursor: string | undefined;
  readonly allSent: boolean;
}

export const DAYS_AHEAD = 14;
const UPCOMING = 60;
const FAILED = 50;
const FEW_SENT = 20;
const MANY_SENT = 150;

/** What will be sent, what was, and what did not get through. */
@Injectable()
export class ReadReminders {
  constructor(
    private readonly db: ReadDatabase,
    private readonly upcoming: UpcomingReminders,
    private readonly sent: ListSentReminders,
    private readonly health: LedgerHealth,
  ) {}

  /** @throws RuleError `cursor-invalid` */
  async execute(actor: Actor, { board, cursor, allSent }: RemindersQuery): Promise<RemindersPage> {
    const coming = await this.upcoming.execute(actor, { days: DAYS_AHEAD, board, limit: UPCOMING, cursor });
    const failed = await this.sent.execute(actor, { state: 'failed', days: 60, board, limit: FAILED });
    const limit = allSent ? MANY_SENT : FEW_SENT;
    const sent = await this.sent.execute(actor, { state: 'sent', days: 14, board, limit });
    return {
      upcoming: coming.items,
      next: coming.next,
      failed: failed.items,
      sent: sent.items,
      moreSent: sent.next !== null,
      proof: await this.proofFor(
        actor,
        boardsSeen(actor).filter((code) => board === undefined || code === board),
      ),
    };
  }

  private async proofFor(actor: Actor, boards: readonly string[]): Promise<Proof | null> {
    const verdict = await this.health.latest();
    if (!verdict) return null;
    const counts = boards.map((code) => verdict.boards[code] ?? NOTHING).reduce(sumOf, NOTHING);
    const missing = verdict.found.filter(({ board }) => boards.includes(board));
    return {
      doneAt: verdict.doneAt,
      isProven: isProven(counts),
      counts: opensAll(actor, boards) ? counts : null,
      missing: await this.openable(actor, boards, missing),
    };
  }

  private async openable(actor: Actor, boards: readonly string[], missing: readonly MissingReminder[]) {
    if (missing.length === 0 || opensAll(actor, boards)) return missing;
    const ids = [...new Set(missing.map(({ referralId }) => referralId))];
    const where = [`r."id" IN (${marks(ids.length)})`];
    const params: unknown[] = [...ids];
    addOpenable(actor, boards, (condition, ...values) => {
      where.push(condition);
      params.push(...values);
    });
    const text = `SELECT r."id" FROM "referral" r WHERE ${where.join(' AND ')}`;
    const found = new Set((await rows<{ id: string }>(this.db.manager, text, params)).map(({ id }) => id));
    return missing.filter(({ referralId }) => found.has(referralId));
  }
}

const sumOf = (a: LedgerCounts, b: LedgerCounts): LedgerCounts => ({
  cases: a.cases + b.cases,
  wanted: a.wanted + b.wanted,
  missing: a.missing + b.missing,
  late: a.late + b.late,
  stuck: a.stuck + b.stuck,
  stray: a.stray + b.stray,
  unplanned: a.unplanned + b.unplanned,
});
