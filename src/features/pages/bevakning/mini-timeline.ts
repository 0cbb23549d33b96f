import { daysBetween, localDate, type LocalDate } from '../../../domain/calendar/local-date.js';
import { dayFrom } from '../../../domain/calendar/long-date.js';
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

/** What is said of a milestone, before its day. */
interface Said {
  readonly done: string;
  /** Its day has passed, and nobody has recorded it. */
  readonly missed: string;
  readonly coming: string;
}

const WORDS: Partial<Record<MilestoneName, Said>> = {
  draft: {
    done: 'utkastet blev klart',
    missed: 'utkastet skulle ha varit klart',
    coming: 'utkastet ska vara klart',
  },
  managerApproval: {
    done: 'avdelningschefen attesterade',
    missed: 'avdelningschefen skulle ha attesterat',
    coming: 'avdelningschefen ska attestera',
  },
  directorApproval: {
    done: 'förvaltningschefen attesterade',
    missed: 'förvaltningschefen skulle ha attesterat',
    coming: 'förvaltningschefen ska attestera',
  },
  dispatch: {
    done: 'kallelsen skickades ut',
    missed: 'kallelsen skulle ha skickats ut',
    coming: 'kallelsen ska skickas ut',
  },
  meeting: {
    done: 'nämnden beslutade',
    missed: 'beslutet är inte antecknat efter sammanträdet',
    coming: 'nämnden sammanträder',
  },
  decision: { done: 'beslutet fattades', missed: 'beslutet skulle ha fattats', coming: 'beslutet ska fattas' },
  expedite: { done: 'svaret skickades', missed: 'svaret skulle ha skickats', coming: 'svaret ska skickas' },
  answerDue: {
    done: 'svaret skickades',
    missed: 'svaret skulle ha varit inne',
    coming: 'svaret ska vara inne',
  },
};

/** What of a case is drawn. */
export type DrawnCase = Pick<WatchedCase, 'milestones' | 'registeredOn' | 'answerDue' | 'answerSentOn'>;

interface Mark {
  readonly milestone: MilestoneName;
  readonly said: Said;
  readonly day: LocalDate;
  readonly done: boolean;
  /** Whether its day is the one it was done on, and not only planned for. */
  readonly isRecorded: boolean;
}

function marksOf(one: DrawnCase): Mark[] {
  const marks = one.milestones.flatMap(({ milestone, date, doneOn }): Mark[] => {
    const said = WORDS[milestone];
    const on = doneOn ?? (milestone === 'answerDue' ? one.answerSentOn : null);
    const isRecorded = on !== null;
    return said === undefined ? [] : [{ milestone, said, day: on ?? date, done: isRecorded, isRecorded }];
  });
  // A step that is done closes those before it.
  const last = marks.findLastIndex(({ done }) => done);
  return marks.map((mark, index) => (index < last ? { ...mark, done: true } : mark));
}

/** The days of a case from registration to answer, for a drawing of a few words' width; null when there are none. */
export function miniTimeline(one: DrawnCase, today: LocalDate): MiniTimeline | null {
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
  const steps = marks.filter(({ milestone }) => milestone !== 'answerDue');
  return {
    dots: [{ x: LEFT, state: 'done' as const }, ...steps.map((mark) => ({ x: place(mark.day), state: stateOf(mark) }))],
    todayX: place(today),
    todayInside: today > one.registeredOn && today < last,
    dueX: due === null ? null : place(due),
    words: wordsOf(one, marks, today),
  };
}

const dayWords = (day: LocalDate, today: LocalDate): string => (day === today ? 'i dag' : dayFrom(today, day));

/** What was done by the way, without being recorded, has no day of its own to tell. */
function markWords({ said, day, done, isRecorded }: Mark, today: LocalDate): string {
  if (done) return isRecorded ? `${said.done} ${dayWords(day, today)}` : said.done;
  return `${day < today ? said.missed : said.coming} ${dayWords(day, today)}`;
}

function wordsOf(one: DrawnCase, marks: readonly Mark[], today: LocalDate): string {
  const said = marks.map((mark) => markWords(mark, today));
  // An answer that has been sent is both its own milestone and the answer day's.
  return [...new Set([`Registrerad ${dayWords(one.registeredOn, today)}`, ...said])].join(', ');
}
