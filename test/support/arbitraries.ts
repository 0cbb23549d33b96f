import fc from 'fast-check';
import { localDate } from '../../src/domain/calendar/local-date.js';
import type { LocalDate } from '../../src/domain/calendar/local-date.js';
import type { ClosedDays } from '../../src/domain/calendar/working-day.js';
import type { LeadTimes } from '../../src/domain/timetable/lead-times.js';
import type { PlanInput, PlannedMeeting } from '../../src/domain/timetable/plan.js';

const DAY = 86_400_000;

/** A day between two others, both included, made with the platform's own calendar and not with the domain's. */
export function days(from = '1990-01-01', to = '2099-12-31'): fc.Arbitrary<LocalDate> {
  const first = Date.parse(from) / DAY;
  return fc
    .integer({ min: first, max: Date.parse(to) / DAY })
    .map((n) => localDate(new Date(n * DAY).toISOString().slice(0, 10)));
}

/** A few closed days of a board within two years, so that they often meet the days of a plan. */
export const closedDays: fc.Arbitrary<ClosedDays> = fc
  .array(days('2025-01-01', '2026-12-31'), { maxLength: 40 })
  .map((list) => new Set(list));

/** Lead times in their order, short enough to fit between meetings and long enough to miss some. */
export const someLeadTimes: fc.Arbitrary<LeadTimes> = fc
  .record({
    steps: fc.tuple(fc.nat(30), fc.nat(25), fc.nat(20), fc.nat(12)),
    expedite: fc.nat(4),
    ordinaryAdjustmentDays: fc.nat(20),
    preparation: fc.option(fc.nat(15), { nil: null }),
  })
  .map(({ steps, ...rest }) => {
    const [draft = 0, managerApproval = 0, directorApproval = 0, dispatch = 0] = [...steps].sort((a, b) => b - a);
    return { draft, managerApproval, directorApproval, dispatch, ...rest };
  });

function daysFrom(date: LocalDate, n: number): LocalDate {
  return localDate(new Date(Date.parse(date) + n * DAY).toISOString().slice(0, 10));
}

/** A meeting, now and then with an adjustment day or a dispatch day of its own. */
export const someMeeting: fc.Arbitrary<PlannedMeeting> = fc
  .record({
    date: days('2025-06-01', '2025-12-31'),
    adjusted: fc.option(fc.nat(25), { nil: null, freq: 3 }),
    dispatched: fc.option(fc.nat(15), { nil: null, freq: 3 }),
  })
  .map(({ date, adjusted, dispatched }) => ({
    date,
    adjustmentOn: adjusted === null ? null : daysFrom(date, adjusted),
    dispatchOn: dispatched === null ? null : daysFrom(date, -dispatched),
  }));

/** What a plan is made from: within one half-year, so that meetings, answer date and planning day cross. */
export const somePlanInput: fc.Arbitrary<PlanInput> = fc.record({
  planningDay: days('2025-05-15', '2025-10-31'),
  answerDue: fc.option(days('2025-06-15', '2025-12-31'), { nil: null, freq: 30 }),
  meetings: fc.array(someMeeting, { maxLength: 8 }),
  leadTimes: someLeadTimes,
  closedDays,
});
