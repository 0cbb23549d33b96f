import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Log } from '../../platform/log/log.js';
import { Journal } from '../journal/journal.js';
import type { ReminderRow } from '../ledger/reminder.entity.js';
import { ReminderRepository } from '../ledger/reminder.repository.js';
import { SYSTEM } from '../people/actor.js';
import type { Person } from '../people/people.repository.js';
import { BoardHeirs } from './board-heirs.js';
import { DueRemindersRepository } from './due-reminders.repository.js';

/** Gives what is due for someone who has left to the registrars of the case's board, each with a row of their own. */
@Injectable()
export class HandOverLeavers {
  constructor(
    private readonly work: UnitOfWork,
    private readonly due: DueRemindersRepository,
    private readonly reminders: ReminderRepository,
    private readonly heirs: BoardHeirs,
    private readonly journal: Journal,
    private readonly log: Log,
  ) {}

  /** @param leavers ids of people who have left and for whom something is due */
  async execute(leavers: readonly string[], now: string, today: LocalDate): Promise<void> {
    await this.work.run(async (tx) => {
      const due = await this.due.lock(tx, leavers, now);
      const held = await this.due.holdCases(tx, due.map((row) => row.referralId)); // prettier-ignore
      const rows = due.filter((row) => held.has(row.referralId));
      const boards = await this.due.boardsOf(tx, rows.map((row) => row.referralId)); // prettier-ignore
      const heirs = await this.heirs.of(tx, boards.values(), today);
      const heirsOfRow = (row: ReminderRow): readonly Person[] => heirs.get(boards.get(row.referralId) ?? '') ?? [];
      const inherited = rows.flatMap((row) =>
        heirsOfRow(row).map(({ id: personId }) => ({ ...row, id: uuid(), personId, createdAt: now, changedAt: now })),
      );
      await this.reminders.supersede(tx, rows.map((row) => row.id), now); // prettier-ignore
      await this.reminders.insertOrRevive(tx, unique(inherited));
      await this.tellOfOrphans(tx, rows.filter((row) => heirsOfRow(row).length === 0), boards); // prettier-ignore
    });
  }

  /** A board at which nobody is left: nothing can be sent, and that is not to pass in silence. */
  private async tellOfOrphans(
    tx: EntityManager,
    orphans: readonly ReminderRow[],
    boards: ReadonlyMap<string, string>,
  ): Promise<void> {
    if (orphans.length === 0) return;
    this.log.error('reminders have nobody to go to', { reminders: orphans.map((row) => row.id) });
    const events = orphans.map((row) => ({
      chain: boards.get(row.referralId) ?? '',
      by: SYSTEM,
      what: 'reminder-undeliverable',
      subjectType: 'referral' as const,
      subjectId: row.referralId,
      after: { reminder: row.id, about: row.about, date: row.date, personId: row.personId },
    }));
    await this.journal.record(tx, ...events);
  }
}

/** Several leavers of one case may leave the same reminder to the same heir. */
function unique(rows: readonly ReminderRow[]): ReminderRow[] {
  const byKey = new Map(rows.map((r) => [`${r.referralId} ${r.about} ${r.date} ${r.offset} ${r.personId}`, r]));
  return [...byKey.values()];
}
