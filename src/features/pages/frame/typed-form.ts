import type { ZodType, z } from 'zod';
import {
  mendable, mendableErrors, readForm, typedValues, type FormError, type FormErrors, type FormValues, type Labels,
  type ReadForm,
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

/**
 * Reads a form that people type in. `values` is what was typed, as it is shown again.
 *
 * @param labels what each field is called at the start of a sentence, in the order of the page
 */
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

interface FormWords {
  /** What each field is called at the start of a sentence, in the order of the page: `Svarsdagen`. */
  readonly the: Labels;
  /** How what is typed in each field is read. */
  readonly kinds: TypedKinds;
  /** The form's fields by what the rules call them, where they differ. */
  readonly fields?: Labels;
}

/** A form of a page, for whoever answers it: what it takes, and how its faults are told. */
export class TypedForm<S extends ZodType> {
  constructor(
    private readonly schema: S,
    private readonly words: FormWords,
  ) {}

  read(body: unknown): ReadForm<z.output<S>> {
    return readTypedForm(this.schema, body, this.words.the, this.words.kinds);
  }

  /** What was typed, whatever is wrong with it. */
  valuesOf(body: unknown): FormValues {
    return typed(typedValues(body), this.words.kinds);
  }

  /** An error as what a person can mend of it. @throws the error itself when nobody can */
  mendable(error: unknown): FormErrors {
    return mendable(error, this.words.the, this.words.fields);
  }

  /** What a person can mend of what went wrong in doing this: none when it is done. @throws whatever nobody can mend */
  mendableErrors(doing: Promise<unknown>): Promise<FormErrors> {
    return mendableErrors(doing, this.words.the, this.words.fields);
  }
}
