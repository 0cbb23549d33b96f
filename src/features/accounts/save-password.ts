import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock/clock.port.js';
import { Journal, PEOPLE_CHAIN } from '../journal/journal.js';
import type { Doer } from '../people/actor.js';
import { CredentialRepository } from './credential.repository.js';
import { SessionRepository } from './session.repository.js';
import { SignInLinkRepository } from './sign-in-link.repository.js';

interface NewPassword {
  readonly personId: string;
  readonly hash: string;
  readonly by: Doer;
  readonly how: 'link' | 'changed' | 'setup';
  /** The session that goes on. */
  readonly kept: string | null;
}

/** Stores a password that has been looked at and hashed. Ends the person's other sessions and voids links. */
@Injectable()
export class SavePassword {
  constructor(
    private readonly clock: Clock,
    private readonly credentials: CredentialRepository,
    private readonly sessions: SessionRepository,
    private readonly links: SignInLinkRepository,
    private readonly journal: Journal,
  ) {}

  async inTransaction(tx: EntityManager, { personId, hash, by, how, kept }: NewPassword): Promise<void> {
    const changedAt = this.clock.now().toISOString();
    await this.credentials.save(tx, { personId, hash, changedAt });
    await this.links.voidAllOf(tx, personId, changedAt);
    const endedSessions = await this.sessions.removeAllOf(tx, personId, kept);
    await this.journal.record(tx, {
      chain: PEOPLE_CHAIN,
      by,
      what: 'password-set',
      subjectType: 'person',
      subjectId: personId,
      after: { how, endedSessions },
    });
  }
}
