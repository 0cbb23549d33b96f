import { RuleError } from '../errors.js';
import { addDays, earlier } from '../calendar/local-date.js';
import type { LocalDate } from '../calendar/local-date.js';
import { addWorkingDays, lastWorkingDayUntil, statutoryDay } from '../calendar/working-day.js';
import type { ClosedDays } from '../calendar/working-day.js';
import type { LeadTimes } from './lead-times.js';

/** A meeting of the board, with its own adjustment day and dispatch day where it has them. */
export interface PlannedMeeting {
  readonly date: LocalDate;
  readonly adjustmentOn: LocalDate | null;
  readonly dispatchOn: LocalDate | null;
}

/** What a plan is made from. */
export interface PlanInput {
  /** The registration day, or today when the case is planned again. */
  readonly planningDay: LocalDate;
  /** The day of registration where it is not the planning day: only a warning depends on it. */
  readonly registeredOn?: LocalDate;
  /** The day the sender set, as written; null when the letter names none. */
  readonly answerDue: LocalDate | null;
  readonly meetings: readonly PlannedMeeting[];
  readonly leadTimes: LeadTimes;
  readonly closedDays: ClosedDays;
  /** The meeting for which a person has declined immediate adjustment, or null. */
  readonly declinedAt?: LocalDate | null;
}

/** How the minutes can be adjusted in time: in the ordinary way, at once, or not at all. */
export type AdjustmentNeed = 'ordinary' | 'immediate' | 'too_late';

/** What to know about one option. */
export type OptionWarning = 'draft-day-passed' | 'same-day-expedite';

/** What one meeting means for one referral. */
export interface Option {
  readonly meeting: LocalDate;
  readonly adjustment: AdjustmentNeed;
  readonly adjustsOn: LocalDate;
  readonly leavesOn: LocalDate;
  readonly dispatchOn: LocalDate;
  readonly reachable: boolean;
  /** Only there when the meeting cannot be reached. */
  readonly reason?: 'agenda-dispatched';
  readonly warnings: readonly OptionWarning[];
}

/** The ten days of a recommended option, as plain dates. */
export interface PlanMilestones {
  readonly draft: LocalDate;
  readonly managerApproval: LocalDate;
  readonly directorApproval: LocalDate;
  readonly dispatch: LocalDate;
  readonly meeting: LocalDate;
  readonly adjustment: LocalDate;
  readonly notice: LocalDate;
  readonly expedite: LocalDate;
  readonly answerDue: LocalDate;
  readonly appealEnds: LocalDate;
}

/** What to know about the whole plan. */
export type PlanWarning = 'no-answer-date' | 'answer-due-not-working-day' | 'answer-due-before-registered';

/** The plan of one referral, in the shape and order that `diarium plan` prints. */
export interface Plan {
  readonly answerDue: LocalDate | null;
  readonly workBy: LocalDate | null;
  readonly recommended: {
    readonly meeting: LocalDate;
    readonly adjustment: AdjustmentNeed;
    readonly milestones: PlanMilestones;
  } | null;
  readonly options: readonly Option[];
  /** The days to ask for when no meeting comes in time; null when one does, or when there is no later meeting. */
  readonly none: {
    readonly nextMeeting: LocalDate;
    readonly extensionImmediate: LocalDate;
    readonly extensionOrdinary: LocalDate;
  } | null;
  readonly warnings: readonly PlanWarning[];
}

/**
 * Lets a meeting through whose own days make sense.
 *
 * @throws RuleError `date-invalid` when it is adjusted before it is held, or dispatched after it
 */
export function assertOwnDays({ date, adjustmentOn, dispatchOn }: PlannedMeeting): void {
  if (adjustmentOn !== null && adjustmentOn < date) {
    const facts = { field: 'adjustmentOn', value: adjustmentOn, meeting: date };
    throw new RuleError('date-invalid', `adjustmentOn ${adjustmentOn} is before the meeting ${date}`, facts);
  }
  if (dispatchOn !== null && dispatchOn > date) {
    const facts = { field: 'dispatchOn', value: dispatchOn, meeting: date };
    throw new RuleError('date-invalid', `dispatchOn ${dispatchOn} is after the meeting ${date}`, facts);
  }
}

