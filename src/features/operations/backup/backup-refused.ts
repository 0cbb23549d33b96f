/** Why a backup is not made, or not restored. */
export type RefusedBecause =
  'not-a-backup' | 'truncated' | 'damaged' | 'newer' | 'wrong-engine' | 'not-empty' | 'exists' | 'no-database' | 'tool';

/** Nothing has been changed. The message, in Swedish, tells the one who runs the system why, and what to do. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';

  constructor(
    readonly because: RefusedBecause,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The code of an error of the file system, else nothing. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
