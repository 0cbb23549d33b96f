import { addDays, localDate, type LocalDate } from '../../../domain/calendar/local-date.js';
import { addWorkingDays, workingDaysBetween } from '../../../domain/calendar/working-day.js';
import { needsAnotherWay } from '../../../domain/referral/another-way.js';
import { UNDECIDED_STATUSES } from '../../../domain/referral/lifecycle.js';
import { MILESTONE_NAMES, type MilestoneName } from '../../../domain/timetable/milestones.js';
import { comesTooLate } from '../../../domain/timetable/plan.js';
import { shortOfTime } from '../../../domain/timetable/short-of-time.js';
import type { PillTone } from '../../../platform/web/components/pill.js';
import { meetingWords } from '../../reminders/templates/reader.js';
import { beforeWords } from '../../reminders/templates/short-words.js';
import { capital } from '../lista/capital.js';
import { counted, inShort, type ReadOn } from '../arende/words/days.js';
import type { WatchedCase } from './watch-row.js';

/** What is to be done in a case, as the list says it. */
export interface NextStepWords {
  readonly pill: { readonly tone: PillTone; readonly text: string };
  /** By whom, since when, or how late. */
  readonly more: readonly string[];
}

interface StepName {
  readonly name: string;
  /** When its day has passed. */
  readonly late: string;
  /** What should have been by then: `skulle ha gått`, before the day. */
  readonly should: string;
  /** When there was too little time for it from the start. */
  readonly presses?: string;
  /** Who does it, in the definite form; null for the officer. */
  readonly who: string | null;
}

const OFFICER = null;
const SECRETARY = 'nämndsekreteraren';
const REGISTRAR = 'registratorn';

const STEPS: Record<MilestoneName, StepName> = {
  draft: {
    name: 'Utkast',
    late: 'Utkastet är försenat',
    presses: 'Utkastet brådskar',
    should: 'skulle ha varit klart',
    who: OFFICER,
  },
  managerApproval: {
    name: 'Chefens attest',
    presses: 'Attesten brådskar',
    late: 'Attesten är försenad',
    should: 'skulle ha attesterats',
    who: 'avdelningschefen',
  },
  directorApproval: {
    name: 'Förvaltningschefens attest',
    presses: 'Attesten brådskar',
    late: 'Attesten är försenad',
    should: 'skulle ha attesterats',
    who: 'förvaltningschefen',
  },
  preparation: {
    name: 'Ordförandeberedning',
    presses: 'Beredningen brådskar',
    late: 'Beredningen är försenad',
    should: 'skulle ha hållits',
    who: SECRETARY,
  },
  dispatch: {
    name: 'Utskick',
    late: 'Utskicket är försenat',
    presses: 'Utskicket brådskar',
    should: 'skulle ha gått',
    who: SECRETARY,
  },
  meeting: { name: 'Sammanträde', late: 'Anteckna beslutet', should: 'hölls', who: SECRETARY },
  decision: { name: 'Beslut', late: 'Beslutet är försenat', should: 'skulle ha fattats', who: SECRETARY },
  adjustment: { name: 'Justering', late: 'Justeringen är försenad', should: 'skulle ha justerats', who: SECRETARY },
  notice: { name: 'Anslag', late: 'Anslaget är försenat', should: 'skulle ha anslagits', who: SECRETARY },
  expedite: { name: 'Expediering', late: 'Skicka svaret', should: 'skulle ha gått', who: OFFICER },
  answerDue: { name: 'Svar', late: 'Svaret är försenat', should: 'skulle ha varit inne', who: OFFICER },
  appealEnds: { name: 'Överklagandetiden går ut', late: 'Avsluta ärendet', should: 'gick ut', who: REGISTRAR },
};

const ASSIGNERS = 'registratorn eller avdelningschefen';

