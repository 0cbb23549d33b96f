import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { change, insertRows, marks, onPostgres, rows } from '../../platform/database/sql.js';
import type { MailRow, MailState } from './mail.entity.js';

const MAIL_COLUMNS = `"id", "message_id" AS "messageId", "kind", "person_id" AS "personId", "to_email" AS "toEmail",
  "to_name" AS "toName", "subject", "text", "html", "state", "attempts", "next_attempt_at" AS "nextAttemptAt",
  "last_error" AS "lastError", "created_at" AS "createdAt", "sent_at" AS "sentAt", "asked_by" AS "askedBy"`;

const INSERTED = [
  'id', 'message_id', 'kind', 'person_id', 'to_email', 'to_name', 'subject', 'text', 'html', 'state', 'attempts',
  'next_attempt_at', 'last_error', 'created_at', 'sent_at', 'asked_by',
]; // prettier-ignore

const valuesOf = (m: MailRow): unknown[] => [
  m.id, m.messageId, m.kind, m.personId, m.toEmail, m.toName, m.subject, m.text, m.html, m.state, m.attempts,
  m.nextAttemptAt, m.lastError, m.createdAt, m.sentAt, m.askedBy,
]; // prettier-ignore

const OPEN = `"state" IN ('claimed', 'failed')`;

/** What a failed attempt changes of a mail. */
export interface FailedAttempt {
  readonly mailId: string;
  readonly state: Extract<MailState, 'failed' | 'dead'>;
  readonly attempts: number;
  readonly nextAttemptAt: string;
  readonly error: string;
}

/** Mails, stored before they are sent. */
@Injectable()
export class MailRepository {
  /** A mail whose Message-ID is known already is left as it is. */
  async insert(tx: EntityManager, mails: readonly MailRow[]): Promise<void> {
    await insertRows(tx, 'mail', INSERTED, mails.map(valuesOf), 'ON CONFLICT ("message_id") DO NOTHING');
  }

  /**
   * Takes mails that may be tried: those that failed and have paused, and those whose sender has died. One statement,
   * so that no other process gets the same. Uses ix_mail_open.
   */
  async take(tx: EntityManager, now: string, leaseUntil: string, limit: number): Promise<MailRow[]> {
    const locking = onPostgres(tx) ? 'FOR UPDATE SKIP LOCKED' : '';
    const open = `SELECT "id" FROM "mail" WHERE ${OPEN} AND "next_attempt_at" <= ?`;
    // Materialised: chosen once, and not anew for each row, which would lock more than are taken.
    const chosen = `WITH "chosen" AS MATERIALIZED (${open} ORDER BY "next_attempt_at" LIMIT ? ${locking})`;
    const update = `${chosen} UPDATE "mail" SET "next_attempt_at" = ? WHERE "id" IN (SELECT "id" FROM "chosen")`;
    return rows<MailRow>(tx, `${update} RETURNING ${MAIL_COLUMNS}`, [now, limit, leaseUntil]);
  }

  /**
   * Has mails be tried at once that wait longer than any does: they were taken, or failed, by a clock that was ahead and has
   * been set back since.
   *
   * @param latest the latest instant until which a mail can be taken, and can rest after it has failed
   */
  async bringForward(
    tx: EntityManager,
    now: string,
    latest: Readonly<Record<'claimed' | 'failed', string>>,
  ): Promise<number> {
    const strayed = `(("state" = 'claimed' AND "next_attempt_at" > ?) OR ("state" = 'failed' AND "next_attempt_at" > ?))`;
    const soonest = latest.claimed < latest.failed ? latest.claimed : latest.failed;
    const update = `UPDATE "mail" SET "next_attempt_at" = ? WHERE ${OPEN} AND "next_attempt_at" > ? AND ${strayed}`;
    return change(tx, update, [now, soonest, latest.claimed, latest.failed]);
  }

  /** Mails that will be tried, or tried again, until an instant, in that order. */
  async openUntil(em: EntityManager, until: string): Promise<MailRow[]> {
    const open = `SELECT ${MAIL_COLUMNS} FROM "mail" WHERE ${OPEN} AND "next_attempt_at" <= ?`;
    return rows<MailRow>(em, `${open} ORDER BY "next_attempt_at", "id"`, [until]);
  }

  /** Holds a mail longer; false when the lease had run out and another process has it. */
  async renew(tx: EntityManager, mail: Pick<MailRow, 'id' | 'nextAttemptAt'>, leaseUntil: string): Promise<boolean> {
    const update = `UPDATE "mail" SET "next_attempt_at" = ? WHERE "id" = ? AND "next_attempt_at" = ? AND ${OPEN}`;
    return (await change(tx, update, [leaseUntil, mail.id, mail.nextAttemptAt])) === 1;
  }

  /** Notes mails and their ledger rows as sent. */
  async noteSent(tx: EntityManager, ids: readonly string[], at: string): Promise<void> {
    if (ids.length === 0) return;
    const these = marks(ids.length);
    const sent = `"state" = 'sent', "sent_at" = ?, "attempts" = "attempts" + 1, "last_error" = NULL`;
    await change(tx, `UPDATE "mail" SET ${sent} WHERE ${OPEN} AND "id" IN (${these})`, [at, ...ids]);
    const row = `UPDATE "reminder" SET "state" = 'sent', "changed_at" = ? WHERE ${OPEN}`;
    await change(tx, `${row} AND "mail_id" IN (${these})`, [at, ...ids]);
  }

  /** Gives mails back untried: whoever comes next may take them at once. */
  async release(tx: EntityManager, ids: readonly string[], at: string): Promise<void> {
    if (ids.length === 0) return;
    const update = `UPDATE "mail" SET "next_attempt_at" = ? WHERE ${OPEN} AND "id" IN (${marks(ids.length)})`;
    await change(tx, update, [at, ...ids]);
  }

  /** Notes an attempt that failed; false when another process has noted the mail as sent. */
  async noteFailed(tx: EntityManager, attempt: FailedAttempt, at: string): Promise<boolean> {
    const set = '"state" = ?, "attempts" = ?, "next_attempt_at" = ?, "last_error" = ?';
    const { mailId, state, attempts, nextAttemptAt, error } = attempt;
    const params = [state, attempts, nextAttemptAt, error, mailId];
    if ((await change(tx, `UPDATE "mail" SET ${set} WHERE "id" = ? AND ${OPEN}`, params)) === 0) return false;
    const row = `UPDATE "reminder" SET "state" = 'failed', "changed_at" = ? WHERE "mail_id" = ? AND "state" = 'claimed'`;
    await change(tx, row, [at, mailId]);
    return true;
  }
}
