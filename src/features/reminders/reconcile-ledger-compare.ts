import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock/clock.port.js';
import type { Board } from '../boards/board.repository.js';
import { addDays } from '../../domain/calendar/local-date.js';
import { instantAt } from '../../domain/calendar/stockholm-time.js';
import { keyOf, type WantedRow } from '../ledger/reconcile.js';
import { ReminderLedger, type LedgerInput } from '../ledger/reminder-ledger.js';
import type { ReminderRow } from '../ledger/reminder.entity.js';
import { CaseReminders } from '../referrals/case-reminders.js';
import { ExtensionRepository } from '../referrals/extension.repository.js';
import type { Referral } from '../referrals/referral.js';
import { findingsOf, type CaseFindings } from './reconcile-ledger-case.js';
import { ReconcileLedgerRepository, type KnownPerson } from './reconcile-ledger.repository.js';

export interface ComparedCase extends CaseFindings {
  /** How many reminders the case wants, what has passed included. */
  readonly wanted: number;
}

/** Works out anew what a case wants, from the stored facts, and compares it with its ledger. Writes nothing. */
@Injectable()
export class CompareCase {
  constructor(
    private readonly cases: CaseReminders,
    private readonly ledger: ReminderLedger,
    private readonly extensions: ExtensionRepository,
    private readonly repository: ReconcileLedgerRepository,
    private readonly clock: Clock,
  ) {}

  /** @param boardPlanned when what the board's cases hang on last changed */
  async execute(em: EntityManager, referral: Referral, board: Board, boardPlanned: string): Promise<ComparedCase> {
    const now = this.clock.now();
    const asked = await this.extensions.openOf(em, referral.id);
    const input = await this.cases.wantedOf(em, referral, board, asked?.askedOn ?? null);
    const wanted = await this.ledger.wantedRows(em, input, now);
    const stored = await this.ledger.rowsOf(em, referral.id);
    const people = await this.peopleOf(em, stored, wanted);
    const findings = findingsOf({
      stored,
      wanted,
      since: await this.since(em, referral, stored, boardPlanned),
      sinceOf: await this.meantSince(em, input, people),
      leavers: new Set([...people].filter(([, { hasLeft }]) => hasLeft).map(([id]) => id)),
      now: now.toISOString(),
    });
    return { ...findings, wanted: wanted.length };
  }

  /**
   * From when each person is meant by a reminder: from when the person counts, or from the day on which someone left
   * whose reminders it then became. A leaving need not have an event of its own on that day.
   */
  private async meantSince(
    em: EntityManager,
    input: LedgerInput,
    people: ReadonlyMap<string, KnownPerson>,
  ): Promise<(want: WantedRow) => string> {
    const days = await this.repository.leavingDays(em, input, this.clock.today());
    const successions: { readonly at: string; readonly before: ReadonlySet<string> }[] = [];
    for (const day of days) {
      const before = await this.ledger.wantedRows(em, input, instantAt(addDays(day, -1), '12:00'));
      successions.push({ at: instantAt(day, '00:00').toISOString(), before: new Set(before.map(keyOf)) });
    }
    return (want) => {
      const own = people.get(want.personId)?.since ?? '';
      const taken = successions.filter(({ before }) => !before.has(keyOf(want))).map(({ at }) => at);
      return taken.reduce((a, b) => (a > b ? a : b), own);
    };
  }

  private peopleOf(em: EntityManager, stored: readonly ReminderRow[], wanted: readonly WantedRow[]) {
    const ids = new Set([...stored, ...wanted].map(({ personId }) => personId));
    return this.repository.people(em, [...ids], this.clock.today());
  }

  /** A row that was superseded tells, too, of a planning: one by which it was not wanted. */
  private async since(
    em: EntityManager,
    referral: Referral,
    stored: readonly ReminderRow[],
    boardPlanned: string,
  ): Promise<string> {
    const planned = (await this.repository.lastPlanned(em, referral)) ?? '';
    const superseded = stored.filter(({ state }) => state === 'superseded').map(({ changedAt }) => changedAt);
    return [referral.registeredAt, planned, boardPlanned, ...superseded].reduce((a, b) => (a > b ? a : b));
  }
}
