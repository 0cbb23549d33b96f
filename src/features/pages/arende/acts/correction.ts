import type { LocalDate } from '../../../../domain/calendar/local-date.js';
import { correctBody } from '../../../referrals/referral.dto.js';
import type { Correction } from '../../../referrals/acts/correct-referral.js';
import { inOrder, typedValues, type FormErrors, type FormValues } from '../../../../platform/web/form-errors.js';
import type { CalledChoice } from '../../../../platform/web/typed-fields.js';
import type { ReferralView } from '../../../referrals/referral.dto.js';
import { z } from 'zod';
import type { Choices, FormField } from './act-form.js';
import { kindsOf, labelsOf } from './act-form.js';
import { isLongAgo, LONG_AGO_TICK, longAgoWords, rareAnswerDay, type RareDay } from '../../frame/rare-day.js';
import { dayIn } from '../../frame/typed-day.js';
import { readTypedForm, typed, type TypedKind } from '../../frame/typed-form.js';

/** What may be corrected on the page, in the order of its form. */
export const CORRECTED = [
  'title', 'internalTitle', 'sender', 'senderReference', 'receivedOn', 'documentDate', 'answerDue', 'answerDueTime',
  'answerTo', 'department', 'note', 'duplicateReason',
] as const; // prettier-ignore

export type Corrected = (typeof CORRECTED)[number];

/** Where the person says that a day stands as it should, though such a day is rare. */
export const TICKS = { receivedOn: 'receivedOnTicked', answerDue: 'answerDueTicked' } as const;

/** Each field's hidden companion: what stood there when the form was opened. */
export const BASE = 'fran.';

const WORDS: Record<Corrected, { label: string; the: string; hint?: string }> = {
  title: { label: 'Ärendemening', the: 'Ärendemeningen', hint: 'Neutral: den är offentlig (OSL 5 kap. 2 §).' },
  internalTitle: { label: 'Intern ärendemening', the: 'Den interna ärendemeningen', hint: 'Bara för er som arbetar med ärendet.' },
  sender: { label: 'Avsändare', the: 'Avsändaren' },
  senderReference: { label: 'Avsändarens diarienummer', the: 'Avsändarens diarienummer' },
  receivedOn: { label: 'Inkom', the: 'Dagen då remissen kom in', hint: 'Den dag då den nådde myndigheten eller en behörig tjänsteman (FL 22 §).' },
  documentDate: { label: 'Remissens datum', the: 'Remissens datum' },
  answerDue: { label: 'Svar senast', the: 'Svarsdagen', hint: 'Som avsändaren har skrivit. Ändras den räknas tidplanen om.' },
  answerDueTime: { label: 'Klockslag', the: 'Klockslaget', hint: 'Om avsändaren har satt något.' },
  answerTo: { label: 'Svaret skickas till', the: 'Adressen', hint: 'Adress eller e-post, som i remissen.' },
  department: { label: 'Avdelning', the: 'Avdelningen' },
  note: { label: 'Anteckning', the: 'Anteckningen' },
  duplicateReason: { label: 'Skäl att registrera dubblett', the: 'Skälet', hint: 'När samma remiss redan finns, och det ändå ska stå så.' },
}; // prettier-ignore

const REQUIRED = new Set<Corrected>(['title', 'sender', 'receivedOn']);
const DAYS = new Set<Corrected>(['receivedOn', 'documentDate', 'answerDue']);

function kindOf(name: Corrected): TypedKind {
  if (DAYS.has(name)) return 'day';
  if (name === 'answerDueTime') return 'time';
  return name === 'note' ? 'lines' : 'line';
}

const KINDS = Object.fromEntries(CORRECTED.map((name) => [name, kindOf(name)]));

/** Texts as they are read out of a form, so that what was only shown and sent back is no change. */
const plain = (texts: readonly (readonly [Corrected, string])[]): FormValues => typed(Object.fromEntries(texts), KINDS);

/** What the case has in each field, as text; empty where there is nothing. */
export function standing(view: ReferralView): FormValues {
  const { department, ...rest } = view;
  const texts = CORRECTED.map((name): [Corrected, string] => [
    name,
    name === 'department' ? (department?.code ?? '') : (rest[name] ?? ''),
  ]);
  return plain(texts);
}

/** @param department the case's own, which may be none of those that the person can choose */
export function correctionFields(choices: Choices, department: ReferralView['department'] = null): FormField[] {
  return CORRECTED.map((name): FormField => {
    const common = { name, ...WORDS[name], optional: !REQUIRED.has(name) };
    if (name === 'department') {
      const known = department === null ? [] : [[department.code, department.name] as const];
      return {
        ...common,
        kind: 'select',
        options: choices.departments,
        known,
        missing: 'Välj en avdelning.',
        empty: 'Ingen',
      };
    }
    if (DAYS.has(name)) return { ...common, kind: 'day' };
    if (name === 'answerDueTime') return { ...common, kind: 'time' };
    return { ...common, kind: name === 'note' ? 'area' : 'text', maxLength: 1000 };
  });
}

