import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RuleError } from '../../domain/errors.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { row } from '../../platform/database/sql.js';
import { JobOutbox } from '../../platform/queue/job-outbox.js';
import { INVITED_AGAIN_AFTER_MS } from '../accounts/account-limits.js';
import { passwordLinkJob } from '../accounts/send-password-link.js';
import { WhoIsInvited } from '../accounts/who-is-invited.js';
import { Journal, PEOPLE_CHAIN } from '../journal/journal.js';
import type { Actor } from '../people/actor.js';
import { hasLeft, PeopleRepository, type Person } from '../people/people.repository.js';
import { FindAccount } from './find-account.js';

type Refusal = 'account-ended' | 'has-password' | 'just-sent' | 'on-its-way';

const LAST = `SELECT max("at") AS "at" FROM "journal"
  WHERE "subject_id" = ? AND "chain" = ? AND "what" = 'invited-again'`;

/**
 * Has a new link to choose a password with mailed to someone who has none. Also where people sign in at an identity
 * provider: passwords go beside it. The links before work until the mail has left.
 */
@Injectable()
export class InviteAgain {
  constructor(
    private readonly accounts: FindAccount,
    private readonly people: PeopleRepository,
    private readonly invited: WhoIsInvited,
    private readonly jobs: JobOutbox,
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws RuleError `forbidden` for who may not end the account, `person-unknown`, `link-not-resendable` for an account that
   *   has ended, for someone who has a password, shortly after the last time, and while a mail with a link is to leave still
   */
  async inTransaction(tx: EntityManager, actor: Actor, email: string): Promise<Person> {
    const { id } = await this.allowed(tx, actor, email);
    await this.people.hold(tx, id);
    const person = await this.allowed(tx, actor, email);
    const refusal = await this.refusal(tx, person);
    if (refusal !== null) {
      throw new RuleError('link-not-resendable', `no link is sent: ${refusal}`, { reason: refusal });
    }
    await this.journal.record(tx, {
      chain: PEOPLE_CHAIN,
      by: actor,
      what: 'invited-again',
      subjectType: 'person',
      subjectId: id,
    });
    await this.jobs.add(tx, passwordLinkJob({ personId: id, why: 'sent-again', by: actor.personId }));
    return person;
  }

  /** @throws RuleError as `FindAccount` */
  async allowed(tx: EntityManager, actor: Actor, email: string): Promise<Person> {
    return (await this.accounts.execute(tx, actor, email, 'invite-again')).person;
  }

  private async refusal(tx: EntityManager, person: Person): Promise<Refusal | null> {
    if (hasLeft(person, this.clock.today())) return 'account-ended';
    const invitation = (await this.invited.of(tx, [person.id])).get(person.id);
    if (!invitation) return 'has-password';
    if (await this.isJustSent(tx, person)) return 'just-sent';
    // Another would only bring forward the one that waits, and use up its attempts.
    return invitation.mail === 'waiting' || invitation.mail === 'failing' ? 'on-its-way' : null;
  }

  /** By what administrators have done, and by no link that anybody may have asked for. */
  private async isJustSent(tx: EntityManager, { id }: Person): Promise<boolean> {
    const last = (await row<{ at: string | null }>(tx, LAST, [id, PEOPLE_CHAIN]))?.at ?? null;
    return last !== null && Date.parse(last) + INVITED_AGAIN_AFTER_MS > this.clock.now().getTime();
  }
}
