import { ADJUSTMENT_STATUSES } from '../../../../domain/adjustment/adjustment.js';
import { OUTCOMES, REFERRAL_STATUSES, ROUTES } from '../../../../domain/referral/lifecycle.js';
import { MILESTONE_NAMES } from '../../../../domain/timetable/milestones.js';
import { ADJUSTMENT_WORDS, OUTCOME_WORDS, ROUTE_WORDS, STATUS_WORDS } from './case-words.js';
import { readable } from './days.js';
import { MILESTONE_WORDS } from './milestone-words.js';

/** What the facts of a case are called. */
export const FIELD_WORDS: ReadonlyMap<string, string> = new Map([
  ['diarienummer', 'Diarienummer'],
  ['title', 'Ärendemening'],
  ['internalTitle', 'Intern ärendemening'],
  ['sender', 'Avsändare'],
  ['senderReference', 'Avsändarens diarienummer'],
  ['receivedOn', 'Inkom'],
  ['documentDate', 'Remissens datum'],
  ['answerDue', 'Svar senast'],
  ['answerDueTime', 'Klockslag'],
  ['answerTo', 'Svaret skickas till'],
  ['officerId', 'Handläggare'],
  ['department', 'Avdelning'],
  ['meetingId', 'Sammanträde'],
  ['route', 'Beslutsväg'],
  ['status', 'Läge'],
  ['dormantSince', 'Vilande sedan'],
  ['adjustment', 'Omedelbar justering'],
  ['adjustmentReason', 'Skäl att avböja justeringen'],
  ['adjustmentSignedAt', 'Undertecknad'],
  ['noMeetingSince', 'Utan väg till svar i tid sedan'],
  ['decision', 'Beslut'],
  ['earlierDecision', 'Tidigare återremiss eller bordläggning'],
  ['secrecy', 'Sekretess'],
  ['answerSentOn', 'Svaret skickat'],
  ['answerSentHow', 'Skickat hur'],
  ['cancellation', 'Makulering'],
  ['duplicateReason', 'Skäl att registrera dubblett'],
  ['note', 'Anteckning'],
]);

const STEP_WORDS: ReadonlyMap<string, string> = new Map([
  ...MILESTONE_NAMES.map((name): [string, string] => [name, MILESTONE_WORDS[name].name]),
  ['started', 'Beredningen påbörjad'],
  ['notice-down', 'Anslaget nedtaget'],
  ['sentBack', 'Återremitterat eller bordlagt'],
  ['adjustmentDecided', 'Beslut om omedelbar justering'],
]);

/** A step or milestone by its name in the journal. */
export const stepWords = (name: string): string => STEP_WORDS.get(name) ?? name;

const CODES: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map<string, ReadonlyMap<string, string>>([
  ['status', new Map(REFERRAL_STATUSES.map((status) => [status, STATUS_WORDS[status]]))],
  ['route', new Map(ROUTES.map((route) => [route, ROUTE_WORDS[route]]))],
  ['adjustment', new Map(ADJUSTMENT_STATUSES.map((status) => [status, ADJUSTMENT_WORDS[status]]))],
  ['outcome', new Map(OUTCOMES.map((outcome) => [outcome, OUTCOME_WORDS[outcome]]))],
]);

/** Names behind ids in the journal. */
export interface Names {
  /** People by id, and meetings' days by id. */
  readonly of: (id: string) => string | null;
}

const IDS = new Set(['officerId', 'meetingId', 'personId']);
/** What there is none of, and not nothing: `Handläggare: ingen`. */
const PEOPLE_WORDS = new Set(['officerId', 'department']);
/** Ids within a fact, which say nothing to a reader beside the name that stands there too. */
const UNSAID = new Set(['by']);

function recordWords(field: string, record: object, names: Names): string {
  const hasName = 'byName' in record;
  const parts = Object.entries(record)
    .filter(([name, value]) => value !== null && !(hasName && UNSAID.has(name)))
    .map(([name, value]) => valueWords(name, value, names));
  return parts.filter((part) => part !== '').join(', ') || field;
}

/** A value of a fact as a person reads it. */
export function valueWords(field: string, value: unknown, names: Names): string {
  if (value === null || value === undefined || value === '') return PEOPLE_WORDS.has(field) ? 'ingen' : 'inget';
  if (typeof value === 'string') {
    if (IDS.has(field)) return names.of(value) ?? 'okänd';
    return CODES.get(field)?.get(value) ?? readable(value);
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map((one) => valueWords(field, one, names)).join(', ');
  return typeof value === 'object' ? recordWords(field, value, names) : '';
}
