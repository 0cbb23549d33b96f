import type { LocalDate } from '../../../domain/calendar/local-date.js';
import { dayFrom, longDate } from '../../../domain/calendar/long-date.js';
import { UNDECIDED_STATUSES } from '../../../domain/referral/lifecycle.js';
import type { Actor } from '../../../domain/referral/permissions.js';
import type { MilestoneName } from '../../../domain/timetable/milestones.js';
import type { StoodInFor } from '../addressees.js';
import type { PlannedDays } from '../case-history.js';
import { boardLacksMeetings, type CasePosition } from '../case-position.js';
import { timeLeft, weekdayDate } from './day-words.js';
import { chooseWay, confirmWords, may } from './reader.js';
import type { Line } from './reminder-lines.js';

/** What has changed. */
export type Change =
  | { readonly cause: 'meeting-moved'; readonly from: LocalDate; readonly to: LocalDate }
  | { readonly cause: 'meeting-cancelled'; readonly from: LocalDate }
  | { readonly cause: 'adjustment-changed' };

/** As what somebody is told: the officer, a secretary, or one who minds the board's cases for want of an officer. */
export type ToldAs = 'officer' | 'secretary' | 'heir';

/** A case that has been planned anew, as one person is told of it. */
export interface ChangedCase {
  readonly position: CasePosition;
  readonly as: readonly ToldAs[];
  /** Those away for whom the addressee gets this. */
  readonly insteadOf: readonly StoodInFor[];
  /** What the one who is told may do in it. */
  readonly who: Actor;
  /** Its days before the change. */
  readonly daysBefore: PlannedDays;
}

/** The days that each minds. */
const DAYS: Record<ToldAs, readonly MilestoneName[]> = {
  officer: ['draft', 'dispatch', 'meeting', 'decision', 'adjustment', 'expedite'],
  heir: ['draft', 'managerApproval', 'directorApproval', 'dispatch', 'meeting', 'decision', 'adjustment', 'expedite'],
  secretary: ['dispatch', 'meeting', 'decision', 'adjustment', 'notice', 'expedite'],
};

const NAMES: Partial<Record<MilestoneName, string>> = {
  draft: 'Utkastet till svar klart',
  managerApproval: 'Avdelningschefens attest',
  directorApproval: 'Förvaltningschefens attest',
  dispatch: 'Utskick',
  meeting: 'Sammanträde',
  decision: 'Beslut',
  adjustment: 'Justering',
  notice: 'Anslag',
  expedite: 'Svaret skickas',
};

/** Steps that nobody has to take any more: done, or before the one that is next. */
function isOver(c: CasePosition, name: MilestoneName): boolean {
  const at = c.milestones.findIndex(({ milestone }) => milestone === name);
  const next = c.milestones.findIndex(({ milestone }) => milestone === c.nextStep);
  const lastDone = c.milestones.findLastIndex(({ doneOn }) => doneOn !== null);
  return at <= lastDone || at < next || c.answerSentOn !== null;
}

/** The days of the one who is told that have moved: `4 oktober → tisdag 3 oktober 2023 (15 arbetsdagar kvar)`. */
export function newDays({ position: c, as, daysBefore }: ChangedCase, today: LocalDate): Line[] {
  const theirs = new Set(as.flatMap((one) => DAYS[one]));
  return c.milestones.flatMap(({ milestone, date }) => {
    const was = daysBefore[milestone];
    const label = NAMES[milestone];
    if (was === undefined || was === date || label === undefined || !theirs.has(milestone)) return [];
    if (isOver(c, milestone)) return [];
    const before = dayFrom(date, was);
    return [{ label, value: `${before} → ${weekdayDate(date)} (${timeLeft(today, date, c.closedDays)})` }];
  });
}

const isUndecided = ({ status }: CasePosition): boolean => UNDECIDED_STATUSES.includes(status);
/** Whether it is to be decided at a meeting, and has none. */
export const lacksMeeting = (c: CasePosition): boolean =>
  c.meetingOn === null && c.route === 'meeting' && isUndecided(c);

/** A case in which nothing of theirs has changed is left out: one that has been decided, say. */
export function isTold(one: ChangedCase, change: Change, today: LocalDate): boolean {
  if (change.cause === 'adjustment-changed') return isUndecided(one.position) || newDays(one, today).length > 0;
  return newDays(one, today).length > 0 || lacksMeeting(one.position);
}

const ROUTE_WORDS = {
  meeting: 'vid sammanträdet',
  chair: 'av ordföranden',
  delegation: 'på delegation',
  declined: 'som ett beslut att avstå från att svara',
} as const;

function ordinary(c: CasePosition): string {
  if (c.route !== 'meeting') {
    const by = c.milestones.find(({ milestone, doneOn }) => milestone === 'decision' && doneOn === null)?.date;
    const when = by === undefined ? '' : ` senast ${weekdayDate(by)}`;
    return `Beslutet fattas ${ROUTE_WORDS[c.route]}${when}, och då justeras ingen paragraf.`;
  }
  const on = c.milestones.find(({ milestone }) => milestone === 'adjustment')?.date;
  if (on === undefined) return 'Den justeras i vanlig ordning. Du behöver inte göra något.';
  return `Den justeras i vanlig ordning senast ${weekdayDate(on)}. Du behöver inte göra något.`;
}

/** What it means for the case, and what is to be done. */
export function meaning(one: ChangedCase, change: Change, today: LocalDate): string {
  const { position: c } = one;
  if (c.answerDue === null) {
    const write = may(one, 'correct') ? 'skriv in den' : 'be registratorn skriva in den';
    return `Svarsdag saknas, så det finns inget att räkna från: hör med avsändaren och ${write}.`;
  }
  const due = longDate(c.answerDue);
  if (lacksMeeting(c) && boardLacksMeetings(c, today)) {
    return 'Nämnden har inga fler inlagda sammanträden. Nämndsekreteraren lägger till dem under Sammanträden, och då planeras ärendet om.';
  }
  if (lacksMeeting(c)) return `Inget sammanträde hinner före ${due}. ${chooseWay(c, today, one)}`;
  if (c.adjustment === 'proposed') {
    const how = confirmWords(c, one);
    return `Paragrafen behöver justeras omedelbart för att svaret ska vara inne ${due}: ${how}.`;
  }
  if (change.cause === 'adjustment-changed') return ordinary(c);
  return newDays(one, today).length === 0 ? '' : 'Arbeta efter de nya dagarna:';
}

/** Why somebody is told, one sentence for each reason. */
export function reasons(cases: readonly ChangedCase[]): string[] {
  const as = new Set(cases.flatMap((one) => one.as));
  const many = cases.length > 1;
  const planned = many ? 'i ärenden som har planerats om' : 'i ett ärende som har planerats om';
  const roles = [...(as.has('officer') ? ['handläggare'] : []), ...(as.has('secretary') ? ['nämndsekreterare'] : [])];
  const acted = cases.some(({ insteadOf }) => insteadOf.length > 0) ? 'du, eller någon som du ersätter, är' : 'du är';
  return [
    ...(roles.length > 0 ? [`Du får det här för att ${acted} ${roles.join(' och ')} ${planned}.`] : []),
    ...(as.has('heir') ? ['Du får det här för att du bevakar ärenden som saknar handläggare.'] : []),
  ];
}
