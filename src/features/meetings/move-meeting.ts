import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { assertDayWithin } from '../../domain/calendar/day-order.js';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { RuleError } from '../../domain/errors.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { JobOutbox } from '../../platform/queue/job-outbox.js';
import { changeBoards } from '../boards/board-turns.js';
import { MeetingRepository, type Meeting } from '../boards/meeting.repository.js';
import { Journal } from '../journal/journal.js';
import { assertKnows, rolesOn, type Actor } from '../people/actor.js';
import type { Referral } from '../referrals/referral.js';
import { ReplanCases } from '../referrals/replan-cases.js';

/** What is said of a meeting; what is left out stays as it is. */
export interface MeetingDetails {
  /** Another day: the meeting moves. */
  readonly date?: LocalDate | undefined;
  readonly time?: string | null | undefined;
  readonly place?: string | null | undefined;
  readonly adjustmentOn?: LocalDate | null | undefined;
  readonly dispatchOn?: LocalDate | null | undefined;
}

export interface MeetingChanged {
  readonly meeting: Meeting;
  readonly created: boolean;
  /** The open cases that were planned anew. */
  readonly replanned: readonly Referral[];
}

const isReplanned = (before: Meeting, after: Meeting): boolean =>
  before.date !== after.date || before.adjustmentOn !== after.adjustmentOn || before.dispatchOn !== after.dispatchOn;

