import { later } from '../../platform/queue/lease.js';

/** How long a mail is its sender's; after that another sends it. Longer than any one mail may take to be sent. */
const LEASE_MS = 10 * 60_000;

/** A lease with less left than this is renewed before the mail is handed over. */
const TOO_SHORT_MS = 4 * 60_000;

/** How far a machine's clock may be wrong before what it has noted is not believed. */
const CLOCKS_APART_MS = 20 * 60_000;

const MINUTE = 60_000;
/** Pauses after the first, second, … attempt that failed, in milliseconds; then daily. */
const PAUSES = [MINUTE, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE];
const LONGEST_PAUSE_MS = 24 * 60 * MINUTE;

/** How long a mail rests after so many attempts, in milliseconds. */
export const pauseAfter = (attempts: number): number => PAUSES[Math.max(attempts, 1) - 1] ?? LONGEST_PAUSE_MS;

/** The latest instants until which a mail can have been taken, and can rest after so many attempts or more. */
export interface LatestWaits {
  readonly claimed: string;
  readonly failed: readonly { readonly attempts: number; readonly until: string }[];
}

export function latestWaits(now: Date): LatestWaits {
  const after = (ms: number): string => later(now, ms + CLOCKS_APART_MS);
  const failed = [...PAUSES, LONGEST_PAUSE_MS].map((_, n) => ({ attempts: n + 1, until: after(pauseAfter(n + 1)) }));
  return { claimed: after(LEASE_MS), failed };
}

export const leaseUntil = (now: Date): string => later(now, LEASE_MS);

/**
 * Whether a lease cannot be trusted while the mail is being handed over: too little of it is left, or it ends later than one
 * taken now would, since the clock has been set back, and another process may think it nobody's.
 */
export function isDoubtful(lease: string, now: Date): boolean {
  const left = new Date(lease).getTime() - now.getTime();
  return left < TOO_SHORT_MS || left > LEASE_MS;
}
