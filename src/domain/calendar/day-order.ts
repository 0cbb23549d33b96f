import { RuleError } from '../errors.js';
import type { LocalDate } from './local-date.js';

/** The first and the last day on which something can be, where there is one. */
export interface DayBounds {
  readonly earliest?: LocalDate;
  readonly latest?: LocalDate;
}

/**
 * Lets through a day that lies within its bounds, both included.
 *
 * @param day    a day that exists
 * @param bounds what has happened already, or has not happened yet
 * @param field  the name of the field it was given in
 * @throws RuleError `date-out-of-order` with the field, the value and the bound that it breaks
 */
export function assertDayWithin(day: LocalDate, { earliest, latest }: DayBounds, field: string): void {
  const facts = { field, value: day };
  if (earliest !== undefined && day < earliest) {
    throw new RuleError('date-out-of-order', `${field} ${day} is before ${earliest}`, { ...facts, earliest });
  }
  if (latest !== undefined && day > latest) {
    throw new RuleError('date-out-of-order', `${field} ${day} is after ${latest}`, { ...facts, latest });
  }
}
