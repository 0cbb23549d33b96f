import { addDays, isoWeekday, yearOf } from '../../domain/calendar/local-date.js';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { holidaysOf } from '../../domain/calendar/swedish-holidays.js';
import {
  addWorkingDays,
  lastWorkingDayUntil,
  statutoryDay,
  type ClosedDays,
} from '../../domain/calendar/working-day.js';

const THURSDAY = 4;
const WEEKS_BETWEEN_MEETINGS = 4;
/** Meetings before and after the next one: about half a year each way. */
const MEETINGS_EACH_WAY = 6;

/** The Friday after Ascension Day, when the office is closed, last year, this year and next year. */
function bridgeDays(today: LocalDate): LocalDate[] {
  const years = [yearOf(today) - 1, yearOf(today), yearOf(today) + 1];
  return years.flatMap((year) =>
    [...holidaysOf(year)].filter(([, name]) => name.includes('himmelsfärd')).map(([day]) => addDays(day, 1)),
  );
}

/** The days that the demo happens on, counted from today. */
export class DemoDays {
  readonly closed: ClosedDays;
  /** The last working day before today: all that is told has happened by then. */
  readonly yesterday: LocalDate;
  private readonly nextMeeting: LocalDate;

  constructor(readonly today: LocalDate) {
    this.closed = new Set(bridgeDays(today));
    this.yesterday = this.workingDay(today, -1);
    this.nextMeeting = addDays(today, ((THURSDAY - isoWeekday(today) + 6) % 7) + 1);
  }

  /** The n-th working day after a day; before it when `n` is negative. */
  workingDay(day: LocalDate, n: number): LocalDate {
    return addWorkingDays(day, n, this.closed);
  }

  /** The n-th meeting after the one that comes next, which is 0: a Thursday, or the working day before it. */
  meeting(n: number): LocalDate {
    return lastWorkingDayUntil(addDays(this.nextMeeting, n * 7 * WEEKS_BETWEEN_MEETINGS), this.closed);
  }

  meetings(): LocalDate[] {
    return Array.from({ length: 2 * MEETINGS_EACH_WAY + 1 }, (_, i) => this.meeting(i - MEETINGS_EACH_WAY));
  }

  /** The next meeting's agenda has gone out early, so that nothing new can be put on it. */
  get agendaSentOn(): LocalDate {
    return this.workingDay(this.meeting(0), -8);
  }

  ordinaryAdjustment(meeting: LocalDate): LocalDate {
    return statutoryDay(addDays(meeting, 14));
  }
}
