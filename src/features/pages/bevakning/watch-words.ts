import { localDate, type LocalDate } from '../../../domain/calendar/local-date.js';
import { addWorkingDays, workingDaysBetween, type ClosedDays } from '../../../domain/calendar/working-day.js';
import { MILESTONE_NAMES, type MilestoneName } from '../../../domain/timetable/milestones.js';
import type { PillTone } from '../../../platform/web/components/pill.js';
import { counted, inShort } from '../arende/words/days.js';
import type { WatchedCase } from './watch-row.js';

/** What is to be done in a case, as the list says it. */
export interface NextStepWords {
  readonly pill: { readonly tone: PillTone; readonly text: string };
  /** By whom, since when, or how late. */
  readonly more: readonly string[];
}

/** The day a list is read on, and the board's own closed days. */
export interface ReadOn {
  readonly today: LocalDate;
  readonly closed: ClosedDays;
}

interface StepName {
  readonly name: string;
  /** When its day has passed. */
  readonly late: string;
  readonly who: string | null;
}

const OFFICER = null;
const SECRETARY = 'Nämndsekreterare';

const STEPS: Record<MilestoneName, StepName> = {
  draft: { name: 'Utkast', late: 'Utkastet är försenat', who: OFFICER },
  managerApproval: { name: 'Chefens attest', late: 'Attesten är försenad', who: 'Avdelningschef' },
  directorApproval: { name: 'Direktörens attest', late: 'Attesten är försenad', who: 'Förvaltningschef' },
  preparation: { name: 'Ordförandeberedning', late: 'Beredningen är försenad', who: SECRETARY },
  dispatch: { name: 'Utskick', late: 'Utskicket är försenat', who: SECRETARY },
  meeting: { name: 'Sammanträde', late: 'Anteckna beslutet', who: SECRETARY },
  decision: { name: 'Beslut', late: 'Beslutet är försenat', who: SECRETARY },
  adjustment: { name: 'Justering', late: 'Justeringen är försenad', who: SECRETARY },
  notice: { name: 'Anslag', late: 'Anslaget är försenat', who: SECRETARY },
  expedite: { name: 'Expediering', late: 'Skicka svaret', who: OFFICER },
  answerDue: { name: 'Svar', late: 'Svaret är försenat', who: OFFICER },
  appealEnds: { name: 'Laga kraft', late: 'Avsluta ärendet', who: 'Registrator' },
};

const workingDays = (n: number): string => counted(n, 'arbetsdag', 'arbetsdagar');
const milestoneCalled = (code: string): MilestoneName | undefined => MILESTONE_NAMES.find((name) => name === code);
const present = (texts: readonly (string | null | undefined)[]): string[] =>
  texts.filter((text): text is string => typeof text === 'string' && text !== '');

/** How many working days late, at least one: of a day that passed over a weekend none has gone by yet. */
const daysLate = (day: LocalDate, { today, closed }: ReadOn): string =>
  workingDays(Math.max(1, workingDaysBetween(day, today, closed)));

function milestoneWords(name: MilestoneName, on: LocalDate | null, one: WatchedCase, at: ReadOn): NextStepWords {
  const step = STEPS[name];
  const who = step.who ?? one.officer?.name;
  if (on === null) return { pill: { tone: 'soon', text: step.name }, more: present([who]) };
  if (on < at.today) {
    return {
      pill: { tone: 'late', text: step.late },
      more: present([who, `${daysLate(on, at)} sedan ${inShort(on, at.today)}`]),
    };
  }
  const when = on === at.today ? 'i dag' : inShort(on, at.today);
  const isSoon = on <= addWorkingDays(at.today, 5, at.closed);
  return { pill: { tone: isSoon ? 'soon' : 'calm', text: `${step.name} ${when}` }, more: present([who]) };
}

function assignWords({ registeredOn }: WatchedCase, { today, closed }: ReadOn): NextStepWords {
  const days = workingDaysBetween(registeredOn, today, closed);
  const since = days === 0 ? 'Registrerat i dag' : `${workingDays(days)} sedan registrering`;
  return { pill: { tone: days >= 2 ? 'late' : 'soon', text: 'Fördela ärendet' }, more: [since] };
}

function routeWords({ asked, postponement }: WatchedCase, { today }: ReadOn): NextStepWords {
  if (asked !== null) {
    const until = asked.until === null ? '' : ` till ${inShort(asked.until, today)}`;
    return {
      pill: { tone: 'soon', text: 'Väntar på besked om anstånd' },
      more: [`Begärt ${inShort(asked.on, today)}${until}`],
    };
  }
  const until = postponement && `Begär anstånd till ${inShort(postponement.until, today)}`;
  const meeting = postponement && `(nämnd ${inShort(postponement.meeting, today)}), eller välj annan väg`;
  return { pill: { tone: 'late', text: 'Inget sammanträde i tid' }, more: present([until && `${until} ${meeting}`]) };
}

function closeWords(on: LocalDate | null, { today }: ReadOn): NextStepWords {
  if (on === null || on <= today) {
    return { pill: { tone: 'soon', text: 'Avsluta ärendet' }, more: ['Tiden för överklagande har gått ut'] };
  }
  return {
    pill: { tone: 'calm', text: `Avslutas ${inShort(on, today)}` },
    more: ['När beslutet har vunnit laga kraft'],
  };
}

const isOverdue = ({ workBy, answerSentOn }: WatchedCase, today: LocalDate): boolean =>
  workBy !== null && workBy < today && answerSentOn === null;

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
      return { pill: { tone: 'late', text: 'Svarsdag saknas' }, more: ['Fråga avsändaren och skriv in den'] };
    case 'choose-route':
      return routeWords(one, at);
    case 'close':
      return closeWords(on, at);
    default: {
      const name = milestoneCalled(nextStep.step);
      return name ? milestoneWords(name, on, one, at) : { pill: { tone: 'plain', text: nextStep.step }, more: [] };
    }
  }
}

/** Everything that a case needs, the most pressing first. */
export function needsOf(one: WatchedCase, at: ReadOn): readonly NextStepWords[] {
  const next = nextStepWords(one, at);
  const needs = [next];
  if (isOverdue(one, at.today) && one.workBy !== null) {
    needs.unshift({ pill: { tone: 'late', text: 'Svaret är försenat' }, more: [daysLate(localDate(one.workBy), at)] });
  }
  if (one.adjustment === 'proposed' && one.dormantSince === null) {
    needs.push({ pill: { tone: 'flag', text: 'Bekräfta omedelbar justering' }, more: present([one.officer?.name]) });
  }
  return needs;
}
