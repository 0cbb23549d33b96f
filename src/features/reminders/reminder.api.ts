import { Body, Controller, Get, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { CurrentExchange, type Exchange } from '../../platform/http/exchange.js';
import { Idempotency } from '../../platform/http/idempotency.js';
import type { z } from 'zod';
import { Operation } from '../../platform/http/operation.js';
import { UUID } from '../../platform/http/uuid-param.js';
import { CurrentActor } from '../people/actor-decorators.js';
import type { Actor } from '../people/actor.js';
import { ListReminders } from './list-reminders.js';
import { ListSentReminders } from './list-sent-reminders.js';
import {
  reminderView, resendBody, remindersView, sentPage, sentQuery, upcomingPage, upcomingQuery, type ReminderView, type SentPage,
  type SentQuery, type UpcomingPage, type UpcomingQuery,
} from './reminder.dto.js'; // prettier-ignore
import { SendAgain } from './send-again.js';
import { UpcomingReminders } from './upcoming-reminders.js';

/** What has been and what will be reminded of. */
@Controller('api/v1')
export class ReminderApi {
  constructor(
    private readonly list: ListReminders,
    private readonly upcoming: UpcomingReminders,
    private readonly sent: ListSentReminders,
    private readonly again: SendAgain,
    private readonly idempotency: Idempotency,
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

  @Get('reminders')
  @Operation({
    summary: 'Se vad som har skickats, och vad som inte kom fram',
    description: 'Senast först, med skälet när ett mejl inte kom fram. `next` är `cursor` för nästa sida.',
    answers: { 200: { description: 'En sida', schema: sentPage } },
  })
  sentPage(@CurrentActor() actor: Actor, @Query({ schema: sentQuery }) query: SentQuery): Promise<SentPage> {
    return this.sent.execute(actor, query);
  }

  @Post('reminders/:id/resend')
  @Operation({
    summary: 'Skicka en påminnelse igen',
    description:
      'En registrator, eller den påminda. Den som har gått ut går igen som ett eget mejl; den som inte kom fram ' +
      'försöks genast på nytt, till dagens adress.',
    answers: { 200: { description: 'Påminnelsen efteråt', schema: reminderView } },
    errors: [403, 404, 409],
    idempotent: true,
  })
  resend(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Param('id', UUID) id: string,
    @Body({ schema: resendBody }) _body: z.infer<typeof resendBody>,
  ): Promise<ReminderView> {
    return this.idempotency.execute(
      exchange,
      actor,
      async (tx) => {
        await this.again.inTransaction(tx, actor, id);
        return { status: HttpStatus.OK, body: await this.list.one(tx, id) };
      },
      async (tx, earlier) => {
        await this.again.allowed(tx, actor, id);
        return earlier;
      },
    );
  }
}
