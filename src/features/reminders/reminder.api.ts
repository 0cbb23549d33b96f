import { Controller, Get, Param, Query } from '@nestjs/common';
import { Operation } from '../../platform/http/operation.js';
import { UUID } from '../../platform/http/uuid-param.js';
import { CurrentActor } from '../people/actor-decorators.js';
import type { Actor } from '../people/actor.js';
import { ListReminders } from './list-reminders.js';
import {
  remindersView, upcomingPage, upcomingQuery, type ReminderView, type UpcomingPage, type UpcomingQuery,
} from './reminder.dto.js'; // prettier-ignore
import { UpcomingReminders } from './upcoming-reminders.js';

/** What has been and what will be reminded of. */
@Controller('api/v1')
export class ReminderApi {
  constructor(
    private readonly list: ListReminders,
    private readonly upcoming: UpcomingReminders,
  ) {}

  @Get('referrals/:id/reminders')
  @Operation({
    summary: 'Läs ärendets påminnelser',
    description: 'Skickade, kommande, ersatta och misslyckade, i tidsordning.',
    answers: { 200: { description: 'Påminnelserna', schema: remindersView } },
    errors: [403, 404],
  })
  ofReferral(@CurrentActor() actor: Actor, @Param('id', UUID) id: string): Promise<ReminderView[]> {
    return this.list.execute(actor, id);
  }

  @Get('reminders/upcoming')
  @Operation({
    summary: 'Se vad som kommer att skickas',
    description: 'Till vem och varför, de närmaste dagarna. `next` är `cursor` för nästa sida.',
    answers: { 200: { description: 'En sida', schema: upcomingPage } },
  })
  page(@CurrentActor() actor: Actor, @Query({ schema: upcomingQuery }) query: UpcomingQuery): Promise<UpcomingPage> {
    return this.upcoming.execute(actor, query);
  }
}
