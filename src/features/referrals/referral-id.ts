import { randomInt } from 'node:crypto';
import { v7 as uuid } from 'uuid';

/** Far from the end of the 32 bits that UUID version 7 has for it. */
const FIRST_BELOW = 2 ** 30;

let last = { ms: -1, seq: 0 };

/** A new case's id: UUID version 7, growing within this process also for those of one millisecond. */
export function referralId(now: Date): string {
  const ms = now.getTime();
  last = { ms, seq: ms === last.ms ? last.seq + 1 : randomInt(FIRST_BELOW) };
  return uuid({ msecs: ms, seq: last.seq });
}
