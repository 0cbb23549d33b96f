import { longDate } from '../../domain/calendar/long-date.js';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import type { ReferralStatus } from '../../domain/referral/lifecycle.js';
import type { Milestone, MilestoneName } from '../../domain/timetable/milestones.js';
import { actsFor, rolesOn, type Actor } from '../people/actor.js';
import { mayOpen } from '../referrals/access.js';

/** The days that a calendar shows. */
export const CALENDAR_MILESTONES = [
  'draft',
  'managerApproval',
  'directorApproval',
  'dispatch',
  'meeting',
  'decision',
  'answerDue',
] as const satisfies readonly MilestoneName[];
export type CalendarMilestone = (typeof CALENDAR_MILESTONES)[number];

/** A case as a calendar sees it. */
export interface CalendarCase {
  readonly id: string;
  readonly version: number;
  readonly board: string;
  readonly diarienummer: string;
  readonly title: string;
  readonly sender: string;
  readonly secrecy: string | null;
  readonly status: ReferralStatus;
  readonly nextStep: string | null;
  readonly officerId: string | null;
  readonly department: string | null;
  readonly timetable: readonly Milestone[];
  readonly answerSentOn: LocalDate | null;
}

/** Where the days of a case were before they were last changed. */
export type FormerDays = Partial<Record<CalendarMilestone, LocalDate>>;

/** One all-day event. */
export interface CalendarEvent {
  readonly key: string;
  readonly day: LocalDate;
  /** Grows with each change. */
  readonly sequence: number;
  readonly cancelled: boolean;
  readonly summary: string;
  readonly description: string;
  /** The page to look at, below the base address. */
  readonly path: string;
}

const WORDS: Record<CalendarMilestone, string> = {
  draft: 'Utkast klart',
  managerApproval: 'Avdelningschefens godkännande',
  directorApproval: 'Förvaltningschefens godkännande',
  dispatch: 'Utskick',
  meeting: 'Sammanträde',
  decision: 'Beslut',
  answerDue: 'Svar senast',
};

/** What of a case is a person's own to watch. */
export function concerns(actor: Actor, one: CalendarCase): ReadonlySet<CalendarMilestone> {
  const mine = new Set<CalendarMilestone>();
  const add = (applies: boolean, ...milestones: CalendarMilestone[]): void => {
    if (applies) for (const milestone of milestones) mine.add(milestone);
  };
  const roles = rolesOn(actor, one.board);
  const officer = one.officerId !== null && actsFor(actor, one.board, one.officerId);
  const manager = one.department !== null && actor.manages.has(`${one.board}/${one.department}`);
  add(officer && (roles.has('officer') || roles.has('manager')), 'draft', 'meeting', 'decision', 'answerDue');
  add(manager && roles.has('manager'), 'managerApproval', 'answerDue');
  add(roles.has('director'), 'directorApproval');
  add(roles.has('secretary'), 'dispatch', 'meeting');
  add(roles.has('registrar') && one.officerId === null, 'answerDue');
  return mayOpen(actor, one) ? mine : new Set();
}

/** What a feed of the whole board has of a case; of a secret one nothing for those who may not open it. */
export const allOf = (actor: Actor, one: CalendarCase): ReadonlySet<CalendarMilestone> =>
  mayOpen(actor, one) ? new Set(CALENDAR_MILESTONES) : new Set();

/** When a step was done; the answer's day is met when the answer is sent. */
const doneOn = (one: CalendarCase, planned: Milestone | undefined): LocalDate | null =>
  planned?.milestone === 'answerDue' ? one.answerSentOn : (planned?.doneOn ?? null);

const hasEnded = ({ status }: CalendarCase): boolean => status === 'closed' || status === 'cancelled';

/**
 * The events of a case: its days as they are, a day that has moved with where it was, and those that are no more as
 * cancelled. A calendar lies outside our walls, so of a secret case it has the number alone, whoever reads it.
 */
export function eventsOf(
  one: CalendarCase,
  milestones: ReadonlySet<CalendarMilestone>,
  former: FormerDays,
  since: LocalDate,
): CalendarEvent[] {
  return CALENDAR_MILESTONES.flatMap((milestone) => {
    if (!milestones.has(milestone)) return [];
    const planned = one.timetable.find((row) => row.milestone === milestone);
    const before = former[milestone];
    const day = planned?.date ?? before;
    if (day === undefined || day < since) return [];
    const done = doneOn(one, planned);
    const gone = planned === undefined || (hasEnded(one) && done === null);
    return [{ ...eventOf(one, milestone, day, gone), ...words(one, milestone, planned, gone ? undefined : before) }];
  });
}

function eventOf(one: CalendarCase, milestone: CalendarMilestone, day: LocalDate, cancelled: boolean) {
  return { key: `${one.id}-${milestone}`, day, sequence: one.version, cancelled, path: `/arenden/${one.id}` };
}

function words(
  one: CalendarCase,
  milestone: CalendarMilestone,
  planned: Milestone | undefined,
  before: LocalDate | undefined,
): Pick<CalendarEvent, 'summary' | 'description'> {
  const done = doneOn(one, planned);
  const lead = done === null ? WORDS[milestone] : `Klart ${longDate(done)}: ${WORDS[milestone]}`;
  const moved = before === undefined || before === planned?.date ? [] : [`Flyttat från ${longDate(before)}.`];
  if (one.secrecy !== null) return { summary: `${lead}: ${one.diarienummer}`, description: moved.join('\n') };
  const about = [one.title, `Från ${one.sender}`];
  const rule = planned === undefined ? [] : [`${WORDS[milestone]}: ${planned.rule}.`];
  return {
    summary: `${lead}: ${one.diarienummer} ${one.title}`,
    description: [...moved, ...about, ...rule].join('\n'),
  };
}

/** A meeting of a board as a calendar sees it. */
export interface CalendarMeeting {
  readonly id: string;
  readonly board: string;
  readonly date: LocalDate;
  readonly time: string | null;
  readonly place: string | null;
  readonly state: 'planned' | 'cancelled';
  /** How many times it has been changed. */
  readonly changes: number;
  readonly movedFrom: LocalDate | null;
}

export function meetingEvent(meeting: CalendarMeeting, boardName: string): CalendarEvent {
  const { id, date, time, place, state, changes, movedFrom } = meeting;
  const cancelled = state === 'cancelled';
  const details = [
    ...(movedFrom === null || movedFrom === date ? [] : [`Flyttat från ${longDate(movedFrom)}.`]),
    ...(time === null ? [] : [`Klockan ${time.replace(':', '.')}.`]),
    ...(place === null ? [] : [place]),
  ];
  const summary = cancelled ? `Inställt sammanträde: ${boardName}` : `Sammanträde: ${boardName}`;
  return {
    key: `meeting-${id}`,
    day: date,
    sequence: changes,
    cancelled,
    summary,
    description: details.join('\n'),
    path: '/',
  };
}
