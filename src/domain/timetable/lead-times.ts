import { RuleError } from '../errors.js';

/** How long before the meeting each step is due at one board. */
export interface LeadTimes {
  /** Working days before the meeting. */
  readonly draft: number;
  /** Working days before the meeting. */
  readonly managerApproval: number;
  /** Working days before the meeting. */
  readonly directorApproval: number;
  /** Working days before the meeting. */
  readonly dispatch: number;
  /** Working days from the adjustment to the day the answer leaves. */
  readonly expedite: number;
  /** Calendar days from the meeting to the ordinary adjustment. */
  readonly ordinaryAdjustmentDays: number;
  /** Working days before the meeting for ordförandeberedning or arbetsutskott; null when the board has none. */
  readonly preparation: number | null;
}

/**
 * The lead times of a board that has set none.
 *
 * @see kommunallagen (2017:725) 5 kap. 69 § for the fourteen days of ordinary adjustment
 */
export const DEFAULT_LEAD_TIMES: LeadTimes = {
  draft: 16,
  managerApproval: 14,
  directorApproval: 13,
  dispatch: 5,
  expedite: 1,
  ordinaryAdjustmentDays: 14,
  preparation: null,
};

/** The steps before a meeting, each due on or before the next. */
const IN_ORDER = ['draft', 'managerApproval', 'directorApproval', 'dispatch'] as const;
const LONGEST = 250;

function invalid(field: string, message: string): RuleError {
  return new RuleError('lead-times-invalid', message, { field });
}

function days(key: string, value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= LONGEST) return value;
  throw invalid(key, `${key} is not a whole number of days from 0 to ${LONGEST}`);
}

/**
 * The lead times given in part, the rest filled in from the defaults.
 *
 * @param partial whole days, 0 to 250; `preparation` may be null; a key left out or undefined keeps its default
 * @throws RuleError `lead-times-invalid` with the key in `field`: no such key, not whole days, or not
 *   draft ≥ managerApproval ≥ directorApproval ≥ dispatch once the defaults are filled in
 */
export function leadTimes(partial: Partial<Record<keyof LeadTimes, unknown>> | undefined): LeadTimes {
  if (partial === undefined) return DEFAULT_LEAD_TIMES;
  if (typeof partial !== 'object' || partial === null || Array.isArray(partial)) {
    throw invalid('leadTimes', 'leadTimes is not an object');
  }
  const given: Record<string, unknown> = partial;
  for (const key of Object.keys(given)) {
    if (!Object.hasOwn(DEFAULT_LEAD_TIMES, key)) throw invalid(key, `${key} is not a lead time`);
  }
  const read = (key: Exclude<keyof LeadTimes, 'preparation'>): number =>
    given[key] === undefined ? DEFAULT_LEAD_TIMES[key] : days(key, given[key]);
  const result: LeadTimes = {
    draft: read('draft'),
    managerApproval: read('managerApproval'),
    directorApproval: read('directorApproval'),
    dispatch: read('dispatch'),
    expedite: read('expedite'),
    ordinaryAdjustmentDays: read('ordinaryAdjustmentDays'),
    preparation: (given['preparation'] ?? null) === null ? null : days('preparation', given['preparation']),
  };
  for (const [index, key] of IN_ORDER.entries()) {
    const next = IN_ORDER[index + 1];
    if (next === undefined || result[key] >= result[next]) continue;
    const field = given[key] === undefined ? next : key;
    throw invalid(field, `${key} (${result[key]}) is less than ${next} (${result[next]})`);
  }
  return result;
}
