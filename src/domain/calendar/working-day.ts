import { dayNumber, isoWeekday, localDateOfDayNumber } from './local-date.js';
import type { LocalDate } from './local-date.js';
import { eveName, holidayName, isClosedByLaw } from './swedish-holidays.js';

/** The days on which one board's office is closed beside weekends, holidays and eves. */
export type ClosedDays = ReadonlySet<LocalDate>;

/** A board without closed days of its own. */
export const NO_CLOSED_DAYS: ClosedDays = new Set();

function isOpen(n: number, closed: ClosedDays): boolean {
  return !isClosedByLaw(n) && (closed.size === 0 || !closed.has(localDateOfDayNumber(n)));
}

/** The day number of the n-th open day after `start`, before it when `n` is negative. */
function step(start: number, n: number, closed: ClosedDays): number {
  const direction = n < 0 ? -1 : 1;
  let day = start;
  for (let left = Math.abs(n); left > 0;) {
    day += direction;
    if (isOpen(day, closed)) left -= 1;
  }
  return day;
}

/**
 * Whether the office works: Monday to Friday, no helgdag, no midsommarafton, julafton or nyårsafton, no closed day.
 *
 * @see lag (1989:253) om allmänna helgdagar, and lag (1930:173) 2 § for the eves
 */
export function isWorkingDay(d: LocalDate, closed: ClosedDays): boolean {
  return isOpen(dayNumber(d), closed);
}

/**
 * The n-th working day after a day; before it when `n` is negative; the day itself when `n` is 0, working or not.
 *
 * @throws RangeError when `n` is not a whole number, which is a bug in the caller
 */
export function addWorkingDays(d: LocalDate, n: number, closed: ClosedDays): LocalDate {
  if (!Number.isInteger(n)) throw new RangeError(`n: ${n}`);
  return n === 0 ? d : localDateOfDayNumber(step(dayNumber(d), n, closed));
}

/** The day itself when it is a working day, else the last working day before it. */
export function lastWorkingDayUntil(d: LocalDate, closed: ClosedDays): LocalDate {
  const n = dayNumber(d);
  return isOpen(n, closed) ? d : localDateOfDayNumber(step(n, -1, closed));
}

/** The day itself when it is a working day, else the first working day after it. */
export function firstWorkingDayFrom(d: LocalDate, closed: ClosedDays): LocalDate {
  const n = dayNumber(d);
  return isOpen(n, closed) ? d : localDateOfDayNumber(step(n, 1, closed));
}

/** How many working days lie after `from` up to and including `to`; the negative of the way back when `to` is first. */
export function workingDaysBetween(from: LocalDate, to: LocalDate, closed: ClosedDays): number {
  if (to < from) return 0 - workingDaysBetween(to, from, closed);
  let count = 0;
  const last = dayNumber(to);
  for (let n = dayNumber(from) + 1; n <= last; n += 1) if (isOpen(n, closed)) count += 1;
  return count;
}

/**
 * The last day to act when statute gives the time: the first day from `d` that is no Saturday, Sunday, helgdag or eve.
 *
 * The board's own closed days do not count. Not for a day that a sender has set: such a day is never moved.
 * @see lag (1930:173) om beräkning av lagstadgad tid, 2 §
 */
export function statutoryDay(d: LocalDate): LocalDate {
  let n = dayNumber(d);
  if (!isClosedByLaw(n)) return d;
  while (isClosedByLaw(n)) n += 1;
  return localDateOfDayNumber(n);
}

/**
 * Why the office is closed on a day, in Swedish (`långfredagen`, `julafton`, `lördag`, `nämndens stängda dag`), or null.
 *
 * The most telling name is given: a julafton on a Saturday is julafton.
 */
export function whyClosed(d: LocalDate, closed: ClosedDays): string | null {
  const holiday = holidayName(d);
  if (holiday !== null && holiday !== 'söndag') return holiday;
  const eve = eveName(d);
  if (eve !== null) return eve;
  if (holiday !== null) return holiday;
  if (isoWeekday(d) === 6) return 'lördag';
  return closed.has(d) ? 'nämndens stängda dag' : null;
}
