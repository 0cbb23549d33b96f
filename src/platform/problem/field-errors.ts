import type { z } from 'zod';
import type { InvalidRequest } from './invalid-request.js';
import type { Language } from './language.js';
import { reasonIn, worded } from './reasons.js';

/** One fault: the field as a path such as `people[0].email`, and what is wrong with it. */
export interface FieldError {
  readonly field: string;
  readonly reason: string;
}

/** More are not told: a body of a thousand faults is not mended one by one. */
const MOST = 100;

const UNKNOWN = { sv: 'är ett okänt fält', en: 'is not a known field' } as const;

function pathOf(start: string | null, path: readonly PropertyKey[]): string {
  let text = start ?? '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else text += text === '' ? String(step) : `.${String(step)}`;
  }
  return text;
}

type Union = Extract<z.core.$ZodIssue, { code: 'invalid_union' }>;

/** How far a value is from a shape: each fault counts, most of all one that tells the shapes apart. */
function distance(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce((sum, issue) => {
    if (issue.code === 'unrecognized_keys') return sum + issue.keys.length;
    return sum + (issue.code === 'invalid_value' ? 1.5 : 1);
  }, 0);
}

/** Of a value that has none of several shapes, what is wrong with it as the shape that it comes nearest to. */
function asNearestShape({ errors, path }: Union): z.core.$ZodIssue[] {
  const [nearest = []] = [...errors].sort((a, b) => distance(a) - distance(b));
  return nearest.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
}

function errorsOf(issue: z.core.$ZodIssue, start: string | null, whole: string, language: Language): FieldError[] {
  if (issue.code === 'invalid_union' && issue.errors.length > 0)
    return asNearestShape(issue).flatMap((one) => errorsOf(one, start, whole, language));
  const field = pathOf(start, issue.path);
  if (issue.code !== 'unrecognized_keys')
    return [{ field: field === '' ? whole : field, reason: worded(issue.message, language) }];
  const keys = issue.keys.map((key) => key.slice(0, 100));
  return keys.map((key) => ({ field: pathOf(field === '' ? null : field, [key]), reason: UNKNOWN[language] }));
}

/** Every fault of a request part, in the reader's language. */
export function fieldErrors(error: InvalidRequest, language: Language): FieldError[] {
  const result = error.schema.safeParse(error.value, { error: reasonIn(language) });
  if (result.success) return [];
  const { issues } = result.error;
  return issues.flatMap((issue) => errorsOf(issue, error.field, error.part, language)).slice(0, MOST);
}
