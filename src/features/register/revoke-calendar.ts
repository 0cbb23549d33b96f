import { Injectable } from '@nestjs/common';
import { RuleError } from '../../domain/errors.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Journal, PEOPLE_CHAIN } from '../journal/journal.js';
import type { Actor } from '../people/actor.js';
import { CalendarFeedRepository } from './calendar-feed.repository.js';

/** Takes the address of a feed out of use, from the next time it is read. */
@Injectable()
export class RevokeCalendar {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly feeds: CalendarFeedRepository,
    private readonly journal: Journal,
  ) {}

  /**
   * Does nothing when it has been revoked already.
   *
   * @throws RuleError `not-found`, also for another person's
   */
  async execute(actor: Actor, id: string): Promise<void> {
    await this.work.run(async (tx) => {
      const feed = (await this.feeds.ofPerson(tx, actor.personId)).find((one) => one.id === id);
      if (!feed) throw new RuleError('not-found', 'no such calendar', { field: 'id', value: id });
      if (feed.revokedAt !== null) return;
      const revokedAt = this.clock.now().toISOString();
      await this.feeds.revoke(tx, id, revokedAt);
      const event = { what: 'calendar-revoked', subjectType: 'person' as const, subjectId: actor.personId };
      const said = { before: { calendar: id, revokedAt: null }, after: { calendar: id, revokedAt } };
      await this.journal.record(tx, { chain: PEOPLE_CHAIN, by: actor, ...event, ...said });
    });
  }
}
