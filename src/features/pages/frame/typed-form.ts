import type { ZodType, z } from 'zod';
import {
  readForm, typedValues, type FormError, type FormValues, type Labels, type ReadForm,
} from '../../../platform/web/form-errors.js'; // prettier-ignore
import { dayFault, timeFault, typedDay, typedTime } from './typed-day.js';
import { typedLine, typedLines } from './typed-line.js';

/** What is typed in a field; a field without a kind is taken as it was sent. */
export type TypedKind = 'line' | 'lines' | 'day' | 'time';
export type TypedKinds = Readonly<Record<string, TypedKind>>;

const READ: Record<TypedKind, (text: string) => string> = {
  line: typedLine,
  lines: typedLines,
  day: typedDay,
  time: typedTime,
};

const FAULTS: Partial<Record<TypedKind, (the: string, text: string) => string | null>> = {
  day: dayFault,
  time: timeFault,
};

/** What was typed, as the rules take it where it can be read so, and else as it stands. */
export const typed = (values: FormValues, kinds: TypedKinds): FormValues =>
  Object.fromEntries(
    Object.entries(values).map(([name, text]): [string, string] => {
      const kind = kinds[name];
      return [name, kind === undefined ? text : READ[kind](text)];
    }),
  );

/** A day or a time that cannot be read is told with how to write it. */
function worded({ field, message }: FormError, values: FormValues, labels: Labels, kinds: TypedKinds): FormError {
  const kind = field === null ? undefined : kinds[field];
  const text = field === null ? '' : (values[field] ?? '');
  if (field === null || kind === undefined || text === '') return { field, message };
  return { field, message: FAULTS[kind]?.(labels[field] ?? field, text) ?? message };
}

/** Reads a form that people type in. `values` is what was typed, as it is shown again. */
export function readTypedForm<S extends ZodType>(
  schema: S,
  body: unknown,
  labels: Labels,
  kinds: TypedKinds,
): ReadForm<z.output<S>> {
  const values = typed(typedValues(body), kinds);
  const read = readForm(schema, values, labels);
  if (read.errors === null) return read;
  return { ...read, errors: read.errors.map((error) => worded(error, values, labels, kinds)) };
}
