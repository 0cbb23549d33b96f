import { setImmediate as breathe } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Clock } from '../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Log } from '../../platform/log/log.js';
import { BoardRepository, type Board } from '../boards/board.repository.js';
import type { Referral } from '../referrals/referral.js';
import { isWell } from './reconcile-ledger-case.js';
import { CompareCase, type ComparedCase } from './reconcile-ledger-compare.js';
import { MendCase } from './reconcile-ledger-mend.js';
import { ReconcileLedgerRepository } from './reconcile-ledger.repository.js';
import {
  isProven, NOTHING, type LedgerCounts, type LedgerVerdict, type MissingReminder,
} from './reconcile-ledger-verdict.js'; // prettier-ignore

const SLICE = 100;
const HOUR_MS = 3_600_000;
/** A lease that ran out so long ago should have been taken over by the next sweep. */
const STUCK_MS = 600_000;
/** More missing ones are counted and not listed. */
const MOST_LISTED = 200;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Proves that no reminder was missed: works out for every open case what should have gone, compares it with the ledger,
 * mends what is missing, and keeps what was found. Reads in small slices, and writes only where something is wrong.
 */
@Injectable()
export class ReconcileLedger {
  constructor(
    private readonly read: ReadDatabase,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly boards: BoardRepository,
    private readonly repository: ReconcileLedgerRepository,
    private readonly compare: CompareCase,
    private readonly mend: MendCase,
    private readonly log: Log,
  ) {}

  /** @param goOn is called between cases, and throws to give up */
  async execute(goOn: () => void = () => undefined): Promise<LedgerVerdict> {
    const found: MissingReminder[] = [];
    const boards: Record<string, LedgerCounts> = {};
    const waiting = await this.waiting();
    for (const board of await this.boards.allBoards(this.read.manager)) {
      const counts = await this.board(board, found, goOn);
      const late = waiting.late.get(board.code) ?? 0;
      boards[board.code] = { ...counts, late, stuck: waiting.stuck.get(board.code) ?? 0 };
    }
    const verdict = { doneAt: this.clock.now().toISOString(), ...sumOf(boards), boards, found };
    await this.keep(verdict);
    this.tell(verdict);
    return verdict;
  }

  /** Counted before anything is mended: what is planned anew is due at once, and not late. */
  private async waiting(): Promise<Record<'late' | 'stuck', ReadonlyMap<string, number>>> {
    const now = this.clock.now().getTime();
    const em = this.read.manager;
    const late = await this.repository.late(em, new Date(now - HOUR_MS).toISOString());
    return { late, stuck: await this.repository.stuck(em, new Date(now - STUCK_MS).toISOString()) };
  }

  private async board(board: Board, found: MissingReminder[], goOn: () => void): Promise<LedgerCounts> {
    const counts: Mutable<LedgerCounts> = { ...NOTHING };
    const planned = await this.repository.boardPlanned(this.read.manager, board.code);
    let last: Referral | null = null;
    for (;;) {
      const slice: Referral[] = await this.repository.openCases(this.read.manager, board.code, last, SLICE);
      for (const referral of slice) {
        goOn();
        const compared = await this.compare.execute(this.read.manager, referral, board, planned);
        const wrong = isWell(compared) ? null : await this.mend.execute(referral, planned);
        count(counts, wrong ?? { ...compared, missing: [], unplanned: 0, stray: 0 });
        if (wrong) list(found, referral, wrong);
        await breathe();
      }
      last = slice.at(-1) ?? null;
      if (slice.length < SLICE) return counts;
    }
  }

  private async keep(verdict: LedgerVerdict): Promise<void> {
    const { boards, found, ...counts } = verdict;
    const texts = { boards: JSON.stringify(boards), found: JSON.stringify(found) };
    await this.work.run((tx) => this.repository.keep(tx, { id: uuid(), ...counts, ...texts }));
  }

  private tell({ boards: _boards, found, ...counts }: LedgerVerdict): void {
    if (isProven(counts)) this.log.info('ledger reconciled', counts);
    else this.log.error('ledger reconciled, reminders were missing, late or stuck', counts);
    for (const { referralId, about, date, offset, personId, dueAt } of found) {
      this.log.error('a reminder was missing', { referral: referralId, about, date, offset, person: personId, dueAt });
    }
  }
}

function count(counts: Mutable<LedgerCounts>, { wanted, missing, unplanned, stray }: ComparedCase): void {
  counts.cases += 1;
  counts.wanted += wanted;
  counts.missing += missing.length;
  counts.unplanned += unplanned;
  counts.stray += stray;
}

function list(found: MissingReminder[], { id, board, diarienummer }: Referral, { missing }: ComparedCase): void {
  const room = MOST_LISTED - found.length;
  found.push(...missing.slice(0, room).map((one) => ({ board, referralId: id, diarienummer, ...one })));
}

function sumOf(boards: Readonly<Record<string, LedgerCounts>>): LedgerCounts {
  const sum: Mutable<LedgerCounts> = { ...NOTHING };
  for (const counts of Object.values(boards)) {
    for (const name of ['cases', 'wanted', 'missing', 'late', 'stuck', 'stray', 'unplanned'] as const) {
      sum[name] += counts[name];
    }
  }
  return sum;
}