const workingDays = (n: number): string => counted(n, 'arbetsdag', 'arbetsdagar');
const milestoneCalled = (code: string): MilestoneName | undefined => MILESTONE_NAMES.find((name) => name === code);
const present = (texts: readonly (string | null | undefined)[]): string[] =>
  texts.filter((text): text is string => typeof text === 'string' && text !== '');

/** How many working days late, at least one: of a day that passed over a weekend none has gone by yet. */
const daysLate = (day: LocalDate, { today, closed }: ReadOn): string =>
  workingDays(Math.max(1, workingDaysBetween(day, today, closed)));

/** The officer stands by name in the same row. */
const THE_OFFICER = 'handläggaren';

/** What is the officer's to do waits for another one where there is none, or the one there is has left or lost the role. */
const officer = ({ hasOfficer }: Pick<WatchedCase, 'hasOfficer'>): string =>
  hasOfficer ? THE_OFFICER : 'en ny handläggare';

const DECLINED = 'Omedelbar justering är avböjd, och med ordinarie hinner svaret inte gå i tid';

/** Whose turn it is: the reader's own, or a role's. */
const turn = (one: Pick<WatchedCase, 'isTurn' | 'hasOfficer'>, who: string | null): string =>
  `Väntar på ${one.isTurn ? 'dig' : (who ?? officer(one))}`;

/** `försenat 7 arbetsdagar (skulle ha gått 20 nov)`; what others have held or counted has been, and is not late itself. */
function lateWords(name: MilestoneName, on: LocalDate, at: ReadOn): string {
  const day = `${STEPS[name].should} ${inShort(on, at.today)}`;
  if (name === 'meeting') return `Sammanträdet ${day}`;
  if (name === 'appealEnds') return `Tiden för överklagande ${day}`;
  return `Försenat ${daysLate(on, at)} (${day})`;
}

function milestoneWords(name: MilestoneName, one: WatchedCase, on: LocalDate | null, at: ReadOn): NextStepWords {
  const step = STEPS[name];
  // The answer is the secretary's to send, too.
  const who = turn(one, name === 'expedite' && !one.hasOfficer ? SECRETARY : step.who);
  if (on === null) return { pill: { tone: 'soon', text: step.name }, more: [who] };
  const short = shortOfTime(one.milestones, name, one.registeredOn, at.today);
  if (short !== null) {
    const when = `Kort om tid från början: ska ske ${beforeWords(short, (day) => inShort(day, at.today))}`;
    return { pill: { tone: 'soon', text: step.presses ?? step.name }, more: [who, when] };
  }
  if (on < at.today) {
    return {
      pill: { tone: 'late', text: step.late },
      more: [who, lateWords(name, on, at)],
    };
  }
  const when = on === at.today ? 'i dag' : inShort(on, at.today);
  const isSoon = on <= addWorkingDays(at.today, 5, at.closed);
  return { pill: { tone: isSoon ? 'soon' : 'calm', text: `${step.name} ${when}` }, more: [who] };
}

function assignWords(one: WatchedCase, { today, closed }: ReadOn): NextStepWords {
  const days = workingDaysBetween(one.registeredOn, today, closed);
  const since = days === 0 ? 'Registrerat i dag' : `${workingDays(days)} sedan registrering`;
  return { pill: { tone: days >= 2 ? 'late' : 'soon', text: 'Fördela ärendet' }, more: [turn(one, ASSIGNERS), since] };
}

/** Who can do something about it besides the reader: the officer asks for more time, a registrar chooses another way. */
const waysOnTurn = ({ isTurnToChoose, hasOfficer }: WatchedCase): string =>
  turn({ isTurn: isTurnToChoose, hasOfficer }, hasOfficer ? `${THE_OFFICER} eller ${REGISTRAR}` : REGISTRAR);

function askedWords(one: WatchedCase, asked: NonNullable<WatchedCase['asked']>, { today }: ReadOn): NextStepWords {
  const until = asked.until === null ? '' : ` till ${inShort(asked.until, today)}`;
  const said = `${inShort(asked.on, today)}${until}, inget svar än`;
  const who = one.isTurnToChoose ? 'Väntar på dig: hör med avsändaren' : 'Väntar på avsändaren';
  return { pill: { tone: 'soon', text: 'Anstånd begärt' }, more: [said, who] };
}

