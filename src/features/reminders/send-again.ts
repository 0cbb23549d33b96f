import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RuleError } from '../../domain/errors.js';
import { WORKING_ROLES } from '../../domain/referral/permissions.js';
import { localDateAt } from '../../domain/calendar/stockholm-time.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { APP_CONFIG, type AppConfig } from '../../platform/config/config.js';
import { JobOutbox } from '../../platform/queue/job-outbox.js';
import { Journal } from '../journal/journal.js';
import { MailOutbox } from '../ledger/mail-outbox.js';
import type { MailRow } from '../ledger/mail.entity.js';
import { MailRepository } from '../ledger/mail.repository.js';
import { SEND_DUE_REMINDERS } from '../ledger/send-job.js';
import { actsFor, boardsSeen, rolesOn, type Actor } from '../people/actor.js';
import { hasLeft, PeopleRepository, type Person } from '../people/people.repository.js';
import { mayOpen } from '../referrals/access.js';
import type { Referral } from '../referrals/referral.js';
import { ReferralRepository } from '../referrals/referral.repository.js';
import { Addressees } from './addressees.js';
import { composeMail } from './compose-mail.js';
import { ReadMailFacts } from './mail-facts.js';
import { SendAgainRepository, type SentReminder } from './send-again.repository.js';
import { longDate } from '../../domain/calendar/long-date.js';

/**
 * Sends a reminder again because a person asks for it: a registrar of the board, or the one who is reminded.
 *
 * One that has been sent goes as a mail of its own, which tells who asked and how the case stands today; its ledger row
 * stays sent. One that did not get through is tried anew, at the addressee's address of today.
 */
@Injectable()
export class SendAgain {
  constructor(
    private readonly clock: Clock,
    private readonly repository: SendAgainRepository,
    private readonly referrals: ReferralRepository,
    private readonly people: PeopleRepository,
    private readonly addressees: Addressees,
    private readonly facts: ReadMailFacts,
    private readonly mails: MailRepository,
    private readonly outbox: MailOutbox,
    private readonly jobs: JobOutbox,
    private readonly journal: Journal,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** @throws RuleError `not-found`, `forbidden`, `reminder-not-resendable` */
  async inTransaction(tx: EntityManager, actor: Actor, reminderId: string): Promise<void> {
    const { reminder, referral } = await this.allowed(tx, actor, reminderId);
    if (reminder.state === 'sent') await this.again(tx, actor, referral, reminder);
    else if (reminder.state === 'failed') await this.retry(tx, actor, referral, reminder);
    else throw refused(reminder);
    await this.jobs.add(tx, { name: SEND_DUE_REMINDERS, key: SEND_DUE_REMINDERS, payload: {} });
  }

  /** The reminder with its case, for who may send it again. @throws RuleError `not-found`, `forbidden` */
  async allowed(tx: EntityManager, actor: Actor, reminderId: string) {
    const reminder = await this.repository.lock(tx, reminderId);
    const referral = reminder && (await this.referrals.find(tx, reminder.referralId, boardsSeen(actor)));
    if (!reminder || !referral) throw new RuleError('not-found', 'no such reminder', { id: reminderId });
    assertMay(actor, referral, reminder);
    return { reminder, referral };
  }

  private async again(tx: EntityManager, actor: Actor, referral: Referral, reminder: SentReminder): Promise<void> {
    const earlier = (await this.repository.of(tx, [reminder.id])).get(reminder.id) ?? [];
    if (earlier.some(({ state }) => state === 'claimed' || state === 'failed')) throw refused(reminder, 'under-way');
    await this.present(tx, referral, reminder, reminder.personId);
    const now = this.clock.now();
    const at = now.toISOString();
    const mail = { ...(await this.mailOf(tx, actor, referral, reminder, now)), askedBy: actor.personId };
    await this.mails.insert(tx, [mail]);
    const link = { mailId: mail.id, reminderId: reminder.id, askedBy: actor.personId, askedAt: at };
    await this.repository.insert(tx, link);
    await this.note(tx, actor, referral, reminder, 'reminder-sent-again', { mail: mail.id, to: mail.personId });
  }

  private async mailOf(
    tx: EntityManager,
    actor: Actor,
    { board }: Referral,
    reminder: SentReminder,
    now: Date,
  ): Promise<MailRow> {
    const today = localDateAt(now);
    const [addressee] = await this.addressees.of(tx, [{ personId: reminder.personId, board, count: 1 }], today);
    if (!addressee) throw new Error(`no addressee of ${reminder.id}`);
    const facts = await this.facts.of(tx, [reminder]);
    const first = longDate(localDateAt(new Date(reminder.sentAt ?? reminder.changedAt)));
    const note = `${actor.name} har skickat den här påminnelsen igen. Den gick ut första gången ${first}.`;
    const { baseUrl } = this.config;
    const composed = composeMail({ addressee, rows: [reminder], facts, today, baseUrl, note });
    const at = now.toISOString();
    return this.outbox.rowOf({ kind: 'resent', to: addressee.to, ...composed }, at, at);
  }

  private async retry(tx: EntityManager, actor: Actor, referral: Referral, reminder: SentReminder): Promise<void> {
    const { mailId, mailPersonId } = reminder;
    if (mailId === null || mailPersonId === null) throw refused(reminder);
    await this.present(tx, referral, reminder, reminder.personId);
    const to = await this.present(tx, referral, reminder, mailPersonId);
    const at = this.clock.now().toISOString();
    const taken = await this.repository.retry(tx, mailId, to, actor.personId, at);
    if (!taken) throw refused(reminder, 'under-way');
    await this.note(tx, actor, referral, reminder, 'reminder-tried-again', { mail: mailId, to: to.id });
  }

  /**
   * Who has left, or works with the board's cases no longer, is not written to about them; the case's registrars are
   * reminded in their stead.
   */
  private async present(
    tx: EntityManager,
    { board }: Referral,
    reminder: SentReminder,
    personId: string,
  ): Promise<Person> {
    const person = await this.people.findById(tx, personId);
    if (!person || hasLeft(person, this.clock.today())) throw refused(reminder, 'person-left');
    if (!(await this.people.hasRole(tx, personId, board, WORKING_ROLES))) throw refused(reminder, 'role-gone');
    return person;
  }

  private async note(
    tx: EntityManager,
    by: Actor,
    { id: subjectId, board: chain }: Referral,
    { id, about, date, offset, personId }: SentReminder,
    what: string,
    says: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const after = { reminder: id, about, date, offset: Number(offset), personId, ...says };
    await this.journal.record(tx, { chain, by, what, subjectType: 'referral', subjectId, after });
  }
}

function assertMay(actor: Actor, referral: Referral, reminder: SentReminder): void {
  const isTheirs =
    actsFor(actor, referral.board, reminder.personId) ||
    (reminder.mailPersonId !== null && actor.personId === reminder.mailPersonId);
  const isRegistrar = rolesOn(actor, referral.board).has('registrar');
  if (mayOpen(actor, referral) && (isTheirs || isRegistrar)) return;
  throw new RuleError('forbidden', 'only a registrar and the one who is reminded may send it again', {
    act: 'send-again',
  });
}

const refused = ({ id, state }: SentReminder, reason: string = state): RuleError =>
  new RuleError('reminder-not-resendable', `the reminder cannot be sent again: ${reason}`, { id, state, reason });
