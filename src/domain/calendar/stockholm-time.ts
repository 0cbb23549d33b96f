import { RuleError } from '../errors.js';
import { dayNumber, dayNumberOf, isoWeekdayOfDayNumber, localDateOfDayNumber } from './local-date.js';
import type { LocalDate } from './local-date.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** 01:00 UTC on the last Sunday of a month with 30 or 31 days, where the clocks change. */
function lastSunday(year: number, month: number, lastDay: number): number {
  const n = dayNumberOf(year, month, lastDay);
  return (n - (isoWeekdayOfDayNumber(n) % 7)) * DAY + HOUR;
}

interface SummerTime {
  readonly from: number;
  readonly to: number;
}

const summers = new Map<number, SummerTime>();

/** Swedish summer time of a year in milliseconds UTC: from 1980 on, until September before 1996. */
function summerTime(year: number): SummerTime {
  let summer = summers.get(year);
  if (summer === undefined) {
    const from = year === 1980 ? dayNumberOf(1980, 4, 6) * DAY + HOUR : lastSunday(year, 3, 31);
    summer = { from, to: year < 1996 ? lastSunday(year, 9, 30) : lastSunday(year, 10, 31) };
    if (year < 1980) summer = { from: 0, to: 0 };
    summers.set(year, summer);
  }
  return summer;
}

/** Milliseconds that Stockholm is ahead of UTC. No change of clocks falls on New Year, so the UTC year will do. */
function offsetAt(time: number, year: number): number {
  const summer = summerTime(year);
  return time >= summer.from && time < summer.to ? 2 * HOUR : HOUR;
}

/** Milliseconds on a clock that shows Stockholm's time as if it were UTC. */
function wallTime(instant: Date): number {
  const time = instant.getTime();
  if (Number.isNaN(time)) throw new RangeError('not an instant');
  return time + offsetAt(time, instant.getUTCFullYear());
}

/**
 * The civil day in Stockholm at an instant.
 *
 * @throws RangeError when the instant is an invalid date, which is a bug in the caller
 * @see förordning (2001:127) om sommartid
 */
export function localDateAt(instant: Date): LocalDate {
  return localDateOfDayNumber(Math.floor(wallTime(instant) / DAY));
}

/** The time of day in Stockholm at an instant, `HH:MM`, seconds cut. */
export function localTimeAt(instant: Date): string {
  const wall = wallTime(instant);
  const minutes = Math.floor((wall - Math.floor(wall / DAY) * DAY) / 60_000);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

const CLOCK_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** How a time of day is written, `HH:MM`, as a regular expression. */
export const CLOCK_TIME_PATTERN = CLOCK_TIME.source;

/** Whether a text is a time of day, `HH:MM`, 00:00 to 23:59. */
export const isClockTime = (text: unknown): text is string => typeof text === 'string' && CLOCK_TIME.test(text);

/**
 * A time of day.
 *
 * @param text  `HH:MM`, 00:00 to 23:59
 * @param field the name of the field it was given in, for the error
 * @throws RuleError `time-invalid` with the field and the value
 */
export function parseClockTime(text: string, field = 'time'): string {
  if (isClockTime(text)) return text;
  throw new RuleError('time-invalid', `${field} is not a time of day written HH:MM`, { field, value: text });
}

/** Whether Stockholm's clocks show a time on a day: in the hour that the spring skips they show nothing. @throws RuleError `time-invalid` */
export const clockShows = (day: LocalDate, time: string): boolean => localTimeAt(instantAt(day, time)) === time;

/**
 * Lets through a time of day that Stockholm's clocks show on a day. Whoever writes one that they skip in spring means
 * another one, or another day.
 *
 * @param field the name of the field that the time was given in, for the error
 * @throws RuleError `time-skipped` with the field, the value and the day, `time-invalid`
 * @see förordning (2001:127) om sommartid
 */
export function assertClockShows(day: LocalDate, time: string, field: string): void {
  if (clockShows(day, time)) return;
  throw new RuleError('time-skipped', `no clock shows ${time} on ${day}`, { field, value: time, day });
}

/**
 * The instant when Stockholm's clocks show a day and a time.
 *
 * An hour that the spring skips is counted on from the hour before it (02:30 becomes 03:30); of an hour that the
 * autumn repeats the earlier one is taken.
 * @throws RuleError `time-invalid`
 */
export function instantAt(d: LocalDate, time: string): Date {
  const clock = parseClockTime(time);
  const wall = dayNumber(d) * DAY + Number(clock.slice(0, 2)) * HOUR + Number(clock.slice(3)) * 60_000;
  const asSummer = wall - 2 * HOUR;
  const inSummer = offsetAt(asSummer, new Date(asSummer).getUTCFullYear()) === 2 * HOUR;
  return new Date(inSummer ? asSummer : wall - HOUR);
}
