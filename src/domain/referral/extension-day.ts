import { addDays, type LocalDate } from '../calendar/local-date.js';
import { RuleError } from '../errors.js';

const DAYS_FAR_AHEAD = 731;

/** Whether a day is more than two years ahead: nobody asks for answers then, or meets, but a mistyped year is easy. */
export const isFarAhead = (day: LocalDate, today: LocalDate): boolean => day > addDays(today, DAYS_FAR_AHEAD);

/** The day to which more time is asked for, or given. */
export interface ExtensionDay {
  /** Where it was written, for the error. */
  readonly field: 'until' | 'newDue';
  readonly day: LocalDate;
}

/**
 * Lets through a day that gives more time (anstånd): later than the answer date, and not past.
 *
 * @throws RuleError `answer-date-invalid` with the answer date, or today, that it is held against
 */
export function assertGivesTime({ field, day }: ExtensionDay, answerDue: LocalDate | null, today: LocalDate): void {
  const facts = { field, value: day };
  if (answerDue !== null && day <= answerDue) {
    throw new RuleError('answer-date-invalid', 'an extension is to a later day', { ...facts, answerDue });
  }
  if (day < today) throw new RuleError('answer-date-invalid', 'that day has been', { ...facts, today });
}