/** What the reader may do for another way: ask for more time, and choose; or look for a meeting; as mails say it. */
function waysWords({ mayChoose, meeting, postponement }: WatchedCase, { today }: ReadOn): string | null {
  if (mayChoose === 'meeting') return capital(meetingWords(meeting !== null, 'eller'));
  if (postponement === null) return null;
  const until = `till ${inShort(postponement.until, today)} (nämnd ${inShort(postponement.meeting, today)})`;
  if (mayChoose === null) return `Anstånd behövs ${until}, eller en annan väg`;
  const other = mayChoose === 'any' ? 'välj en annan väg' : 'be registratorn välja en annan väg';
  return `Begär anstånd ${until}, eller ${other}`;
}

function routeWords(one: WatchedCase, at: ReadOn): NextStepWords {
  const { asked, lacksMeetings } = one;
  if (asked !== null) return askedWords(one, asked, at);
  if (lacksMeetings) {
    return {
      pill: { tone: 'late', text: 'Nämnden saknar sammanträden' },
      more: [one.isTurn ? 'Väntar på dig: se till att de läggs till' : `Väntar på ${SECRETARY}, som lägger till dem`],
    };
  }
  const ways = waysWords(one, at);
  if (one.adjustment === 'declined') {
    return {
      pill: { tone: 'late', text: 'En annan väg behövs' },
      more: present([waysOnTurn(one), DECLINED, ways]),
    };
  }
  return {
    pill: { tone: 'late', text: 'Inget sammanträde i tid' },
    more: present([waysOnTurn(one), ways]),
  };
}

/** A decision that can be appealed is appealed on the last day too: the case ends the day after. */
function closeWords(one: WatchedCase, on: LocalDate | null, { today }: ReadOn): NextStepWords {
  const ends = one.milestones.find(({ milestone }) => milestone === 'appealEnds')?.date;
  const by = turn(one, REGISTRAR);
  if (on === null || ends === undefined) return { pill: { tone: 'soon', text: 'Avsluta ärendet' }, more: [by] };
  if (ends < today) {
    return { pill: { tone: 'soon', text: 'Avsluta ärendet' }, more: [by, 'Tiden för överklagande har gått ut'] };
  }
  return {
    pill: { tone: 'calm', text: `Avslutas ${inShort(addDays(ends, 1), today)}` },
    more: [`Tiden för överklagande går ut ${ends === today ? 'i dag' : inShort(ends, today)}`],
  };
}

const isOverdue = ({ workBy, answerSentOn }: WatchedCase, today: LocalDate): boolean =>
  workBy !== null && workBy < today && answerSentOn === null;

/** Its meeting comes after the day to work by: who chose it is to ask for more time, or find another way. */
function isMeetingTooLate({ meeting, workBy, status, dormantSince }: WatchedCase): boolean {
  if (meeting === null || workBy === null || status === null || dormantSince !== null) return false;
  return comesTooLate(localDate(meeting), localDate(workBy)) && UNDECIDED_STATUSES.includes(status);
}

/** After the answer day, or between the last working day before it and that day. */
function lateMeetingWords({ meeting, answerDue, workBy }: WatchedCase, { today }: ReadOn): NextStepWords {
  const short = (day: string | null): string => inShort(day ?? '', today);
  const held = `Sammanträde ${short(meeting)}`;
  if ((meeting ?? '') > (answerDue ?? '')) {
    const more = `${held}, svarsdag ${short(answerDue)}`;
    return { pill: { tone: 'late', text: 'Sammanträdet ligger efter svarsdagen' }, more: [more] };
  }
  const more = `${held}, sista arbetsdagen före svarsdagen är ${short(workBy)}`;
  return { pill: { tone: 'late', text: 'Sammanträdet kommer för sent' }, more: [more] };
}

