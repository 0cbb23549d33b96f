import { RuleError } from '../errors.js';

declare const brand: unique symbol;

/** A civil day in Stockholm, written `YYYY-MM-DD`. Two of them compare with `<` as text. */
export type LocalDate = string & { readonly [brand]: 'LocalDate' };

const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;
const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const ZERO = 48;

/** The digit at `index`, or NaN where there is none. */
function digit(text: string, index: number): number {
  const value = text.charCodeAt(index) - ZERO;
  return value >= 0 && value <= 9 ? value : NaN;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Whether a value is a real calendar day written `YYYY-MM-DD`, in the years 1900 to 2199. */
export function isLocalDate(text: unknown): text is LocalDate {
  if (typeof text !== 'string' || text.length !== 10 || text[4] !== '-' || text[7] !== '-') return false;
  const year = digit(text, 0) * 1000 + digit(text, 1) * 100 + digit(text, 2) * 10 + digit(text, 3);
  const month = digit(text, 5) * 10 + digit(text, 6);
  const day = digit(text, 8) * 10 + digit(text, 9);
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12 && day >= 1)) return false;
  return day <= (month === 2 && isLeap(year) ? 29 : (DAYS_OF_MONTH[month - 1] ?? 0));
}

/** The years whose days are taken, as they are written: `1900–2199`. */
export const YEARS_TAKEN = `${FIRST_YEAR}–${LAST_YEAR}`;

/** Whether a value is a real calendar day written `YYYY-MM-DD`, in a year that is not taken. */
export function isDayOfOtherYear(text: unknown): boolean {
  if (typeof text !== 'string' || !/^\d{4}-/.test(text) || isLocalDate(text)) return false;
  return isLocalDate(`${isLeap(Number(text.slice(0, 4))) ? 2000 : 2001}${text.slice(4)}`);
}

/**
 * The day that a text names.
 *
 * @param text  `YYYY-MM-DD`, a real calendar day in the years 1900 to 2199, nothing before or after it
 * @param field the name of the field it was given in, for the error
 * @throws RuleError `date-invalid` with the field and the value
 */
export function localDate(text: string, field = 'date'): LocalDate {
  if (isLocalDate(text)) return text;
  const shown = typeof text === 'string' ? JSON.stringify(text.slice(0, 40)) : typeof text;
  const [kind, facts] = isDayOfOtherYear(text) ? [` of ${YEARS_TAKEN}`, { years: YEARS_TAKEN }] : ['', {}];
  throw new RuleError('date-invalid', `${field} is not a calendar day${kind} written YYYY-MM-DD: ${shown}`, {
    field,
    value: text,
    ...facts,
  });
}

/**
 * Days since 1970-01-01, negative before it, from year, month (1 to 12) and day.
 *
 * The months are counted from March so that the leap day comes last in its year.
 */
export function dayNumberOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

function twoDigits(text: string, index: number): number {
  return (text.charCodeAt(index) - ZERO) * 10 + text.charCodeAt(index + 1) - ZERO;
}

/** Days since 1970-01-01, negative before it. */
export function dayNumber(d: LocalDate): number {
  return dayNumberOf(yearOf(d), twoDigits(d, 5), twoDigits(d, 8));
}

function textOf(n: number): LocalDate {
  const z = n + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}` as LocalDate;
}

const FIRST_DAY = dayNumberOf(FIRST_YEAR, 1, 1);
/** Days once written, by their number: a plan asks for the same few hundred again and again. */
const written = new Array<LocalDate | undefined>(dayNumberOf(LAST_YEAR, 12, 31) - FIRST_DAY + 1);

/** The day that lies `n` days after 1970-01-01: the inverse of `dayNumber`. */
export function localDateOfDayNumber(n: number): LocalDate {
  const index = n - FIRST_DAY;
  return index >= 0 && index < written.length ? (written[index] ??= textOf(n)) : textOf(n);
}

/** The day `n` days after `d`, before it when `n` is negative. */
export function addDays(d: LocalDate, n: number): LocalDate {
  return localDateOfDayNumber(dayNumber(d) + n);
}

/** Days from one day to another, negative when the second comes first. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** The calendar year of a day. */
export function yearOf(d: LocalDate): number {
  return twoDigits(d, 0) * 100 + twoDigits(d, 2);
}

/** A weekday as ISO 8601 counts them: Monday is 1, Sunday is 7. */
export type IsoWeekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const satisfies readonly IsoWeekday[];

/** The ISO weekday of a day number: 1970-01-01 was a Thursday. */
export function isoWeekdayOfDayNumber(n: number): IsoWeekday {
  return WEEKDAYS[(((n + 3) % 7) + 7) % 7] ?? 1;
}

/** The ISO weekday: Monday is 1, Sunday is 7. */
export function isoWeekday(d: LocalDate): IsoWeekday {
  return isoWeekdayOfDayNumber(dayNumber(d));
}

/** The earlier of two days. */
export function earlier(a: LocalDate, b: LocalDate): LocalDate {
  return a < b ? a : b;
}

/** The later of two days. */
export function later(a: LocalDate, b: LocalDate): LocalDate {
  return a > b ? a : b;
}
