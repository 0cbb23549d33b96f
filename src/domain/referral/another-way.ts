import type { AdjustmentStatus } from '../adjustment/adjustment.js';
import type { LocalDate } from '../calendar/local-date.js';
import { UNDECIDED_STATUSES, type ReferralStatus } from './lifecycle.js';

/** What of a case tells whether it needs another way than its meeting. */
export interface DeclinedOrNot {
  readonly status: ReferralStatus;
  readonly adjustment: AdjustmentStatus;
  /** The day of its meeting, or null without one. */
  readonly meetingOn: LocalDate | null;
}

/**
 * Whether a case that keeps its meeting needs another way to be in time: immediate adjustment has been declined there.
 *
 * It is prepared for that meeting all the same. Once the meeting has been held there is no other way to choose.
 * @param today the meeting counts as held from the day after it
 */
export const needsAnotherWay = ({ status, adjustment, meetingOn }: DeclinedOrNot, today: LocalDate): boolean =>
  adjustment === 'declined' && UNDECIDED_STATUSES.includes(status) && meetingOn !== null && meetingOn >= today;
