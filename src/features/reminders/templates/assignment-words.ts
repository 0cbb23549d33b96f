import type { LocalDate } from '../../../domain/calendar/local-date.js';
import { longDate } from '../../../domain/calendar/long-date.js';
import { needsAnotherWay } from '../../../domain/referral/another-way.js';
import { UNDECIDED_STATUSES } from '../../../domain/referral/lifecycle.js';
import type { MilestoneName } from '../../../domain/timetable/milestones.js';
import { shortOfTime } from '../../../domain/timetable/short-of-time.js';
import { boardLacksMeetings, type CasePosition } from '../case-position.js';
import { weekdayDate } from './day-words.js';
import { assignWords, chooseWay, confirmWords, may, noWayWords, type Reader } from './reader.js';
import { beforeWords } from './short-words.js';
import { STATUS_WORDS } from './status-words.js';

interface AssignmentWords {
  readonly short: string;
  readonly todo: string;
  readonly why: string;
}

const senderOf = (c: CasePosition): string => c.answerTo ?? (c.sender === '' ? 'avsändaren' : c.sender);

const dayOf = (c: CasePosition, name: string): LocalDate | null =>
  c.milestones.find(({ milestone }) => milestone === name)?.date ?? null;

const by = (day: LocalDate | null): string => (day === null ? '' : `, senast ${weekdayDate(day)}`);

/** Whether its answer is planned to leave after the day to work by: nobody is told to send it at the latest by such a day. */
const leavesTooLate = (c: CasePosition, day: LocalDate | null): day is LocalDate =>
  day !== null && c.workBy !== null && day > c.workBy;

/** What others do before it is the officer's turn again. */
const OTHERS: Partial<Record<MilestoneName, string>> = {
  managerApproval: 'avdelningschefens attest',
  directorApproval: 'förvaltningschefens attest',
  preparation: 'ordförandeberedningen',
  dispatch: 'utskicket',
  meeting: 'sammanträdet',
  decision: 'beslutet',
  adjustment: 'justeringen',
};

/** What is on its day, and neither before nor after. */
const ON_THE_DAY: ReadonlySet<string> = new Set<MilestoneName>(['meeting', 'decision']);

const whenOf = (step: string | null, day: LocalDate | null): string =>
  day !== null && step !== null && ON_THE_DAY.has(step) ? ` ${weekdayDate(day)}` : by(day);

const othersTurn = (step: string): string | undefined => Object.entries(OTHERS).find(([name]) => name === step)?.[1];

function draftWords(c: CasePosition, today: LocalDate): string {
  const day = dayOf(c, 'draft');
  if (day === null) return '';
  const short = shortOfTime(c.milestones, 'draft', c.registeredOn, today);
  if (short !== null) {
    return `Tiden är kort från början: enligt nämndens ledtider skulle utkastet till svar ha varit klart ${weekdayDate(day)}. Ha det klart så snart som möjligt, ${beforeWords(short, weekdayDate)}.`;
  }
  return day < today
    ? `Utkastet till svar skulle ha varit klart ${weekdayDate(day)}: ha det klart så snart som möjligt.`
    : `Ha utkastet till svar klart senast ${weekdayDate(day)}.`;
}

function expediteWords(c: CasePosition, today: LocalDate): string {
  const day = dayOf(c, 'expedite') ?? c.workBy;
  const when = day === null || day < today || leavesTooLate(c, day) ? 'nu' : `senast ${weekdayDate(day)}`;
  return `Skicka svaret till ${senderOf(c)} ${when}, och anteckna det.`;
}

/** When the answer leaves; it waits for the minutes to be adjusted only where nothing is decided yet. */
function whenSent(c: CasePosition): string {
  const day = dayOf(c, 'expedite') ?? c.workBy;
  if (!leavesTooLate(c, day)) return by(day);
  return UNDECIDED_STATUSES.includes(c.status)
    ? `, så snart paragrafen är justerad, tidigast ${weekdayDate(day)}`
    : ', så snart som möjligt';
}

function whileOthersAct(c: CasePosition, what: string, today: LocalDate): string {
  const day = c.nextStep === null ? null : dayOf(c, c.nextStep);
  const on = day !== null && day < today ? `, som skulle ha skett ${weekdayDate(day)}` : whenOf(c.nextStep, day);
  return `Härnäst är det ${what}${on}. Ditt nästa steg är att skicka svaret till ${senderOf(c)}${whenSent(c)}.`;
}

/** What is the officer's to do next, by when. */
function nextForOfficer(c: CasePosition, today: LocalDate, reader: Reader): string {
  switch (c.nextStep) {
    case 'set-answer-date':
      return 'Svarsdag saknas: hör med avsändaren, och be registratorn skriva in den.';
    case 'choose-route':
      if (boardLacksMeetings(c, today)) {
        return 'Nämnden har inga inlagda sammanträden, så ingen tidplan går att räkna ut. Nämndsekreteraren lägger till dem under Sammanträden, och då planeras ärendet om.';
      }
      return `Inget sammanträde hinner före svarsdagen. ${chooseWay(c, today, reader)}`;
    case 'draft':
      return draftWords(c, today);
    case 'expedite':
    case 'answerDue':
      return expediteWords(c, today);
    case null:
      return '';
    default: {
      const what = othersTurn(c.nextStep);
      return what === undefined ? '' : whileOthersAct(c, what, today);
    }
  }
}

function readFirst(c: CasePosition, reader: Reader): string {
  const isNew = reader.takenOverFrom === null && (c.status === 'registered' || c.status === 'assigned');
  return isNew ? 'Läs remissen och börja bereda svaret.' : `Läs in dig på ärendet, som är ${STATUS_WORDS[c.status]}.`;
}

function shortOf(c: CasePosition, { takenOverFrom }: Reader): string {
  const due = c.answerDue === null ? '' : `, svar senast ${longDate(c.answerDue)}`;
  if (takenOverFrom === null) return `nytt ärende${due}`;
  return `övertaget${c.secret ? '' : ` från ${takenOverFrom}`}${due}`;
}

/** That a case has come to an officer: new, or from whom; and what is theirs to do next. */
export function assignmentWords(c: CasePosition, date: LocalDate, today: LocalDate, reader: Reader): AssignmentWords {
  const { takenOverFrom, who } = reader;
  const officer = c.officerName ?? 'Du';
  const after = takenOverFrom === null || c.secret ? '' : `, efter ${takenOverFrom}`;
  const why = `${officer} är handläggare sedan ${longDate(date)}${after}.`;
  if (!who.isOfficerOfCase || !may(reader, 'draft-done')) {
    const todo = `Handläggaren arbetar inte längre med nämndens ärenden. ${assignWords(reader, ' till någon annan')}.`;
    return { short: shortOf(c, reader), todo, why };
  }
  const confirm =
    c.adjustment === 'proposed' && c.nextStep !== 'choose-route'
      ? `Paragrafen behöver justeras omedelbart: ${confirmWords(c, reader)}.`
      : '';
  const otherWay = needsAnotherWay(c, today) ? `${noWayWords(c)} ${chooseWay(c, today, reader)}` : '';
  const todo = [readFirst(c, reader), otherWay, nextForOfficer(c, today, reader), confirm];
  return { short: shortOf(c, reader), todo: todo.filter((part) => part !== '').join(' '), why };
}
