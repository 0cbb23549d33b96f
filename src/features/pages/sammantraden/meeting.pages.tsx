import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../../platform/clock/clock.port.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { UUID } from '../../../platform/http/uuid-param.js';
import type { FormErrors, FormValues } from '../../../platform/web/form-errors.js';
import { Page } from '../../../platform/web/page.js';
import type { Meeting } from '../../boards/meeting.repository.js';
import { MoveMeeting, type MeetingChanged } from '../../meetings/move-meeting.js';
import { rolesOn } from '../../people/actor.js';
import { Frame } from '../frame/frame.js';
import { noticeOf, type Notices } from '../frame/notices.js';
import { CurrentVisit, leadOn, type Visit } from '../frame/visit.js';
import { detailsOf, MEETING_FORM } from './meeting-form.js';
import { ReadMeetings } from './read-meetings.js';
import { MeetingView } from './views/meeting-view.js';
import { meetingHref } from './views/meeting-parts.js';
import { MeetingsView, whenAndWhere } from './views/meetings-view.js';

const NOTICES: Notices = new Map([
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
  show(@CurrentVisit() visit: Visit): Promise<string> {
    return this.list(visit, { values: {}, errors: [] });
  }

  @Post()
  @Page()
  async add(@CurrentVisit() visit: Visit, @Body() body: unknown): Promise<string | void> {
    const { values, data, errors } = MEETING_FORM.read(body);
    if (errors) return this.list(visit, { values, errors });
    const taken = (await this.read.all(visit.actor)).flatMap(({ coming }) => coming.map(({ meeting }) => meeting));
    if (taken.some(({ board, date }) => board === data.namnd && date === data.dag)) {
      const message = 'Nämnden har redan ett sammanträde den dagen. Öppna det för att ändra.';
      return this.list(visit, { values, errors: [{ field: 'dag', message }] });
    }
    const done = await this.change(values, (tx) =>
      this.move.put(tx, visit.actor, data.namnd ?? '', data.dag, detailsOf(data)),
    );
    if ('errors' in done) return this.list(visit, done);
    return leadOn(visit, `${meetingHref(done.meeting.id)}?meddelande=tillagt`);
  }

  @Get(':id')
  @Page()
  async showOne(
    @CurrentVisit() visit: Visit,
    @Param('id', UUID) id: string,
    @Query('meddelande') notice: unknown,
  ): Promise<string> {
    return this.one(visit, id, null, noticeOf(NOTICES, notice));
  }

  @Post(':id')
  @Page()
  async changeOne(
    @CurrentVisit() visit: Visit,
    @Param('id', UUID) id: string,
    @Body() body: unknown,
  ): Promise<string | void> {
    const { meeting } = await this.read.one(visit.actor, id);
    const { values, data, errors } = MEETING_FORM.read(body);
    if (errors) return this.one(visit, id, { values, errors });
    const done = await this.change(values, (tx) =>
      this.move.put(tx, visit.actor, meeting.board, meeting.date, detailsOf(data)),
    );
    if ('errors' in done) return this.one(visit, id, done);
    const word = done.replanned.length > 0 ? 'flyttat' : 'andrat';
    return leadOn(visit, `${meetingHref(id)}?meddelande=${word}`);
  }

  @Post(':id/stall-in')
  @Page()
  async cancel(@CurrentVisit() visit: Visit, @Param('id', UUID) id: string): Promise<string | void> {
    const { actor } = visit;
    const { meeting } = await this.read.one(actor, id);
    const done = await this.change(valuesOf(meeting), (tx) => this.move.cancel(tx, actor, meeting.board, meeting.date));
    if ('errors' in done) return this.one(visit, id, done);
    return leadOn(visit, `${meetingHref(id)}?meddelande=installt`);
  }

  private async change(
    values: FormValues,
    act: (tx: EntityManager) => Promise<MeetingChanged>,
  ): Promise<MeetingChanged | Refused> {
    try {
      return await this.work.run(act);
    } catch (error) {
      return { values, errors: MEETING_FORM.mendable(error) };
    }
  }

  private async list(visit: Visit, { values, errors }: Refused): Promise<string> {
    const boards = await this.read.all(visit.actor);
    return this.frame.page(visit, {
      title: 'Sammanträden',
      lede: LEDE,
      current: 'meetings',
      hasErrors: errors.length > 0,
      content: <MeetingsView boards={boards} today={this.clock.today()} values={values} errors={errors} />,
    });
  }

  private async one(visit: Visit, id: string, refused: Refused | null, notice: string | null = null): Promise<string> {
    const { actor } = visit;
    const found = await this.read.one(actor, id);
    const { meeting, board } = found;
    const isOpen = meeting.state === 'planned' && meeting.date >= this.clock.today();
    const maySteer = isOpen && rolesOn(actor, board.code).has('secretary');
    return this.frame.page(visit, {
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
          notice={notice}
        />
      ),
    });
  }
}
