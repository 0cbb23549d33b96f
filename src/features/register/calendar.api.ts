import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import { Operation } from '../../platform/http/operation.js';
import { UUID } from '../../platform/http/uuid-param.js';
import { CurrentActor } from '../people/actor-decorators.js';
import type { Actor } from '../people/actor.js';
import { calendarsView, createCalendarBody, createdCalendarView } from './calendar.dto.js';
import { CreateCalendar } from './create-calendar.js';
import { ListCalendars } from './list-calendars.js';
import { RevokeCalendar } from './revoke-calendar.js';

/** A person's own calendar feeds. */
@Controller('api/v1/calendars')
export class CalendarApi {
  constructor(
    private readonly creation: CreateCalendar,
    private readonly revocation: RevokeCalendar,
    private readonly listing: ListCalendars,
  ) {}

  // Without Idempotency-Key: a kept answer would keep the secret address.
  @Post()
  @Operation({
    summary: 'Skapa en kalenderadress att prenumerera på, högst 20 i bruk',
    answers: { 201: { description: 'Skapad', schema: createdCalendarView } },
    errors: [409, 422],
  })
  create(
    @CurrentActor() actor: Actor,
    @Body({ schema: createCalendarBody }) { board }: z.infer<typeof createCalendarBody>,
  ): Promise<z.infer<typeof createdCalendarView>> {
    return this.creation.execute(actor, board ?? null);
  }

  @Get()
  @Operation({
    summary: 'Lista dina kalenderadresser, utan själva adressen',
    answers: { 200: { description: 'Senast skapade först', schema: calendarsView } },
  })
  list(@CurrentActor() actor: Actor): Promise<z.infer<typeof calendarsView>> {
    return this.listing.execute(actor);
  }

  @Delete(':id')
  @Operation({
    summary: 'Spärra en kalenderadress',
    answers: { 204: { description: 'Spärrad, från nästa gång den läses' } },
    errors: [404],
  })
  revoke(@CurrentActor() actor: Actor, @Param('id', UUID) id: string): Promise<void> {
    return this.revocation.execute(actor, id);
  }
}
