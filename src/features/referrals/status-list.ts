import { UNDECIDED_STATUSES, type ReferralStatus } from '../../domain/referral/lifecycle.js';

/** Statuses as the list of an SQL `IN`, written out as partial indexes have them. */
export const statusList = (statuses: readonly ReferralStatus[]): string =>
  statuses.map((status) => `'${status}'`).join(', ');

/** The statuses in which nobody has decided yet. */
export const UNDECIDED = statusList(UNDECIDED_STATUSES);
