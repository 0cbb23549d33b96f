import { Injectable } from '@nestjs/common';
import { ReadDatabase } from '../../platform/database/read-database.js';
import type { Actor } from '../people/actor.js';
import { CalendarFeedRepository, type FeedListing } from './calendar-feed.repository.js';

/** A person's own calendar feeds, newest first, without their addresses. */
@Injectable()
export class ListCalendars {
  constructor(
    private readonly read: ReadDatabase,
    private readonly feeds: CalendarFeedRepository,
  ) {}

  execute(actor: Actor): Promise<FeedListing[]> {
    return this.feeds.ofPerson(this.read.manager, actor.personId);
  }
}
