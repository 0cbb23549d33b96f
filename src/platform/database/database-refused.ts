/** Why a database is not opened. */
export type RefusedBecause =
  | 'not-a-database'
  | 'foreign'
  | 'damaged'
  | 'newer'
  | 'not-writable'
  | 'no-wal'
  | 'busy'
  | 'unreachable'
  | 'migration'
  | 'unfinished-move';

/** The database is left as it is. The message, in Swedish, tells the one who runs the system what to do. */
export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused';

  constructor(
    readonly because: RefusedBecause,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
