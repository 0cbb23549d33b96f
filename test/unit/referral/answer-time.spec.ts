import { describe, expect, it } from '@jest/globals';
import { localDate } from '../../../src/domain/calendar/local-date.js';
import { assertAnswerTime } from '../../../src/domain/referral/answer-time.js';

describe('assertAnswerTime', () => {
  it.each<readonly [string | null, string | null, string]>([
    ['2023-10-27', '12:00', 'a day and a time'],
    ['2023-10-27', null, 'a day alone'],
    [null, null, 'neither'],
    ['2027-03-28', '01:59', 'the last minute before summer time'],
    ['2027-03-28', '03:00', 'the first of it'],
    ['2027-03-27', '02:30', 'the day before'],
    ['2027-10-31', '02:30', 'an hour that comes twice in autumn'],
  ])('lets %s with %s through: %s', (day, time) =>
    expect(() => assertAnswerTime(day === null ? null : localDate(day), time)).not.toThrow(),
  );

  it.each(['02:00', '02:30', '02:59'])('refuses %s on the day that summer time begins', (time) =>
    expect(() => assertAnswerTime(localDate('2027-03-28'), time)).toThrow(
      expect.objectContaining({
        code: 'time-skipped',
        facts: { field: 'answerDueTime', value: time, day: '2027-03-28' },
      }),
    ),
  );

  it('refuses a time alone', () =>
    expect(() => assertAnswerTime(null, '12:00')).toThrow(
      expect.objectContaining({ code: 'time-without-day', facts: { field: 'answerDueTime', value: '12:00' } }),
    ));
});
