import { describe, expect, it } from '@jest/globals';
import Holidays from 'date-holidays';
import { addDays, localDate } from '../../../src/domain/calendar/local-date.js';
import { eveName, holidayName, holidaysOf } from '../../../src/domain/calendar/swedish-holidays.js';
import { isWorkingDay, NO_CLOSED_DAYS, whyClosed } from '../../../src/domain/calendar/working-day.js';

const oracle = new Holidays('SE');

/** What the other library takes for a public holiday, or for a day on which banks are closed as on one. */
function closedByOracle(year: number): { holidays: string[]; eves: string[] } {
  const all = oracle.getHolidays(year, 'sv');
  const daysOf = (type: string): string[] =>
    [...new Set(all.filter((h) => h.type === type).map((h) => h.date.slice(0, 10)))].sort();
  // The library lists annandag pingst as an observance in every year; it was a helgdag until SFS 2004:1320.
  const whitMonday = all.filter((h) => h.rule === 'easter 50' && year <= 2004).map((h) => h.date.slice(0, 10));
  return { holidays: [...new Set([...daysOf('public'), ...whitMonday])].sort(), eves: daysOf('bank') };
}

const years = Array.from({ length: 110 }, (_, i) => 1990 + i);

describe('the Swedish holidays', () => {
  it('agree with another library in every year from 1990 to 2099', () => {
    for (const year of years) {
      expect({ year, days: [...holidaysOf(year).keys()] }).toEqual({ year, days: closedByOracle(year).holidays });
    }
  });

  it('have the eves of the same library in every year from 1990 to 2099', () => {
    for (const year of years) {
      const eves: string[] = [];
      for (let d = localDate(`${year}-01-01`); d <= `${year}-12-31`; d = addDays(d, 1)) if (eveName(d)) eves.push(d);
      expect({ year, eves }).toEqual({ year, eves: closedByOracle(year).eves });
    }
  });

  it('leave as working days exactly what the other library leaves, from 1990 to 2099', () => {
    for (const year of years) {
      const { holidays, eves } = closedByOracle(year);
      const closed = new Set([...holidays, ...eves]);
      for (let d = localDate(`${year}-01-01`); d <= `${year}-12-31`; d = addDays(d, 1)) {
        const open = ![0, 6].includes(new Date(`${d}T00:00:00Z`).getUTCDay()) && !closed.has(d);
        if (isWorkingDay(d, NO_CLOSED_DAYS) !== open) throw new Error(`${d} should be ${open ? 'open' : 'closed'}`);
        if ((whyClosed(d, NO_CLOSED_DAYS) === null) !== open) throw new Error(`${d}: the reason is wrong`);
      }
    }
  });

  it.each<readonly [string, string | null, string]>([
    ['2004-05-31', 'annandag pingst', 'a helgdag for the last time in 2004'],
    ['2005-05-16', null, 'an ordinary Monday since 2005'],
    ['2003-06-06', null, 'no helgdag before 2005'],
    ['2005-06-06', 'Sveriges nationaldag', 'a helgdag since 2005'],
    ['2008-05-01', 'första maj och Kristi himmelsfärdsdag', 'two names on one day'],
    ['2023-10-29', 'söndag', 'a plain Sunday'],
    ['2024-03-31', 'påskdagen', 'a Sunday with a name'],
    ['2026-04-02', null, 'skärtorsdagen is an ordinary day'],
    ['2026-01-05', null, 'trettondagsafton is an ordinary day'],
    ['2026-04-30', null, 'valborgsmässoafton is an ordinary day'],
    ['2038-04-25', 'påskdagen', 'the latest Easter there is'],
  ])('on %s: %p: %s', (day, name) => expect(holidayName(localDate(day))).toBe(name));

  it.each<readonly [string, string | null]>([
    ['2026-06-19', 'midsommarafton'],
    ['2026-12-24', 'julafton'],
    ['2026-12-31', 'nyårsafton'],
    ['2026-12-23', null],
  ])('the eve on %s is %p', (day, name) => expect(eveName(localDate(day))).toBe(name));
});
