import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { RuleError } from '../../domain/errors.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { APP_CONFIG, type AppConfig } from '../../platform/config/config.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Journal, PEOPLE_CHAIN } from '../journal/journal.js';
import { boardsSeen, type Actor } from '../people/actor.js';
import { CalendarFeedRepository, feedHash, newFeedToken } from './calendar-feed.repository.js';

export interface CreatedCalendar {
  readonly id: string;
  readonly board: string | null;
  /** Shown this once: only its hash is kept. */
  readonly address: string;
  readonly createdAt: string;
}

/** Gives a person a secret address at which a calendar reads the days to watch. */
@Injectable()
export class CreateCalendar {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly feeds: CalendarFeedRepository,
    private readonly journal: Journal,
  ) {}

  /**
   * @param board all of this board's days; null for those that concern the person
   * @throws RuleError `board-unknown`, also for a board that the person does not see
   */
  async execute(actor: Actor, board: string | null): Promise<CreatedCalendar> {
    if (board !== null && !boardsSeen(actor).includes(board)) {
      throw new RuleError('board-unknown', `No board has the code ${board}`, { field: 'board', value: board });
    }
    const id = uuid();
    const token = newFeedToken();
    const createdAt = this.clock.now().toISOString();
    await this.work.run(async (tx) => {
      const { personId } = actor;
      await this.feeds.insert(tx, { id, personId, board, hash: feedHash(token), createdAt, revokedAt: null });
      const event = { what: 'calendar-created', subjectType: 'person' as const, subjectId: personId };
      await this.journal.record(tx, { chain: PEOPLE_CHAIN, by: actor, ...event, after: { calendar: id, board } });
    });
    return { id, board, address: `${this.config.baseUrl}/kalender/${token}.ics`, createdAt };
  }
}
