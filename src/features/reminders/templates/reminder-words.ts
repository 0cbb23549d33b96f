import type { LocalDate } from '../../../domain/calendar/local-date.js';
import type { Milestone, MilestoneName } from '../../../domain/timetable/milestones.js';
import type { ReminderAbout } from '../../../domain/timetable/reminder-plan.js';
import type { Act } from '../../../domain/referral/lifecycle.js';
import { boardLacksMeetings, type CasePosition } from '../case-position.js';
import { longDate } from '../../../domain/calendar/long-date.js';
import { assignmentWords } from './assignment-words.js';
import { clockTime, timeLeft, weekdayDate } from './day-words.js';
import {
  answersForCase,
  assignWords,
  chooseWay,
  hasOfficer,
  may,
  noWayWords,
  roleWords,
  type Reader,
} from './reader.js';

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

type Words = (c: CasePosition, date: LocalDate, today: LocalDate, reader: Reader) => Said;

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

function answerDue(c: CasePosition, date: LocalDate, today: LocalDate, reader: Reader): Said {
  const day = c.answerDue ?? date;
  const by = c.workBy ?? day;
  const overdue = today > by;
  return {
    by,
    short: overdue ? `svaret skulle ha varit inne ${longDate(day)}` : `svar senast ${longDate(day)}`,
    todo: overdue ? lateAnswer(c, day, today, reader) : coming(c, day, today, reader),
    why: 'Svarsdagen är satt av avsändaren och flyttas aldrig.',
  };
}

/** What is missing when somebody is asked for the answer who neither is the officer nor manages the department. */
function noOfficerWords(c: CasePosition, today: LocalDate): string | null {
  if (hasOfficer(c, today)) return null;
  return c.officerId === null || c.secret
    ? 'Ärendet har ingen handläggare.'
    : `Ärendets handläggare ${c.officerName ?? ''} har slutat.`;
}

function coming(c: CasePosition, day: LocalDate, today: LocalDate, reader: Reader): string {
  const none = answersForCase(reader) ? null : noOfficerWords(c, today);
  if (none === null) return `Se till att svaret är hos avsändaren ${answerBy(c, day)}.`;
  return `${none} ${may(reader, 'assign') ? 'Fördela det nu' : 'Be registratorn fördela det nu'}, så att svaret är hos avsändaren ${answerBy(c, day)}.`;
}

function lateAnswer(c: CasePosition, day: LocalDate, today: LocalDate, reader: Reader): string {
  const late = `Svaret skulle ha varit inne ${answerBy(c, day)}.`;
  const agree = 'kom överens med avsändaren om anstånd och anteckna det i ärendet';
  if (answersForCase(reader)) return `${late} Skicka det nu, eller ${agree}.`;
  const none = noOfficerWords(c, today);
  if (none !== null) return `${late} ${none} ${assignWords(reader, '')} nu, eller ${agree}.`;
  return `${late} Hör med handläggaren${c.secret ? '' : ` ${c.officerName ?? ''}`}: skicka svaret nu, eller ${agree}.`;
}

/** How a step is said to whoever is to do it, and to those who are asked for want of one. */
interface StepWords {
  readonly act: Act;
  /** `utkast till svar`, before `senast 4 oktober 2023`. */
  readonly short: string;
  /** What to do, given `senast fredag 27 oktober 2023`, or `så snart som möjligt` once that has passed. */
  readonly todo: (when: string, c: CasePosition) => string;
  /** Who is missing: `förvaltningschef`, before `saknas`. */
  readonly missing: string;
  /** What then to do, by when. */
  readonly instead: (when: string, c: CasePosition, reader: Reader, today: LocalDate) => string;
  /** After who is missing: `attest`. */
  readonly shortThen: string;
}

function step(name: ReminderAbout & MilestoneName, words: StepWords): Words {
  return (c, date, today, reader) => {
    const by = milestone(c, name)?.date ?? date;
    // An answer that leaves after the day to work by is late already: its own day is no last one.
    const isTooLate = name === 'expedite' && c.workBy !== null && by > c.workBy;
    const when = by < today || isTooLate ? 'så snart som möjligt' : `senast ${weekdayDate(by)}`;
    const last = isTooLate ? 'så snart som möjligt' : `senast ${longDate(by)}`;
    const said = { by, why: ruleOf(c, name), counts: !isTooLate };
    if (may(reader, words.act)) return { ...said, short: `${words.short} ${last}`, todo: words.todo(when, c) };
    const short = `${words.missing} saknas, ${words.shortThen} ${last}`;
    return { ...said, short, todo: words.instead(when, c, reader, today) };
  };
}

const secretarysStep = (
  act: Act,
  short: string,
  todo: StepWords['todo'],
  done: (c: CasePosition) => string,
): StepWords => ({
  act,
  short,
  todo,
  missing: 'nämndsekreterare',
  shortThen: short,
  instead: (when, c, reader) =>
    `Ingen nämndsekreterare i nämnden kan påminnas. ${roleWords(reader, 'nämndsekreterare')}, så att ${done(c)} ${when}.`,
});

