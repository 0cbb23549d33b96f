import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.port.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { BoardRepository } from '../boards/board.repository.js';
import { holdBoards } from '../boards/board-turns.js';
import { Journal, type JournalEvent } from '../journal/journal.js';
import { ReminderLedger } from '../ledger/reminder-ledger.js';
import { SYSTEM } from '../people/actor.js';
import type { Referral } from '../referrals/referral.js';
import { ReferralRepository } from '../referrals/referral.repository.js';
import { CompareCase, type ComparedCase } from './reconcile-ledger-compare.js';
import { isWell, type Missing } from './reconcile-ledger-case.js';

/**
 * Mends the ledger of one case: what is missing is planned anew and goes with the next sweep. Everything is compared
 * once more in the transaction, since the case may have changed while it was looked at.
 */
@Injectable()
export class MendCase {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly referrals: ReferralRepository,
    private readonly boards: BoardRepository,
    private readonly compare: CompareCase,
    private readonly ledger: ReminderLedger,
    private readonly journal: Journal,
  ) {}

  /** @returns what was wrong with it; null when it was well after all */
  async execute({ id, board: code }: Referral, boardPlanned: string): Promise<ComparedCase | null> {
    return this.work.run(async (tx) => {
      await holdBoards(tx, [code]);
      const referral = await this.referrals.lock(tx, id, [code]);
      if (!referral || referral.status === 'closed' || referral.status === 'cancelled') return null;
      const board = await this.boards.boardByCode(tx, code);
      const found = await this.compare.execute(tx, referral, board, boardPlanned);
      if (isWell(found)) return null;
      await this.ledger.write(tx, id, found.changes, this.clock.now().toISOString());
      if (found.missing.length > 0) await this.journal.record(tx, ...eventsOf(referral, found.missing));
      return found;
    });
  }
}

const eventsOf = ({ id, board }: Referral, missing: readonly Missing[]): JournalEvent[] =>
  missing.map((after) => ({
    chain: board,
    by: SYSTEM,
    what: 'reminder-found-missing',
    subjectType: 'referral' as const,
    subjectId: id,
    after,
  }));
