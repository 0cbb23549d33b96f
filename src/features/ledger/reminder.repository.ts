import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { change, insertRows, marks, rows } from '../../platform/database/sql.js';
import type { Rescheduled } from './reconcile.js';
import type { ReminderRow } from './reminder.entity.js';

/** A reminder's columns under the names of its row. */
export const REMINDER_COLUMNS = `r."id" AS "id", r."referral_id" AS "referralId", r."about" AS "about", r."date" AS "date",
  r."offset" AS "offset", r."person_id" AS "personId", r."due_at" AS "dueAt", r."state" AS "state",
  r."mail_id" AS "mailId", r."created_at" AS "createdAt", r."changed_at" AS "changedAt"`;

const INSERTED = [
  'id', 'referral_id', 'about', 'date', 'offset', 'person_id', 'due_at', 'state', 'mail_id', 'created_at', 'changed_at',
]; // prettier-ignore

const UNIQUE = '("referral_id", "about", "date", "offset", "person_id")';

/** A row that was superseded is wanted again; what was sent, is being sent or waits already is left alone. */
const WANTED_AGAIN = `ON CONFLICT ${UNIQUE} DO UPDATE
  SET "state" = 'pending', "due_at" = excluded."due_at", "changed_at" = excluded."changed_at"
  WHERE "reminder"."state" = 'superseded'`;

const valuesOf = (r: ReminderRow): unknown[] => [
  r.id, r.referralId, r.about, r.date, r.offset, r.personId, r.dueAt, r.state, r.mailId, r.createdAt, r.changedAt,
]; // prettier-ignore

/** The rows of the reminder ledger. */
@Injectable()
export class ReminderRepository {
  /** Every row of a case, by time. */
  async ofReferral(em: EntityManager, referralId: string): Promise<ReminderRow[]> {
    const order = 'ORDER BY r."due_at", r."id"';
    return rows<ReminderRow>(em, `SELECT ${REMINDER_COLUMNS} FROM "reminder" r WHERE r."referral_id" = ? ${order}`, [
      referralId,
    ]);
  }

  /** Inserts rows; one that a sweep has made meanwhile, as the next of a chain, stands. */
  async insertOrRevive(tx: EntityManager, created: readonly ReminderRow[]): Promise<void> {
    await insertRows(tx, 'reminder', INSERTED, created.map(valuesOf), WANTED_AGAIN);
  }

  async supersede(tx: EntityManager, ids: readonly string[], at: string): Promise<number> {
    if (ids.length === 0) return 0;
    const update = `UPDATE "reminder" SET "state" = 'superseded', "changed_at" = ? WHERE "state" = 'pending'`;
    return change(tx, `${update} AND "id" IN (${marks(ids.length)})`, [at, ...ids]);
  }

  async supersedeAll(tx: EntityManager, referralId: string, at: string): Promise<number> {
    const update = `UPDATE "reminder" SET "state" = 'superseded', "changed_at" = ? WHERE "state" = 'pending'`;
    return change(tx, `${update} AND "referral_id" = ?`, [at, referralId]);
  }

  /** Makes superseded rows pending again and moves pending ones, in one statement. */
  async makePending(tx: EntityManager, due: readonly Rescheduled[], at: string): Promise<void> {
    if (due.length === 0) return;
    const cases = due.map(() => 'WHEN ? THEN ?').join(' ');
    const update = `UPDATE "reminder" SET "state" = 'pending', "changed_at" = ?, "due_at" = CASE "id" ${cases} END`;
    const where = `WHERE "state" IN ('pending', 'superseded') AND "id" IN (${marks(due.length)})`;
    const ids = due.map(({ id }) => id);
    await change(tx, `${update} ${where}`, [at, ...due.flatMap(({ id, dueAt }) => [id, dueAt]), ...ids]);
  }
}
