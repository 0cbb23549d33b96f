import { isTooNested } from '../http/json-body.js';
import type { FieldLabel } from './components/form-labels.js';
import { FORM_LABELS_FIELD, FORM_REFILL_FIELD, isFormsOwn } from './form-tokens.js';
import { localPath } from './local-path.js';
import { STEP_FIELD } from './steps.js';

/** Something that was typed in a form, as its page called it. */
export interface TypedField {
  readonly label: string;
  readonly text: string;
}

/** Of a long list of people the choice is told by its value. */
const MOST_OPTIONS = 30;
/** More fields than any form of ours calls by name. */
const MOST_FIELDS = 200;
/** Of all that was typed, and of its labels: so many characters are given back, and more than our longest forms take. */
const MOST_CHARACTERS = 100_000;

/** A form's labels as they go along with it. Without options a label stands alone. */
export function writtenLabels(labels: ReadonlyMap<string, FieldLabel>): string {
  const written = [...labels].map(([name, { label, options }]) => {
    const told = options.length > MOST_OPTIONS ? [] : options.filter((option) => option.label !== option.value);
    return [name, label, ...told.map((option) => [option.value, option.label])];
  });
  return JSON.stringify(written);
}

/** A form that can be shown again as it was filled in: where, and with what. */
export interface Refill {
  readonly action: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

const isText = (value: unknown): value is string => typeof value === 'string';

function parsed(json: unknown): unknown[] {
  try {
    const read: unknown = isText(json) && !isTooNested(Buffer.from(json)) ? JSON.parse(json) : [];
    return Array.isArray(read) ? read : [];
  } catch {
    return [];
  }
}

interface Labelled {
  readonly name: string;
  readonly label: string;
  readonly options: ReadonlyMap<string, string>;
}

const isOption = (part: unknown): part is [string, string] =>
  Array.isArray(part) && part.length === 2 && part.every(isText);

/** A field that the form calls by name; the labels may come from anyone, so no field is told twice. */
function labelledIn(json: unknown): Labelled[] {
  const found = new Map<string, Labelled>();
  for (const one of parsed(json).slice(0, MOST_FIELDS)) {
    const [name, label, ...options] = Array.isArray(one) ? (one as unknown[]) : [];
    if (!isText(name) || !isText(label) || found.has(name) || isFormsOwn(name) || name === STEP_FIELD) continue;
    found.set(name, { name, label, options: new Map(options.filter(isOption)) });
  }
  return [...found.values()];
}

/** @param room in characters; of what is longer the beginning */
function toldIn(values: readonly unknown[], options: ReadonlyMap<string, string>, room: number): string {
  let told = '';
  for (const value of new Set(values)) {
    if (!isText(value) || value.trim() === '') continue;
    told += (told === '' ? '' : ', ') + (options.get(value) ?? value);
    if (told.length > room) return `${told.slice(0, Math.max(room, 0))} …`;
  }
  return told;
}

/**
 * What was typed in a form that comes from one of our pages, by its labels. What has none, as a password, is left out.
 * Each field once, and no more than `MOST_CHARACTERS` in all: the answer must not grow faster than what was sent.
 */
export function typedFields(body: unknown): TypedField[] {
  if (typeof body !== 'object' || body === null) return [];
  const values = new Map<string, unknown>(Object.entries(body));
  const typed: TypedField[] = [];
  let room = MOST_CHARACTERS;
  for (const { name, label, options } of labelledIn(values.get(FORM_LABELS_FIELD))) {
    room -= label.length;
    if (room <= 0) break;
    const text = toldIn([values.get(name)].flat(), options, room);
    room -= text.length;
    if (text !== '') typed.push({ label, text });
  }
  return typed;
}

/** What a form that was sent called a choice in it, by the field's name and the choice; null where it said nothing. */
export type CalledChoice = (name: string, value: string) => string | null;

/** As its page called them, and told to nobody but the one who sends it: it may have been written by anyone. */
export function calledChoices(body: unknown): CalledChoice {
  if (typeof body !== 'object' || body === null) return () => null;
  const options = new Map(labelledIn(Reflect.get(body, FORM_LABELS_FIELD)).map((one) => [one.name, one.options]));
  return (name, value) => options.get(name)?.get(value) ?? null;
}

/**
 * The form that was sent, for showing it again, with its token, by which it is known as ours; null for one that cannot
 * be shown so, or holds more than our forms take.
 */
export function refillIn(body: unknown): Refill | null {
  if (typeof body !== 'object' || body === null) return null;
  const action = localPath(Reflect.get(body, FORM_REFILL_FIELD));
  if (action === null) return null;
  const fields = Object.entries(body)
    .filter(([name]) => name !== STEP_FIELD)
    .flatMap(([name, value]) =>
      [value]
        .flat()
        .filter(isText)
        .map((text) => [name, text] as const),
    );
  const characters = fields.reduce((sum, [name, text]) => sum + name.length + text.length, 0);
  return characters > MOST_CHARACTERS ? null : { action, fields };
}
