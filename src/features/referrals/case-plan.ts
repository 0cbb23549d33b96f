import type { LocalDate } from '../../domain/calendar/local-date.js';
import { addWorkingDays, lastWorkingDayUntil } from '../../domain/calendar/working-day.js';
import { proposeAdjustment } from '../../domain/adjustment/adjustment.js';
import { UNDECIDED_STATUSES } from '../../domain/referral/lifecycle.js';
import { offAgenda } from '../../domain/referral/records.js';
import { milestonesOfOption, milestonesOfRoute, withActuals } from '../../domain/timetable/milestones.js';
import {
  chooseOption,
  heldWithoutAdjusting,
  planReferral,
  type Option,
  type Plan,
} from '../../domain/timetable/plan.js';
import type { Board } from '../boards/board.repository.js';
import type { Meeting } from '../boards/meeting.repository.js';
import { nextStepOf } from './next-step.js';
import { actualsOf, type Referral } from './referral.js';

/** Sorts a case without an answer date after all others. */
export const NO_DUE = '9999-12-31';

/** Which meeting a case is to have after planning. */
export type MeetingChoice =
  /** The one it has, as long as it is in time or a person chose it though it was not; else the recommended one. */
  | { readonly kind: 'keep' }
  /** The recommended one, unless a person has chosen. */
  | { readonly kind: 'recommended' }
  /** The one that a person chooses now. */
  | { readonly kind: 'chosen'; readonly meetingId: string };

export interface CaseToPlan {
  readonly referral: Referral;
  readonly board: Board;
  /** The board's planned meetings from today on, and the case's own. */
  readonly meetings: readonly Meeting[];
  readonly choice: MeetingChoice;
  readonly today: LocalDate;
  /** False when the case's meeting has moved since it was last planned. */
  readonly sameMeetingDay?: boolean;
}

export interface PlannedCase {
  readonly referral: Referral;
  readonly plan: Plan;
  readonly option: Option | null;
}

const isUndecided = ({ status }: Pick<Referral, 'status'>): boolean => UNDECIDED_STATUSES.includes(status);

/**
 * The meeting at which the case's paragraph is not adjusted immediately, because a person has declined it; else null. Once
 * the case is decided its answer waits for no adjustment, whether that was declined or ignored.
 */
export function declinedAt(
  referral: Pick<Referral, 'adjustment' | 'status'>,
  meeting: Pick<Meeting, 'date'> | null,
): LocalDate | null {
  return meeting !== null && referral.adjustment === 'declined' && isUndecided(referral) ? meeting.date : null;
}

/**
 * The plan of a case over meetings, as seen on a day.
 *
 * @param declined the meeting for which immediate adjustment has been declined, or null
 */
export function planOver(
  referral: Pick<Referral, 'answerDue' | 'registeredOn'>,
  board: Board,
  meetings: readonly Meeting[],
  today: LocalDate,
  declined: LocalDate | null = null,
): Plan {
  return planReferral({
    declinedAt: declined,
    planningDay: today,
    registeredOn: referral.registeredOn,
    answerDue: referral.answerDue,
    meetings,
    leadTimes: board.leadTimes,
    closedDays: board.closedDays,
  });
}

function recommendedMeeting(plan: Plan, meetings: readonly Meeting[]): Meeting | null {
  return meetings.find((meeting) => meeting.date === plan.recommended?.meeting) ?? null;
}

/** The case as if tabled when the meeting whose agenda it stands on has been cancelled: it needs another meeting. */
function offLostAgenda(referral: Referral, meetings: readonly Meeting[]): Referral {
  const lost = referral.status === 'on-agenda' && referral.meetingId !== null;
  if (!lost || meetings.some(({ id }) => id === referral.meetingId)) return referral;
  return { ...referral, ...offAgenda(referral), status: 'approved', meetingId: null, routeChosen: 0 };
}

const dayOf = (rows: Referral['timetable'], name: string): LocalDate | null =>
  rows.find((row) => row.milestone === name)?.date ?? null;

/** Whether a person has chosen the case's meeting knowing the day of the answer and of the meeting as they are. */
function isChosenAsItIs({ referral, sameMeetingDay }: CaseToPlan): boolean {
  const sameAnswerDay = dayOf(referral.timetable, 'answerDue') === referral.answerDue;
  return referral.routeChosen === 1 && (sameMeetingDay ?? true) && sameAnswerDay;
}

/** Working days after a meeting during which an approved case may have been on it, and the dispatch not written down. */
const AGENDA_NOTED_WITHIN = 3;

/** Whether a meeting has been held without the case: one that is on no agenda was not dealt with there. */
function isMissed(meeting: Meeting, { status }: Referral, { closedDays }: Board, today: LocalDate): boolean {
  const last = status === 'approved' ? addWorkingDays(meeting.date, AGENDA_NOTED_WITHIN, closedDays) : meeting.date;
  return last < today;
}

/** The meeting that a case gets, and whether a person or the plan has chosen it. */
function meetingOf(c: CaseToPlan, plan: Plan): { meeting: Meeting | null; chosen: number } {
  const { referral, choice, meetings } = c;
  const had = meetings.find((meeting) => meeting.id === referral.meetingId) ?? null;
  if (choice.kind === 'chosen') {
    return { meeting: meetings.find((meeting) => meeting.id === choice.meetingId) ?? null, chosen: 1 };
  }
  if (!isUndecided(referral) || referral.status === 'on-agenda') {
    return { meeting: had, chosen: referral.routeChosen };
  }
  const own = had !== null && isMissed(had, referral, c.board, c.today) ? null : had;
  if (referral.route !== 'meeting') return { meeting: null, chosen: referral.routeChosen };
  const inTime = own !== null && chooseOption(plan, own.date)?.adjustment !== 'too_late' && plan.options.length > 0;
  const stays = inTime && (choice.kind === 'keep' || referral.routeChosen === 1);
  if (stays || (own !== null && isChosenAsItIs(c))) return { meeting: own, chosen: referral.routeChosen };
  const recommended = recommendedMeeting(plan, meetings);
  // A meeting whose agenda is already out keeps its cases: they may well be on it.
  return { meeting: recommended ?? (inTime ? own : null), chosen: 0 };
}