/** Meetings in date order; of several on one day the last one given. */
function inDateOrder(meetings: readonly PlannedMeeting[]): PlannedMeeting[] {
  const byDate = new Map<LocalDate, PlannedMeeting>();
  for (const meeting of meetings) {
    assertOwnDays(meeting);
    byDate.set(meeting.date, meeting);
  }
  return [...byDate.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}

/**
 * The ordinary adjustment day of a meeting: its own, else the statutory day fourteen days after it.
 *
 * @see kommunallagen (2017:725) 5 kap. 69 §; lag (1930:173) 2 §
 */
export function ordinaryAdjustmentDay(meeting: PlannedMeeting, times: LeadTimes): LocalDate {
  return meeting.adjustmentOn ?? statutoryDay(addDays(meeting.date, times.ordinaryAdjustmentDays));
}

/** The day a meeting's agenda goes out: its own, else the board's working days before the meeting. */
export function dispatchDay(meeting: PlannedMeeting, times: LeadTimes, closed: ClosedDays): LocalDate {
  return meeting.dispatchOn ?? addWorkingDays(meeting.date, -times.dispatch, closed);
}

/** Whether a meeting leaves no day on which the answer can go out: it comes after the last one to work by. */
export const comesTooLate = (meeting: LocalDate, workBy: LocalDate): boolean => meeting > workBy;

/**
 * How the minutes must be adjusted, on which day, and when the answer leaves. Where a person has declined immediate
 * adjustment there is the ordinary one left, after which the answer leaves too late.
 */
function adjustmentOf(
  meeting: PlannedMeeting,
  workBy: LocalDate,
  { leadTimes: times, closedDays: closed, declinedAt }: PlanInput,
): Pick<Option, 'adjustment' | 'adjustsOn' | 'leavesOn'> {
  const adjustsOn = ordinaryAdjustmentDay(meeting, times);
  const leavesOn = addWorkingDays(adjustsOn, times.expedite, closed);
  if (leavesOn <= workBy) return { adjustment: 'ordinary', adjustsOn, leavesOn };
  const declined = meeting.date === declinedAt;
  if (declined || comesTooLate(meeting.date, workBy)) return { adjustment: 'too_late', adjustsOn, leavesOn };
  const soonest = addWorkingDays(meeting.date, times.expedite, closed);
  return { adjustment: 'immediate', adjustsOn: meeting.date, leavesOn: earlier(soonest, workBy) };
}

function optionOf(meeting: PlannedMeeting, workBy: LocalDate, input: PlanInput): Option {
  const { leadTimes: times, closedDays: closed, planningDay } = input;
  const dispatchOn = dispatchDay(meeting, times, closed);
  const reachable = planningDay <= dispatchOn;
  const warnings: OptionWarning[] = [];
  if (addWorkingDays(meeting.date, -times.draft, closed) < planningDay) warnings.push('draft-day-passed');
  if (meeting.date === workBy && meeting.date !== input.declinedAt) warnings.push('same-day-expedite');
  return {
    meeting: meeting.date,
    ...adjustmentOf(meeting, workBy, input),
    dispatchOn,
    reachable,
    ...(reachable ? {} : { reason: 'agenda-dispatched' as const }),
    warnings,
  };
}

/**
 * The ten days that follow from an option.
 *
 * @see kommunallagen (2017:725) 8 kap. 12 § for the notice and 13 kap. 5 § for the appeal; lag (1930:173) 2 §
 */
export function planMilestones(
  option: Option,
  answerDue: LocalDate,
  times: LeadTimes,
  closed: ClosedDays,
): PlanMilestones {
  const before = (days: number): LocalDate => addWorkingDays(option.meeting, -days, closed);
  const notice = noticeDay(option.adjustsOn);
  return {
    draft: before(times.draft),
    managerApproval: before(times.managerApproval),
    directorApproval: before(times.directorApproval),
    dispatch: option.dispatchOn,
    meeting: option.meeting,
    adjustment: option.adjustsOn,
    notice,
    expedite: option.leavesOn,
    answerDue,
    appealEnds: appealEndDay(notice),
  };
}

/** The last day to announce adjusted minutes. @see kommunallagen (2017:725) 8 kap. 12 §; lag (1930:173) 2 § */
export function noticeDay(adjustedOn: LocalDate): LocalDate {
  return statutoryDay(addDays(adjustedOn, 2));
}

/** The last day to appeal, three weeks from the notice. @see kommunallagen (2017:725) 13 kap. 5 §; lag (1930:173) 1–2 §§ */
export function appealEndDay(noticeOn: LocalDate): LocalDate {
  return statutoryDay(addDays(noticeOn, 21));
}

function noneOf(options: readonly Option[], workBy: LocalDate, input: PlanInput): Plan['none'] {
  const next = options.find((option) => option.reachable && comesTooLate(option.meeting, workBy));
  if (next === undefined) return null;
  return {
    nextMeeting: next.meeting,
    extensionImmediate: addWorkingDays(next.meeting, input.leadTimes.expedite, input.closedDays),
    extensionOrdinary: next.leavesOn,
  };
}

/**
 * The plan of one referral: what each meeting would mean, which one to take, and what to ask for when none will do.
 *
 * The recommended meeting is the latest whose agenda is not yet out and after which the answer still leaves in time.
 * @throws RuleError `date-invalid` when a meeting's own adjustment day is before it, or its dispatch day after it
 * @see kommunallagen (2017:725) 5 kap. 69 §, 8 kap. 12 §, 13 kap. 5 §; lag (1930:173)
 */
export function planReferral(input: PlanInput): Plan {
  const { answerDue, leadTimes: times, closedDays: closed } = input;
  const meetings = inDateOrder(input.meetings);
  if (answerDue === null) {
    return { answerDue, workBy: null, recommended: null, options: [], none: null, warnings: ['no-answer-date'] };
  }
  const workBy = lastWorkingDayUntil(answerDue, closed);
  const options = meetings.map((meeting) => optionOf(meeting, workBy, input));
  const best = options.findLast((option) => option.reachable && option.adjustment !== 'too_late');
  const warnings: PlanWarning[] = [];
  if (workBy !== answerDue) warnings.push('answer-due-not-working-day');
  if (answerDue < (input.registeredOn ?? input.planningDay)) warnings.push('answer-due-before-registered');
  return {
    answerDue,
    workBy,
    recommended: best
      ? {
          meeting: best.meeting,
          adjustment: best.adjustment,
          milestones: planMilestones(best, answerDue, times, closed),
        }
      : null,
    options,
    none: best ? null : noneOf(options, workBy, input),
    warnings,
  };
}

/**
 * An option whose meeting has been held without adjusting immediately: the minutes are adjusted on the ordinary day.
 *
 * The answer does not wait for that; it leaves on the day to work by.
 * @param meeting the meeting of the option
 * @param workBy  the plan's day to work by
 * @see kommunallagen (2017:725) 5 kap. 69 §
 */
export function heldWithoutAdjusting(
  option: Option,
  meeting: PlannedMeeting,
  workBy: LocalDate,
  times: LeadTimes,
): Option {
  if (option.adjustment !== 'immediate') return option;
  return { ...option, adjustment: 'ordinary', adjustsOn: ordinaryAdjustmentDay(meeting, times), leavesOn: workBy };
}

/** The option of a plan for the meeting on a day, reachable or not, or null. */
export function chooseOption(plan: Plan, date: LocalDate): Option | null {
  return plan.options.find((option) => option.meeting === date) ?? null;
}
