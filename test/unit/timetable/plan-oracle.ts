import Holidays from 'date-holidays';
import type { PlanInput } from '../../../src/domain/timetable/plan.js';

/**
 * The plan once more, slow and naive, sharing no code with the domain: another library's holidays, the platform's
 * dates, one day at a time, and every rule as one filter over the list of meetings.
 */

const library = new Holidays('SE');
const holidays = new Set<string>();
for (let year = 2023; year <= 2028; year += 1) {
  for (const { date, type } of library.getHolidays(year)) {
    if (type === 'public' || type === 'bank') holidays.add(date.slice(0, 10));
  }
}

function shift(day: string, n: number): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + n);
  return date.toISOString().slice(0, 10);
}

function isFree(day: string): boolean {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6 || holidays.has(day);
}

function works(day: string, input: PlanInput): boolean {
  return !isFree(day) && ![...input.closedDays].some((closed) => closed === day);
}

function workingDays(day: string, n: number, input: PlanInput): string {
  if (n === 0) return day;
  const next = shift(day, Math.sign(n));
  return workingDays(next, works(next, input) ? n - Math.sign(n) : n, input);
}

function lawful(day: string): string {
  return isFree(day) ? lawful(shift(day, 1)) : day;
}

/** What `planReferral` should give, as plain JSON. */
export function planOracle(input: PlanInput): unknown {
  const { answerDue, planningDay, leadTimes: times } = input;
  if (answerDue === null) {
    return { answerDue, workBy: null, recommended: null, options: [], none: null, warnings: ['no-answer-date'] };
  }
  let workBy: string = answerDue;
  while (!works(workBy, input)) workBy = shift(workBy, -1);

  const dates = [...new Set(input.meetings.map((m) => String(m.date)))].sort();
  const table = dates.map((date) => {
    const meeting = input.meetings.filter((m) => m.date === date).pop();
    const ordinaryDay = meeting?.adjustmentOn ?? lawful(shift(date, times.ordinaryAdjustmentDays));
    const ordinaryLeave = workingDays(ordinaryDay, times.expedite, input);
    const immediateLeave = [workingDays(date, times.expedite, input), workBy].sort()[0];
    const dispatchOn = meeting?.dispatchOn ?? workingDays(date, -times.dispatch, input);
    const mayBeImmediate = !(date > workBy) && String(input.declinedAt) !== date;
    const adjustment = !(ordinaryLeave > workBy) ? 'ordinary' : mayBeImmediate ? 'immediate' : 'too_late';
    const option: Record<string, unknown> = {
      meeting: date,
      adjustment,
      adjustsOn: adjustment === 'immediate' ? date : ordinaryDay,
      leavesOn: adjustment === 'immediate' ? immediateLeave : ordinaryLeave,
      dispatchOn,
      reachable: !(planningDay > dispatchOn),
      warnings: [
        ...(planningDay > workingDays(date, -times.draft, input) ? ['draft-day-passed'] : []),
        ...(date === workBy && String(input.declinedAt) !== date ? ['same-day-expedite'] : []),
      ],
    };
    if (planningDay > dispatchOn) option['reason'] = 'agenda-dispatched';
    return option;
  });

  const inTime = table.filter((option) => option['reachable'] && option['adjustment'] !== 'too_late');
  const chosen = inTime[inTime.length - 1];
  const next = table.filter((option) => option['reachable'] && String(option['meeting']) > workBy)[0];
  const day = (option: Record<string, unknown>, key: string): string => String(option[key]);
  const notice = chosen && lawful(shift(day(chosen, 'adjustsOn'), 2));
  return {
    answerDue,
    workBy,
    recommended: chosen
      ? {
          meeting: chosen['meeting'],
          adjustment: chosen['adjustment'],
          milestones: {
            draft: workingDays(day(chosen, 'meeting'), -times.draft, input),
            managerApproval: workingDays(day(chosen, 'meeting'), -times.managerApproval, input),
            directorApproval: workingDays(day(chosen, 'meeting'), -times.directorApproval, input),
            dispatch: chosen['dispatchOn'],
            meeting: chosen['meeting'],
            adjustment: chosen['adjustsOn'],
            notice,
            expedite: chosen['leavesOn'],
            answerDue,
            appealEnds: lawful(shift(notice ?? '', 21)),
          },
        }
      : null,
    options: table,
    none:
      !chosen && next
        ? {
            nextMeeting: next['meeting'],
            extensionImmediate: workingDays(day(next, 'meeting'), times.expedite, input),
            extensionOrdinary: next['leavesOn'],
          }
        : null,
    warnings: [
      ...(works(answerDue, input) ? [] : ['answer-due-not-working-day']),
      ...(planningDay > answerDue ? ['answer-due-before-registered'] : []),
    ],
  };
}