function timetableOf(referral: Referral, option: Option | null, board: Board): Referral['timetable'] {
  const context = { answerDue: referral.answerDue, leadTimes: board.leadTimes, closedDays: board.closedDays };
  const planned = option ? milestonesOfOption(option, context) : milestonesOfRoute(referral.route, context);
  return withActuals(planned, actualsOf(referral), context);
}

/** Whether a case that had declined immediate adjustment at its meeting has no meeting any more: that is news. */
const hasLostMeeting = (was: Referral, meeting: Meeting | null): boolean =>
  was.adjustment === 'declined' && was.meetingId !== null && meeting === null;

/**
 * The day from which it is known that no meeting comes in time and no other way is chosen; kept while that lasts, for the
 * same reason.
 *
 * A meeting is not in time by itself once immediate adjustment has been declined there: declining needs another way.
 * @param was how the case stood before it was planned
 */
function noMeetingSince(
  was: Referral,
  referral: Referral,
  meeting: Meeting | null,
  today: LocalDate,
): LocalDate | null {
  const without = meeting === null || declinedAt(referral, meeting) !== null;
  const missing = without && referral.route === 'meeting' && referral.answerDue !== null;
  if (!missing || !isUndecided(referral)) return null;
  return hasLostMeeting(was, meeting) ? today : (referral.noMeetingSince ?? today);
}

/**
 * Whether the minutes are adjusted in the ordinary way, whatever the dates say: nothing else was proposed before the
 * decision, or nothing else was done, or it was declined. Before the decision what was declined is so by its plan.
 */
function isOrdinary(referral: Referral): boolean {
  const { adjustment, steps } = referral;
  if (isUndecided(referral)) return false;
  if (adjustment === 'declined') return true;
  const waits = adjustment === 'proposed' || adjustment === 'confirmed';
  return adjustment === 'not-needed' || (waits && steps.some(({ step }) => step === 'adjustment'));
}

/** What the case's meeting means for it by a plan, with what has been declined or left undone there. */
function optionOf(referral: Referral, plan: Plan, meeting: Meeting | null, board: Board): Option | null {
  const option = meeting && chooseOption(plan, meeting.date);
  if (!option || meeting === null || plan.workBy === null || !isOrdinary(referral)) return option;
  return heldWithoutAdjusting(option, meeting, plan.workBy, board.leadTimes);
}

/** Where immediate adjustment stands once the meeting has been found; what has been declined is judged by what it was. */
function adjustmentOf(c: CaseToPlan, plan: Plan, meeting: Meeting | null): Referral['adjustment'] {
  const { referral, board } = c;
  const current = referral.adjustment;
  const isDeclined = current === 'declined';
  const option = isDeclined ? meeting && chooseOption(plan, meeting.date) : optionOf(referral, plan, meeting, board);
  const sameDay = (name: string, day: LocalDate | null): boolean => dayOf(referral.timetable, name) === day;
  const sameDates =
    (c.sameMeetingDay ?? true) && sameDay('answerDue', referral.answerDue) && sameDay('meeting', meeting?.date ?? null);
  return proposeAdjustment(option, current, {
    meeting: meeting !== null && meeting.id === c.referral.meetingId,
    dates: !isUndecided(referral) || sameDates,
  }).status;
}

/**
 * Works out a case anew: the day to work by, its meeting, timetable, immediate adjustment and next step.
 *
 * Nothing is lost by it: steps done stay done, and what a person has chosen stands as long as it is in time, or was
 * chosen though it was not. A case on the agenda of a cancelled meeting goes back to before that agenda, and one whose
 * meeting has been held without it gets another, or has none in time.
 */
export function planCase(asked: CaseToPlan): PlannedCase {
  const c = { ...asked, referral: offLostAgenda(asked.referral, asked.meetings) };
  const { board, today } = c;
  const { answerDue } = c.referral;
  const workBy = answerDue === null ? null : lastWorkingDayUntil(answerDue, board.closedDays);
  const asIs = planOver(c.referral, board, c.meetings, today);
  const { meeting, chosen } = meetingOf(c, asIs);
  const adjustment = adjustmentOf(
    { ...c, referral: { ...c.referral, meetingId: asked.referral.meetingId } },
    asIs,
    meeting,
  );
  const stands = { ...c.referral, adjustment };
  const declined = declinedAt(stands, meeting);
  const plan = declined === null ? asIs : planOver(c.referral, board, c.meetings, today, declined);
  const option = optionOf(stands, plan, meeting, board);
  const keepsReason = adjustment === 'declined' || adjustment === 'confirmed';
  const facts: Referral = {
    ...stands,
    adjustmentReason: keepsReason ? c.referral.adjustmentReason : null,
    workBy,
    dueKey: answerDue ?? NO_DUE,
    meetingId: meeting?.id ?? null,
    routeChosen: chosen,
    noMeetingSince: noMeetingSince(asked.referral, stands, meeting, today),
    plannedOn: today,
  };
  const planned: Referral = { ...facts, timetable: timetableOf(facts, option, board) };
  return { referral: { ...planned, ...nextStepOf(planned) }, plan, option };
}
