import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { assertDayWithin } from '../../domain/calendar/day-order.js';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { assertClockShows } from '../../domain/calendar/stockholm-time.js';
import { RuleError } from '../../domain/errors.js';
import { ANY_VERSION, staleVersion } from '../../platform/http/if-match.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { JobOutbox } from '../../platform/queue/job-outbox.js';
import { changeBoards } from '../boards/board-turns.js';
import { MeetingRepository, type Meeting } from '../boards/meeting.repository.js';
import { meetingVersion } from '../boards/meeting-version.js';
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

/** Where a board's meeting is looked for: on a day. */
export interface MeetingOn {
  readonly board: string;
  readonly date: LocalDate;
  /** The version that the change was made for, or `ANY_VERSION`; without it, whatever is there is changed. */
  readonly ifVersion?: string | undefined;
}

/** One meeting of a board, in the version that the change was made for; null when nobody knows which that was. */
export interface MeetingSeen {
  readonly board: string;
  readonly id: string;
  readonly version: string | null;
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
   * @throws RuleError `board-unknown`, `forbidden`, `version-stale`, `meeting-unknown` when the one to move is not there,
   *   `meeting-exists` on the day it moves to, `meeting-in-past`, also when it has decided, `date-out-of-order`, `time-skipped`
   */
  async put(tx: EntityManager, actor: Actor, on: MeetingOn, details: MeetingDetails): Promise<MeetingChanged> {
    const { board, date, ifVersion } = on;
    await this.assertSecretary(tx, actor, board);
    const before = await this.meetings.plannedMeetingOn(tx, board, date);
    assertVersion(before, ifVersion);
    if (before) return this.changed(tx, actor, before, details);
    const after = { ...this.fresh(board, date), ...given(details) };
    this.assertDays(after, null);
    if (after.date !== date) throw unknownMeeting(board, date);
    return this.added(tx, actor, after);
  }

  /**
   * Adds a meeting on a day that has none.
   *
   * @throws RuleError `board-unknown`, `forbidden`, `meeting-exists`, `meeting-in-past`, `date-out-of-order`, `time-skipped`
   */
  async add(
    tx: EntityManager,
    actor: Actor,
    { board, date }: MeetingOn,
    details: MeetingDetails,
  ): Promise<MeetingChanged> {
    await this.assertSecretary(tx, actor, board);
    const meeting = { ...this.fresh(board, date), ...given(details), date };
    this.assertDays(meeting, null);
    await this.assertFree(tx, meeting);
    return this.added(tx, actor, meeting);
  }

  /**
   * Changes a meeting as someone has seen it. One that is already as it is to be stays as it is, whoever was first.
   *
   * @throws RuleError `board-unknown`, `forbidden`, `meeting-unknown`, `version-stale` when someone else was first,
   *   `meeting-cancelled`, and as `put`
   */
  async change(tx: EntityManager, actor: Actor, seen: MeetingSeen, details: MeetingDetails): Promise<MeetingChanged> {
    const before = await this.seen(tx, actor, seen);
    const version = meetingVersion(before);
    const isDone = version === meetingVersion({ ...before, ...given(details) });
    if (isDone && before.state === 'planned') return { meeting: before, created: false, replanned: [] };
    if (version !== seen.version) throw staleVersion();
    if (before.state === 'cancelled') throw cancelledMeeting(before);
    return this.changed(tx, actor, before, details);
  }

  private async changed(
    tx: EntityManager,
    actor: Actor,
    before: Meeting,
    details: MeetingDetails,
  ): Promise<MeetingChanged> {
    const after = { ...before, ...given(details) };
    this.assertDays(after, before);
    if (after.date !== before.date) {
      await this.assertUndecided(tx, before);
      await this.assertFree(tx, after);
    }
    await this.meetings.updateMeeting(tx, after);
    await this.tellJournal(tx, actor, before.date === after.date ? 'meeting-changed' : 'meeting-moved', before, after);
    if (!isReplanned(before, after)) return { meeting: after, created: false, replanned: [] };
    const says = { from: before.date, to: after.date };
    const event = { by: actor, what: 'meeting-moved', says, toldElsewhere: true };
    const replanned = await this.cases.onMeeting(tx, after, event);
    await this.tellPeople(tx, actor, { cause: 'meeting-moved', from: before.date, to: after.date }, replanned);
    return { meeting: after, created: false, replanned };
  }

