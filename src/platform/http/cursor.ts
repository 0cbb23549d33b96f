import type { ZodType } from 'zod';
import { RuleError } from '../../domain/errors.js';

/** The place after which the next page begins, as text that says nothing to the one who carries it. */
export const encodeCursor = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/**
 * The place that a cursor of ours stands for. A schema that names the sort order refuses a cursor of another list.
 *
 * @throws RuleError `cursor-invalid`
 */
export function decodeCursor<T>(cursor: string, schema: ZodType<T>): T {
  const place = schema.safeParse(jsonIn(cursor));
  if (place.success) return place.data;
  throw new RuleError('cursor-invalid', 'The cursor is not one that this list has given', { field: 'cursor' });
}

function jsonIn(cursor: string): unknown {
  if (cursor.length > 2000 || !/^[A-Za-z0-9_-]+$/.test(cursor)) return undefined;
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
