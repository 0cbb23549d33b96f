import { QueryFailedError } from 'typeorm';

/** What a statement's values may be refused for: SQLite's constraints, PostgreSQL's classes of data and of integrity. */
const OF_THE_VALUES = /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE)|^2[23]/;

/** Whether the database refuses whatever it is asked, and not these values alone. */
export function isDatabasesOwn(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const { code } = error.driverError as { readonly code?: unknown };
  return typeof code !== 'string' || !OF_THE_VALUES.test(code);
}
