import type { FieldLabel } from './components/form-labels.js';
import { FORM_LABELS_FIELD } from './form-tokens.js';

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
