import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, daysBetween, localDate } from '../../../src/domain/calendar/local-date.js';
import {
  addWorkingDays,
  firstWorkingDayFrom,
  isWorkingDay,
  lastWorkingDayUntil,
  NO_CLOSED_DAYS,
  statutoryDay,
  whyClosed,
  workingDaysBetween,
} from '../../../src/domain/calendar/working-day.js';
import { closedDays, days } from '../../support/arbitraries.js';

const closed = (...list: string[]) => new Set(list.map((day) => localDate(day)));

describe('addWorkingDays', () => {
  it.each([
    ['2023-10-26', -16, '2023-10-04', 'three weeks and a day, no holiday between'],
    ['2023-10-26', 1, '2023-10-27', 'Thursday to Friday'],
    ['2023-10-27', 1, '2023-10-30', 'Friday to Monday'],
    ['2023-10-28', 1, '2023-10-30', 'from a Saturday the next day is Monday'],
    ['2023-10-28', -1, '2023-10-27', 'from a Saturday the day before is Friday'],
    ['2023-10-28', 0, '2023-10-28', 'none is the day itself, though closed'],
    ['2026-04-02', 1, '2026-04-07', 'skärtorsdagen to the Tuesday after Easter'],
    ['2026-12-23', 1, '2026-12-28', 'over julafton, both Christmas days and Sunday'],
    ['2026-12-30', 1, '2027-01-04', 'over nyårsafton and New Year'],
    ['2026-06-18', 1, '2026-06-22', 'over midsommarafton'],
  ])('%s and %i is %s: %s', (from, n, to) => expect(addWorkingDays(localDate(from), n, NO_CLOSED_DAYS)).toBe(to));

  it('skips the closed days of the board', () =>
    expect(addWorkingDays(localDate('2026-12-22'), 1, closed('2026-12-23', '2026-12-28'))).toBe('2026-12-29'));

  it.each([1.5, NaN, Infinity])('takes %p days as a bug', (n) =>
    expect(() => addWorkingDays(localDate('2026-03-03'), n, NO_CLOSED_DAYS)).toThrow(RangeError),
  );

  it('ends on a working day as many working days away', () => {
    fc.assert(
      fc.property(days('2025-01-01', '2026-12-31'), fc.integer({ min: -60, max: 60 }), closedDays, (d, n, own) => {
        const end = addWorkingDays(d, n, own);
        if (n === 0) return expect(end).toBe(d);
        expect(isWorkingDay(end, own)).toBe(true);
        // Counting on from `end` stops at d itself, which counts only when it is a working day.
        const counted = n > 0 || isWorkingDay(d, own) ? n : n + 1;
        expect(workingDaysBetween(d, end, own)).toBe(counted);
      }),
    );
  });

  it('is monotone in the day and in the number', () => {
    fc.assert(
      fc.property(
        days('2025-01-01', '2026-12-31'),
        fc.nat(30),
        fc.integer({ min: -40, max: 40 }),
        closedDays,
        (d, more, n, own) => {
          expect(addWorkingDays(addDays(d, more), n, own) >= addWorkingDays(d, n, own)).toBe(true);
          expect(addWorkingDays(d, n + 1, own) > addWorkingDays(d, n, own)).toBe(true);
        },
      ),
    );
  });
});

describe('the nearest working day', () => {
  it.each([
    ['2023-10-27', '2023-10-27', '2023-10-27', 'a Friday is its own'],
    ['2023-10-28', '2023-10-27', '2023-10-30', 'a Saturday lies between Friday and Monday'],
    ['2026-04-05', '2026-04-02', '2026-04-07', 'Easter takes four days'],
    ['2026-12-25', '2026-12-23', '2026-12-28', 'julafton goes with Christmas'],
    ['2027-01-01', '2026-12-30', '2027-01-04', 'nyårsafton goes with New Year'],
  ])('around %s: %s and %s: %s', (day, before, after) => {
    expect(lastWorkingDayUntil(localDate(day), NO_CLOSED_DAYS)).toBe(before);
    expect(firstWorkingDayFrom(localDate(day), NO_CLOSED_DAYS)).toBe(after);
  });

  it('is open, and no open day lies between', () => {
    fc.assert(
      fc.property(days('2025-01-01', '2026-12-31'), closedDays, (d, own) => {
        const [before, after] = [lastWorkingDayUntil(d, own), firstWorkingDayFrom(d, own)];
        expect(isWorkingDay(before, own) && isWorkingDay(after, own)).toBe(true);
        expect(before <= d && d <= after).toBe(true);
        expect(before === after).toBe(isWorkingDay(d, own));
        if (before !== after) expect(addWorkingDays(before, 1, own)).toBe(after);
      }),
    );
  });
});

