import { describe, expect, it } from '@jest/globals';
import { differenceInCalendarDays, getISODay, parseISO } from 'date-fns';
import fc from 'fast-check';
import {
  addDays,
  daysBetween,
  earlier,
  isLocalDate,
  isoWeekday,
  later,
  localDate,
  yearOf,
} from '../../../src/domain/calendar/local-date.js';
import { RuleError } from '../../../src/domain/errors.js';
import { days } from '../../support/arbitraries.js';

describe('localDate', () => {
  it.each([
    ['2023-10-26', 'an ordinary day'],
    ['2024-02-29', 'the leap day of a leap year'],
    ['2000-02-29', 'the leap day of a year divided by 400'],
    ['1900-01-01', 'the first day'],
    ['2199-12-31', 'the last day'],
  ])('takes %s: %s', (text) => expect(localDate(text)).toBe(text));

  it.each([
    ['2023-02-29', 'no leap year'],
    ['2100-02-29', 'a century is no leap year'],
    ['2023-04-31', 'April has 30 days'],
    ['2023-13-01', 'no 13th month'],
    ['2023-00-10', 'no month 0'],
    ['2023-01-00', 'no day 0'],
    ['1899-12-31', 'before the years that are known'],
    ['2200-01-01', 'after the years that are known'],
    ['2023-1-1', 'one digit'],
    ['20231026', 'no hyphens'],
    ['2023/10/26', 'slashes'],
    [' 2023-10-26', 'a space first'],
    ['2023-10-26\n', 'a line break last'],
    ['2023-10-26T00:00:00Z', 'an instant'],
    ['26 oktober 2023', 'words'],
    ['٢٠٢٣-١٠-٢٦', 'digits of another script'],
    ['+023-10-26', 'a sign'],
    ['', 'nothing'],
  ])('refuses %j: %s', (text) => {
    expect(isLocalDate(text)).toBe(false);
    let caught: unknown;
    try {
      localDate(text, 'answerDue');
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(RuleError);
    expect(caught).toMatchObject({ code: 'date-invalid', facts: { field: 'answerDue', value: text } });
  });

  it.each([[null], [undefined], [20231026], [{}]])('does not take %p for a day', (value) =>
    expect(isLocalDate(value)).toBe(false),
  );
});

describe('the arithmetic of days', () => {
  it.each([
    ['2023-10-26', 1, '2023-10-27', 'the next day'],
    ['2023-12-31', 1, '2024-01-01', 'over New Year'],
    ['2024-02-28', 1, '2024-02-29', 'onto the leap day'],
    ['2023-03-25', 2, '2023-03-27', 'over the night when the clocks go forward'],
    ['2023-10-28', 2, '2023-10-30', 'over the night when the clocks go back'],
    ['1970-01-01', -1, '1969-12-31', 'before the epoch'],
    ['2023-10-26', 0, '2023-10-26', 'nothing'],
  ])('%s and %i days is %s: %s', (from, n, to) => {
    expect(addDays(localDate(from), n)).toBe(to);
    expect(daysBetween(localDate(from), localDate(to))).toBe(n);
  });

  it('agrees with date-fns on every day of 1900 to 2199', () => {
    let day = localDate('1900-01-01');
    let weekday = 1;
    for (let n = 0; n < 109_571; n += 1) {
      if (isoWeekday(day) !== weekday || !isLocalDate(day)) throw new Error(day);
      weekday = (weekday % 7) + 1;
      day = addDays(day, 1);
    }
    expect(day).toBe('2199-12-30');
    expect(getISODay(parseISO(day))).toBe(weekday);
  });

  it('goes there and back', () => {
    fc.assert(
      fc.property(days(), fc.integer({ min: -5000, max: 5000 }), (day, n) => {
        const there = addDays(day, n);
        expect(addDays(there, -n)).toBe(day);
        expect(daysBetween(day, there)).toBe(n);
        expect(differenceInCalendarDays(parseISO(there), parseISO(day))).toBe(n);
        expect(there < day).toBe(n < 0);
      }),
    );
  });

  it('knows the year, and the earlier and the later of two', () => {
    const [a, b] = [localDate('2023-10-26'), localDate('2024-01-02')];
    expect([yearOf(a), yearOf(b)]).toEqual([2023, 2024]);
    expect([earlier(a, b), earlier(b, a), later(a, b), later(b, a)]).toEqual([a, a, b, b]);
  });
});