const textOf = (values: FormValues, name: Corrected): string => values[name] ?? '';

/** A form of corrections as it was sent. */
export interface SentCorrection {
  readonly typed: FormValues;
  /** What stood there when the form was opened. */
  readonly base: FormValues;
  /** The rare days that are said to be right. */
  readonly ticks?: FormValues;
  /** What the form called its choices. */
  readonly called?: CalledChoice;
}

/** @param body the fields of a form; of one that came several times, the last */
export function sentCorrection(body: Readonly<Record<string, unknown>>, view: ReferralView): SentCorrection {
  const fields = typedValues(body);
  const now = standing(view);
  const read = (prefix: string, otherwise: FormValues): FormValues => {
    const texts = CORRECTED.map((name): [Corrected, string] => {
      return [name, fields[prefix + name] ?? textOf(otherwise, name)];
    });
    return plain(texts);
  };
  const base = read(BASE, now);
  const ticked = Object.values(TICKS).filter((name) => (fields[name] ?? '') !== '');
  return { typed: read('', base), base, ticks: Object.fromEntries(ticked.map((name) => [name, 'ja'])) };
}

/** The fields that were changed, by the person at the form. */
export const changedIn = ({ typed, base }: Pick<SentCorrection, 'typed' | 'base'>): Corrected[] =>
  CORRECTED.filter((name) => textOf(typed, name).trim() !== textOf(base, name).trim());

/**
 * What the form would hold if it had been opened on the case as it is now: others' changes, and on top one's own. A rare
 * day stays ticked as long as it is the one that was ticked.
 */
export function merged(sent: SentCorrection, now: FormValues): FormValues {
  const own = new Set(changedIn(sent));
  const texts = CORRECTED.map((name): [Corrected, string] => [name, textOf(own.has(name) ? sent.typed : now, name)]);
  const ticks = (['receivedOn', 'answerDue'] as const).flatMap((field) => {
    const tick = sent.ticks?.[TICKS[field]];
    return own.has(field) && tick !== undefined ? [[TICKS[field], tick] as const] : [];
  });
  return Object.fromEntries([...texts, ...ticks]);
}

export type ReadCorrection =
  | { readonly correction: Correction; readonly errors: null }
  | { readonly correction: null; readonly errors: FormErrors };

const NOTHING: ReadCorrection = {
  correction: null,
  errors: [{ field: null, message: 'Du har inte ändrat något än.' }],
};

/** One of the days that were changed, rare enough to be ticked. */
interface RareField extends RareDay {
  readonly field: keyof typeof TICKS;
}

/** What is rare about a day; the answer day is held against the day of arrival as it is going to stand. */
function rareIn(typed: FormValues, field: keyof typeof TICKS, today: LocalDate): RareDay | null {
  const day = dayIn(typed[field]);
  if (day === null) return null;
  if (field === 'answerDue') return rareAnswerDay(day, dayIn(typed['receivedOn']), today);
  return isLongAgo(day, today) ? { words: longAgoWords(day), tick: LONG_AGO_TICK } : null;
}

/** Which of the days that were changed are rare enough to be ticked. */
export function rareDays({ typed, base }: Pick<SentCorrection, 'typed' | 'base'>, today: LocalDate): RareField[] {
  const changed = changedIn({ typed, base });
  return (['receivedOn', 'answerDue'] as const).flatMap((field) => {
    const rare = changed.includes(field) ? rareIn(typed, field, today) : null;
    return rare === null ? [] : [{ field, ...rare }];
  });
}

/** What is wrong with rare days that nobody says are right. */
export const rareFaults = (sent: SentCorrection, today: LocalDate): FormErrors =>
  rareDays(sent, today)
    .filter(({ field }) => !(TICKS[field] in (sent.ticks ?? {})))
    .map(({ field, words }) => ({ field, message: words }));

/** What is to be corrected: only what was changed. A field that was emptied is taken away, unless it is needed. */
export function readCorrection(sent: SentCorrection, fields: readonly FormField[]): ReadCorrection {
  const changed = changedIn(sent);
  if (changed.length === 0) return NOTHING;
  const labels = labelsOf(fields);
  const emptied = changed.filter((name) => textOf(sent.typed, name).trim() === '');
  const missing = emptied.filter((name) => REQUIRED.has(name));
  const { shape } = correctBody;
  const given = changed.filter((name) => !emptied.includes(name));
  const schema = z.strictObject(Object.fromEntries(given.map((name) => [name, shape[name]])));
  const values: FormValues = Object.fromEntries(given.map((name) => [name, textOf(sent.typed, name)]));
  const { data, errors } = readTypedForm(schema, values, labels, kindsOf(fields));
  const needed = missing.map((name) => ({ field: name, message: `${labels[name] ?? name} får inte vara tom.` }));
  if (errors || needed.length > 0) return { correction: null, errors: inOrder([...needed, ...(errors ?? [])], labels) };
  return { correction: { ...data, ...Object.fromEntries(emptied.map((name) => [name, null])) }, errors: null };
}
