import { addDays, localDate, type LocalDate } from '../../../../domain/calendar/local-date.js';
import { dayAndMonth } from '../../../../domain/calendar/long-date.js';
import { statutoryDay, whyClosed } from '../../../../domain/calendar/working-day.js';
import type { LeadTimes } from '../../../../domain/timetable/lead-times.js';
import { weekdayDate } from '../../../reminders/templates/day-words.js';

/** A row of a timetable, as views and plans have it. */
interface DatedRow {
  readonly milestone: string;
  readonly date: string;
  readonly doneOn: string | null;
}

const NO_CLOSED_DAYS: ReadonlySet<LocalDate> = new Set();
const ORDINARY_NOTICE_DAYS = 2;
const APPEAL_DAYS = 21;

/** The law behind it, where that is not said beside it. */
export const byLaw = (moved: string): string => (moved === '' ? '' : `${moved}, lag (1930:173)`);

/** Of a last day that the law has moved from `unmoved`: which day that was. Empty when nothing was moved. */
export function movedFrom(unmoved: LocalDate, lastDay: LocalDate): string {
  if (unmoved === lastDay || statutoryDay(unmoved) !== lastDay) return '';
  const day = `${weekdayDate(unmoved).split(' ', 1)[0]} ${dayAndMonth(unmoved)}`;
  const why = whyClosed(unmoved, NO_CLOSED_DAYS);
  const name = why === null || day.startsWith(why) ? '' : ` (${why})`;
  return `, flyttad från ${day}${name}`;
}

const dayOf = (rows: readonly DatedRow[], name: string): LocalDate | null => {
  const found = rows.find(({ milestone }) => milestone === name);
  return found === undefined ? null : localDate(found.doneOn ?? found.date);
};

/** From which day the law has moved a day of a timetable, where it has; else nothing. */
export function movedWords(row: DatedRow, rows: readonly DatedRow[], leadTimes: LeadTimes): string {
  const counted: Readonly<Record<string, readonly [string, number]>> = {
    adjustment: ['meeting', leadTimes.ordinaryAdjustmentDays],
    notice: ['adjustment', ORDINARY_NOTICE_DAYS],
    appealEnds: ['notice', APPEAL_DAYS],
  };
  const [from, days] = counted[row.milestone] ?? [null, 0];
  const start = from === null ? null : dayOf(rows, from);
  return start === null ? '' : movedFrom(addDays(start, days), localDate(row.date));
}
