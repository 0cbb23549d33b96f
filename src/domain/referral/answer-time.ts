import type { LocalDate } from '../calendar/local-date.js';
import { RuleError } from '../errors.js';

/**
 * Lets through a time of day by which the answer is to be in, when there is a day that it belongs to.
 *
 * @throws RuleError `time-without-day`
 */
export function assertTimeHasDay(answerDue: LocalDate | null, answerDueTime: string | null): void {
  if (answerDueTime === null || answerDue !== null) return;
  throw new RuleError('time-without-day', 'a time of day belongs to an answer date', {
    field: 'answerDueTime',
    value: answerDueTime,
  });
}
