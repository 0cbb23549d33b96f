import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { JobOutbox } from '../../platform/queue/job-outbox.js';
import type { Board } from '../boards/board.repository.js';
import { Journal } from '../journal/journal.js';
import type { Doer } from '../people/actor.js';
import { differenceOf, firstFacts } from './case-events.js';
import { CaseReminders, type Undone } from './case-reminders.js';
import { ExtensionRepository } from './extension.repository.js';
import { stepOn, type Referral } from './referral.js';
import { ReferralRepository } from './referral.repository.js';

/** A change of a case, as its journal event tells it. */
export interface CaseEvent {
  readonly by: Doer;
  /** The event's name, such as `officer-assigned`. */
  readonly what: string;
  /** What the event says beside the difference, such as a reason. */
  readonly says?: Readonly<Record<string, unknown>>;
  /** What stood there before of that. */
  readonly was?: Readonly<Record<string, unknown>>;
  /** When what this undoes was recorded, an ISO instant: reminders that it held back are caught up with. */
  readonly undoes?: string;
  /** Set when whoever makes the change tells those concerned of all of it. */
  readonly toldElsewhere?: boolean;
}

/** Stores cases with all that goes with them, in the caller's transaction: reminders, journal, and who is to be told. */
@Injectable()
export class CaseKeeper {
  constructor(
    private readonly referrals: ReferralRepository,
    private readonly extensions: ExtensionRepository,
    private readonly reminders: CaseReminders,
    private readonly journal: Journal,
    private readonly jobs: JobOutbox,
  ) {}

  async add(tx: EntityManager, referral: Referral, board: Board, event: CaseEvent): Promise<void> {
    await this.referrals.insert(tx, referral);
    await this.reminders.first(tx, referral, board);
    const after = { ...firstFacts(referral), ...event.says };
    await this.journal.record(tx, { ...this.subject(referral, event), after });
  }

  /**
   * Stores a changed case under the next version.
   *
   * @returns the case as stored
   * @throws RuleError `version-stale` when someone else was first
   */
  async change(
    tx: EntityManager,
    before: Referral,
    changed: Referral,
    board: Board,
    event: CaseEvent,
  ): Promise<Referral> {
    const after: Referral = { ...changed, version: before.version + 1 };
    await this.referrals.update(tx, before, after);
    await this.remind(tx, after, board, event.undoes === undefined ? null : { was: before, since: event.undoes });
    const difference = differenceOf(before, after);
    const said = { before: { ...difference.before, ...event.was }, after: { ...difference.after, ...event.says } };
    await this.journal.record(tx, { ...this.subject(after, event), ...said });
    const reworked = after.adjustment === 'proposed' || after.adjustment === 'not-needed';
    const isNew = reworked && before.adjustment !== after.adjustment && stepOn(after, 'adjustment') === null;
    if (isNew && event.toldElsewhere !== true) await this.tellOfAdjustment(tx, after, event.by);
    return after;
  }

  /** Brings the reminders in line with a case that itself has not changed, such as when the board's days have. */
  async remind(tx: EntityManager, referral: Referral, board: Board, undone: Undone | null = null): Promise<void> {
    const open = await this.extensions.openOf(tx, referral.id);
    await this.reminders.plan(tx, referral, board, open?.askedOn ?? null, undone);
  }

  /** A new outcome, whatever moved it, is told to officer and secretary. */
  private async tellOfAdjustment(tx: EntityManager, referral: Referral, by: Doer): Promise<void> {
    const key = `tell-of-change:${referral.id}:${referral.version}`;
    const payload = { cause: 'adjustment-changed', referralIds: [referral.id], by: by.personId };
    await this.jobs.add(tx, { name: 'tell-of-change', key, payload });
  }

  private subject(referral: Referral, event: CaseEvent) {
    const { by, what } = event;
    return { chain: referral.board, by, what, subjectType: 'referral' as const, subjectId: referral.id };
  }
}
