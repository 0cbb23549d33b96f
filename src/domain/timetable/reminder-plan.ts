import type { AdjustmentStatus } from '../adjustment/adjustment.js';
import type { LocalDate } from '../calendar/local-date.js';
import { addWorkingDays, lastWorkingDayUntil } from '../calendar/working-day.js';
import type { ClosedDays } from '../calendar/working-day.js';
import { REFERRAL_STATUSES } from '../referral/lifecycle.js';
import type { ReferralStatus, Route } from '../referral/lifecycle.js';
import type { Milestone, MilestoneName } from './milestones.js';

/** Everything that a reminder can be about. */
export const REMINDER_ABOUTS = [
  'answerDue',
  'draft',
  'managerApproval',
  'directorApproval',
  'dispatch',
  'immediate-adjustment',
  'adjustment',
  'notice',
  'expedite',
  'chair-report',
  'extension',
  'no-officer',
  'no-answer-date',
  'no-meeting',
  'assignment',
] as const;

/** What a reminder is about. */
export type ReminderAbout = (typeof REMINDER_ABOUTS)[number];

/** Every group that a reminder can go to. */
export const REMINDER_TARGETS = [
  'officer',
  'department-manager',
  'directors',
  'secretaries',
  'registrars',
  'managers',
  'officer-or-registrars',
] as const;

/** Whom a reminder goes to; the caller knows the persons. */
export type ReminderTarget = (typeof REMINDER_TARGETS)[number];

/** One reminder that a case wants. */
export interface WantedReminder {
  readonly about: ReminderAbout;
  /** The day it is about, as shown: the milestone's, or the day from which it is counted. */
  readonly date: LocalDate;
  /** Working days from the last working day until `date` (for answerDue: from the day to work by); before: negative. */
  readonly offset: number;
  readonly to: ReminderTarget;
  /** The working day it leaves on, or at once. */
  readonly leaveOn: LocalDate | 'at-once';
  /** Whether it is one of a chain that goes on until its cause is gone. */
  readonly recurring: boolean;
}

/** What the rules need to know about a case to say which reminders it wants. */
export interface ReminderCase {
  readonly status: ReferralStatus;
  readonly dormant: boolean;
  readonly route: Route;
  readonly registeredOn: LocalDate;
  /** As the sender wrote it, or null. */
  readonly answerDue: LocalDate | null;
  /** The last working day until `answerDue`, or null without one. */
  readonly workBy: LocalDate | null;
  readonly milestones: readonly Milestone[];
  readonly adjustment: AdjustmentStatus;
  /** The day the present officer got the case, or null when it has none. */
  readonly officerSince: LocalDate | null;
  /** The day it was found that no meeting comes in time, or null; the caller keeps it while that lasts. */
  readonly noMeetingSince: LocalDate | null;
  /** The day of an extension that was asked for and not yet answered, or null. */
  readonly openExtensionAskedOn: LocalDate | null;
  /** A decision by the chair: its day, whether the board has had its report, and when the next agenda goes out. */
  readonly chairDecision: {
    readonly reported: boolean;
    readonly decidedOn: LocalDate;
    readonly nextDispatchOn: LocalDate | null;
  } | null;
  /** Whether the chosen meeting has been held. */
  readonly meetingHeld: boolean;
  readonly closedDays: ClosedDays;
}

const ANSWER_OFFSETS = [-10, -5, -2, 0] as const;
const OVERDUE_FIRST = 1;
const OVERDUE_EVERY = 5;
const EXTENSION_EVERY = 3;
const NO_MEETING_EVERY = 2;
const AFTER_REGISTRATION = 2;

/** The rows of the table that hang on a milestone: to whom, and how many working days from it. */
const ON_MILESTONE: readonly {
  readonly about: ReminderAbout & MilestoneName;
  readonly to: readonly ReminderTarget[];
  readonly offsets: readonly number[];
}[] = [
  { about: 'draft', to: ['officer'], offsets: [-5, -1, 0] },
  { about: 'managerApproval', to: ['department-manager'], offsets: [-1, 0] },
  { about: 'directorApproval', to: ['directors'], offsets: [-1, 0] },
  { about: 'dispatch', to: ['secretaries'], offsets: [-2, 0] },
  { about: 'adjustment', to: ['secretaries'], offsets: [0] },
  { about: 'notice', to: ['secretaries'], offsets: [0] },
  { about: 'expedite', to: ['secretaries', 'officer'], offsets: [0] },
];

/** The steps up to the decision, each of which closes those before it. */
const UP_TO_DECISION: readonly MilestoneName[] = [
  'draft',
  'managerApproval',
  'directorApproval',
  'preparation',
  'dispatch',
  'meeting',
  'decision',
];

