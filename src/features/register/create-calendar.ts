import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { RuleError } from '../../domain/errors.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { APP_CONFIG, type AppConfig } from '../../platform/config/config.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Journal, PEOPLE_CHAIN } from '../journal/journal.js';
import { boardsSeen, type Actor } from '../people/actor.js';
import { PeopleRepository } from '../people/people.repository.js';
import { CalendarFeedRepository, feedHash, newFeedToken } from './calendar-feed.repository.js';

export interface CreatedCalendar {
  readonly id: string;
  readonly board: string | null;
  /** Shown this once: only its hash is kept. */
  readonly address: string;
  readonly createdAt: string;
}

/** So many addresses in use are enough for every board and device that one has. */
const MOST_CALENDARS = 20;

/** Gives a person a secret address at which a calendar reads the days to watch. */
@Injectable()
export class CreateCalendar {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly people: PeopleRepository,
    private readonly feeds: CalendarFeedRepository,
    private readonly journal: Journal,
  ) {}

  /**
   * @param board all of this board's days; null for those that concern the person
   * @throws RuleError `board-unknown`, also for a board that the person does not see; `too-many-calendars`
   */
  execute(actor: Actor, board: string | null): Promise<CreatedCalendar> {
    return this.work.run((tx) => this.inTransaction(tx, actor, board));
  }

  /** @throws RuleError as `execute` */
  async inTransaction(tx: EntityManager, actor: Actor, board: string | null): Promise<CreatedCalendar> {
    if (board !== null && !boardsSeen(actor).includes(board)) {
      throw new RuleError('board-unknown', `No board has the code ${board}`, { field: 'board', value: board });
    }
    const id = uuid();
    const token = newFeedToken();
    const createdAt = this.clock.now().toISOString();
    const { personId } = actor;
    await this.assertRoom(tx, personId);
    await this.feeds.insert(tx, { id, personId, board, hash: feedHash(token), createdAt, revokedAt: null });
    const event = { what: 'calendar-created', subjectType: 'person' as const, subjectId: personId };
    await this.journal.record(tx, { chain: PEOPLE_CHAIN, by: actor, ...event, after: { calendar: id, board } });
    return { id, board, address: `${this.config.baseUrl}/kalender/${token}.ics`, createdAt };
  }

  /** One after the other, so that two at once do not both take the last place. */
  private async assertRoom(tx: EntityManager, personId: string): Promise<void> {
    await this.people.hold(tx, personId);
    const inUse = (await this.feeds.ofPerson(tx, personId)).filter(({ revokedAt }) => revokedAt === null);
    if (inUse.length < MOST_CALENDARS) return;
    const message = `There may be ${MOST_CALENDARS} calendars in use at most: revoke one that is not needed`;
    throw new RuleError('too-many-calendars', message, { limit: MOST_CALENDARS });
  }
}
