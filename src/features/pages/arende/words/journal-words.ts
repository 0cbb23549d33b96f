import { OTHER_WAYS, type OtherWay } from '../../../../domain/adjustment/adjustment.js';
import { localDateAt } from '../../../../domain/calendar/stockholm-time.js';
import { WAY_WORDS, paragraphWords } from './case-words.js';
import { inFull, instantInFull, readable } from './days.js';
import { recordWords } from './record-words.js';
import { asSentence } from './sentence.js';
import { FIELD_WORDS, stepWords, valueWords, type Names } from './field-words.js';

/** An event of the journal, as the use case gives it. */
export interface CaseEvent {
  readonly seq: number;
  readonly at: string;
  readonly by: string;
  readonly what: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

/** One fact that an event changed. */
export interface FieldChange {
  readonly field: string;
  readonly label: string;
  readonly before: string;
  readonly after: string;
  /** A day of the plan, which follows from the other facts. */
  readonly follows: boolean;
}

type Facts = Readonly<Record<string, unknown>>;

const text = (facts: Facts, name: string): string | null => {
  const value = facts[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

const inner = (facts: Facts, name: string): Facts => {
  const value = facts[name];
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
};

/** `: skälet` where there is one. */
const tail = (value: string | null): string => (value === null ? '' : `: ${value}`);
const on = (day: string | null, before = ' '): string => (day === null ? '' : `${before}${inFull(day)}`);
const stepDay = (facts: Facts, step: string): string | null => text(inner(facts, 'steps'), step);

type Say = (after: Facts, before: Facts, names: Names, toldOn: string) => string;

/** A step; its day is told when it was noted on another. */
const step =
  (sentence: string, name: string): Say =>
  (after, _before, _names, toldOn) => {
    const day = stepDay(after, name);
    return `${sentence}${on(day === toldOn ? null : day)}`;
  };

const ADJUSTMENT_TOLD: ReadonlyMap<string, string> = new Map([
  ['proposed', 'omedelbar justering föreslagen av systemet'],
]);

function registered(after: Facts): string {
  const due = text(after, 'answerDue');
  const meeting = text(inner(after, 'plan'), 'meeting');
  const adjustment = ADJUSTMENT_TOLD.get(text(after, 'adjustment') ?? '');
  const said = [
    due === null ? 'Svarsdag saknas' : `Svar senast ${inFull(due)}`,
    ...(meeting === null ? [] : [`sammanträde ${inFull(meeting)}`]),
    ...(adjustment === undefined ? [] : [adjustment]),
  ];
  return `Registrerat. ${said.join(', ')}`;
}

function assigned(after: Facts, _before: Facts, names: Names): string {
  const officer = text(after, 'officerName') ?? names.of(text(after, 'officerId') ?? '') ?? 'en handläggare';
  const from = text(after, 'handedOverFrom');
  return from === null ? `Fördelat till ${officer}` : `${officer} tog över ärendet från ${from}`;
}

function asked(after: Facts): string {
  return `Anstånd begärt${on(text(after, 'askedUntil'), ' till ')}${tail(text(after, 'note'))}`;
}

function granted(after: Facts, before: Facts): string {
  const old = text(before, 'answerDue');
  const now = text(after, 'answerDue');
  const instead = old === null ? '' : ` i stället för ${inFull(old)}`;
  const due = now === null ? '' : `. Svar senast ${inFull(now)}${instead}`;
  return `Anstånd beviljat${tail(text(after, 'note'))}${due}`;
}

function declinedAdjustment(after: Facts): string {
  const code = text(after, 'way');
  const way = OTHER_WAYS.find((one) => one === code);
  const instead = way === undefined ? '' : `. Vägen i stället: ${WAY_WORDS[way].toLowerCase()}`;
  return `Omedelbar justering avböjd${tail(text(after, 'adjustmentReason') ?? text(after, 'reason'))}${instead}`;
}

/** The way that was chosen the last time that immediate adjustment was declined; null when it never was. */
export function wayInstead(events: readonly CaseEvent[]): OtherWay | null {
  const code = events.findLast(({ what }) => what === 'adjustment-declined')?.after?.['way'];
  return OTHER_WAYS.find((one) => one === code) ?? null;
}

function decided(sentence: string): Say {
  return (after) => {
    const decision = inner(after, 'decision');
    const paragraph = text(decision, 'paragraph');
    const by = text(decision, 'by');
    const more = [
      on(text(decision, 'date')).trim(),
      paragraph === null ? '' : paragraphWords(paragraph),
      by === null ? '' : `av ${by}`,
    ];
    const said = more.filter((part) => part !== '').join(', ');
    return said === '' ? sentence : `${sentence}, ${said}`;
  };
}

function sent(after: Facts): string {
  const how = text(after, 'answerSentHow');
  return `Svaret skickat${on(text(after, 'answerSentOn'))}${how === null ? '' : ` (${how})`}`;
}

function routed(after: Facts): string {
  const route = text(after, 'route');
  const way = route === null ? 'Beslutsväg vald' : valueWords('route', route, { of: () => null });
  return `${way}${tail(text(after, 'reason'))}`;
}

function signed(after: Facts): string {
  const at = text(after, 'adjustmentSignedAt');
  return `Paragrafen undertecknad${at === null ? '' : ` ${instantInFull(at)}`}`;
}

function moved(after: Facts): string {
  return `Sammanträdet flyttat${on(text(after, 'from'), ' från ')}${on(text(after, 'to'), ' till ')}`;
}

const reminder =
  (sentence: string): Say =>
  (after, _before, names) => {
    const to = names.of(text(after, 'personId') ?? '');
    const code = text(after, 'code');
    return `${sentence}${to === null ? '' : ` till ${to}`}${code === null ? '' : ` (${code})`}`;
  };

const withReason =
  (sentence: string): Say =>
  (after) =>
    `${sentence}${tail(text(after, 'reason'))}`;

const ofRecord =
  (done: string): Say =>
  (after) =>
    `Antecknat ${done}: ${recordWords(text(after, 'record') ?? '').toLowerCase()}. Skälet: ${text(after, 'reason') ?? ''}`;

const says =
  (sentence: string): Say =>
  () =>
    sentence;

/** Every event that a case can have, in a Swedish sentence. */
const SENTENCES: Readonly<Record<string, Say>> = {
  'referral-registered': registered,
  'referral-imported': says('Infört från ett tidigare diarium'),
  'officer-assigned': assigned,
  'preparation-started': step('Beredningen påbörjad', 'started'),
  'draft-done': step('Utkastet till svar klart', 'draft'),
  'manager-approved': step('Avdelningschefen attesterade', 'managerApproval'),
  'director-approved': step('Förvaltningschefen attesterade', 'directorApproval'),
  'agenda-dispatched': step('Kallelse och handlingar utskickade', 'dispatch'),
  'minutes-adjusted': step('Protokollet justerat i ordinarie ordning', 'adjustment'),
  'notice-posted': step('Justeringen anslagen', 'notice'),
  'notice-taken-down': step('Anslaget nedtaget', 'notice-down'),
  'extension-asked': asked,
  'extension-granted': granted,
  'extension-refused': (after) => `Anstånd avslaget${tail(text(after, 'note'))}`,
  'adjustment-confirmed': says('Omedelbar justering bekräftad'),
  'adjustment-declined': declinedAdjustment,
  'adjustment-decided': says('Nämnden beslutade om omedelbar justering'),
  'adjustment-signed': signed,
  'meeting-chosen': (after) => `Sammanträde valt${on(text(after, 'meeting'), ': ')}`,
  'route-chosen': routed,
  'decision-adopted': decided('Svaret antogs'),
  'decision-declined': decided('Beslut att avstå från att svara'),
  'decision-returned': decided('Återremiss: ärendet ska beredas på nytt'),
  'decision-tabled': decided('Bordlagt till ett senare sammanträde'),
  'decision-noted': decided('Antecknat utan svar'),
  'answer-sent': sent,
  'referral-corrected': says('Uppgifter rättade'),
  'record-corrected': ofRecord('rättat'),
  'record-taken-back': ofRecord('tillbakataget'),
  'secrecy-marked': (after) => `Sekretessmarkerat${tail(text(inner(after, 'secrecy'), 'provision'))}`,
  'secrecy-changed': (after) => `Sekretessbestämmelsen ändrad${tail(text(inner(after, 'secrecy'), 'provision'))}`,
  'secrecy-lifted': says('Sekretessmarkeringen hävd'),
  'referral-cancelled': (after) => `Makulerat${tail(text(inner(after, 'cancellation'), 'reason'))}`,
  'referral-closed': says('Avslutat'),
  'referral-reopened': withReason('Återupptaget'),
  'marked-dormant': withReason('Lagt vilande'),
  woken: withReason('Väckt ur vila'),
  'meeting-moved': moved,
  'meeting-cancelled': (after) => `Sammanträdet${on(text(after, 'meeting'))} ställdes in`,
  'meeting-added': (after) => `Nytt sammanträde${on(text(after, 'meeting'))}; tidplanen räknades om`,
  'plan-reworked': says('Tidplanen räknades om, sedan nämndens dagar eller ledtider ändrats'),
  'plan-without-adjusting': says(
    'Tidplanen räknades om: omedelbar justering är avböjd, och svaret hinner inte gå i tid med ordinarie',
  ),
  'meeting-passed': says('Sammanträdet hölls utan ärendet; tidplanen räknades om'),
  'reminder-failed': reminder('En påminnelse gick inte att skicka'),
  'reminder-given-up': reminder('En påminnelse gick inte fram och försöken har upphört'),
  'reminder-undeliverable': reminder('En påminnelse har ingen att gå till'),
  'reminder-found-missing': reminder('En påminnelse saknades och lades till'),
};

/** Whether there is a sentence of our own for the event. */
export const knowsEvent = (what: string): boolean => Object.hasOwn(SENTENCES, what);

/** An event in a sentence. One that is not known is named, so that nothing goes unsaid. */
export function sentenceOf({ what, at, before, after }: CaseEvent, names: Names): string {
  const say = Object.hasOwn(SENTENCES, what) ? SENTENCES[what] : undefined;
  return asSentence(
    say ? say(after ?? {}, before ?? {}, names, localDateAt(new Date(at))) : `Händelsen ”${what.replaceAll('-', ' ')}”`,
  );
}

/** Facts that the sentence has already told, or that follow from the others. */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  'officer-assigned': ['officerId'],
  'extension-granted': ['answerDue'],
  'answer-sent': ['answerSentOn', 'answerSentHow'],
  'route-chosen': ['route'],
  'secrecy-marked': ['secrecy'],
  'referral-cancelled': ['cancellation'],
  'adjustment-signed': ['adjustmentSignedAt'],
  'adjustment-declined': ['adjustmentReason'],
};
const DECISIONS = /^decision-/;
/** The first event holds all that there is: that is shown in the case itself. */
const FIRST = new Set(['referral-registered', 'referral-imported']);
const MOVES = new Set(['plan', 'steps']);

function innerChanges(before: Facts, after: Facts, follows: boolean): FieldChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => ({
      field: name,
      label: stepWords(name),
      before: readable(text(before, name) ?? 'inget'),
      after: readable(text(after, name) ?? 'inget'),
      follows,
    }));
}

