import type { LocalDate } from '../calendar/local-date.js';
import { assertClockShows } from '../calendar/stockholm-time.js';
import { RuleError } from '../errors.js';

/**
 * Lets through a time of day by which the answer is to be in, when it belongs to a day, and is one that day.
 *
 * @throws RuleError `time-without-day`, `time-skipped`
 */
export function assertAnswerTime(answerDue: LocalDate | null, answerDueTime: string | null): void {
  if (answerDueTime === null) return;
  if (answerDue !== null) return assertClockShows(answerDue, answerDueTime, 'answerDueTime');
  throw new RuleError('time-without-day', 'a time of day belongs to an answer date', {
    field: 'answerDueTime',
    value: answerDueTime,
  });
}
