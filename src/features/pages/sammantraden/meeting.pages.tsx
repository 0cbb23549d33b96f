import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../../platform/clock/clock.port.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { CurrentExchange, type Exchange } from '../../../platform/http/exchange.js';
import { UUID } from '../../../platform/http/uuid-param.js';
import {
  errorsOfRule, isMendable, type FormErrors, type FormValues,
} from '../../../platform/web/form-errors.js'; // prettier-ignore
import { Page } from '../../../platform/web/page.js';
import type { Meeting } from '../../boards/meeting.repository.js';
import { MoveMeeting, type MeetingChanged } from '../../meetings/move-meeting.js';
import { rolesOn, type Actor } from '../../people/actor.js';
import { CurrentActor } from '../../people/actor-decorators.js';
import { Frame } from '../frame/frame.js';
import { readTypedForm } from '../frame/typed-form.js';
import { detailsOf, MEETING_FIELDS, MEETING_KINDS, MEETING_LABELS, MeetingForm } from './meeting-form.js';
import { ReadMeetings } from './read-meetings.js';
import { MeetingView } from './views/meeting-view.js';
import { meetingHref } from './views/meeting-parts.js';
import { MeetingsView, whenAndWhere } from './views/meetings-view.js';

/** What the page says above all, by the word in its address: no other text can be put there by a link. */
const NOTICES: ReadonlyMap<string, string> = new Map([
  ['tillagt', 'Sammanträdet är tillagt.'],
  ['andrat', 'Sammanträdet är ändrat.'],
  ['flyttat', 'Sammanträdet är ändrat. Ärendena på det är omplanerade, och de som berörs får veta det.'],
  ['installt', 'Sammanträdet är inställt. Ärendena på det är omplanerade, och de som berörs får veta det.'],
]);

const LEDE = 'Varje remiss planeras baklänges från ett sammanträde. Här står vad som ligger på vart och ett.';

const valuesOf = ({ date, time, place, dispatchOn, adjustmentOn }: Meeting): FormValues => ({
  dag: date,
  tid: time ?? '',
  plats: place ?? '',
  utskick: dispatchOn ?? '',
  justering: adjustmentOn ?? '',
});

interface Refused {
  readonly values: FormValues;
  readonly errors: FormErrors;
}

/** Meetings and what is on them; secretaries add, move and cancel them. */
@Controller('sammantraden')
export class MeetingPages {
  constructor(
    private readonly frame: Frame,
    private readonly clock: Clock,
    private readonly work: UnitOfWork,
    private readonly read: ReadMeetings,
    private readonly move: MoveMeeting,
  ) {}

  @Get()
  @Page()
  show(@CurrentActor() actor: Actor, @CurrentExchange() exchange: Exchange): Promise<string> {
    return this.list(exchange, actor, { values: {}, errors: [] });
  }

  @Post()
  @Page()
  async add(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Body() body: unknown,
  ): Promise<string | void> {
    const { values, data, errors } = readTypedForm(MeetingForm, body, MEETING_LABELS, MEETING_KINDS);
    if (errors) return this.list(exchange, actor, { values, errors });
    const taken = (await this.read.all(actor)).flatMap(({ coming }) => coming.map(({ meeting }) => meeting));
    if (taken.some(({ board, date }) => board === data.namnd && date === data.dag)) {
      const message = 'Nämnden har redan ett sammanträde den dagen. Öppna det för att ändra.';
      return this.list(exchange, actor, { values, errors: [{ field: 'dag', message }] });
    }
    const done = await this.change(values, (tx) =>
      this.move.put(tx, actor, data.namnd ?? '', data.dag, detailsOf(data)),
    );
    if ('errors' in done) return this.list(exchange, actor, done);
    return void exchange.reply.redirect(`${meetingHref(done.meeting.id)}?meddelande=tillagt`, 303);
  }

  @Get(':id')
  @Page()
  async showOne(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Param('id', UUID) id: string,
    @Query('meddelande') notice: unknown,
  ): Promise<string> {
    return this.one(exchange, actor, id, null, typeof notice === 'string' ? NOTICES.get(notice) : undefined);
  }

  @Post(':id')
  @Page()
  async changeOne(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Param('id', UUID) id: string,
    @Body() body: unknown,
  ): Promise<string | void> {
    const { meeting } = await this.read.one(actor, id);
    const { values, data, errors } = readTypedForm(MeetingForm, body, MEETING_LABELS, MEETING_KINDS);
    if (errors) return this.one(exchange, actor, id, { values, errors });
    const done = await this.change(values, (tx) =>
      this.move.put(tx, actor, meeting.board, meeting.date, detailsOf(data)),
    );
    if ('errors' in done) return this.one(exchange, actor, id, done);
    const word = done.replanned.length > 0 ? 'flyttat' : 'andrat';
    return void exchange.reply.redirect(`${meetingHref(id)}?meddelande=${word}`, 303);
  }

  @Post(':id/stall-in')
  @Page()
  async cancel(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Param('id', UUID) id: string,
  ): Promise<string | void> {
    const { meeting } = await this.read.one(actor, id);
    const done = await this.change(valuesOf(meeting), (tx) => this.move.cancel(tx, actor, meeting.board, meeting.date));
    if ('errors' in done) return this.one(exchange, actor, id, done);
    return void exchange.reply.redirect(`${meetingHref(id)}?meddelande=installt`, 303);
  }

  private async change(
    values: FormValues,
    act: (tx: EntityManager) => Promise<MeetingChanged>,
  ): Promise<MeetingChanged | Refused> {
    try {
      return await this.work.run(act);
    } catch (error) {
      if (!isMendable(error)) throw error;
      return { values, errors: errorsOfRule(error, MEETING_LABELS, MEETING_FIELDS) };
    }
  }

  private async list(exchange: Exchange, actor: Actor, { values, errors }: Refused): Promise<string> {
    if (errors.length > 0) void exchange.reply.code(422);
    const boards = await this.read.all(actor);
    return this.frame.page(exchange, actor, {
      title: 'Sammanträden',
      lede: LEDE,
      current: 'meetings',
      hasErrors: errors.length > 0,
      content: <MeetingsView boards={boards} today={this.clock.today()} values={values} errors={errors} />,
    });
  }

  private async one(
    exchange: Exchange,
    actor: Actor,
    id: string,
    refused: Refused | null,
    notice?: string,
  ): Promise<string> {
    if (refused) void exchange.reply.code(422);
    const found = await this.read.one(actor, id);
    const { meeting, board } = found;
    const isOpen = meeting.state === 'planned' && meeting.date >= this.clock.today();
    const maySteer = isOpen && rolesOn(actor, board.code).has('secretary');
    return this.frame.page(exchange, actor, {
      title: whenAndWhere({ ...meeting, place: null }),
      lede: meeting.place === null ? board.name : `${board.name}, ${meeting.place}`,
      above: <a href="/sammantraden">Sammanträden</a>,
      current: 'meetings',
      hasErrors: refused !== null,
      content: (
        <MeetingView
          {...found}
          today={this.clock.today()}
          consequence={maySteer ? await this.read.consequenceOf(actor, meeting) : null}
          values={refused?.values ?? valuesOf(meeting)}
          errors={refused?.errors ?? []}
          notice={notice ?? null}
        />
      ),
    });
  }
}
