import { localDateAt } from '../../../../domain/calendar/stockholm-time.js';
import { shortOfTime, type ShortOfTime } from '../../../../domain/timetable/short-of-time.js';
import { localDate, type LocalDate } from '../../../../domain/calendar/local-date.js';
import type { ReferralView } from '../../../referrals/referral.dto.js';
import { inShort } from '../words/days.js';
import { MILESTONE_WORDS } from '../words/milestone-words.js';

export type PointState = 'done' | 'late' | 'coming';

/** One day of the drawing, with all that belongs to it. */
export interface TimelinePoint {
  readonly day: LocalDate;
  readonly label: string;
  readonly names: readonly string[];
  readonly state: PointState;
  /** Whether the answer must be in on this day. */
  readonly isDue: boolean;
}

interface Mark {
  readonly day: LocalDate;
  readonly name: string;
  readonly state: PointState;
  readonly isDue: boolean;
}

/** Ends and limits, which nobody does: they are not late. */
const NOT_DONE_BY_ANYONE = new Set(['appealEnds', 'answerDue']);

export const isOver = (view: Pick<ReferralView, 'status'>): boolean =>
  view.status === 'closed' || view.status === 'cancelled';

/** Whether time was short for a step from the start, and by when it is to be done now. */
export function shortIn(
  { timetable, registeredAt }: Pick<ReferralView, 'timetable' | 'registeredAt'>,
  step: string,
  today: LocalDate,
): ShortOfTime | null {
  const rows = timetable.map(({ milestone, date }) => ({ milestone, date: localDate(date) }));
  return shortOfTime(rows, step, localDateAt(new Date(registeredAt)), today);
}

/**
 * Whether a step of the timetable is late on a day: its day has passed and it is not done, nor a later one. One whose day
 * had passed when the case was registered is not, until it is too late for what it leads up to.
 */
export function lateSteps(view: ReferralView, today: LocalDate): ReadonlySet<string> {
  const lastDone = view.timetable.findLastIndex(({ doneOn }) => doneOn !== null);
  const late = view.timetable.filter(
    ({ milestone, date, doneOn }, index) =>
      doneOn === null &&
      date < today &&
      index > lastDone &&
      !NOT_DONE_BY_ANYONE.has(milestone) &&
      shortIn(view, milestone, today) === null,
  );
  const missed = view.answer === null && view.workBy !== null && view.workBy < today ? ['answerDue'] : [];
  return isOver(view) ? new Set() : new Set([...late.map(({ milestone }) => milestone), ...missed]);
}

function marksOf(view: ReferralView, today: LocalDate): Mark[] {
  const late = lateSteps(view, today);
  const registered = localDateAt(new Date(view.registeredAt));
  const marks = view.timetable.map(({ milestone, date, doneOn }): Mark => {
    const isDue = milestone === 'answerDue';
    const answered = isDue && view.answer !== null;
    const over = milestone === 'appealEnds' && date < today;
    const state = doneOn !== null || answered || over ? 'done' : late.has(milestone) ? 'late' : 'coming';
    return { day: localDate(doneOn ?? date), name: MILESTONE_WORDS[milestone].short, state, isDue };
  });
  return [{ day: registered, name: 'Registrerad', state: 'done', isDue: false }, ...marks];
}

const stateOf = (marks: readonly Mark[]): PointState => {
  if (marks.some(({ state }) => state === 'late')) return 'late';
  return marks.every(({ state }) => state === 'done') ? 'done' : 'coming';
};

/** The days of a case in order, each with the steps that fall on it. */
export function pointsOf(view: ReferralView, today: LocalDate): TimelinePoint[] {
  const byDay = new Map<LocalDate, Mark[]>();
  for (const mark of marksOf(view, today)) byDay.set(mark.day, [...(byDay.get(mark.day) ?? []), mark]);
  return [...byDay]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, marks]) => ({
      day,
      label: inShort(day, today),
      names: marks.map(({ name }) => name),
      state: stateOf(marks),
      isDue: marks.some(({ isDue }) => isDue),
    }));
}
