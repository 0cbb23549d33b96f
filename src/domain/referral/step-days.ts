import { RuleError } from '../errors.js';
import type { LocalDate } from '../calendar/local-date.js';

/** Every day that is held against others when something is recorded on a case. */
export const RECORDED_DAYS = [
  'received',
  'started',
  'draft',
  'managerApproval',
  'directorApproval',
  'sentBack',
  'dispatch',
  'convened',
  'meeting',
  'decision',
  'adjustmentDecided',
  'adjustment',
  'notice',
  'notice-down',
  'expedite',
] as const;

/**
 * The name of such a day: `received` the referral came in, `sentBack` it was last returned or tabled, `convened` is the
 * day of the case's meeting, and `meeting` or `decision` the day on which the board, or another, decided.
 */
export type RecordedDay = (typeof RECORDED_DAYS)[number];

/** The days that are known of a case. */
export type KnownDays = Readonly<Partial<Record<RecordedDay, LocalDate | null>>>;

/**
 * What never comes before what: the first day of each pair is the same as the second, or earlier.
 *
 * What stands before a case was tabled is not held against that day: see `heldAgainst`.
 * The answer may leave before the minutes are adjusted, and a case may be dispatched before it is approved: those are
 * not held against each other.
 * @see kommunallagen (2017:725) 5 kap. 69 §, 8 kap. 12 §
 */
export const DAY_ORDER: readonly (readonly [RecordedDay, RecordedDay])[] = [
  ['received', 'started'],
  ['received', 'draft'],
  ['started', 'draft'],
  ['received', 'managerApproval'],
  ['draft', 'managerApproval'],
  ['received', 'directorApproval'],
  ['managerApproval', 'directorApproval'],
  ['received', 'dispatch'],
  ['received', 'sentBack'],
  ['sentBack', 'draft'],
  ['sentBack', 'managerApproval'],
  ['sentBack', 'directorApproval'],
  ['sentBack', 'dispatch'],
  ['dispatch', 'convened'],
  ['received', 'meeting'],
  ['sentBack', 'meeting'],
  ['convened', 'meeting'],
  ['draft', 'meeting'],
  ['managerApproval', 'meeting'],
  ['directorApproval', 'meeting'],
  ['received', 'decision'],
  ['sentBack', 'decision'],
  ['draft', 'decision'],
  ['managerApproval', 'decision'],
  ['directorApproval', 'decision'],
  ['received', 'adjustmentDecided'],
  ['convened', 'adjustmentDecided'],
  ['received', 'adjustment'],
  ['adjustmentDecided', 'adjustment'],
  ['meeting', 'adjustment'],
  ['received', 'notice'],
  ['adjustment', 'notice'],
  ['received', 'notice-down'],
  ['notice', 'notice-down'],
  ['received', 'expedite'],
  ['meeting', 'expedite'],
  ['decision', 'expedite'],
];

/** A day that can be in the way of another, by name. */
export type DayInTheWay = `${RecordedDay}-day` | 'today';

/** What stands in the way of recording a day. */
export interface DayFault {
  readonly bound: 'earliest' | 'latest';
  readonly against: DayInTheWay;
  readonly day: LocalDate;
}

/** The tightest of some bounds: the latest of the earliest days, or the earliest of the latest; of equals the last. */
function tightest(names: readonly RecordedDay[], known: KnownDays, sign: 1 | -1): DayFault | null {
  let found: DayFault | null = null;
  for (const name of names) {
    const day = known[name];
    if (day === null || day === undefined) continue;
    const isTighter = found === null || (sign === 1 ? day >= found.day : day <= found.day);
    if (isTighter) found = { bound: sign === 1 ? 'earliest' : 'latest', against: `${name}-day`, day };
  }
  return found;
}

/**
 * What stands in the way of recording a day, or null when nothing does.
 *
 * That it has been comes first, then what it may not be before, then what it may not be after; of several days in the
 * way the tightest is told.
 * @param name  what happened on the day
 * @param day   the day to record
 * @param known what is known of the case; the day recorded so far under the same name does not count
 * @param today nothing is recorded as done on a later day
 */
export function dayFault(name: RecordedDay, day: LocalDate, known: KnownDays, today: LocalDate): DayFault | null {
  if (day > today) return { bound: 'latest', against: 'today', day: today };
  const earliest = tightest(
    DAY_ORDER.filter(([, after]) => after === name).map(([before]) => before),
    known,
    1,
  );
  if (earliest !== null && day < earliest.day) return earliest;
  const latest = tightest(
    DAY_ORDER.filter(([before]) => before === name).map(([, after]) => after),
    known,
    -1,
  );
  return latest !== null && day > latest.day ? latest : null;
}

/**
 * Lets through a day that goes with what else is recorded.
 *
 * @param field the name of the field it was given in
 * @throws RuleError `date-out-of-order` with the field, the value, the bound that it breaks and what that bound is
 * @see dayFault
 */
export function assertStepDay(
  name: RecordedDay,
  day: LocalDate,
  known: KnownDays,
  today: LocalDate,
  field: string,
): void {
  const fault = dayFault(name, day, known, today);
  if (fault === null) return;
  const side = fault.bound === 'earliest' ? 'before' : 'after';
  throw new RuleError('date-out-of-order', `${field} ${day} is ${side} ${fault.against} ${fault.day}`, {
    field,
    value: day,
    [fault.bound]: fault.day,
    against: fault.against,
  });
}
