import type { FieldLabel } from './components/form-labels.js';
import { FORM_LABELS_FIELD, FORM_REFILL_FIELD, FORM_TOKEN_FIELD } from './form-tokens.js';
import { localPath } from './local-path.js';
import { STEP_FIELD } from './steps.js';

/** Something that was typed in a form, as its page called it. */
export interface TypedField {
  readonly label: string;
  readonly text: string;
}

/** Of a long list of people the choice is told by its value. */
const MOST_OPTIONS = 30;

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
    const read: unknown = isText(json) ? JSON.parse(json) : [];
    return Array.isArray(read) ? read : [];
  } catch {
    return [];
  }
}

function optionsIn(parts: readonly unknown[]): Map<string, string> {
  const pairs = parts.filter(
    (part): part is [string, string] => Array.isArray(part) && part.length === 2 && part.every(isText),
  );
  return new Map(pairs);
}

/** What was typed in a form that comes from one of our pages, by its labels. What has none, as a password, is left out. */
export function typedFields(body: unknown): TypedField[] {
  if (typeof body !== 'object' || body === null) return [];
  const values = new Map<string, unknown>(Object.entries(body));
  return parsed(values.get(FORM_LABELS_FIELD)).flatMap((one) => {
    const [name, label, ...options] = Array.isArray(one) ? (one as unknown[]) : [];
    if (!isText(name) || !isText(label)) return [];
    const called = optionsIn(options);
    const typed = [values.get(name)].flat().filter((value): value is string => isText(value) && value.trim() !== '');
    if (typed.length === 0) return [];
    return [{ label, text: typed.map((value) => called.get(value) ?? value).join(', ') }];
  });
}

/** The form that was sent, for showing it again; null for one that cannot be shown so. */
export function refillIn(body: unknown): Refill | null {
  if (typeof body !== 'object' || body === null) return null;
  const action = localPath(Reflect.get(body, FORM_REFILL_FIELD));
  if (action === null) return null;
  const fields = Object.entries(body)
    .filter(([name]) => name !== FORM_TOKEN_FIELD && name !== STEP_FIELD)
    .flatMap(([name, value]) =>
      [value]
        .flat()
        .filter(isText)
        .map((text) => [name, text] as const),
    );
  return { action, fields };
}
