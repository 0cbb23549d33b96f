import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../../domain/calendar/local-date.js';
import { RuleError, type RuleCode } from '../../../domain/errors.js';
import { Clock } from '../../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { FormOnce } from '../../../platform/http/form-once.js';
import { UUID } from '../../../platform/http/uuid-param.js';
import { FORM_KEY_FIELD } from '../../../platform/web/components/form-key.js';
import { QuestionPanel, type QuestionProps } from '../../../platform/web/components/question.js';
import { inOrder, type FormErrors, type FormValues } from '../../../platform/web/form-errors.js';
import { Page } from '../../../platform/web/page.js';
import { stepIn } from '../../../platform/web/steps.js';
import { MeetingRepository, type Meeting } from '../../boards/meeting.repository.js';
import { MoveMeeting, type MeetingDetails } from '../../meetings/move-meeting.js';
import { LeftToDo } from '../../organisation/left-to-do.js';
import { boardsSeen, rolesOn, type Actor } from '../../people/actor.js';
import { Frame } from '../frame/frame.js';
import { noticeOf, type Notices } from '../frame/notices.js';
import { CurrentVisit, leadOn, type Visit } from '../frame/visit.js';
import {
  basisIn, basisOf, conflictOf, valuesOf, type MeetingAct, type MeetingConflict,
} from './meeting-conflict.js'; // prettier-ignore
import { detailsOf, rareFaults, MEETING_FORM, MEETING_LABELS } from './meeting-form.js';
import { cancelQuestion, changeQuestion } from './meeting-questions.js';
import { ReadMeetings, type Consequence } from './read-meetings.js';
import { MeetingView } from './views/meeting-view.js';
import { meetingHref } from './views/meeting-parts.js';
import { MeetingsView, whenAndWhere } from './views/meetings-view.js';

const NOTICES: Notices = new Map([
  ['tillagt', 'Sammanträdet är tillagt.'],
  ['andrat', 'Sammanträdet är ändrat.'],
  ['flyttat', 'Sammanträdet är ändrat. Ärendena på det är omplanerade, och de som berörs får veta det.'],
  ['installt', 'Sammanträdet är inställt. Ärendena på det är omplanerade, och de som berörs får veta det.'],
]);

/** By the word in the address: a form that was sent before leads on with it when its meeting is no longer as it was added. */
const SENT_BEFORE: Notices = new Map([['skickat', 'Sammanträdet har ändrats sedan dess. Här står hur det är nu.']]);

const LEDE = 'Varje remiss planeras baklänges från ett sammanträde. Här står vad som ligger på vart och ett.';

const TAKEN: FormErrors = [
  { field: 'dag', message: 'Nämnden har redan ett sammanträde den dagen. Öppna det för att ändra.' },
];

interface Refused {
  readonly values: FormValues;
  readonly errors: FormErrors;
}

/** How one meeting is shown. */
interface Shown {
  readonly refused?: Refused;
  readonly conflict?: MeetingConflict;
  readonly notice?: string | null;
  readonly sentBefore?: string | null;
}

const isCode = (error: unknown, ...codes: readonly RuleCode[]): boolean =>
  error instanceof RuleError && codes.includes(error.code);

/** Meetings and what is on them; secretaries add, move and cancel them. */
@Controller('sammantraden')
export class MeetingPages {
  constructor(
    private readonly frame: Frame,
    private readonly clock: Clock,
    private readonly work: UnitOfWork,
    private readonly read: ReadMeetings,
    private readonly move: MoveMeeting,
    private readonly once: FormOnce,
    private readonly meetings: MeetingRepository,
    private readonly left: LeftToDo,
    private readonly db: ReadDatabase,
  ) {}

  @Get()
  @Page()
  show(@CurrentVisit() visit: Visit): Promise<string> {
    return this.list(visit, { values: {}, errors: [] });
  }

  @Post()
  @Page()
  async add(@CurrentVisit() visit: Visit, @Body() body: unknown): Promise<string | void> {
    assertSomeSecretary(visit.actor);
    const { values, data, errors: wrong } = MEETING_FORM.read(body);
    const errors = inOrder([...(wrong ?? []), ...rareFaults(values, null, this.clock.today())], MEETING_LABELS);
    if (data === null || errors.length > 0) return this.list(visit, { values, errors });
    const on = { board: data.namnd ?? '', date: data.dag };
    try {
      const { id, isAsAdded } = await this.addOnce(visit.actor, on, detailsOf(data), values[FORM_KEY_FIELD]);
      return leadOn(visit, `${meetingHref(id)}?meddelande=${isAsAdded ? 'tillagt' : 'skickat'}`);
    } catch (error) {
      return this.list(visit, {
        values,
        errors: isCode(error, 'meeting-exists') ? TAKEN : MEETING_FORM.mendable(error),
      });
    }
  }

