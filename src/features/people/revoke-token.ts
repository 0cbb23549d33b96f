import { Injectable } from '@nestjs/common';
import { RuleError } from '../../domain/errors.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Journal, PEOPLE_CHAIN } from '../journal/journal.js';
import type { Doer } from './actor.js';
import { TokenRepository } from './token.repository.js';

/** Takes a bearer token out of use, from the next request on. */
@Injectable()
export class RevokeToken {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly tokens: TokenRepository,
    private readonly journal: Journal,
  ) {}

  /**
   * Does nothing when it has been revoked already.
   *
   * @throws RuleError `not-found`
   */
  execute(by: Doer, id: string): Promise<void> {
    return this.work.run(async (tx) => {
      const token = await this.tokens.find(tx, id);
      if (!token) throw new RuleError('not-found', `There is no token ${id}`, { field: 'id', value: id });
      if (token.revokedAt !== null) return;
      const revokedAt = this.clock.now().toISOString();
      await this.tokens.revoke(tx, id, revokedAt);
      await this.journal.record(tx, {
        chain: PEOPLE_CHAIN,
        by,
        what: 'token-revoked',
        subjectType: 'person',
        subjectId: token.personId,
        before: { token: id, revokedAt: null },
        after: { token: id, revokedAt },
      });
    });
  }
}
