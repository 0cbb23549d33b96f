import type { LocalDate } from '../../../domain/calendar/local-date.js';
import type { Milestone } from '../../../domain/timetable/milestones.js';
import { isTheirs } from '../../referrals/access.js';
import { itemOf, type ListedRow } from '../../referrals/list-referrals.js';
import type { ReferralItem } from '../../referrals/referral.dto.js';
import type { Decision } from '../../referrals/referral.js';
import type { Actor } from '../../people/actor.js';
import { CHOOSE_ROUTE, isOfficersOwn, isTurnOf } from './watch-turns.js';

/** A row of the watch list as the database gives it. */
export interface WatchRow extends ListedRow {
  readonly timetable: string;
  readonly registeredOn: LocalDate;
  readonly noMeetingSince: LocalDate | null;
  readonly dormantSince: LocalDate | null;
  readonly answerSentOn: LocalDate | null;
  readonly decision: string | null;
  readonly askedOn: LocalDate | null;
  readonly askedUntil: LocalDate | null;
  /** 1 when its officer works at the board still, with a role by which one has cases there. */
  readonly hasOfficer: number;
  /** How many were found, of which this is one. */
  readonly counted: number | string;
}

/** Days to ask the sender for, when no meeting comes in time, or its own does not. */
export interface Postponement {
  readonly meeting: LocalDate;
  readonly until: LocalDate;
}

/** A case on the watch list. */
export interface WatchedCase extends ReferralItem {
  readonly milestones: readonly Milestone[];
  readonly registeredOn: LocalDate;
  readonly noMeetingSince: LocalDate | null;
  readonly dormantSince: LocalDate | null;
  readonly answerSentOn: LocalDate | null;
  readonly decision: Decision | null;
  /** An extension that has been asked for and not answered. */
  readonly asked: { readonly on: LocalDate; readonly until: LocalDate | null } | null;
  readonly postponement: Postponement | null;
  /** Whether its next step is the reader's to do, as its officer or by a role. */
  readonly isTurn: boolean;
  /** Whether it is the reader's to find another way, where one is needed. */
  readonly isTurnToChoose: boolean;
  /** What the reader may do for another way, as far as roles go: any of them, ask for more time, or choose a meeting. */
  readonly mayChoose: 'any' | 'time' | 'meeting' | null;
  /** Whether its officer works at the board still, with a role by which one has cases there. */
  readonly hasOfficer: boolean;
  /** Whether the reader is its officer, or stands in for the officer. */
  readonly isOwn: boolean;
  /** Its board has no meetings to come, so that none can be in time. */
  readonly lacksMeetings: boolean;
}

/** What is known of a case's meetings beside its own. */
export type MeetingsAhead = Pick<WatchedCase, 'postponement' | 'lacksMeetings'>;

function json<T>(text: string): T {
  const value: T = JSON.parse(text);
  return value;
}

export const milestonesIn = (timetable: string): Milestone[] => json<Milestone[]>(timetable);

function mayChooseIn(actor: Actor, row: WatchRow): WatchedCase['mayChoose'] {
  if (isTheirs('choose-route', actor, row)) return 'any';
  if (isTheirs('request-extension', actor, row)) return 'time';
  return isTheirs('choose-meeting', actor, row) ? 'meeting' : null;
}

export function watchedCaseOf(actor: Actor, row: WatchRow, ahead: MeetingsAhead): WatchedCase {
  const { timetable, registeredOn, noMeetingSince, dormantSince, answerSentOn, decision, askedOn, askedUntil } = row;
  const waiting = { ...row, hasOfficer: Number(row.hasOfficer) === 1 };
  return {
    ...itemOf(actor, row),
    milestones: milestonesIn(timetable),
    registeredOn,
    noMeetingSince,
    dormantSince,
    answerSentOn,
    decision: decision === null ? null : json<Decision>(decision),
    asked: askedOn === null ? null : { on: askedOn, until: askedUntil },
    ...ahead,
    isTurn: isTurnOf(actor, waiting, row.nextStep, askedOn !== null),
    isTurnToChoose: isTurnOf(actor, waiting, CHOOSE_ROUTE, askedOn !== null),
    mayChoose: mayChooseIn(actor, row),
    hasOfficer: waiting.hasOfficer,
    isOwn: isOfficersOwn(actor, row),
  };
}