  /**
   * Cancels the planned meeting of a day. It stays readable.
   *
   * @throws RuleError `board-unknown`, `forbidden`, `version-stale`, `meeting-unknown`, `meeting-cancelled`,
   *   `meeting-in-past` when it has decided
   */
  async cancel(tx: EntityManager, actor: Actor, { board, date, ifVersion }: MeetingOn): Promise<MeetingChanged> {
    await this.assertSecretary(tx, actor, board);
    const before = await this.meetings.anyMeetingOn(tx, board, date);
    assertVersion(before, ifVersion);
    if (!before) throw unknownMeeting(board, date);
    if (before.state === 'cancelled') throw cancelledMeeting(before);
    return this.cancelled(tx, actor, before);
  }

  /**
   * Cancels a meeting as someone has seen it. One that is cancelled already stays so, whoever was first.
   *
   * @throws RuleError `board-unknown`, `forbidden`, `meeting-unknown`, `version-stale` when someone else has changed it,
   *   `meeting-in-past` when it has decided
   */
  async cancelSeen(tx: EntityManager, actor: Actor, seen: MeetingSeen): Promise<MeetingChanged> {
    const before = await this.seen(tx, actor, seen);
    if (before.state === 'cancelled') return { meeting: before, created: false, replanned: [] };
    if (meetingVersion(before) !== seen.version) throw staleVersion();
    return this.cancelled(tx, actor, before);
  }

  private async cancelled(tx: EntityManager, actor: Actor, before: Meeting): Promise<MeetingChanged> {
    const { date } = before;
    await this.assertUndecided(tx, before);
    const after: Meeting = { ...before, state: 'cancelled' };
    await this.meetings.updateMeeting(tx, after);
    await this.tellJournal(tx, actor, 'meeting-cancelled', before, after);
    const event = { by: actor, what: 'meeting-cancelled', says: { meeting: date }, toldElsewhere: true };
    const replanned = await this.cases.onMeeting(tx, after, event);
    await this.tellPeople(tx, actor, { cause: 'meeting-cancelled', from: date }, replanned);
    return { meeting: after, created: false, replanned };
  }

  /** The meeting as it is now, which nobody else changes until the transaction ends. */
  private async seen(tx: EntityManager, actor: Actor, { board, id }: MeetingSeen): Promise<Meeting> {
    await this.assertSecretary(tx, actor, board);
    const meeting = await this.meetings.meetingById(tx, id);
    if (meeting?.board === board) return meeting;
    throw new RuleError('meeting-unknown', 'the board has no such meeting', { board });
  }

  /** @throws RuleError `meeting-exists` */
  private async assertFree(tx: EntityManager, { board, date }: Meeting): Promise<void> {
    if (!(await this.meetings.plannedMeetingOn(tx, board, date))) return;
    const facts = { field: 'date', value: date, board };
    throw new RuleError('meeting-exists', `the board meets on ${date} already`, facts);
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

  private assertDays({ date, time, adjustmentOn, dispatchOn }: Meeting, before: Meeting | null): void {
    const moved = before === null || before.date !== date;
    if (moved && date < this.clock.today()) {
      throw new RuleError('meeting-in-past', `${date} has been`, { field: 'date', value: date });
    }
    if (time !== null && (moved || time !== before?.time)) assertClockShows(date, time, 'time');
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

/** @throws RuleError `version-stale` when what is there is not what the change was made for */
function assertVersion(before: Meeting | null, ifVersion: string | undefined): void {
  if (ifVersion === undefined) return;
  if (before && (ifVersion === ANY_VERSION || ifVersion === meetingVersion(before))) return;
  throw staleVersion(before ? meetingVersion(before) : undefined);
}

const cancelledMeeting = ({ board, date }: Meeting): RuleError =>
  new RuleError('meeting-cancelled', 'it is cancelled already', { field: 'date', value: date, board });

const unknownMeeting = (board: string, date: LocalDate): RuleError =>
  new RuleError('meeting-unknown', `the board has no meeting on ${date}`, { field: 'date', value: date, board });
