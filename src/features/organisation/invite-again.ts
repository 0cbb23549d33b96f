import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RuleError } from '../../domain/errors.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { APP_CONFIG, type AppConfig } from '../../platform/config/config.js';
import { JobOutbox } from '../../platform/queue/job-outbox.js';
import { INVITED_AGAIN_AFTER_MS } from '../accounts/account-limits.js';
import { passwordLinkJob } from '../accounts/send-password-link.js';
import { WhoIsInvited } from '../accounts/who-is-invited.js';
import { Journal, PEOPLE_CHAIN } from '../journal/journal.js';
import type { Actor } from '../people/actor.js';
import { hasLeft, PeopleRepository, type Person } from '../people/people.repository.js';
import { FindAccount } from './find-account.js';

type Refusal = 'account-ended' | 'signs-in-elsewhere' | 'has-password' | 'just-sent';

/** Has a new link to choose a password with mailed to someone who has never chosen one. The one before no longer works. */
@Injectable()
export class InviteAgain {
  constructor(
    private readonly accounts: FindAccount,
    private readonly people: PeopleRepository,
    private readonly invited: WhoIsInvited,
    private readonly jobs: JobOutbox,
    private readonly journal: Journal,
    private readonly clock: Clock,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /**
   * @throws RuleError `forbidden` for who may not end the account, `person-unknown`, `link-not-resendable` for an account that
   *   has ended, where people sign in at an identity provider, for someone who has a password, and shortly after the last link
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
    await this.jobs.add(tx, passwordLinkJob({ personId: id, why: 'invited', by: actor.personId }));
    return person;
  }

  /** @throws RuleError as `FindAccount` */
  async allowed(tx: EntityManager, actor: Actor, email: string): Promise<Person> {
    return (await this.accounts.execute(tx, actor, email, 'invite-again')).person;
  }

  private async refusal(tx: EntityManager, person: Person): Promise<Refusal | null> {
    if (hasLeft(person, this.clock.today())) return 'account-ended';
    if (this.config.oidc !== null) return 'signs-in-elsewhere';
    const invitation = (await this.invited.of(tx, [person.id])).get(person.id);
    if (!invitation) return 'has-password';
    const { sentAt } = invitation;
    const isJustSent = sentAt !== null && Date.parse(sentAt) + INVITED_AGAIN_AFTER_MS > this.clock.now().getTime();
    return isJustSent ? 'just-sent' : null;
  }
}