/** Adds, changes, moves and cancels meetings. Every open case on one is planned anew in the same transaction. */
@Injectable()
export class MoveMeeting {
  constructor(
    private readonly meetings: MeetingRepository,
    private readonly cases: ReplanCases,
    private readonly journal: Journal,
    private readonly jobs: JobOutbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Puts a meeting of the board on a day, or changes the one that is there.
   *
   * @throws RuleError `board-unknown`, `forbidden`, `meeting-unknown` when the one to move is not there,
   *   `meeting-exists` on the day it moves to, `meeting-in-past`, also when it has decided, `date-out-of-order`
   */
  async put(
    tx: EntityManager,
    actor: Actor,
    code: string,
    date: LocalDate,
    details: MeetingDetails,
  ): Promise<MeetingChanged> {
    await this.assertSecretary(tx, actor, code);
    const before = await this.meetings.plannedMeetingOn(tx, code, date);
    const after = { ...(before ?? this.fresh(code, date)), ...given(details) };
    this.assertDays(after, before);
    if (!before && after.date !== date) throw unknownMeeting(code, date);
    if (before && after.date !== date) await this.assertUndecided(tx, before);
    if (after.date !== date && (await this.meetings.plannedMeetingOn(tx, code, after.date))) {
      const facts = { field: 'date', value: after.date, board: code };
      throw new RuleError('meeting-exists', `the board meets on ${after.date} already`, facts);
    }
    if (!before) return this.added(tx, actor, after);
    await this.meetings.updateMeeting(tx, after);
    await this.tellJournal(tx, actor, before.date === after.date ? 'meeting-changed' : 'meeting-moved', before, after);
    if (!isReplanned(before, after)) return { meeting: after, created: false, replanned: [] };
    const says = { from: before.date, to: after.date };
    const replanned = await this.cases.onMeeting(tx, after, {
      by: actor,
      what: 'meeting-moved',
      says,
      toldElsewhere: true,
    });
    await this.tellPeople(tx, actor, { cause: 'meeting-moved', from: before.date, to: after.date }, replanned);
    return { meeting: after, created: false, replanned };
  }

  /**
   * Cancels the planned meeting of a day. It stays readable.
   *
   * @throws RuleError `board-unknown`, `forbidden`, `meeting-unknown`, `meeting-cancelled`, `meeting-in-past` when it has decided
   */
  async cancel(tx: EntityManager, actor: Actor, code: string, date: LocalDate): Promise<MeetingChanged> {
    await this.assertSecretary(tx, actor, code);
    const before = await this.meetings.anyMeetingOn(tx, code, date);
    if (!before) throw unknownMeeting(code, date);
    const facts = { field: 'date', value: date, board: code };
    if (before.state === 'cancelled') throw new RuleError('meeting-cancelled', 'it is cancelled already', facts);
    await this.assertUndecided(tx, before);
    const after: Meeting = { ...before, state: 'cancelled' };
    await this.meetings.updateMeeting(tx, after);
    await this.tellJournal(tx, actor, 'meeting-cancelled', before, after);
    const event = { by: actor, what: 'meeting-cancelled', says: { meeting: date }, toldElsewhere: true };
    const replanned = await this.cases.onMeeting(tx, after, event);
    await this.tellPeople(tx, actor, { cause: 'meeting-cancelled', from: date }, replanned);
    return { meeting: after, created: false, replanned };
  }

  private async assertSecretary(tx: EntityManager, actor: Actor, code: string): Promise<void> {
    assertKnows(actor, code);
    if (rolesOn(actor, code).has('secretary')) return changeBoards(tx, [code]);
    throw new RuleError('forbidden', `meetings of ${code} take the role secretary`, {
      act: 'change-meetings',
      board: code,
    });
  }

  private fresh(board: string, date: LocalDate): Meeting {
    const createdAt = this.clock.now().toISOString();
    const nothing = { time: null, place: null, adjustmentOn: null, dispatchOn: null };
    return { id: uuid(), board, date, ...nothing, state: 'planned', createdAt };
  }

  private assertDays({ date, adjustmentOn, dispatchOn }: Meeting, before: Meeting | null): void {
    const moved = before === null || before.date !== date;
    if (moved && date < this.clock.today()) {
      throw new RuleError('meeting-in-past', `${date} has been`, { field: 'date', value: date });
    }
    if (adjustmentOn !== null) assertDayWithin(adjustmentOn, { earliest: date }, 'adjustmentOn');
    if (dispatchOn !== null) assertDayWithin(dispatchOn, { latest: date }, 'dispatchOn');
  }

  /** What a meeting that has been held has decided stays decided there. @throws RuleError `meeting-in-past` */
  private async assertUndecided(tx: EntityManager, { id, board, date }: Meeting): Promise<void> {
    if (date > this.clock.today() || !(await this.cases.isDecidedAt(tx, id))) return;
    const facts = { field: 'date', value: date, board };
    throw new RuleError('meeting-in-past', `the meeting ${date} has been held and has decided`, facts);
  }

  private async added(tx: EntityManager, actor: Actor, meeting: Meeting): Promise<MeetingChanged> {
    await this.meetings.insertMeeting(tx, meeting);
    await this.tellJournal(tx, actor, 'meeting-added', null, meeting);
    const replanned = await this.cases.withoutMeeting(tx, meeting.board, {
      by: actor,
      what: 'meeting-added',
      says: { meeting: meeting.date },
    });
    return { meeting, created: true, replanned };
  }

  private async tellJournal(
    tx: EntityManager,
    by: Actor,
    what: string,
    before: Meeting | null,
    after: Meeting,
  ): Promise<void> {
    const subject = { subjectType: 'meeting' as const, subjectId: after.id };
    await this.journal.record(tx, { chain: after.board, by, what, ...subject, ...(before ? { before } : {}), after });
  }

  private async tellPeople(
    tx: EntityManager,
    actor: Actor,
    change: {
      readonly cause: 'meeting-moved' | 'meeting-cancelled';
      readonly from: LocalDate;
      readonly to?: LocalDate;
    },
    replanned: readonly Referral[],
  ): Promise<void> {
    if (replanned.length === 0) return;
    const payload = { ...change, by: actor.personId, referralIds: replanned.map(({ id }) => id) };
    await this.jobs.add(tx, { name: 'tell-of-change', key: `tell-of-change:${uuid()}`, payload });
  }
}

/** Without what was left out. */
function given(details: MeetingDetails): Partial<Meeting> {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
}

const unknownMeeting = (board: string, date: LocalDate): RuleError =>
  new RuleError('meeting-unknown', `the board has no meeting on ${date}`, { field: 'date', value: date, board });
