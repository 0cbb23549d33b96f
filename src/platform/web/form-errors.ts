import type { ZodType, z } from 'zod';
import { RuleError } from '../../domain/errors.js';
import { BODY_LIMIT } from '../http/limits.js';
import { fieldErrors } from '../problem/field-errors.js';
import { InvalidRequest } from '../problem/invalid-request.js';
import { describeProblem } from '../problem/problem.js';
import { isFormsOwn } from './form-tokens.js';

/** One thing to mend, as a whole sentence; without a field it is about the form. */
export interface FormError {
  readonly field: string | null;
  readonly message: string;
}

export type FormErrors = readonly FormError[];

/** A form as it was sent: what is read out of it, or what is wrong with it. `values` is what was typed, to show again. */
export type ReadForm<T> = { readonly values: FormValues } & (
  { readonly data: T; readonly errors: null } | { readonly data: null; readonly errors: FormErrors }
);

export type FormValues = Readonly<Record<string, string>>;

/** What fields are called by their names, in the order of the page: in sentences such as `Namnet måste anges`. */
export type Labels = Readonly<Record<string, string>>;

export const fieldId = (name: string): string => `falt-${name.replace(/[^\w-]/g, '-')}`;

export function errorOf(errors: FormErrors | undefined, name: string): string | null {
  return errors?.find(({ field }) => field === name)?.message ?? null;
}

const sentence = (labels: Labels, field: string, reason: string): string => `${labels[field] ?? field} ${reason}.`;

/** What was typed, as text, in a form or an address. Of a field that came several times, the last. */
export function typedValues(body: unknown): Record<string, string> {
  if (typeof body !== 'object' || body === null) return {};
  const texts = Object.entries(body).map(([name, value]): [string, unknown] => [name, [value].flat().at(-1)]);
  const typed = texts.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(typed.filter(([name]) => !isFormsOwn(name) && !(name in Object.prototype)));
}

/**
 * Reads a form with a schema. A field that was left empty is absent, as a browser cannot leave one out.
 *
 * @param labels what the page calls each field, in the order of the page
 */
export function readForm<S extends ZodType>(schema: S, body: unknown, labels: Labels): ReadForm<z.output<S>> {
  const values = typedValues(body);
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''));
  const result = schema.safeParse(given);
  if (result.success) return { values, data: result.data, errors: null };
  const faults = fieldErrors(new InvalidRequest(schema, given, 'body', null), 'sv');
  const errors = faults.map(({ field, reason }) =>
    field === 'body' ? { field: null, message: reason } : { field, message: sentence(labels, field, reason) },
  );
  return { values, data: null, errors: inOrder(errors, labels) };
}

/** Errors in the order of the fields on the page, those about the whole form first. */
export function inOrder(errors: FormErrors, labels: Labels): FormErrors {
  const order = Object.keys(labels);
  const placeOf = ({ field }: FormError): number =>
    field === null ? -1 : order.includes(field) ? order.indexOf(field) : order.length;
  return [...errors].sort((a, b) => placeOf(a) - placeOf(b));
}

const FOR_WORDS = { language: 'sv', requestId: '', allow: [], withCredentials: false, isForm: true } as const;

/** Whether a form is to be shown again with what is wrong, instead of an error page. */
export const isMendable = (error: unknown): boolean =>
  error instanceof RuleError && !['not-found', 'forbidden', 'unauthenticated', 'version-stale'].includes(error.code);

/**
 * A broken rule as errors of a form: at its field where the form has it, else about the form.
 *
 * @param fields the form's field names by the rule's, where they differ
 */
export function errorsOfRule(error: unknown, labels: Labels, fields: Labels = {}): FormErrors {
  if (!(error instanceof RuleError)) throw error;
  const { detail } = describeProblem(error, FOR_WORDS, BODY_LIMIT).problem;
  const named = error.facts['field'];
  const field = typeof named === 'string' ? (fields[named] ?? named) : null;
  return [{ field: field !== null && field in labels ? field : null, message: detail }];
}

/** An error as what a person can mend of it. @throws the error itself when nobody can */
export function mendable(error: unknown, labels: Labels, fields: Labels = {}): FormErrors {
  if (!isMendable(error)) throw error;
  return errorsOfRule(error, labels, fields);
}

/** What a person can mend of what went wrong in doing this: none when it is done. @throws whatever nobody can mend */
export const mendableErrors = (doing: Promise<unknown>, labels: Labels, fields: Labels = {}): Promise<FormErrors> =>
  doing.then(
    () => [],
    (error: unknown) => mendable(error, labels, fields),
  );
