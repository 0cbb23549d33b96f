import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { change, marks, onPostgres, rows } from '../../platform/database/sql.js';
import type { ReminderRow } from '../ledger/reminder.entity.js';
import { REMINDER_COLUMNS } from '../ledger/reminder.repository.js';

/** Someone for whom something is due about one board's cases, and how much. */
export interface DuePerson {
  readonly personId: string;
  readonly board: string;
  readonly count: number;
}

/** Ledger rows that go out in one mail. */
export interface Claim {
  readonly mailId: string;
  readonly reminderIds: readonly string[];
}

/** Ids in one statement: databases bound the number of parameters. */
const AT_ONCE = 500;

const PENDING = `r."state" = 'pending'`;

function slices<T>(list: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let from = 0; from < list.length; from += AT_ONCE) parts.push(list.slice(from, from + AT_ONCE));
  return parts;
}

/** What is due in the ledger, and the claiming of it. All by ix_reminder_due: the cost follows what is due. */
@Injectable()
export class DueRemindersRepository {
  /** Everyone for whom something is due, board by board. */
  async people(em: EntityManager, now: string): Promise<DuePerson[]> {
    // CROSS: what is due is few among all cases, and leads to them.
    const found = await rows<Omit<DuePerson, 'count'> & { readonly count: number | string }>(
      em,
      `SELECT r."person_id" AS "personId", c."board" AS "board", count(*) AS "count"
         FROM "reminder" r CROSS JOIN "referral" c WHERE c."id" = r."referral_id" AND ${PENDING} AND r."due_at" <= ?
        GROUP BY r."person_id", c."board" ORDER BY min(r."due_at"), r."person_id", c."board"`,
      [now],
    );
    return found.map((one) => ({ ...one, count: Number(one.count) }));
  }

  /** What is due for these people, locked until the end of the transaction; what another holds is left out. */
  async lock(tx: EntityManager, people: readonly string[], now: string): Promise<ReminderRow[]> {
    const locking = onPostgres(tx) ? ' FOR UPDATE SKIP LOCKED' : '';
    const due: ReminderRow[] = [];
    for (const part of slices(people)) {
      const text = `SELECT ${REMINDER_COLUMNS} FROM "reminder" r WHERE ${PENDING} AND r."due_at" <= ?
        AND r."person_id" IN (${marks(part.length)}) ORDER BY r."due_at", r."id"${locking}`;
      due.push(...(await rows<ReminderRow>(tx, text, [now, ...part])));
    }
    return due;
  }

  /**
   * Those of the cases that nobody is changing, kept as they are until the end of the transaction. What would come into
   * being for the others, such as the next link of a chain, could outlive their end: the next sweep sees to them.
   */
  async holdCases(tx: EntityManager, referralIds: readonly string[]): Promise<ReadonlySet<string>> {
    const ids = [...new Set(referralIds)].sort();
    if (!onPostgres(tx)) return new Set(ids);
    const held = new Set<string>();
    for (const part of slices(ids)) {
      const text = `SELECT "id" FROM "referral" WHERE "id" IN (${marks(part.length)}) FOR SHARE SKIP LOCKED`;
      for (const { id } of await rows<{ id: string }>(tx, text, part)) held.add(id);
    }
    return held;
  }

  /**
   * Claims locked rows for their mails, which are stored already.
   *
   * @throws Error when a row is pending no more, which the lock should have prevented: the claim is then undone whole
   */
  async claim(tx: EntityManager, claims: readonly Claim[], at: string): Promise<void> {
    const pairs = claims.flatMap(({ mailId, reminderIds }) => reminderIds.map((id) => ({ id, mailId })));
    for (const part of slices(pairs)) {
      const ids = part.map(({ id }) => id);
      const mails = part.map(() => 'WHEN ? THEN ?').join(' ');
      const set = `SET "state" = 'claimed', "changed_at" = ?, "mail_id" = CASE "id" ${mails} END`;
      const text = `UPDATE "reminder" ${set} WHERE "state" = 'pending' AND "id" IN (${marks(ids.length)})`;
      const claimed = await change(tx, text, [at, ...part.flatMap(({ id, mailId }) => [id, mailId]), ...ids]);
      if (claimed !== ids.length) throw new Error(`claimed ${claimed} of ${ids.length} reminders`);
    }
  }

  /** The boards of cases, by case. */
  async boardsOf(em: EntityManager, referralIds: readonly string[]): Promise<Map<string, string>> {
    const boards = new Map<string, string>();
    for (const part of slices([...new Set(referralIds)])) {
      const text = `SELECT "id", "board" FROM "referral" WHERE "id" IN (${marks(part.length)})`;
      for (const { id, board } of await rows<{ id: string; board: string }>(em, text, part)) boards.set(id, board);
    }
    return boards;
  }

  /** Those of these people who have left. */
  async leavers(em: EntityManager, people: readonly string[], today: LocalDate): Promise<string[]> {
    const left: string[] = [];
    for (const part of slices(people)) {
      const text = `SELECT "id" FROM "person" WHERE "ended_on" <= ? AND "id" IN (${marks(part.length)})`;
      left.push(...(await rows<{ id: string }>(em, text, [today, ...part])).map(({ id }) => id));
    }
    return left;
  }
}
