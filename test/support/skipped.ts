import { appendFileSync } from 'node:fs';

export interface Skipped {
  /** What is missing on this machine. */
  readonly program: string;
  /** What kind of suite needs it. */
  readonly kind: string;
  readonly title: string;
}

/** Leaves it for the one line at the end of `npm test`; where Jest runs by itself, says it at once. */
export function skipped(what: Skipped): void {
  const file = process.env['SKIPPED_FILE'];
  if (file === undefined) process.stderr.write(`SKIPPED: ${what.title}: there is no ${what.program} on this machine\n`);
  else appendFileSync(file, `${JSON.stringify(what)}\n`);
}
