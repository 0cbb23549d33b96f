import { addDays, type LocalDate } from '../calendar/local-date.js';
import { RuleError } from '../errors.js';
import { appealEndDay } from '../timetable/plan.js';
import { isFarAhead } from './extension-day.js';

/** What a person is to confirm before doing what is possible, but seldom right. */
export const CAUTIONS = [
  'decision-after-meeting',
  'notice-too-early',
  'notice-not-posted',
  'notice-still-up',
  'appeal-running',
  'far-ahead',
] as const;

/** A thing to confirm, by its code, and the day that it is about where there is one. */
export interface Caution {
  readonly code: (typeof CAUTIONS)[number];
  readonly day: LocalDate | null;
}

/** What is known of the notice of a case, and of the time to appeal that runs from it. */
export interface NoticeFacts {
  /** Whether the minutes are adjusted, so that they are to be announced at all. */
  readonly adjusted: boolean;
  readonly posted: boolean;
  readonly takenDown: boolean;
  /** The last day to appeal: from the day of the notice, or from the planned one; null without a plan. */
  readonly appealEnds: LocalDate | null;
}

/** A board decides at its meeting: a decision dated after it may be a slip, or another meeting's. */
export function cautionsOfDecision(date: LocalDate, meetingDay: LocalDate | null): Caution[] {
  return meetingDay !== null && date > meetingDay ? [{ code: 'decision-after-meeting', day: meetingDay }] : [];
}

/**
 * A notice that comes down while the time to appeal runs does not let that time end.
 *
 * The day told is the first on which it may come down.
 * @see kommunallagen (2017:725) 8 kap. 12 §, 13 kap. 5 §
 */
export function cautionsOfTakingDown(on: LocalDate, { appealEnds }: Pick<NoticeFacts, 'appealEnds'>): Caution[] {
  return appealEnds !== null && on <= appealEnds ? [{ code: 'notice-too-early', day: addDays(appealEnds, 1) }] : [];
}

/** The same of a notice that is both posted and taken down, when one of its days is corrected. */
export function cautionsOfNoticeDays(posted: LocalDate | null, takenDown: LocalDate | null): Caution[] {
  return posted === null || takenDown === null
    ? []
    : cautionsOfTakingDown(takenDown, { appealEnds: appealEndDay(posted) });
}

/** More time to a day more than two years ahead is rare, and a mistyped year is not. */
export function cautionsOfExtension(day: LocalDate, today: LocalDate): Caution[] {
  return isFarAhead(day, today) ? [{ code: 'far-ahead', day }] : [];
}

/**
 * A case is offered to be closed when the time to appeal has ended and its notice is down; it may be closed before.
 *
 * @see kommunallagen (2017:725) 13 kap. 5 §
 */
export function cautionsOfClosing(today: LocalDate, facts: NoticeFacts): Caution[] {
  const { adjusted, posted, takenDown, appealEnds } = facts;
  const running: Caution[] =
    appealEnds !== null && appealEnds >= today ? [{ code: 'appeal-running', day: appealEnds }] : [];
  if (!adjusted) return running;
  if (!posted) return [{ code: 'notice-not-posted', day: null }, ...running];
  return takenDown ? running : [{ code: 'notice-still-up', day: null }, ...running];
}

/**
 * Lets through what nobody need confirm, or what has been confirmed.
 *
 * @throws RuleError `confirmation-needed` with the codes of what is to be confirmed, and the day of the first that has one
 */
export function assertConfirmed(cautions: readonly Caution[], confirmed: boolean): void {
  if (confirmed || cautions.length === 0) return;
  const warnings = cautions.map(({ code }) => code);
  const day = cautions.find((caution) => caution.day !== null)?.day;
  throw new RuleError('confirmation-needed', `this is to be confirmed: ${warnings.join(', ')}`, {
    field: 'confirm',
    warnings,
    ...(day === undefined ? {} : { day }),
  });
}