describe('workingDaysBetween', () => {
  it.each([
    ['2023-10-05', '2023-10-09', 2, 'due on Thursday, two days late on Monday'],
    ['2023-10-09', '2023-10-27', 14, 'fourteen left'],
    ['2023-10-27', '2023-10-29', 0, 'a weekend is nothing'],
    ['2023-10-09', '2023-10-05', -2, 'the other way'],
    ['2023-10-09', '2023-10-09', 0, 'a day to itself'],
  ])('from %s to %s: %i: %s', (from, to, n) =>
    expect(workingDaysBetween(localDate(from), localDate(to), NO_CLOSED_DAYS)).toBe(n),
  );
});

describe('statutoryDay', () => {
  it.each([
    ['2023-10-28', '2023-10-30', 'the model document: a notice due on a Saturday'],
    ['2023-11-20', '2023-11-20', 'an ordinary Monday stays'],
    ['2026-04-03', '2026-04-07', 'långfredagen moves past Easter Monday'],
    ['2026-06-19', '2026-06-22', 'midsommarafton moves over the weekend'],
    ['2026-12-24', '2026-12-28', 'julafton moves past Christmas and Sunday'],
    ['2026-12-31', '2027-01-04', 'nyårsafton moves into the next year'],
    ['2023-06-06', '2023-06-07', 'the national day moves'],
    ['2026-04-02', '2026-04-02', 'skärtorsdagen stays'],
  ])('%s is %s: %s', (day, moved) => expect(statutoryDay(localDate(day))).toBe(moved));

  it('never moves back, never more than five days, and never off a day that stands', () => {
    fc.assert(
      fc.property(days(), (d) => {
        const moved = statutoryDay(d);
        expect(isWorkingDay(moved, NO_CLOSED_DAYS)).toBe(true);
        expect(moved).toBe(firstWorkingDayFrom(d, NO_CLOSED_DAYS));
        expect(daysBetween(d, moved)).toBeGreaterThanOrEqual(0);
        expect(daysBetween(d, moved)).toBeLessThanOrEqual(5);
      }),
    );
  });
});

describe('whyClosed', () => {
  const own = closed('2026-12-23', '2026-12-24', '2026-12-26');
  it.each<readonly [string, string | null, string]>([
    ['2026-12-22', null, 'open'],
    ['2026-12-23', 'nämndens stängda dag', 'the board is closed'],
    ['2026-12-24', 'julafton', 'the eve is said before the board'],
    ['2022-12-24', 'julafton', 'the eve is said before Saturday'],
    ['2026-12-26', 'annandag jul', 'the helgdag is said before Saturday'],
    ['2026-12-27', 'söndag', 'a plain Sunday'],
    ['2023-12-24', 'julafton', 'the eve is said before a plain Sunday'],
    ['2026-12-19', 'lördag', 'a plain Saturday'],
    ['2026-06-19', 'midsommarafton', 'a Friday that is an eve'],
  ])('on %s: %p: %s', (day, why) => expect(whyClosed(localDate(day), own)).toBe(why));

  it('gives a reason exactly for the days that are not working days', () => {
    fc.assert(
      fc.property(days('2025-01-01', '2026-12-31'), closedDays, (d, c) => {
        expect(whyClosed(d, c) === null).toBe(isWorkingDay(d, c));
      }),
    );
  });
});
