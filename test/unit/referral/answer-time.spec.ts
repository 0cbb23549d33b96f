import { describe, expect, it } from '@jest/globals';
import { localDate } from '../../../src/domain/calendar/local-date.js';
import { assertTimeHasDay } from '../../../src/domain/referral/answer-time.js';

describe('assertTimeHasDay', () => {
  it.each<readonly [string | null, string | null, string]>([
    ['2023-10-27', '12:00', 'a day and a time'],
    ['2023-10-27', null, 'a day alone'],
    [null, null, 'neither'],
  ])('lets %s with %s through: %s', (day, time) =>
    expect(() => assertTimeHasDay(day === null ? null : localDate(day), time)).not.toThrow(),
  );

  it('refuses a time alone', () =>
    expect(() => assertTimeHasDay(null, '12:00')).toThrow(
      expect.objectContaining({ code: 'time-without-day', facts: { field: 'answerDueTime', value: '12:00' } }),
    ));
});
