import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { marks, rows } from '../../platform/database/sql.js';
import type { ReminderAbout } from '../../domain/timetable/reminder-plan.js';

/** A case that a mail is about. */
export interface MailedCase {
  readonly mailId: string;
  readonly referralId: string;
  readonly board: string;
  readonly diarienummer: string;
  readonly abouts: readonly ReminderAbout[];
}

type Stored = Omit<MailedCase, 'abouts'> & { readonly about: ReminderAbout };

const AT_ONCE = 500;

/** Which cases mails are about, by their ledger rows. Uses ix_reminder_mail. */
@Injectable()
export class MailCasesRepository {
  async of(em: EntityManager, mailIds: readonly string[]): Promise<MailedCase[]> {
    const cases = new Map<string, MailedCase>();
    for (let from = 0; from < mailIds.length; from += AT_ONCE) {
      const part = mailIds.slice(from, from + AT_ONCE);
      for (const { about, ...found } of await this.rowsOf(em, part)) {
        const key = `${found.mailId} ${found.referralId}`;
        cases.set(key, { ...found, abouts: [...(cases.get(key)?.abouts ?? []), about] });
      }
    }
    return [...cases.values()];
  }

  private rowsOf(em: EntityManager, mailIds: readonly string[]): Promise<Stored[]> {
    return rows<Stored>(
      em,
      `SELECT DISTINCT m."mail_id" AS "mailId", m."about" AS "about", r."id" AS "referralId", r."board" AS "board",
              r."diarienummer" AS "diarienummer"
         FROM "reminder" m JOIN "referral" r ON r."id" = m."referral_id"
        WHERE m."mail_id" IN (${marks(mailIds.length)}) ORDER BY r."diarienummer"`,
      mailIds,
    );
  }
}
