import { Body, Controller, Delete, Param, Put } from '@nestjs/common';
import { z } from 'zod';
import { localDate } from '../../domain/calendar/local-date.js';
import { RuleError } from '../../domain/errors.js';
import { clockTime, day } from '../../platform/http/day.js';
import { CurrentExchange, type Exchange } from '../../platform/http/exchange.js';
import { Idempotency, type Answer } from '../../platform/http/idempotency.js';
import { etagOf, OptionalIfMatch } from '../../platform/http/if-match.js';
import { Operation } from '../../platform/http/operation.js';
import { lineText } from '../../platform/http/text.js';
import { meetingVersion } from '../boards/meeting-version.js';
import { CurrentActor } from '../people/actor-decorators.js';
import { boardsSeen, rolesOn, type Actor } from '../people/actor.js';
import { MoveMeeting, type MeetingChanged } from './move-meeting.js';

const meetingBody = z.strictObject({
  date: day().optional(),
  time: clockTime().nullish(),
  place: lineText(300).nullish(),
  adjustmentOn: day().nullish(),
  dispatchOn: day().nullish(),
});

const date = z.iso.date();
const meetingView = z
  .strictObject({
    board: z.string(),
    date,
    time: z.string().nullable(),
    place: z.string().nullable(),
    adjustmentOn: date.nullable(),
    dispatchOn: date.nullable(),
    state: z.enum(['planned', 'cancelled']),
    version: z.string().describe('Inom citattecken är den sammanträdets ETag'),
    replanned: z.array(
      z.strictObject({ id: z.uuid(), diarienummer: z.string(), meeting: date.nullable(), adjustment: z.string() }),
    ),
  })
  .meta({ id: 'MeetingChanged' });

type MeetingView = z.infer<typeof meetingView>;

function viewOf({ meeting, replanned }: MeetingChanged): MeetingView {
  const { board, time, place, adjustmentOn, dispatchOn, state } = meeting;
  return {
    board,
    date: meeting.date,
    time,
    place,
    adjustmentOn,
    dispatchOn,
    state,
    version: meetingVersion(meeting),
    replanned: replanned.map(({ id, diarienummer, adjustment, timetable }) => ({
      id,
      diarienummer,
      meeting: timetable.find((row) => row.milestone === 'meeting')?.date ?? null,
      adjustment,
    })),
  };
}

const ETAG = { ETag: 'Sammanträdets version, som kan skickas tillbaka som If-Match' };

/** An earlier answer: its cases only for who may open all of the board's. @throws RuleError `not-found` */
function seenAgain(actor: Actor, earlier: MeetingView): MeetingView {
  if (!boardsSeen(actor).includes(earlier.board)) throw new RuleError('not-found', 'no such board', {});
  return rolesOn(actor, earlier.board).has('secretary') ? earlier : { ...earlier, replanned: [] };
}

function answerOf(changed: MeetingChanged): Answer<MeetingView> {
  const body = viewOf(changed);
  return { status: changed.created ? 201 : 200, headers: { ETag: etagOf(body.version) }, body };
}

/** A board's meetings: added, changed, moved, cancelled. */
@Controller('api/v1/boards/:code/meetings/:date')
export class MeetingApi {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly meetings: MoveMeeting,
  ) {}

  @Put()
  @Operation({
    summary: 'Lägg till, ändra eller flytta ett sammanträde',
    description: 'Alla öppna ärenden på sammanträdet planeras om i samma transaktion, och de som berörs får veta det.',
    answers: {
      200: { description: 'Ändrat', schema: meetingView, headers: ETAG },
      201: { description: 'Tillagt', schema: meetingView, headers: ETAG },
    },
    errors: [403, 404, 409, 412, 422],
    idempotent: true,
    ifMatch: 'optional',
  })
  put(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('date') on: string,
    @OptionalIfMatch() ifVersion: string | undefined,
    @Body({ schema: meetingBody }) body: z.infer<typeof meetingBody>,
  ): Promise<MeetingView> {
    return this.idempotency.execute(
      exchange,
      actor,
      async (tx) => {
        const where = { board: code, date: localDate(on, 'date'), ifVersion };
        return answerOf(await this.meetings.put(tx, actor, where, body));
      },
      (_tx, earlier) => seenAgain(actor, earlier),
    );
  }

  @Delete()
  @Operation({
    summary: 'Ställ in ett sammanträde',
    description: 'Det står kvar som inställt. Alla öppna ärenden på det planeras om, och de som berörs får veta det.',
    answers: { 200: { description: 'Inställt', schema: meetingView, headers: ETAG } },
    errors: [403, 404, 409, 412, 422],
    idempotent: true,
    ifMatch: 'optional',
  })
  cancel(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('date') on: string,
    @OptionalIfMatch() ifVersion: string | undefined,
  ): Promise<MeetingView> {
    return this.idempotency.execute(
      exchange,
      actor,
      async (tx) => {
        const where = { board: code, date: localDate(on, 'date'), ifVersion };
        return answerOf(await this.meetings.cancel(tx, actor, where));
      },
      (_tx, earlier) => seenAgain(actor, earlier),
    );
  }
}