/** What an event changed, from what to what, as far as its sentence has not told it. */
export function changesOf({ what, before, after }: CaseEvent, names: Names): FieldChange[] {
  if (FIRST.has(what) || before === null || after === null) return [];
  const told = new Set([
    ...(Object.hasOwn(TOLD, what) ? (TOLD[what] ?? []) : []),
    ...(DECISIONS.test(what) ? ['decision'] : []),
  ]);
  return Object.keys(before).flatMap((field): FieldChange[] => {
    if (told.has(field)) return [];
    if (field === 'steps' && what !== 'record-corrected') return [];
    if (MOVES.has(field)) return innerChanges(inner(before, field), inner(after, field), field === 'plan');
    const label = FIELD_WORDS.get(field) ?? field;
    const words = (value: unknown): string => valueWords(field, value, names);
    return [{ field, label, before: words(before[field]), after: words(after[field]), follows: false }];
  });
}

/** What an event of a kind that is not known says beside its changes. */
export function saidBeside({ what, before, after }: CaseEvent, names: Names): readonly (readonly [string, string])[] {
  if (knowsEvent(what) || after === null) return [];
  const known = new Set(Object.keys(before ?? {}));
  return Object.entries(after)
    .filter(([field]) => !known.has(field))
    .map(([field, value]) => [FIELD_WORDS.get(field) ?? field, valueWords(field, value, names)]);
}

/** Every id in the events that stands for a name. */
export function idsIn(events: readonly CaseEvent[], field: 'officerId' | 'meetingId' | 'personId'): string[] {
  const values = events.flatMap(({ before, after }) => [before?.[field], after?.[field]]);
  return [...new Set(values.filter((value): value is string => typeof value === 'string'))];
}