function managersApprovalInstead(when: string, c: CasePosition, reader: Reader): string {
  if (c.department === null) {
    const assign = may(reader, 'assign') ? 'Fördela det' : 'Be registratorn fördela det';
    return `Ärendet hör inte till någon avdelning. ${assign} till en handläggare, så att avdelningens chef kan attestera utkastet till svar ${when}.`;
  }
  const ask = reader.who.roles.has('admin') ? 'Utse en' : 'Be systemförvaltaren utse en';
  const assign = may(reader, 'assign') ? 'fördela ärendet' : 'be registratorn fördela ärendet';
  return `${c.departmentName ?? 'Avdelningen'} har ingen avdelningschef i Diarium. ${ask}, eller ${assign} inom en avdelning som har en, så att utkastet till svar kan attesteras ${when}.`;
}

function noMeeting(c: CasePosition, _date: LocalDate, today: LocalDate, reader: Reader): Said {
  if (c.meetingOn !== null && c.meetingOn < today) return heldMeeting(c, c.meetingOn, reader);
  if (boardLacksMeetings(c, today)) {
    return {
      ...answerDay(c),
      short: noMeetingShort(c, today),
      todo: 'Se till att nämndens sammanträden läggs in: det gör nämndsekreteraren under Sammanträden i Diarium. Ärendet planeras då om genast.',
      why: 'Nämnden har inga inlagda sammanträden, så ingen tidplan går att räkna ut.',
    };
  }
  return {
    ...answerDay(c),
    short: noMeetingShort(c, today),
    todo: chooseWay(c, today, reader),
    why: noWayWords(c),
  };
}

/** Its meeting has been held since the reminder came into being: there is no other way to choose any more. */
function heldMeeting(c: CasePosition, held: LocalDate, reader: Reader): Said {
  const said = {
    ...answerDay(c),
    short: `sammanträdet hölls ${longDate(held)}${dueShort(c)}`,
    why: `Sammanträdet ${longDate(held)} har hållits, och omedelbar justering är avböjd.`,
  };
  if (c.status !== 'on-agenda' && c.status !== 'approved')
    return { ...said, todo: 'Ärendet var inte med, och planeras om. Du behöver inte göra något nu.' };
  if (may(reader, 'record-decision'))
    return { ...said, todo: 'Anteckna nämndens beslut, så att svaret kan skickas. Det får gå före justeringen.' };
  const send = ` Skicka svaret till ${senderOf(c)} när beslutet är antecknat. Det får gå före justeringen.`;
  return { ...said, todo: `Nämndsekreteraren antecknar nämndens beslut.${may(reader, 'send-answer') ? send : ''}` };
}

/** That a case has no way in time, for a subject line: `inget sammanträde i tid, svar senast 27 oktober 2023`. */
export function noMeetingShort(c: CasePosition, today: LocalDate): string {
  if (boardLacksMeetings(c, today)) return `nämnden har inga inlagda sammanträden${dueShort(c)}`;
  const isDeclined = c.adjustment === 'declined' && c.meetingOn !== null;
  return `${isDeclined ? 'ingen väg till svar i tid' : 'inget sammanträde i tid'}${dueShort(c)}`;
}

/** By when the case presses, for what has no day of its own. */
const answerDay = (c: CasePosition): Pick<Said, 'by'> => (c.workBy === null ? {} : { by: c.workBy });

const dueShort = ({ answerDue: day }: CasePosition): string => (day === null ? '' : `, svar senast ${longDate(day)}`);

function noOfficer(c: CasePosition, date: LocalDate, _today: LocalDate, reader: Reader): Said {
  const isTheirs = may(reader, 'assign');
  return {
    ...answerDay(c),
    short: c.answerDue === null ? `saknar handläggare sedan ${longDate(date)}` : `saknar handläggare${dueShort(c)}`,
    todo: isTheirs
      ? 'Fördela ärendet till en handläggare.'
      : 'Be registratorn fördela ärendet: det hör inte till någon avdelning som du är chef för än.',
    why: `Ärendet registrerades ${longDate(date)} och har ännu ingen handläggare.`,
  };
}

