/** How long a mail is its sender's; after that another sends it. Longer than any one mail may take to be sent. */
const LEASE_MS = 10 * 60_000;

/** A lease with less left than this is renewed before the mail is handed over. */
const TOO_SHORT_MS = 4 * 60_000;

export const leaseUntil = (now: Date): string => new Date(now.getTime() + LEASE_MS).toISOString();

/** Whether so little of a lease is left that it could run out while the mail is being handed over. */
export const isShort = (lease: string, now: Date): boolean => new Date(lease).getTime() - now.getTime() < TOO_SHORT_MS;
