import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock/clock.port.js';
import type { Board } from '../boards/board.repository.js';
import type { WantedRow } from '../ledger/reconcile.js';
import { ReminderLedger } from '../ledger/reminder-ledger.js';
import type { ReminderRow } from '../ledger/reminder.entity.js';
import { CaseReminders } from '../referrals/case-reminders.js';
import { ExtensionRepository } from '../referrals/extension.repository.js';
import type { Referral } from '../referrals/referral.js';
import { findingsOf, type CaseFindings } from './reconcile-ledger-case.js';
import { ReconcileLedgerRepository } from './reconcile-ledger.repository.js';

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
      sinceOf: (id) => people.get(id)?.since ?? '',
      leavers: new Set([...people].filter(([, { hasLeft }]) => hasLeft).map(([id]) => id)),
      now: now.toISOString(),
    });
    return { ...findings, wanted: wanted.length };
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
    const planned = (await this.repository.lastPlanned(em, referral.id)) ?? '';
    const superseded = stored.filter(({ state }) => state === 'superseded').map(({ changedAt }) => changedAt);
    return [referral.registeredAt, planned, boardPlanned, ...superseded].reduce((a, b) => (a > b ? a : b));
  }
}