/** The last of those steps that a status says is done. */
const DONE_BY_STATUS: Record<ReferralStatus, MilestoneName | null> = {
  registered: null,
  assigned: null,
  'in-preparation': null,
  approved: 'directorApproval',
  'on-agenda': 'dispatch',
  decided: 'decision',
  adjusted: 'decision',
  expedited: 'decision',
  closed: 'decision',
  cancelled: 'decision',
};

const rank = (status: ReferralStatus): number => REFERRAL_STATUSES.indexOf(status);

/**
 * The steps that are done: marked, implied by the status, or followed by one that is.
 *
 * Sending the answer does not sign or announce the minutes, so those two stay open until they are done themselves.
 */
function doneSteps(c: ReminderCase): ReadonlySet<MilestoneName> {
  const done = new Set<MilestoneName>(c.milestones.filter((m) => m.doneOn !== null).map((m) => m.milestone));
  const after = rank(c.status);
  if (done.has('notice') || after === rank('adjusted')) done.add('adjustment');
  if (after >= rank('expedited')) done.add('expedite');
  const byStatus = DONE_BY_STATUS[c.status];
  if (byStatus !== null) done.add(byStatus);
  if (c.meetingHeld) done.add('meeting');
  const last = UP_TO_DECISION.findLastIndex((step) => done.has(step));
  for (const step of UP_TO_DECISION.slice(0, last + 1)) done.add(step);
  return done;
}

interface Rows {
  readonly about: ReminderAbout;
  readonly date: LocalDate;
  /** The day that is counted from; the last working day until `date` when left out. */
  readonly base?: LocalDate;
  readonly to: readonly ReminderTarget[];
}

function rows(kind: Rows, offsets: readonly number[], closed: ClosedDays): WantedReminder[] {
  const { about, date, to } = kind;
  const base = kind.base ?? lastWorkingDayUntil(date, closed);
  return offsets.flatMap((offset) => {
    const leaveOn = addWorkingDays(base, offset, closed);
    return to.map((target) => ({ about, date, offset, to: target, leaveOn, recurring: false }));
  });
}

/**
 * A chain: at `first` working days, then every `every`, up to and including the first day after `through`.
 *
 * What would have left before `since`, when the case was not yet registered, was never wanted: an answer date of long
 * ago has thousands of such days.
 */
function chain(
  kind: Rows & { readonly since: LocalDate },
  first: number,
  every: number,
  through: LocalDate,
  closed: ClosedDays,
): WantedReminder[] {
  const { about, date, to } = kind;
  const wanted: WantedReminder[] = [];
  let leaveOn = addWorkingDays(kind.base ?? lastWorkingDayUntil(date, closed), first, closed);
  for (let offset = first; ; offset += every) {
    const wantedAtAll = leaveOn >= kind.since || leaveOn > through;
    for (const target of wantedAtAll ? to : [])
      wanted.push({ about, date, offset, to: target, leaveOn, recurring: true });
    if (leaveOn > through) return wanted;
    leaveOn = addWorkingDays(leaveOn, every, closed);
  }
}

/** Who of these there is: without an officer nobody is reminded as one. */
function present(targets: readonly ReminderTarget[], c: ReminderCase): ReminderTarget[] {
  return targets.filter((target) => target !== 'officer' || c.officerSince !== null);
}

/** The answer date has someone who minds it from the first day on: the registrars, until there is an officer. */
function mindsTheAnswer(c: ReminderCase): ReminderTarget {
  return c.officerSince === null ? 'officer-or-registrars' : 'officer';
}

function answerDueRows(c: ReminderCase, done: ReadonlySet<MilestoneName>, through: LocalDate): WantedReminder[] {
  if (c.answerDue === null || c.workBy === null || done.has('expedite')) return [];
  const kind = { about: 'answerDue', date: c.answerDue, base: c.workBy, since: c.registeredOn } as const;
  const overdueTo = [mindsTheAnswer(c), 'department-manager'] as const;
  return [
    ...rows({ ...kind, to: [mindsTheAnswer(c)] }, ANSWER_OFFSETS, c.closedDays),
    ...chain({ ...kind, to: overdueTo }, OVERDUE_FIRST, OVERDUE_EVERY, through, c.closedDays),
  ];
}

function milestoneRows(c: ReminderCase, done: ReadonlySet<MilestoneName>): WantedReminder[] {
  const dates = new Map(c.milestones.map((m) => [m.milestone, m.date]));
  const wanted: WantedReminder[] = [];
  for (const { about, to, offsets } of ON_MILESTONE) {
    const date = dates.get(about);
    if (date === undefined || done.has(about)) continue;
    wanted.push(...rows({ about, date, to: present(to, c) }, offsets, c.closedDays));
  }
  const meeting = dates.get('meeting');
  const awaited = c.adjustment === 'proposed' || c.adjustment === 'confirmed';
  if (meeting !== undefined && awaited && !done.has('meeting')) {
    wanted.push(...rows({ about: 'immediate-adjustment', date: meeting, to: ['secretaries'] }, [-1], c.closedDays));
  }
  return wanted;
}

