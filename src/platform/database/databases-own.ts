import { QueryFailedError } from 'typeorm';
import { isUnavailable } from '../problem/unavailable.js';

/** What a statement's values may be refused for: SQLite's constraints, PostgreSQL's classes of data, integrity and limits. */
const OF_THE_VALUES = /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE)|^(22|23|54)/;

/** Whether the database refuses whatever it is asked, and not these values alone. */
export function isDatabasesOwn(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return isUnavailable(error);
  const { code } = error.driverError as { readonly code?: unknown };
  return typeof code !== 'string' || !OF_THE_VALUES.test(code);
}
