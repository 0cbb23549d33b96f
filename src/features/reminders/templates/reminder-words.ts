import type { LocalDate } from '../../../domain/calendar/local-date.js';
import type { Milestone, MilestoneName } from '../../../domain/timetable/milestones.js';
import type { ReminderAbout } from '../../../domain/timetable/reminder-plan.js';
import type { CasePosition } from '../case-position.js';
import { longDate } from '../../../domain/calendar/long-date.js';
import { clockTime, timeLeft, weekdayDate } from './day-words.js';

/** One thing to do in a case, said as it stands on a day. */
export interface Matter {
  readonly about: ReminderAbout;
  /** The day it is to be done by; null when it is simply to be done. */
  readonly by: LocalDate | null;
  /** For the subject line: `svar senast 27 oktober 2023`. */
  readonly short: string;
  /** `5 arbetsdagar kvar`, or empty. */
  readonly left: string;
  /** What to do now. */
  readonly todo: string;
  /** The rule or the reason. */
  readonly why: string;
}

/** What a reminder is about, and the day its row names. */
export interface Subject {
  readonly about: ReminderAbout;
  readonly date: LocalDate;
}

interface Said {
  readonly by?: LocalDate;
  readonly short: string;
  readonly todo: string;
  readonly why: string;
  /** False: the day is one from which is counted, or one on which something happens anyway. */
  readonly counts?: boolean;
}

const milestone = (c: CasePosition, name: MilestoneName): Milestone | undefined =>
  c.milestones.find((row) => row.milestone === name);

function ruleOf(c: CasePosition, name: MilestoneName): string {
  const row = milestone(c, name);
  if (!row) return '';
  return `${row.rule.charAt(0).toUpperCase()}${row.rule.slice(1)} (${row.source}).`;
}

function meetingOf(c: CasePosition): string {
  return c.meetingOn === null ? 'sammanträdet' : `sammanträdet ${longDate(c.meetingOn)}`;
}

const senderOf = (c: CasePosition): string => c.answerTo ?? (c.sender === '' ? 'avsändaren' : c.sender);

function answerBy(c: CasePosition, day: LocalDate): string {
  const time = c.answerDueTime === null ? '' : ` ${clockTime(c.answerDueTime)}`;
  const due = `senast ${weekdayDate(day)}${time}`;
  if (c.workBy === null || c.workBy === day) return due;
  return `${due}. Det är ingen arbetsdag, så svaret behöver skickas ${weekdayDate(c.workBy)}`;
}

function answerDue(c: CasePosition, date: LocalDate, today: LocalDate): Said {
  const day = c.answerDue ?? date;
  const by = c.workBy ?? day;
  const overdue = today > by;
  const late = 'Skicka det nu, eller kom överens med avsändaren om anstånd och anteckna det i ärendet.';
  return {
    by,
    short: overdue ? `svaret skulle ha varit inne ${longDate(day)}` : `svar senast ${longDate(day)}`,
    todo: overdue
      ? `Svaret skulle ha varit inne ${answerBy(c, day)}. ${late}`
      : `Se till att svaret är hos avsändaren ${answerBy(c, day)}.`,
    why: 'Svarsdagen är satt av avsändaren och flyttas aldrig.',
  };
}

/** @param todo what to do, given `senast fredag 27 oktober 2023`, or `så snart som möjligt` once that has passed */
function step(name: ReminderAbout & MilestoneName, short: string, todo: (when: string) => string) {
  return (c: CasePosition, date: LocalDate, today: LocalDate): Said => {
    const by = milestone(c, name)?.date ?? date;
    const when = by < today ? 'så snart som möjligt' : `senast ${weekdayDate(by)}`;
    return { by, short: `${short} senast ${longDate(by)}`, todo: todo(when), why: ruleOf(c, name) };
  };
}

/** A board that has no meeting planned lacks them altogether: there is no answer day to blame. */
const lacksMeetings = ({ lastMeeting }: CasePosition, today: LocalDate): boolean =>
  lastMeeting === null || lastMeeting < today;

function noMeeting(c: CasePosition, _date: LocalDate, today: LocalDate): Said {
  if (lacksMeetings(c, today)) {
    return {
      short: 'nämnden har inga inlagda sammanträden',
      todo: 'Se till att nämndens sammanträden läggs in: det gör nämndsekreteraren under Sammanträden i Diarium. Ärendet planeras då om genast.',
      why: 'Nämnden har inga inlagda sammanträden, så ingen tidplan går att räkna ut.',
    };
  }
  const ways =
    'begär anstånd, ordförandebeslut, beslut på delegation, extra sammanträde eller att avstå från att svara';
  const due = c.answerDue === null ? 'svarsdagen' : `svarsdagen ${longDate(c.answerDue)}`;
  return {
    short: 'inget sammanträde i tid',
    todo: `Välj en annan väg till beslut: ${ways}.`,
    why: `Inget sammanträde kommer i tid för ${due} (KL 6 kap. 23, 37 och 39 §§).`,
  };
}

