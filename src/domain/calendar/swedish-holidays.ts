import { dayNumberOf, isoWeekday, isoWeekdayOfDayNumber, localDateOfDayNumber, yearOf } from './local-date.js';
import type { LocalDate } from './local-date.js';

/** Easter Sunday as a day number, by the Gregorian computus (Butcher). */
function easterDayNumber(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * e + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return dayNumberOf(year, Math.floor(n / 31), (n % 31) + 1);
}

/** The first Saturday from a day number. */
function saturdayFrom(n: number): number {
  return n + ((6 - isoWeekdayOfDayNumber(n) + 7) % 7);
}

/** The named holidays of a year as day numbers, in no order. A day may come twice: 1 May and Ascension in 2008. */
function holidayDayNumbers(year: number): readonly (readonly [number, string])[] {
  const easter = easterDayNumber(year);
  return [
    [dayNumberOf(year, 1, 1), 'nyårsdagen'],
    [dayNumberOf(year, 1, 6), 'trettondedag jul'],
    [easter - 2, 'långfredagen'],
    [easter, 'påskdagen'],
    [easter + 1, 'annandag påsk'],
    [dayNumberOf(year, 5, 1), 'första maj'],
    [easter + 39, 'Kristi himmelsfärdsdag'],
    [easter + 49, 'pingstdagen'],
    // Lag (2004:1320) exchanged annandag pingst for the national day, from 2005.
    year <= 2004 ? [easter + 50, 'annandag pingst'] : [dayNumberOf(year, 6, 6), 'Sveriges nationaldag'],
    [saturdayFrom(dayNumberOf(year, 6, 20)), 'midsommardagen'],
    [saturdayFrom(dayNumberOf(year, 10, 31)), 'alla helgons dag'],
    [dayNumberOf(year, 12, 25), 'juldagen'],
    [dayNumberOf(year, 12, 26), 'annandag jul'],
  ];
}

/** The eves that lag (1930:173) 2 § puts beside Sundays and holidays, as day numbers. */
function eveDayNumbers(year: number): readonly (readonly [number, string])[] {
  return [
    [saturdayFrom(dayNumberOf(year, 6, 20)) - 1, 'midsommarafton'],
    [dayNumberOf(year, 12, 24), 'julafton'],
    [dayNumberOf(year, 12, 31), 'nyårsafton'],
  ];
}

function namesByDay(days: readonly (readonly [number, string])[]): ReadonlyMap<LocalDate, string> {
  const names = new Map<LocalDate, string>();
  for (const [n, name] of [...days].sort(([a], [b]) => a - b)) {
    const day = localDateOfDayNumber(n);
    const before = names.get(day);
    names.set(day, before === undefined ? name : `${before} och ${name}`);
  }
  return names;
}

const holidayCache = new Map<number, ReadonlyMap<LocalDate, string>>();
const eveCache = new Map<number, ReadonlyMap<LocalDate, string>>();

/**
 * The named public holidays (allmänna helgdagar) of a year and their Swedish names, in date order.
 *
 * As the calendar stands since 1953; plain Sundays, which are helgdagar too, are not in the map.
 * @see lag (1989:253) om allmänna helgdagar
 */
export function holidaysOf(year: number): ReadonlyMap<LocalDate, string> {
  let names = holidayCache.get(year);
  if (names === undefined) holidayCache.set(year, (names = namesByDay(holidayDayNumbers(year))));
  return names;
}

/**
 * The Swedish name of the public holiday (allmän helgdag) on a day, `söndag` on other Sundays, else null.
 *
 * @see lag (1989:253) om allmänna helgdagar
 */
export function holidayName(d: LocalDate): string | null {
  return holidaysOf(yearOf(d)).get(d) ?? (isoWeekday(d) === 7 ? 'söndag' : null);
}

/**
 * The Swedish name of the eve that counts as a holiday on a day (midsommarafton, julafton, nyårsafton), else null.
 *
 * @see lag (1930:173) om beräkning av lagstadgad tid, 2 §
 */
export function eveName(d: LocalDate): string | null {
  const year = yearOf(d);
  let names = eveCache.get(year);
  if (names === undefined) eveCache.set(year, (names = namesByDay(eveDayNumbers(year))));
  return names.get(d) ?? null;
}

/** One byte a day, 1 where the whole country is closed. Wider than the years of `localDate`, so that sums fit. */
const TABLE_FIRST_YEAR = 1895;
const TABLE_LAST_YEAR = 2205;
const TABLE_START = dayNumberOf(TABLE_FIRST_YEAR, 1, 1);
let table: Uint8Array | null = null;

function buildTable(): Uint8Array {
  const days = new Uint8Array(dayNumberOf(TABLE_LAST_YEAR, 12, 31) - TABLE_START + 1);
  for (let i = 0; i < days.length; i += 1) days[i] = isoWeekdayOfDayNumber(TABLE_START + i) >= 6 ? 1 : 0;
  for (let year = TABLE_FIRST_YEAR; year <= TABLE_LAST_YEAR; year += 1) {
    for (const [n] of holidayDayNumbers(year)) days[n - TABLE_START] = 1;
    for (const [n] of eveDayNumbers(year)) days[n - TABLE_START] = 1;
  }
  return days;
}

/**
 * Whether the day with this number is a Saturday, Sunday, helgdag or one of the three eves.
 *
 * @throws RangeError outside the years 1895 to 2205, which is a bug in the caller
 * @see lag (1930:173) om beräkning av lagstadgad tid, 2 §
 */
export function isClosedByLaw(n: number): boolean {
  table ??= buildTable();
  const closed = table[n - TABLE_START];
  if (closed === undefined) throw new RangeError(`no calendar for day number ${n}`);
  return closed === 1;
}
