import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { localDate } from '../../../src/domain/calendar/local-date.js';
import { instantAt, localDateAt, localTimeAt, parseClockTime } from '../../../src/domain/calendar/stockholm-time.js';
import { RuleError } from '../../../src/domain/errors.js';
import { days } from '../../support/arbitraries.js';

const intl = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Stockholm',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const both = (instant: Date): string => `${localDateAt(instant)} ${localTimeAt(instant)}`;

describe('the clock of Stockholm', () => {
  it('agrees with the time zone database around every change of clocks from 1980 to 2099', () => {
    const hour = 3_600_000;
    let compared = 0;
    for (let year = 1980; year <= 2099; year += 1) {
      for (const month of [2, 3, 8, 9]) {
        // Every hour of the month's last nine days, and of April's first nine: no change lies elsewhere.
        const end = Date.UTC(year, month + 1, 1);
        const start = month === 3 ? Date.UTC(year, 3, 1) : end - 9 * 24 * hour;
        for (let time = start; time < start + 9 * 24 * hour; time += hour) {
          const instant = new Date(time);
          if (both(instant) !== intl.format(instant)) throw new Error(`${instant.toISOString()}: ${both(instant)}`);
          compared += 1;
        }
      }
    }
    expect(compared).toBe(120 * 4 * 9 * 24);
  });

  it('agrees with the time zone database at any instant', () => {
    const instants = fc.date({ min: new Date('1980-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, (instant) => expect(both(instant)).toBe(intl.format(instant))),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['2026-01-01T22:59:59.999Z', '2026-01-01', '23:59', 'the last moment of a winter day'],
    ['2026-01-01T23:00:00Z', '2026-01-02', '00:00', 'the first moment of the next'],
    ['2026-07-01T21:59:59Z', '2026-07-01', '23:59', 'the last moment of a summer day'],
    ['2026-07-01T22:00:00Z', '2026-07-02', '00:00', 'the first moment of the next'],
    ['2025-12-31T23:00:00Z', '2026-01-01', '00:00', 'New Year comes an hour before UTC'],
  ])('at %s it is %s %s: %s', (instant, day, time) => {
    expect(localDateAt(new Date(instant))).toBe(day);
    expect(localTimeAt(new Date(instant))).toBe(time);
  });

  it('takes an invalid instant as a bug', () => {
    expect(() => localDateAt(new Date(NaN))).toThrow(RangeError);
    expect(() => localTimeAt(new Date(NaN))).toThrow(RangeError);
  });
});

describe('instantAt', () => {
  it.each([
    ['2026-01-15', '07:30', '2026-01-15T06:30:00.000Z', 'winter'],
    ['2026-07-15', '07:30', '2026-07-15T05:30:00.000Z', 'summer'],
    ['2026-03-29', '01:59', '2026-03-29T00:59:00.000Z', 'the last minute before the gap'],
    ['2026-03-29', '02:00', '2026-03-29T01:00:00.000Z', 'the gap begins: 03:00 on the clocks'],
    ['2026-03-29', '02:30', '2026-03-29T01:30:00.000Z', 'in the gap: 03:30 on the clocks'],
    ['2026-03-29', '03:00', '2026-03-29T01:00:00.000Z', 'the gap is over'],
    ['2026-10-25', '01:59', '2026-10-24T23:59:00.000Z', 'the last minute that comes once'],
    ['2026-10-25', '02:30', '2026-10-25T00:30:00.000Z', 'comes twice: the earlier'],
    ['2026-10-25', '03:00', '2026-10-25T02:00:00.000Z', 'comes once again'],
  ])('%s %s is %s: %s', (day, time, instant) => expect(instantAt(localDate(day), time).toISOString()).toBe(instant));

  it('is read back as the same day and time, but in the gap', () => {
    fc.assert(
      fc.property(days('1980-01-01'), fc.nat(23), fc.nat(59), (day, h, m) => {
        const time = `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`;
        const read = both(instantAt(day, time));
        const inGap = read !== `${day} ${time}`;
        if (inGap) expect([h, read.slice(0, 13)]).toEqual([2, `${day} 03`]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('parseClockTime', () => {
  it.each(['00:00', '07:30', '23:59'])('takes %s', (time) => expect(parseClockTime(time)).toBe(time));

  it.each(['24:00', '7:30', '07.30', '07:60', '07:30:00', '', ' 07:30', '07:30\n'])('refuses %j', (time) => {
    expect(() => parseClockTime(time, 'answerDueTime')).toThrow(RuleError);
    expect(() => instantAt(localDate('2026-03-03'), time)).toThrow(RuleError);
  });

  it('names the field', () => {
    expect(() => parseClockTime('x', 'answerDueTime')).toThrow(
      expect.objectContaining({ code: 'time-invalid', facts: { field: 'answerDueTime', value: 'x' } }),
    );
  });
});