const WORDS: Record<ReminderAbout, Words> = {
  answerDue,
  draft: step('draft', {
    act: 'draft-done',
    short: 'utkast till svar',
    todo: (when) => `Ha utkastet till svar klart ${when}, och anteckna det som klart.`,
    missing: 'handläggare',
    shortThen: 'utkast till svar',
    instead: (when, c, reader, today) =>
      `${noOfficerWords(c, today) ?? 'Handläggaren arbetar inte längre med nämndens ärenden.'} ${assignWords(reader, ' till någon')} som kan ha utkastet till svar klart ${when}.`,
  }),
  managerApproval: step('managerApproval', {
    act: 'approve-manager',
    short: 'avdelningschefens attest',
    todo: (when) => `Läs utkastet till svar och attestera det ${when}.`,
    missing: 'avdelningschef',
    shortThen: 'attest',
    instead: managersApprovalInstead,
  }),
  directorApproval: step('directorApproval', {
    act: 'approve-director',
    short: 'förvaltningschefens attest',
    todo: (when) => `Läs utkastet till svar och attestera det ${when}.`,
    missing: 'förvaltningschef',
    shortThen: 'attest',
    instead: (when, _c, reader) =>
      `Ingen förvaltningschef i nämnden kan påminnas. ${roleWords(reader, 'förvaltningschef')}, så att utkastet till svar kan attesteras ${when}.`,
  }),
  dispatch: step(
    'dispatch',
    secretarysStep(
      'dispatch',
      'utskick',
      (when, c) => `Skicka kallelse och handlingar till ${meetingOf(c)} ${when}.`,
      (c) => `kallelse och handlingar till ${meetingOf(c)} skickas`,
    ),
  ),
  'immediate-adjustment': (c, date, _today, reader) => ({
    by: c.meetingOn ?? date,
    short: `omedelbar justering ${longDate(c.meetingOn ?? date)}`,
    todo: may(reader, 'decide-adjustment')
      ? `Paragrafen ska justeras omedelbart vid ${meetingOf(c)}. Ha den färdigskriven, med justerare vidtalad.`
      : `Paragrafen ska justeras omedelbart vid ${meetingOf(c)}, men ingen nämndsekreterare i nämnden kan påminnas. ${roleWords(reader, 'nämndsekreterare')}.`,
    why: 'Vid ordinarie justering hinner svaret inte fram till svarsdagen (KL 5 kap. 69 §).',
    counts: false,
  }),
  adjustment: step(
    'adjustment',
    secretarysStep(
      'sign-adjustment',
      'justering',
      (when) => `Se till att paragrafen justeras ${when}, och anteckna när.`,
      () => 'paragrafen justeras',
    ),
  ),
  notice: step(
    'notice',
    secretarysStep(
      'post-notice',
      'anslag',
      (when) => `Anslå justeringen på anslagstavlan ${when}, och anteckna när.`,
      () => 'justeringen anslås',
    ),
  ),
  expedite: step(
    'expedite',
    secretarysStep(
      'send-answer',
      'expediering',
      (when, c) => `Skicka svaret till ${senderOf(c)} ${when}, och anteckna det.`,
      (c) => `svaret skickas till ${senderOf(c)}`,
    ),
  ),
  'chair-report': (_c, date, _today, reader) => ({
    by: date,
    short: `anmäl ordförandebeslutet, utskick ${longDate(date)}`,
    todo: may(reader, 'dispatch')
      ? `Ta upp ordförandebeslutet som anmälan i kallelsen som går ut ${weekdayDate(date)}.`
      : `Ordförandebeslutet ska tas upp som anmälan i kallelsen som går ut ${weekdayDate(date)}, men ingen nämndsekreterare i nämnden kan påminnas. ${roleWords(reader, 'nämndsekreterare')}.`,
    why: 'Ett ordförandebeslut ska anmälas vid nämndens nästa sammanträde (KL 6 kap. 40 §).',
  }),
  extension: (c, date, _today, reader) => ({
    ...answerDay(c),
    short: `inget svar om anstånd${dueShort(c)}`,
    todo: may(reader, 'answer-extension')
      ? 'Hör med avsändaren om anståndet, och anteckna svaret i ärendet.'
      : 'Hör med avsändaren om anståndet, och be registratorn anteckna svaret i ärendet.',
    why: `Anstånd begärdes ${longDate(date)}.${c.answerDue === null ? '' : ` Tills det är beviljat gäller svarsdagen ${longDate(c.answerDue)}.`}`,
  }),
  'no-officer': noOfficer,
  'no-answer-date': (_c, date, _today, reader) => ({
    short: `saknar svarsdag sedan ${longDate(date)}`,
    todo: may(reader, 'correct')
      ? 'Ta reda på svarsdagen hos avsändaren och skriv in den. Utan den finns ingen plan.'
      : 'Hör med avsändaren om svarsdagen, och be registratorn skriva in den. Utan den finns ingen plan.',
    why: `Ärendet registrerades ${longDate(date)} utan svarsdag.`,
  }),
  'no-meeting': noMeeting,
  assignment: (c, date, today, reader) => ({
    ...answerDay(c),
    ...assignmentWords(c, date, today, reader),
    counts: false,
  }),
};

/** What a reminder says about a case as it stands on `today`, to one who is to do it or is asked for want of one. */
export function matterOf(c: CasePosition, { about, date }: Subject, today: LocalDate, reader: Reader): Matter {
  const { by, counts = true, ...said } = WORDS[about](c, date, today, reader);
  const left = by !== undefined && counts ? timeLeft(today, by, c.closedDays) : '';
  return { about, by: by ?? null, left, ...said };
}