function assignment(c: CasePosition, date: LocalDate): Said {
  const draft = milestone(c, 'draft');
  const due = c.answerDue === null ? '' : `, svar senast ${longDate(c.answerDue)}`;
  const officer = c.officerName ?? 'Du';
  const first = draft ? ` Ha förslaget till svar klart senast ${weekdayDate(draft.date)}.` : '';
  return {
    short: `nytt ärende${due}`,
    todo: `Läs remissen och börja bereda svaret.${first}`,
    why: `${officer} är handläggare sedan ${longDate(date)}.`,
  };
}

const WORDS: Record<ReminderAbout, (c: CasePosition, date: LocalDate, today: LocalDate) => Said> = {
  answerDue,
  draft: step(
    'draft',
    'förslag till svar',
    (when) => `Ha förslaget till svar klart ${when}, och markera det som klart.`,
  ),
  managerApproval: step(
    'managerApproval',
    'avdelningschefens attest',
    (when) => `Läs förslaget till svar och attestera det ${when}.`,
  ),
  directorApproval: step(
    'directorApproval',
    'förvaltningschefens attest',
    (when) => `Läs förslaget till svar och attestera det ${when}.`,
  ),
  dispatch: (c, date, today) =>
    step('dispatch', 'utskick', (when) => `Skicka kallelse och handlingar till ${meetingOf(c)} ${when}.`)(
      c,
      date,
      today,
    ),
  'immediate-adjustment': (c, date) => ({
    by: c.meetingOn ?? date,
    short: `omedelbar justering ${longDate(c.meetingOn ?? date)}`,
    todo: `Paragrafen ska justeras omedelbart vid ${meetingOf(c)}. Ha den färdigskriven, med justerare vidtalad.`,
    why: 'Vid ordinarie justering hinner svaret inte fram till svarsdagen (KL 5 kap. 69 §).',
    counts: false,
  }),
  adjustment: step('adjustment', 'justering', (when) => `Se till att paragrafen justeras ${when}, och anteckna när.`),
  notice: step('notice', 'anslag', (when) => `Anslå justeringen på anslagstavlan ${when}, och anteckna när.`),
  expedite: (c, date, today) =>
    step('expedite', 'expediering', (when) => `Skicka svaret till ${senderOf(c)} ${when}, och anteckna det.`)(
      c,
      date,
      today,
    ),
  'chair-report': (_c, date) => ({
    by: date,
    short: `anmäl ordförandebeslutet, utskick ${longDate(date)}`,
    todo: `Ta upp ordförandebeslutet som anmälan i kallelsen som går ut ${weekdayDate(date)}.`,
    why: 'Ett ordförandebeslut ska anmälas vid nämndens nästa sammanträde (KL 6 kap. 40 §).',
  }),
  extension: (c, date) => ({
    short: 'inget svar om anstånd',
    todo: 'Hör med avsändaren om anståndet, och anteckna svaret i ärendet.',
    why: `Anstånd begärdes ${longDate(date)}.${c.answerDue === null ? '' : ` Tills det är beviljat gäller svarsdagen ${longDate(c.answerDue)}.`}`,
  }),
  'no-officer': (_c, date) => ({
    short: 'saknar handläggare',
    todo: 'Fördela ärendet till en handläggare.',
    why: `Ärendet registrerades ${longDate(date)} och har ännu ingen handläggare.`,
  }),
  'no-answer-date': (_c, date) => ({
    short: 'saknar svarsdag',
    todo: 'Ta reda på svarsdagen hos avsändaren och skriv in den. Utan den finns ingen plan.',
    why: `Ärendet registrerades ${longDate(date)} utan svarsdag.`,
  }),
  'no-meeting': noMeeting,
  assignment,
};

/** What a reminder says about a case as it stands on `today`. */
export function matterOf(c: CasePosition, { about, date }: Subject, today: LocalDate): Matter {
  const { by, counts = true, ...said } = WORDS[about](c, date, today);
  const left = by !== undefined && counts ? timeLeft(today, by, c.closedDays) : '';
  return { about, by: by ?? null, left, ...said };
}
