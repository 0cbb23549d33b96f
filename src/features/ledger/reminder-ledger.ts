import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { localDateAt, instantAt } from '../../domain/calendar/stockholm-time.js';
import type { WantedReminder } from '../../domain/timetable/reminder-plan.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { JobOutbox } from '../../platform/queue/job-outbox.js';
import { LEAVES_AT } from './leaves-at.js';
import { reconcile, type Changes, type Reopening, type WantedRow } from './reconcile.js';
import { ReminderRepository } from './reminder.repository.js';
import type { ReminderRow } from './reminder.entity.js';
import { SEND_DUE_REMINDERS } from './send-job.js';
import { TargetPeople, type CasePeople } from './reminder-target.js';

export interface LedgerInput extends CasePeople {
  readonly referralId: string;
  /** All that the rules want, what has passed included. */
  readonly wanted: readonly WantedReminder[];
  /** Set for a case that has just come into being, and so has no rows to compare with. */
  readonly isNew?: boolean;
  /** What is open again, when something is undone: reminders that it held back are due at once. */
  readonly undone?: Reopening;
}

/** How many rows a plan added, superseded and made pending again. */
export interface Planned {
  readonly added: number;
  readonly superseded: number;
  readonly revived: number;
}

/** The ledger that shows that each reminder was sent, once. */
@Injectable()
export class ReminderLedger {
  constructor(
    private readonly reminders: ReminderRepository,
    private readonly jobs: JobOutbox,
    private readonly clock: Clock,
  ) {}

  /** Brings the case's rows in line with what is wanted, and has what is due at once sent after commit. */
  async plan(tx: EntityManager, input: LedgerInput, now: Date): Promise<Planned> {
    const stored = input.isNew === true ? [] : await this.reminders.ofReferral(tx, input.referralId);
    const wanted = await this.wantedRows(tx, input, now);
    const at = now.toISOString();
    const changes = reconcile(stored, wanted, at, input.undone);
    await this.write(tx, input.referralId, changes, at);
    return { added: changes.add.length, superseded: changes.supersede.length, revived: changes.revive.length };
  }

  /** Supersedes all that has not been sent, for a case that has ended. */
  async supersedeAll(tx: EntityManager, referralId: string): Promise<number> {
    return this.reminders.supersedeAll(tx, referralId, this.clock.now().toISOString());
  }

  /** Every row of a case, by time, past and coming. */
  async rowsOf(em: EntityManager, referralId: string): Promise<ReminderRow[]> {
    return this.reminders.ofReferral(em, referralId);
  }

  /** What the rules want of a case, each target resolved to the people it means today. */
  async wantedRows(em: EntityManager, input: LedgerInput, now: Date): Promise<WantedRow[]> {
    if (input.wanted.length === 0) return [];
    const people = await TargetPeople.of(em, input, localDateAt(now));
    return input.wanted.flatMap((want) => {
      const dueAt = want.leaveOn === 'at-once' ? null : instantAt(want.leaveOn, LEAVES_AT).toISOString();
      const { about, date, offset } = want;
      return people.resolve(want.to).map((personId) => ({ about, date, offset, personId, dueAt }));
    });
  }

  /** Writes what reconciling has found, and has what is due sent after commit. */
  async write(tx: EntityManager, referralId: string, changes: Changes, at: string): Promise<void> {
    const { add, supersede, revive, move } = changes;
    const state = 'pending' as const;
    // Random bytes are asked of the system once for all rows: a new case has some twenty.
    const random = randomBytes(16 * (add.length + 1));
    // Counted by ourselves, as `uuid()` does: rows of one time are told of in the order of their ids.
    const first = random.readUInt32BE(16 * add.length) >>> 1;
    const created = add.map((row, n) => ({
      id: uuid({ random: random.subarray(16 * n, 16 * (n + 1)), seq: first + n }),
      referralId,
      ...row,
      state,
      mailId: null,
      createdAt: at,
      changedAt: at,
    }));
    await this.reminders.insertOrRevive(tx, created);
    await this.reminders.supersede(tx, supersede, at);
    await this.reminders.makePending(tx, [...revive, ...move], at);
    if ([...add, ...revive, ...move].some((row) => row.dueAt <= at)) {
      await this.jobs.add(tx, { name: SEND_DUE_REMINDERS, key: SEND_DUE_REMINDERS, payload: {} });
    }
  }
}
