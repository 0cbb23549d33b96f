/** Codes of SQLite, PostgreSQL and the network that mean: not now, but perhaps in a moment. */
const CODES = new Set([
  'SQLITE_BUSY', 'SQLITE_LOCKED', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_CANTOPEN',
  'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EPIPE', 'EHOSTUNREACH', 'ENETUNREACH',
  '25006', '28000', '28P01', '3D000', '40001', '40P01', '53000', '53100', '53200', '53300', '55P03', '57014', '57P01', '57P02', '57P03',
]); // prettier-ignore

/** PostgreSQL's class of connection faults. */
const CONNECTION = /^08\d{3}$/;
/** The pool of node-postgres has no codes for these; nor has TypeORM, when a connection breaks between two statements. */
const POOL = /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error/;
const RELEASED = 'QueryRunnerAlreadyReleasedError';

const propertyOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/** Whether an error means that the database cannot be reached or has no room at the moment. */
export function isUnavailable(error: unknown): boolean {
  const code = propertyOf(error, 'code');
  if (typeof code === 'string' && (CODES.has(code) || CONNECTION.test(code) || code.startsWith('SQLITE_IOERR')))
    return true;
  const message = propertyOf(error, 'message');
  if (typeof message === 'string' && POOL.test(message)) return true;
  if (propertyOf(error, 'name') === RELEASED) return true;
  const errors = propertyOf(error, 'errors');
  if (Array.isArray(errors)) return errors.some(isUnavailable);
  const driverError = propertyOf(error, 'driverError');
  return driverError !== error && isUnavailable(driverError);
}
