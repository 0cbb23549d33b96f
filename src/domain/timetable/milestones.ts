import { addDays, earlier } from '../calendar/local-date.js';
import type { LocalDate } from '../calendar/local-date.js';
import { addWorkingDays, lastWorkingDayUntil, statutoryDay } from '../calendar/working-day.js';
import type { ClosedDays } from '../calendar/working-day.js';
import type { Route } from '../referral/lifecycle.js';
import type { LeadTimes } from './lead-times.js';
import { appealEndDay, noticeDay, planMilestones } from './plan.js';
import type { Option } from './plan.js';

/** Every step that can have a day in a timetable. */
export const MILESTONE_NAMES = [
  'draft',
  'managerApproval',
  'directorApproval',
  'preparation',
  'dispatch',
  'meeting',
  'decision',
  'adjustment',
  'notice',
  'expedite',
  'answerDue',
  'appealEnds',
] as const;

/** A step that can have a day in a timetable. */
export type MilestoneName = (typeof MILESTONE_NAMES)[number];

/** One row of a timetable. */
export interface Milestone {
  readonly milestone: MilestoneName;
  readonly date: LocalDate;
  /** The rule in Swedish words: `16 arbetsdagar före sammanträdet`. */
  readonly rule: string;
  /** Where the rule comes from: the board's lead times, the sender, or a paragraph of law. */
  readonly source: string;
  /** When the step was really done, or null. */
  readonly doneOn: LocalDate | null;
}

/** What a timetable is made from beside its option or route. */
export interface TimetableContext {
  readonly answerDue: LocalDate | null;
  readonly leadTimes: LeadTimes;
  readonly closedDays: ClosedDays;
}

const BOARD = 'nämndens ledtider';
const MOVED = 'lag (1930:173) 2 §';

function count(days: number): string {
  return `${days} ${days === 1 ? 'arbetsdag' : 'arbetsdagar'}`;
}

function before(days: number, what: string): string {
  return days === 0 ? `samma dag som ${what}` : `${count(days)} före ${what}`;
}

function after(days: number, what: string): string {
  return days === 0 ? `samma dag som ${what}` : `${count(days)} efter ${what}`;
}

function row(milestone: MilestoneName, date: LocalDate, rule: string, source: string): Milestone {
  return { milestone, date, rule, source, doneOn: null };
}

function answerDueRow(answerDue: LocalDate): Milestone {
  return row('answerDue', answerDue, 'dagen som avsändaren har satt, flyttas aldrig', 'avsändarens begäran');
}

function noticeRow(date: LocalDate): Milestone {
  return row('notice', date, 'senast andra dagen efter justeringen', `KL 8 kap. 12 §, ${MOVED}`);
}

function appealRow(date: LocalDate): Milestone {
  return row('appealEnds', date, 'tre veckor från anslaget', `KL 13 kap. 5 §, ${MOVED}`);
}

function preparationRow(option: Option, { leadTimes, closedDays }: TimetableContext): Milestone[] {
  const days = leadTimes.preparation;
  if (days === null) return [];
  const day = addWorkingDays(option.meeting, -days, closedDays);
  return [row('preparation', day, before(days, 'sammanträdet'), BOARD)];
}

function dispatchRow(option: Option, { leadTimes, closedDays }: TimetableContext): Milestone {
  const ordinary = addWorkingDays(option.meeting, -leadTimes.dispatch, closedDays);
  return option.dispatchOn === ordinary
    ? row('dispatch', ordinary, before(leadTimes.dispatch, 'sammanträdet'), BOARD)
    : row('dispatch', option.dispatchOn, 'sammanträdets egen utskicksdag', 'sammanträdet');
}

function adjustmentRow(option: Option, { leadTimes }: TimetableContext): Milestone {
  if (option.adjustment === 'immediate') {
    return row('adjustment', option.adjustsOn, 'omedelbar justering, vid sammanträdet', 'KL 5 kap. 69 §');
  }
  const ordinary = statutoryDay(addDays(option.meeting, leadTimes.ordinaryAdjustmentDays));
  if (option.adjustsOn !== ordinary) {
    return row('adjustment', option.adjustsOn, 'sammanträdets egen justeringsdag', 'sammanträdet');
  }
  const rule = `senast ${leadTimes.ordinaryAdjustmentDays} dagar efter sammanträdet`;
  return row('adjustment', ordinary, rule, `KL 5 kap. 69 §, ${MOVED}`);
}

function expediteRow(date: LocalDate, soonest: LocalDate, days: number, what: string): Milestone {
  return date === soonest
    ? row('expedite', date, after(days, what), BOARD)
    : row('expedite', date, 'sista arbetsdagen till och med svarsdagen', 'avsändarens begäran');
}

/**
 * The timetable of a chosen option: its ten milestones in order, and `preparation` where the board has it.
 *
 * Empty without an answer date, for then there is nothing to choose from.
 * @see kommunallagen (2017:725) 5 kap. 69 §, 8 kap. 12 §, 13 kap. 5 §
 */
