import { daysBetween, localDate, type LocalDate } from '../../../domain/calendar/local-date.js';
import { dayAndMonth } from '../../../domain/calendar/long-date.js';
import type { MilestoneName } from '../../../domain/timetable/milestones.js';
import type { WatchedCase } from './watch-row.js';

export const WIDTH = 176;
const LEFT = 6;
export const RIGHT = 168;

/** A day on the small timeline of a case. */
export interface Dot {
  readonly x: number;
  readonly state: 'done' | 'late' | 'coming';
}

export interface MiniTimeline {
  readonly dots: readonly Dot[];
  /** Where today is, and whether it is within the line. */
  readonly todayX: number;
  readonly todayInside: boolean;
  readonly dueX: number | null;
  /** The whole of it in words. */
  readonly words: string;
}

const NAMES: Partial<Record<MilestoneName, string>> = {
  draft: 'utkast',
  managerApproval: 'chefens attest',
  directorApproval: 'förvaltningschefens attest',
  dispatch: 'utskick',
  meeting: 'sammanträde',
  decision: 'beslut',
  expedite: 'expediering',
  answerDue: 'svar senast',
};

interface Mark {
  readonly name: string;
  readonly day: LocalDate;
  readonly done: boolean;
}

function marksOf(one: WatchedCase): Mark[] {
  const marks = one.milestones.flatMap(({ milestone, date, doneOn }): Mark[] => {
    const name = NAMES[milestone];
    const done = doneOn ?? (milestone === 'answerDue' ? one.answerSentOn : null);
    return name === undefined ? [] : [{ name, day: done ?? date, done: done !== null }];
  });
  // A step that is done closes those before it.
  const last = marks.findLastIndex(({ done }) => done);
  return marks.map((mark, index) => (index < last ? { ...mark, done: true } : mark));
}

/** The days of a case from registration to answer, for a drawing of a few words' width; null when there are none. */
export function miniTimeline(one: WatchedCase, today: LocalDate): MiniTimeline | null {
  const marks = marksOf(one);
  const days = marks.map(({ day }) => day).sort();
  const last = days.at(-1);
  if (last === undefined || last <= one.registeredOn) return null;
  const span = Math.max(1, daysBetween(one.registeredOn, last));
  const place = (day: LocalDate): number => {
    const x = LEFT + ((RIGHT - LEFT) * daysBetween(one.registeredOn, day)) / span;
    return Math.round(Math.min(RIGHT, Math.max(LEFT, x)) * 10) / 10;
  };
  const due = one.answerDue === null ? null : localDate(one.answerDue);
  const stateOf = ({ day, done }: Mark): Dot['state'] => (done ? 'done' : day < today ? 'late' : 'coming');
  const steps = marks.filter(({ name }) => name !== NAMES.answerDue);
  return {
    dots: [{ x: LEFT, state: 'done' as const }, ...steps.map((mark) => ({ x: place(mark.day), state: stateOf(mark) }))],
    todayX: place(today),
    todayInside: today > one.registeredOn && today < last,
    dueX: due === null ? null : place(due),
    words: wordsOf(one, marks, today),
  };
}

function wordsOf(one: WatchedCase, marks: readonly Mark[], today: LocalDate): string {
  const said = marks.map(({ name, day, done }) => {
    const when = day === today ? 'i dag' : dayAndMonth(day);
    if (done) return `${name} klart ${when}`;
    return day < today ? `${name} skulle ha varit klart ${when}` : `${name} ${when}`;
  });
  return [`Registrerad ${dayAndMonth(one.registeredOn)}`, ...said].join(', ');
}