/** What is wrong with a case that nobody has put right. */
function gapRows(c: ReminderCase, through: LocalDate): WantedReminder[] {
  const wanted: WantedReminder[] = [];
  const registered = { date: c.registeredOn, to: ['registrars', 'managers'] } as const;
  const twoDaysAfter = [AFTER_REGISTRATION];
  if (c.officerSince === null) {
    wanted.push(...rows({ about: 'no-officer', ...registered }, twoDaysAfter, c.closedDays));
  } else {
    const date = c.officerSince;
    wanted.push({ about: 'assignment', date, offset: 0, to: 'officer', leaveOn: 'at-once', recurring: false });
  }
  if (c.answerDue === null) {
    wanted.push(...rows({ about: 'no-answer-date', ...registered }, twoDaysAfter, c.closedDays));
  }
  if (c.openExtensionAskedOn !== null) {
    const since = c.registeredOn;
    const kind = { about: 'extension', date: c.openExtensionAskedOn, since, to: [mindsTheAnswer(c)] } as const;
    wanted.push(...chain(kind, EXTENSION_EVERY, EXTENSION_EVERY, through, c.closedDays));
  }
  return wanted;
}

function noMeetingRows(c: ReminderCase, through: LocalDate): WantedReminder[] {
  // A meeting that has been held has dealt with the case: no other way is to be chosen, whether its decision is noted or not.
  if (c.noMeetingSince === null || c.route !== 'meeting' || c.meetingHeld || rank(c.status) >= rank('decided'))
    return [];
  const date = c.noMeetingSince;
  const to = ['officer-or-registrars', 'department-manager', 'secretaries'] as const;
  return [
    ...to.map((target) => ({
      about: 'no-meeting' as const,
      date,
      offset: 0,
      to: target,
      leaveOn: 'at-once' as const,
      recurring: true,
    })),
    ...chain(
      { about: 'no-meeting', date, since: c.registeredOn, to },
      NO_MEETING_EVERY,
      NO_MEETING_EVERY,
      through,
      c.closedDays,
    ),
  ];
}

/** Two working days before the next agenda goes out; on that day itself when the chair decided later than that. */
function chairReportRows(c: ReminderCase): WantedReminder[] {
  const date = c.chairDecision?.nextDispatchOn ?? null;
  if (c.chairDecision === null || c.chairDecision.reported || date === null) return [];
  const inTime = addWorkingDays(lastWorkingDayUntil(date, c.closedDays), -2, c.closedDays) > c.chairDecision.decidedOn;
  return rows({ about: 'chair-report', date, to: ['secretaries'] }, [inTime ? -2 : 0], c.closedDays);
}

/**
 * Every reminder that a case wants as it stands, whether or not its day has passed: the caller drops those.
 *
 * A step done closes those before it, a meeting held closes what led up to it, an answer sent closes all but signing,
 * notice and the chair's report, and a closed or cancelled case wants none. A dormant case wants answerDue's alone.
 * @param c       the case
 * @param through chains go on up to and including their first day after this one, so that none runs dry
 * @see kommunallagen (2017:725) 6 kap. 40 § for the chair's report, 8 kap. 12 § for the notice
 */
export function wantedReminders(c: ReminderCase, through: LocalDate): WantedReminder[] {
  if (c.status === 'closed' || c.status === 'cancelled') return [];
  const done = doneSteps(c);
  const answerDue = answerDueRows(c, done, through);
  if (c.dormant) return answerDue;
  const gaps = done.has('expedite') ? [] : [...gapRows(c, through), ...noMeetingRows(c, through)];
  return [...answerDue, ...milestoneRows(c, done), ...chairReportRows(c), ...gaps];
}

/** A step that reminders are about, by its planned day. */
export type RemindedStep = Pick<WantedReminder, 'about' | 'date'>;

/**
 * The steps that are open again: reminded of now and not before, as when one that was done by mistake is taken back.
 *
 * @param before what the case wanted as it stood
 * @param after  what it wants now, on the same day
 */
export function reopenedSteps(
  before: readonly WantedReminder[],
  after: readonly WantedReminder[],
): readonly RemindedStep[] {
  const nameOf = ({ about, date }: RemindedStep): string => `${about} ${date}`;
  const known = new Set(before.map(nameOf));
  return [...new Map(after.map(({ about, date }) => [nameOf({ about, date }), { about, date }]))]
    .filter(([name]) => !known.has(name))
    .map(([, step]) => step);
}
