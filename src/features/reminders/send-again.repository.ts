import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { change, insertRows, marks, onPostgres, row, rows } from '../../platform/database/sql.js';
import type { MailRow, MailState } from '../ledger/mail.entity.js';
import type { ReminderRow } from '../ledger/reminder.entity.js';
import { REMINDER_COLUMNS } from '../ledger/reminder.repository.js';
import type { Person } from '../people/people.repository.js';
import type { ResentReminderRow } from './send-again.entity.js';

/** A reminder with the mail that it went with, as far as sending again needs them. */
export type SentReminder = ReminderRow & {
  readonly mailState: MailState | null;
  readonly mailPersonId: string | null;
  readonly sentAt: string | null;
};

/** A mail by which a person had a reminder sent again. */
export interface SentAgain extends Pick<MailRow, 'toEmail' | 'toName' | 'sentAt' | 'lastError'> {
  readonly reminderId: string;
  readonly askedAt: string;
  readonly askedByName: string;
  readonly state: MailState;
}

const AT_ONCE = 500;

/** Reminders that persons have had sent again. */
@Injectable()
export class SendAgainRepository {
  /** On PostgreSQL locked until the end of the transaction, so that two who ask at once ask one after the other. */
  async lock(tx: EntityManager, id: string): Promise<SentReminder | null> {
    const locking = onPostgres(tx) ? ' FOR UPDATE OF r' : '';
    const text = `SELECT ${REMINDER_COLUMNS}, m."state" AS "mailState", m."person_id" AS "mailPersonId",
        m."sent_at" AS "sentAt"
      FROM "reminder" r LEFT JOIN "mail" m ON m."id" = r."mail_id" WHERE r."id" = ?${locking}`;
    return row<SentReminder>(tx, text, [id]);
  }

  async insert(tx: EntityManager, { mailId, reminderId, askedBy, askedAt }: ResentReminderRow): Promise<void> {
    const columns = ['mail_id', 'reminder_id', 'asked_by', 'asked_at'];
    await insertRows(tx, 'resent_reminder', columns, [[mailId, reminderId, askedBy, askedAt]]);
  }

  /** Mails by which these reminders were sent again, the oldest first. Uses ix_resent_reminder. */
  async of(em: EntityManager, reminderIds: readonly string[]): Promise<Map<string, SentAgain[]>> {
    const byReminder = new Map<string, SentAgain[]>();
    for (let from = 0; from < reminderIds.length; from += AT_ONCE) {
      const part = reminderIds.slice(from, from + AT_ONCE);
      const text = `SELECT a."reminder_id" AS "reminderId", a."asked_at" AS "askedAt", p."name" AS "askedByName",
          m."state" AS "state", m."to_email" AS "toEmail", m."to_name" AS "toName", m."sent_at" AS "sentAt",
          m."last_error" AS "lastError"
        FROM "resent_reminder" a JOIN "mail" m ON m."id" = a."mail_id" JOIN "person" p ON p."id" = a."asked_by"
        WHERE a."reminder_id" IN (${marks(part.length)}) ORDER BY a."asked_at", a."mail_id"`;
      for (const one of await rows<SentAgain>(em, text, part)) {
        byReminder.set(one.reminderId, [...(byReminder.get(one.reminderId) ?? []), one]);
      }
    }
    return byReminder;
  }

  /**
   * Has a mail that failed, or was given up, tried anew at once, at the addressee's address of today.
   *
   * @returns whether it was: false when it has been sent meanwhile, or is being sent
   */
  async retry(
    tx: EntityManager,
    mailId: string,
    { email, name }: Pick<Person, 'email' | 'name'>,
    askedBy: string,
    at: string,
  ): Promise<boolean> {
    const set = `"state" = 'failed', "attempts" = 0, "next_attempt_at" = ?, "to_email" = ?, "to_name" = ?, "asked_by" = ?`;
    // A failed one that has been taken for another attempt has its lease in the time of that attempt.
    const where = `"id" = ? AND ("state" = 'dead' OR "state" = 'failed')`;
    return (await change(tx, `UPDATE "mail" SET ${set} WHERE ${where}`, [at, email, name, askedBy, mailId])) === 1;
  }
}
