/** The time of day in Stockholm at which reminders leave. */
export const LEAVES_AT = '07:30';
