import { describe, expect, it } from '@jest/globals';
import { localDate } from '../../../src/domain/calendar/local-date.js';
import { assertGivesTime } from '../../../src/domain/referral/extension-day.js';

const DUE = '2023-10-27';

describe('assertGivesTime', () => {
  it.each<readonly [string, string | null, string, string]>([
    ['2023-10-28', DUE, '2023-09-11', 'a day later'],
    ['2023-11-06', DUE, '2023-11-06', 'today, after the answer date has passed'],
    ['2023-09-11', null, '2023-09-11', 'no answer date'],
  ])('lets %s through, due %s, on %s: %s', (day, due, today, _why) => {
    const answerDue = due === null ? null : localDate(due);
    const asked = { field: 'until', day: localDate(day) } as const;
    expect(() => assertGivesTime(asked, answerDue, localDate(today))).not.toThrow();
  });

  it.each<readonly [string, string | null, string, object, string]>([
    ['2023-10-26', DUE, '2023-09-11', { answerDue: DUE }, 'earlier than the answer date'],
    [DUE, DUE, '2023-09-11', { answerDue: DUE }, 'no later'],
    ['2023-10-30', DUE, '2023-11-06', { today: '2023-11-06' }, 'it has been'],
    ['2023-10-26', DUE, '2023-11-06', { answerDue: DUE }, 'both: the answer date is told'],
    ['2023-09-10', null, '2023-09-11', { today: '2023-09-11' }, 'it has been, without an answer date'],
  ])('refuses %s, due %s, on %s with %j: %s', (day, due, today, facts, _why) => {
    const answerDue = due === null ? null : localDate(due);
    const given = { field: 'newDue', day: localDate(day) } as const;
    expect(() => assertGivesTime(given, answerDue, localDate(today))).toThrow(
      expect.objectContaining({ code: 'answer-date-invalid', facts: { field: 'newDue', value: day, ...facts } }),
    );
  });
});
