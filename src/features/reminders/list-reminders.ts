import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { rows } from '../../platform/database/sql.js';
import type { MailRow, MailState } from '../ledger/mail.entity.js';
import type { ReminderRow } from '../ledger/reminder.entity.js';
import { REMINDER_COLUMNS } from '../ledger/reminder.repository.js';
import type { Actor } from '../people/actor.js';
import { ViewReferral } from '../referrals/view-referral.js';
import { Recipients, type Recipient } from './recipients.js';
import type { ReminderView } from './reminder.dto.js';
import { SendAgainRepository, type SentAgain } from './send-again.repository.js';

/** A ledger row with whose it is and the mail that it went with. */
export type LedgerEntry = ReminderRow &
  Pick<MailRow, 'messageId' | 'toEmail' | 'toName' | 'attempts' | 'nextAttemptAt' | 'lastError' | 'sentAt'> & {
    readonly ofBoard: string;
    readonly personName: string;
    readonly personEmail: string;
    readonly mailState: MailState;
    /** Who the mail is to. */
    readonly mailedId: string;
  };

/** The select list and joins of an entry, under the aliases `r`, `p` and `m`. */
export const ENTRY = `${REMINDER_COLUMNS},
    (SELECT c0."board" FROM "referral" c0 WHERE c0."id" = r."referral_id") AS "ofBoard", p."name" AS "personName", p."email" AS "personEmail",
    m."state" AS "mailState", m."person_id" AS "mailedId", m."message_id" AS "messageId", m."to_email" AS "toEmail", m."to_name" AS "toName",
    m."attempts" AS "attempts", m."next_attempt_at" AS "nextAttemptAt", m."last_error" AS "lastError",
    m."sent_at" AS "sentAt"`;
export const ENTRY_FROM = `"reminder" r JOIN "person" p ON p."id" = r."person_id"
  LEFT JOIN "mail" m ON m."id" = r."mail_id"`;

/** The ledger of a case, past and coming, for those who may read all of the case. */
@Injectable()
export class ListReminders {
  constructor(
    private readonly read: ReadDatabase,
    private readonly view: ViewReferral,
    private readonly again: SendAgainRepository,
    private readonly recipients: Recipients,
  ) {}

  /** @throws RuleError `not-found`, `forbidden` */
  async execute(actor: Actor, referralId: string): Promise<ReminderView[]> {
    await this.view.readable(actor, referralId);
    const text = `SELECT ${ENTRY} FROM ${ENTRY_FROM} WHERE r."referral_id" = ? ORDER BY r."due_at", r."id"`;
    const em = this.read.manager;
    return this.views(em, await rows<LedgerEntry>(em, text, [referralId]));
  }

  /** One reminder, as it is in the caller's transaction. */
  async one(em: EntityManager, id: string): Promise<ReminderView> {
    const entries = await rows<LedgerEntry>(em, `SELECT ${ENTRY} FROM ${ENTRY_FROM} WHERE r."id" = ?`, [id]);
    const [view] = await this.views(em, entries);
    if (!view) throw new Error(`no reminder ${id}`);
    return view;
  }

  async views(em: EntityManager, entries: readonly LedgerEntry[]): Promise<ReminderView[]> {
    const again = await this.again.of(em, entries.map(({ id }) => id)); // prettier-ignore
    const coming = entries.filter(({ state }) => state === 'pending');
    const recipients = await this.recipients.of(em, coming.map((row) => ({ ...row, board: row.ofBoard }))); // prettier-ignore
    return entries.map((entry) => viewOf(entry, again.get(entry.id) ?? [], recipients.get(entry.id) ?? []));
  }
}

function viewOf(row: LedgerEntry, again: readonly SentAgain[], recipients: readonly Recipient[]): ReminderView {
  const { id, about, date, dueAt, state, changedAt } = row;
  return {
    id,
    about,
    date,
    offset: Number(row.offset),
    to: { name: row.personName, email: row.personEmail },
    standIns: recipients.flatMap(({ to }) => (to.id === row.personId ? [] : [{ name: to.name, email: to.email }])),
    dueAt,
    state,
    changedAt,
    mail: mailOf(row),
    sentAgain: again.map((one) => ({
      at: one.askedAt,
      by: one.askedByName,
      to: { name: one.toName, email: one.toEmail },
      state: one.state,
      sentAt: one.sentAt,
      error: one.lastError,
    })),
  };
}

function mailOf(row: LedgerEntry): ReminderView['mail'] {
  if (row.mailId === null) return null;
  const waits = row.mailState === 'failed';
  return {
    state: row.mailState,
    to: { name: row.toName, email: row.toEmail },
    instead: row.mailedId !== row.personId,
    messageId: row.messageId,
    attempts: Number(row.attempts),
    sentAt: row.sentAt,
    nextAttemptAt: waits ? row.nextAttemptAt : null,
    error: row.lastError,
  };
}
