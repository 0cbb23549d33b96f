import { Injectable } from '@nestjs/common';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { rows } from '../../platform/database/sql.js';
import type { MailRow, MailState } from '../ledger/mail.entity.js';
import type { ReminderRow } from '../ledger/reminder.entity.js';
import { REMINDER_COLUMNS } from '../ledger/reminder.repository.js';
import type { Actor } from '../people/actor.js';
import { ViewReferral } from '../referrals/view-referral.js';
import type { ReminderView } from './reminder.dto.js';

type Joined = ReminderRow &
  Pick<MailRow, 'messageId' | 'toEmail' | 'toName' | 'attempts' | 'nextAttemptAt' | 'lastError' | 'sentAt'> & {
    readonly personName: string;
    readonly personEmail: string;
    readonly mailState: MailState;
  };

const LEDGER = `SELECT ${REMINDER_COLUMNS}, p."name" AS "personName", p."email" AS "personEmail",
    m."state" AS "mailState", m."message_id" AS "messageId", m."to_email" AS "toEmail", m."to_name" AS "toName",
    m."attempts" AS "attempts", m."next_attempt_at" AS "nextAttemptAt", m."last_error" AS "lastError",
    m."sent_at" AS "sentAt"
  FROM "reminder" r JOIN "person" p ON p."id" = r."person_id" LEFT JOIN "mail" m ON m."id" = r."mail_id"
  WHERE r."referral_id" = ? ORDER BY r."due_at", r."id"`;

/** The ledger of a case, past and coming, for those who may read all of the case. */
@Injectable()
export class ListReminders {
  constructor(
    private readonly read: ReadDatabase,
    private readonly view: ViewReferral,
  ) {}

  /** @throws RuleError `not-found`, `forbidden` */
  async execute(actor: Actor, referralId: string): Promise<ReminderView[]> {
    await this.view.readable(actor, referralId);
    return (await rows<Joined>(this.read.manager, LEDGER, [referralId])).map(viewOf);
  }
}

function viewOf(row: Joined): ReminderView {
  const { id, about, date, dueAt, state, changedAt } = row;
  const to = { name: row.personName, email: row.personEmail };
  return { id, about, date, offset: Number(row.offset), to, dueAt, state, changedAt, mail: mailOf(row) };
}

function mailOf(row: Joined): ReminderView['mail'] {
  if (row.mailId === null) return null;
  const waits = row.mailState === 'failed';
  return {
    state: row.mailState,
    to: { name: row.toName, email: row.toEmail },
    messageId: row.messageId,
    attempts: Number(row.attempts),
    sentAt: row.sentAt,
    nextAttemptAt: waits ? row.nextAttemptAt : null,
    error: row.lastError,
  };
}
