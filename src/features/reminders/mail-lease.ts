/** How long a mail is its sender's; after that another sends it. Longer than any one mail may take to be sent. */
const LEASE_MS = 10 * 60_000;

/** A lease with less left than this is renewed before the mail is handed over. */
const TOO_SHORT_MS = 4 * 60_000;

/** How far a machine's clock may be wrong before what it has noted is not believed. */
const CLOCKS_APART_MS = 20 * 60_000;

/** The longest that a mail rests after it has failed, in milliseconds: a day. */
export const LONGEST_PAUSE_MS = 24 * 60 * 60_000;

/** The latest instants until which a mail can have been taken, and can rest, as `MailRepository.bringForward` asks for them. */
export const latestWaits = (now: Date): Record<'claimed' | 'failed', string> => ({
  claimed: new Date(now.getTime() + LEASE_MS + CLOCKS_APART_MS).toISOString(),
  failed: new Date(now.getTime() + LONGEST_PAUSE_MS + CLOCKS_APART_MS).toISOString(),
});

export const leaseUntil = (now: Date): string => new Date(now.getTime() + LEASE_MS).toISOString();

/** Whether so little of a lease is left that it could run out while the mail is being handed over. */
export const isShort = (lease: string, now: Date): boolean => new Date(lease).getTime() - now.getTime() < TOO_SHORT_MS;