  /**
   * The same form sent twice gives the same meeting; with another day it gives another. `isAsAdded` unless it has been moved
   * or cancelled since.
   */
  private addOnce(
    actor: Actor,
    on: { board: string; date: LocalDate },
    details: MeetingDetails,
    key: string | undefined,
  ): Promise<{ readonly id: string; readonly isAsAdded: boolean }> {
    const { personId } = actor;
    const form = { personId, path: '/sammantraden', key, contents: { on, details }, isAnother: true };
    return this.work.run(async (tx) => {
      const add = async (): Promise<string> => (await this.move.add(tx, actor, on, details)).meeting.id;
      const { result: id, isRepeat } = await this.once.inTransaction(tx, form, add);
      const now = isRepeat ? await this.meetings.meetingById(tx, id) : null;
      return { id, isAsAdded: !isRepeat || (now?.state === 'planned' && now.date === on.date) };
    });
  }

  @Get(':id')
  @Page()
  async showOne(
    @CurrentVisit() visit: Visit,
    @Param('id', UUID) id: string,
    @Query('meddelande') notice: unknown,
  ): Promise<string> {
    return this.one(visit, id, { notice: noticeOf(NOTICES, notice), sentBefore: noticeOf(SENT_BEFORE, notice) });
  }

  @Post(':id')
  @HttpCode(200)
  @Page()
  async changeOne(
    @CurrentVisit() visit: Visit,
    @Param('id', UUID) id: string,
    @Body() body: unknown,
  ): Promise<string | void> {
    const { actor } = visit;
    const { meeting } = await this.read.one(actor, id);
    assertSecretary(actor, meeting.board);
    const { values, data, errors: wrong } = MEETING_FORM.read(body);
    const basis = basisIn(values);
    const far = rareFaults(values, basis?.values ?? valuesOf(meeting), this.clock.today());
    const errors = inOrder([...(wrong ?? []), ...far], MEETING_LABELS);
    if (meeting.state === 'cancelled') return this.overtaken(visit, id, 'change', values);
    if (data === null || errors.length > 0) return this.one(visit, id, { refused: { values, errors } });
    const step = stepIn(body);
    if (step === 'change') return this.one(visit, id, { refused: { values, errors: [] } });
    const seen = { board: meeting.board, id, version: basis?.version ?? null };
    const act = (tx: EntityManager) => this.move.change(tx, actor, seen, detailsOf(data));
    try {
      const would = step === 'confirm' ? null : await this.work.tryOut(act);
      if (would !== null && would.replanned.length > 0) {
        const question = changeQuestion({
          meeting,
          would,
          values,
          consequence: await this.consequence(visit, meeting),
        });
        return await this.ask(visit, meeting, 'Ändra sammanträdet?', question);
      }
      const { replanned } = await this.work.run(act);
      return leadOn(visit, `${meetingHref(id)}?meddelande=${replanned.length > 0 ? 'flyttat' : 'andrat'}`);
    } catch (error) {
      if (isCode(error, 'version-stale', 'meeting-cancelled')) return this.overtaken(visit, id, 'change', values);
      return this.one(visit, id, { refused: { values, errors: MEETING_FORM.mendable(error) } });
    }
  }

  @Post(':id/stall-in')
  @HttpCode(200)
  @Page()
  async cancel(
    @CurrentVisit() visit: Visit,
    @Param('id', UUID) id: string,
    @Body() body: unknown,
  ): Promise<string | void> {
    const { actor } = visit;
    const { meeting } = await this.read.one(actor, id);
    const values = MEETING_FORM.valuesOf(body);
    const seen = { board: meeting.board, id, version: basisIn(values)?.version ?? null };
    const act = (tx: EntityManager) => this.move.cancelSeen(tx, actor, seen);
    try {
      if (stepIn(body) !== 'confirm') {
        const would = await this.work.tryOut(act);
        const question = cancelQuestion({
          meeting,
          would,
          values,
          consequence: await this.consequence(visit, meeting),
        });
        return await this.ask(visit, meeting, 'Ställ in sammanträdet?', question);
      }
      await this.work.run(act);
      return leadOn(visit, `${meetingHref(id)}?meddelande=installt`);
    } catch (error) {
      if (isCode(error, 'version-stale')) return this.overtaken(visit, id, 'cancel', values);
      return this.one(visit, id, { refused: { values: valuesOf(meeting), errors: MEETING_FORM.mendable(error) } });
    }
  }

