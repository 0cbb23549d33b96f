import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { Clock } from '../../platform/clock/clock.port.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Journal, PEOPLE_CHAIN } from '../journal/journal.js';
import type { Doer } from './actor.js';
import { PeopleRepository } from './people.repository.js';
import { TokenRepository, newToken, tokenHash } from './token.repository.js';

export interface CreateTokenInput {
  readonly email: string;
  /** What the token is for, as the list shows it. */
  readonly label?: string;
}

export interface CreatedToken {
  readonly id: string;
  /** Shown this once: only its hash is kept. */
  readonly token: string;
}

/** Makes a bearer token for a person. */
@Injectable()
export class CreateToken {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly people: PeopleRepository,
    private readonly tokens: TokenRepository,
    private readonly journal: Journal,
  ) {}

  /** @throws RuleError `person-unknown`, also for someone who has left */
  execute(by: Doer, input: CreateTokenInput): Promise<CreatedToken> {
    return this.work.run((tx) => this.inTransaction(tx, by, input));
  }

  async inTransaction(tx: EntityManager, by: Doer, { email, label }: CreateTokenInput): Promise<CreatedToken> {
    const person = await this.people.byEmail(tx, email, this.clock.today());
    const id = uuid();
    const token = newToken();
    const createdAt = this.clock.now().toISOString();
    const row = { id, personId: person.id, hash: tokenHash(token), label: label ?? null, createdAt, revokedAt: null };
    await this.tokens.insert(tx, row);
    await this.journal.record(tx, {
      chain: PEOPLE_CHAIN,
      by,
      what: 'token-created',
      subjectType: 'person',
      subjectId: person.id,
      after: { token: id, label: row.label },
    });
    return { id, token };
  }
}
