import type { ReferralView } from '../../../referrals/referral.dto.js';
import type { LocalDate } from '../../../../domain/calendar/local-date.js';
import type { AdjustmentStatus, OtherWay } from '../../../../domain/adjustment/adjustment.js';
import type { Outcome, ReferralStatus, Route } from '../../../../domain/referral/lifecycle.js';

export const STATUS_WORDS: Record<ReferralStatus, string> = {
  registered: 'Registrerat, inte fördelat',
  assigned: 'Fördelat',
  'in-preparation': 'Under beredning',
  approved: 'Attesterat',
  'on-agenda': 'På kallelsen',
  decided: 'Beslutat',
  adjusted: 'Justerat',
  expedited: 'Svaret skickat',
  closed: 'Avslutat',
  cancelled: 'Makulerat',
};

/** In a column of meetings, instead of one. */
export const OTHER_ROUTE_WORDS = {
  chair: 'Ordförandebeslut',
  delegation: 'Delegation',
  declined: 'Avstår från att svara',
} as const satisfies Partial<Record<Route, string>>;

export const ROUTE_WORDS: Record<Route, string> = {
  meeting: 'Beslut vid sammanträde',
  chair: 'Ordförandebeslut',
  delegation: 'Beslut på delegation',
  declined: 'Nämnden avstår från att svara',
};

export const ADJUSTMENT_WORDS: Record<AdjustmentStatus, string> = {
  'not-needed': 'Behövs inte',
  proposed: 'Föreslagen, inte bekräftad',
  confirmed: 'Bekräftad',
  declined: 'Avböjd',
  decided: 'Beslutad, inte undertecknad',
  signed: 'Undertecknad',
};

export const OUTCOME_WORDS: Record<Outcome, string> = {
  adopted: 'Svaret antogs',
  declined: 'Beslut att avstå från att svara',
  returned: 'Återremiss',
  tabled: 'Bordlagt',
  noted: 'Antecknat utan svar',
};

/** The minutes' paragraph as it is read: a bare `12` is `§ 12`. */
export const paragraphWords = (paragraph: string): string =>
  /^\d+ ?[a-z]?$/i.test(paragraph.trim()) ? `§\u00a0${paragraph.trim()}` : paragraph;

export const WAY_WORDS: Record<OtherWay, string> = {
  extension: 'Begära anstånd',
  'other-meeting': 'Ett annat sammanträde',
  'extra-meeting': 'Extra sammanträde',
  chair: 'Ordförandebeslut',
  delegation: 'Beslut på delegation',
  declined: 'Avstå från att svara',
};

/** Statuses in which the draft is past, whatever its day was. */
const DRAFTED = new Set<string>(['approved', 'on-agenda', 'decided', 'adjusted', 'expedited', 'closed', 'cancelled']);
const UP_TO_APPROVAL = new Set<string>(['draft', 'managerApproval', 'directorApproval']);

/** What a plan or an answer date has about it that a person should know. */
const WARNINGS: ReadonlyMap<string, string> = new Map([
  ['answer-due-before-registered', 'Svarsdagen hade redan passerat när remissen registrerades.'],
  ['answer-due-before-received', 'Svarsdagen ligger före den dag då remissen kom in. Kontrollera remissen.'],
  ['draft-day-passed', 'Dagen för utkastet har redan passerat; beredningen får gå fortare.'],
  ['same-day-expedite', 'Svaret måste skickas samma dag som nämnden sammanträder.'],
  ['officer-left', 'Handläggaren har slutat. Fördela ärendet till någon annan.'],
  [
    'officer-lost-role',
    'Handläggaren är inte längre handläggare eller avdelningschef i nämnden. Fördela ärendet till någon annan.',
  ],
  ['meeting-too-late', 'Det valda sammanträdet kommer för sent: svaret hinner inte gå i tid.'],
]);

const isDrafted = ({ status, timetable }: Pick<ReferralView, 'status' | 'timetable'>): boolean =>
  DRAFTED.has(status ?? '') || timetable.some((row) => UP_TO_APPROVAL.has(row.milestone) && row.doneOn !== null);

/** Warnings of a case or an option in sentences; those that no longer matter are left out. */
export function warningWords(codes: readonly string[], view: Pick<ReferralView, 'status' | 'timetable'>): string[] {
  const drafted = isDrafted(view);
  return codes.filter((code) => code !== 'draft-day-passed' || !drafted).flatMap((code) => WARNINGS.get(code) ?? []);
}

/** Whether a case is without a meeting because its board has none to come, and not because of its answer day. */
export const lacksMeetings = ({ warnings, options }: ReferralView, today: LocalDate): boolean =>
  warnings.includes('no-meeting-in-time') && options.every(({ meeting }) => meeting < today);

/** Whether it no longer matters if more time is given: the answer has been sent, or the case has ended. */
export const isExtensionIdle = ({ status, answer }: Pick<ReferralView, 'status' | 'answer'>): boolean =>
  answer !== null || status === 'expedited' || status === 'closed' || status === 'cancelled';