/** What is to be done next, by whom and by when, in a few words. */
export function nextStepWords(one: WatchedCase, at: ReadOn): NextStepWords {
  const { nextStep, dormantSince } = one;
  if (dormantSince !== null) {
    return { pill: { tone: 'plain', text: 'Vilande' }, more: [`Sedan ${inShort(dormantSince, at.today)}`] };
  }
  if (nextStep === null) return { pill: { tone: 'plain', text: 'Inget' }, more: [] };
  const on = nextStep.on === null ? null : localDate(nextStep.on);
  switch (nextStep.step) {
    case 'assign':
      return assignWords(one, at);
    case 'set-answer-date':
      return {
        pill: { tone: 'late', text: 'Svarsdag saknas' },
        more: [turn(one, REGISTRAR), 'Fråga avsändaren och skriv in den'],
      };
    case 'choose-route':
      return routeWords(one, at);
    case 'close':
      return closeWords(one, on, at);
    default: {
      const name = milestoneCalled(nextStep.step);
      return name ? milestoneWords(name, one, on, at) : { pill: { tone: 'plain', text: nextStep.step }, more: [] };
    }
  }
}

/** What is said beside the next step of a case that keeps its meeting, and whose answer does not leave in time by it. */
function anotherWay(one: WatchedCase, at: ReadOn): readonly NextStepWords[] {
  const { adjustment, status, meeting, dormantSince } = one;
  if (adjustment === null || status === null || dormantSince !== null) return [];
  const meetingOn = meeting === null ? null : localDate(meeting);
  return needsAnotherWay({ adjustment, status, meetingOn }, at.today) ? [routeWords(one, at)] : [];
}

/** Everything that a case needs, the most pressing first; what its officer minds waits for the officer, said once. */
export function needsOf(one: WatchedCase, at: ReadOn): readonly NextStepWords[] {
  const next = nextStepWords(one, at);
  const needs = [next];
  const waits = `Väntar på ${one.isOwn ? 'dig' : officer(one)}`;
  const minded = one.hasOfficer ? [waits] : [];
  if (isMeetingTooLate(one)) {
    const { pill, more } = lateMeetingWords(one, at);
    needs.unshift({ pill, more: [...more, ...minded] });
  }
  needs.unshift(...anotherWay(one, at));
  if (isOverdue(one, at.today) && one.workBy !== null) {
    const late = daysLate(localDate(one.workBy), at);
    needs.unshift({ pill: { tone: 'late', text: 'Svaret är försenat' }, more: [late, ...minded] });
  }
  if (one.adjustment === 'proposed' && one.dormantSince === null) {
    needs.push({ pill: { tone: 'flag', text: 'Bekräfta justeringen' }, more: [waits] });
  }
  const first = needs.find(({ more }) => more.includes(waits));
  return needs.map((need) => (need === first ? need : { ...need, more: need.more.filter((said) => said !== waits) }));
}

const URGENCY: Record<PillTone, number> = { late: 1, soon: 2, flag: 3, calm: 4, plain: 5 };

/** The most pressing first: overdue answers, what is late, what is soon; ending a case can wait. Then by answer date. */
export function byUrgency(cases: readonly WatchedCase[], readOn: (board: string) => ReadOn): WatchedCase[] {
  const rank = (one: WatchedCase): number => {
    const at = readOn(one.board);
    if (isOverdue(one, at.today)) return 0;
    if (isMeetingTooLate(one)) return URGENCY.late;
    if (one.nextStep?.step === 'close') return 9;
    return Math.min(...[nextStepWords(one, at), ...anotherWay(one, at)].map(({ pill }) => URGENCY[pill.tone]));
  };
  const keyed = cases.map((one) => ({ one, key: `${rank(one)} ${one.workBy ?? '9999'} ${one.id}` }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ one }) => one);
}
