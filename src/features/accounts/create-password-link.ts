import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock/clock.port.js';
import { APP_CONFIG, type AppConfig } from '../../platform/config/config.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newToken, tokenHash } from '../../platform/web/cookies.js';
import { Journal, PEOPLE_CHAIN } from '../journal/journal.js';
import type { Doer } from '../people/actor.js';
import { PeopleRepository, type Person } from '../people/people.repository.js';
import { LINK_LASTS_MS, LINK_REMEMBERED_MS, LINKS_AT_ONCE } from './account-limits.js';
import { SignInLinkRepository } from './sign-in-link.repository.js';

export interface PasswordLink {
  /** Shown this once: only its hash is kept. */
  readonly url: string;
  readonly expiresAt: string;
}

/**
 * Makes a link with which a person sets a password, once and within a day. One that is made on purpose takes the place of
 * earlier ones, as soon as it is where it should be. One that was asked for does not: anybody may ask, and would take away
 * what an administrator has sent.
 */
@Injectable()
export class CreatePasswordLink {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly people: PeopleRepository,
    private readonly links: SignInLinkRepository,
    private readonly journal: Journal,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** For whoever hands it over. @throws RuleError `person-unknown`, also for someone who has left */
  execute(by: Doer, email: string): Promise<PasswordLink> {
    return this.work.run(async (tx) => {
      const person = await this.people.byEmail(tx, email, this.clock.today());
      await this.links.voidAllOf(tx, person.id, this.clock.now().toISOString());
      return this.make(tx, by, person);
    });
  }

  /** To be mailed on purpose. Earlier ones work until it has been: a mail that does not leave takes nothing away. */
  toBeMailed(tx: EntityManager, by: Doer, person: Pick<Person, 'id'>): Promise<PasswordLink> {
    return this.make(tx, by, person);
  }

  /** Of a link on purpose whose mail has left. */
  hasBeenMailed(link: PasswordLink): Promise<void> {
    return this.work.run((tx) => this.links.voidEarlierThan(tx, hashOf(link), this.clock.now().toISOString()));
  }

  /** For whoever has asked. Null when enough links of the person’s work already. */
  async asked(tx: EntityManager, by: Doer, person: Pick<Person, 'id'>): Promise<PasswordLink | null> {
    await this.people.hold(tx, person.id);
    const alive = await this.links.countAlive(tx, person.id, this.clock.now().toISOString());
    return alive < LINKS_AT_ONCE ? this.make(tx, by, person) : null;
  }

  /** Of a link whose mail did not leave: nobody has it, and it is not to stand in the way of another. */
  takeBack(link: PasswordLink): Promise<void> {
    return this.work.run((tx) => this.links.remove(tx, hashOf(link)));
  }

  private async make(tx: EntityManager, by: Doer, person: Pick<Person, 'id'>): Promise<PasswordLink> {
    const now = this.clock.now();
    const createdAt = now.toISOString();
    const expiresAt = new Date(now.getTime() + LINK_LASTS_MS).toISOString();
    const token = newToken();
    await this.links.removeExpired(tx, new Date(now.getTime() - LINK_REMEMBERED_MS).toISOString());
    const purpose = 'set-password';
    await this.links.insert(tx, {
      hash: tokenHash(token),
      personId: person.id,
      purpose,
      createdAt,
      expiresAt,
      usedAt: null,
    });
    await this.journal.record(tx, {
      chain: PEOPLE_CHAIN,
      by,
      what: 'password-link-created',
      subjectType: 'person',
      subjectId: person.id,
      after: { expiresAt },
    });
    return { url: `${this.config.baseUrl}/losenord/${token}`, expiresAt };
  }
}

const hashOf = ({ url }: PasswordLink): string => tokenHash(url.slice(url.lastIndexOf('/') + 1));