export function milestonesOfOption(option: Option, context: TimetableContext): Milestone[] {
  const { answerDue, leadTimes, closedDays } = context;
  if (answerDue === null) return [];
  const days = planMilestones(option, answerDue, leadTimes, closedDays);
  const soonest = addWorkingDays(option.adjustsOn, leadTimes.expedite, closedDays);
  return [
    row('draft', days.draft, before(leadTimes.draft, 'sammanträdet'), BOARD),
    row('managerApproval', days.managerApproval, before(leadTimes.managerApproval, 'sammanträdet'), BOARD),
    row('directorApproval', days.directorApproval, before(leadTimes.directorApproval, 'sammanträdet'), BOARD),
    ...preparationRow(option, context),
    dispatchRow(option, context),
    row('meeting', days.meeting, 'nämndens sammanträde', 'KL 6 kap. 23 §'),
    adjustmentRow(option, context),
    noticeRow(days.notice),
    expediteRow(days.expedite, soonest, leadTimes.expedite, 'justeringen'),
    answerDueRow(answerDue),
    appealRow(days.appealEnds),
  ];
}

/**
 * The timetable of a case that has no chosen option.
 *
 * By chair or delegation the answer leaves on the last working day until the answer date, the decision is taken the
 * board's `expedite` days before that, and the draft is due as long before the decision as it otherwise is before the
 * agenda goes out (`draft` less `dispatch`). Otherwise the answer date stands alone; without one there is nothing.
 * @see kommunallagen (2017:725) 6 kap. 37 and 39 §§, 7 kap. 5 §
 */
export function milestonesOfRoute(route: Route, context: TimetableContext): Milestone[] {
  const { answerDue, leadTimes, closedDays } = context;
  if (answerDue === null) return [];
  if (route === 'meeting' || route === 'declined') return [answerDueRow(answerDue)];
  const workBy = lastWorkingDayUntil(answerDue, closedDays);
  const decision = addWorkingDays(workBy, -leadTimes.expedite, closedDays);
  const preparing = leadTimes.draft - leadTimes.dispatch;
  const draft = addWorkingDays(decision, -preparing, closedDays);
  const source = route === 'chair' ? 'KL 6 kap. 39 §' : 'KL 6 kap. 37 §, 7 kap. 5 §';
  const soonest = addWorkingDays(decision, leadTimes.expedite, closedDays);
  return [
    row('draft', draft, before(preparing, 'beslutet'), BOARD),
    row('decision', decision, before(leadTimes.expedite, 'expedieringen'), source),
    expediteRow(workBy, soonest, leadTimes.expedite, 'beslutet'),
    answerDueRow(answerDue),
  ];
}

/** The day the answer leaves once the minutes were really adjusted, or the decision really taken, on a day. */
function leavesAfter(day: LocalDate, what: string, { answerDue, leadTimes, closedDays }: TimetableContext): Milestone {
  const soonest = addWorkingDays(day, leadTimes.expedite, closedDays);
  const workBy = answerDue === null ? soonest : lastWorkingDayUntil(answerDue, closedDays);
  const date = day <= workBy ? earlier(soonest, workBy) : soonest;
  return expediteRow(date, soonest, leadTimes.expedite, what);
}

/** The rows whose day follows from what has really happened. */
function rederived(
  actuals: Partial<Record<MilestoneName, LocalDate>>,
  context: TimetableContext,
): Map<MilestoneName, Milestone> {
  const rows = new Map<MilestoneName, Milestone>();
  const { adjustment, decision, notice } = actuals;
  if (adjustment !== undefined) {
    const noticeOn = noticeDay(adjustment);
    rows.set('notice', noticeRow(noticeOn));
    rows.set('appealEnds', appealRow(appealEndDay(noticeOn)));
    rows.set('expedite', leavesAfter(adjustment, 'justeringen', context));
  }
  if (decision !== undefined) rows.set('expedite', leavesAfter(decision, 'beslutet', context));
  if (notice !== undefined) rows.set('appealEnds', appealRow(appealEndDay(notice)));
  return rows;
}

/**
 * A timetable with what has really happened: each step done gets its day, and the days that follow from it are new.
 *
 * Adjusted on X: the notice is due two days after X, and the answer leaves the board's `expedite` days after X. Posted
 * on X: the appeal ends three weeks after X. A step's own `date` stays what was planned, beside its `doneOn`.
 * @param milestones a timetable in order
 * @param actuals    the days of what is done
 * @see kommunallagen (2017:725) 8 kap. 12 §, 13 kap. 5 §
 */
export function withActuals(
  milestones: readonly Milestone[],
  actuals: Partial<Record<MilestoneName, LocalDate>>,
  context: TimetableContext,
): Milestone[] {
  const later = rederived(actuals, context);
  return milestones.map((planned) => ({
    ...(later.get(planned.milestone) ?? planned),
    doneOn: actuals[planned.milestone] ?? null,
  }));
}