  private consequence({ actor }: Visit, meeting: Meeting): Promise<Consequence> {
    return this.read.consequenceOf(actor, meeting);
  }

  private ask(visit: Visit, meeting: Meeting, title: string, question: QuestionProps): Promise<string> {
    const above = <a href={meetingHref(meeting.id)}>{whenAndWhere({ ...meeting, place: null })}</a>;
    return this.frame.page(visit, { title, above, current: 'meetings', content: <QuestionPanel {...question} /> });
  }

  /** Someone else was first: theirs and one's own side by side, and the form with one's own on top of theirs. */
  private async overtaken(visit: Visit, id: string, act: MeetingAct, sent: FormValues): Promise<string> {
    const { actor } = visit;
    const { meeting } = await this.read.one(actor, id);
    assertSecretary(actor, meeting.board);
    const last = await this.read.lastChange(meeting);
    const { conflict, values } = conflictOf({ act, sent, meeting, last, self: actor.name });
    return this.one(visit, id, { refused: { values, errors: [] }, conflict });
  }

  private async list(visit: Visit, { values, errors }: Refused): Promise<string> {
    const boards = await this.read.all(visit.actor);
    const bare = boards.filter(({ coming }) => coming.length === 0).map(({ board }) => board.code);
    const lacking = await this.left.at(this.db.manager, bare);
    return this.frame.page(visit, {
      title: 'Sammanträden',
      lede: LEDE,
      current: 'meetings',
      hasErrors: errors.length > 0,
      content: (
        <MeetingsView
          boards={boards}
          lacking={lacking}
          reader={visit.actor.personId}
          today={this.clock.today()}
          values={values}
          errors={errors}
        />
      ),
    });
  }

  private async one(
    visit: Visit,
    id: string,
    { refused, conflict, notice = null, sentBefore = null }: Shown,
  ): Promise<string> {
    const { actor } = visit;
    const found = await this.read.one(actor, id);
    const { meeting, board } = found;
    const isPlanned = meeting.state === 'planned';
    // What was typed on the eve of a meeting is not lost when it is sent after midnight.
    const isOpen = isPlanned && (meeting.date >= this.clock.today() || refused !== undefined);
    const maySteer = isOpen && rolesOn(actor, board.code).has('secretary');
    return this.frame.page(visit, {
      title: whenAndWhere({ ...meeting, place: null }),
      lede: meeting.place === null ? board.name : `${board.name}, ${meeting.place}`,
      above: <a href="/sammantraden">Sammanträden</a>,
      current: 'meetings',
      hasErrors: conflict !== undefined || (refused?.errors ?? []).length > 0,
      status: conflict === undefined ? undefined : 409,
      content: (
        <MeetingView
          {...found}
          today={this.clock.today()}
          consequence={maySteer ? await this.read.consequenceOf(actor, meeting) : null}
          values={refused?.values ?? valuesOf(meeting)}
          basis={basisIn(refused?.values ?? {}) ?? basisOf(meeting)}
          errors={refused?.errors ?? []}
          conflict={conflict ?? null}
          notice={notice}
          sentBefore={sentBefore}
        />
      ),
    });
  }
}

/** Of whichever board: which one it is, is told by the form. @throws RuleError `forbidden` */
function assertSomeSecretary(actor: Actor): void {
  if (boardsSeen(actor).some((board) => rolesOn(actor, board).has('secretary'))) return;
  throw new RuleError('forbidden', 'meetings take the role secretary', { act: 'change-meetings' });
}

/** @throws RuleError `forbidden` */
function assertSecretary(actor: Actor, board: string): void {
  if (rolesOn(actor, board).has('secretary')) return;
  throw new RuleError('forbidden', `meetings of ${board} take the role secretary`, { act: 'change-meetings', board });
}
