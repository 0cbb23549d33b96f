const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A session that nobody has used for so long has ended. */
export const SESSION_IDLE_MS = 12 * HOUR;
/** And one that has lasted so long, however much it is used. */
export const SESSION_LONGEST_MS = 7 * DAY;
/** Use of a session is noted at most so often: a page that is looked at writes nothing. */
export const SESSION_NOTED_EVERY_MS = 5 * MINUTE;

export const LINK_LASTS_MS = 24 * HOUR;
/** For so long it is told that a link ended unused: then it is forgotten. */
export const LINK_REMEMBERED_MS = 30 * DAY;
/** So many links of one person's work at once. Anybody may ask for one: beside these no more is made. */
export const LINKS_AT_ONCE = 5;

/** Administrators have another link sent at the earliest so long after one of them last did. */
export const INVITED_AGAIN_AFTER_MS = 5 * MINUTE;

export const PASSWORD_SHORTEST = 12;
export const PASSWORD_LONGEST = 256;

/** Of an account from an address: after so many failures in a row pauses begin, each twice the one before. */
export const PAIR = { free: 5, firstPauseMs: 30_000, longestPauseMs: 15 * MINUTE };
/** From an address, which a whole town hall may share. */
export const ADDRESS = { free: 50, firstPauseMs: MINUTE, longestPauseMs: 15 * MINUTE };
/** To an account from anywhere. Short: whoever knows an address of ours could keep its owner out. */
export const ACCOUNT = { free: 20, firstPauseMs: 30_000, longestPauseMs: 2 * MINUTE };
/** As many failures as are free are forgotten in this time, evenly, one after the other: nobody's attempt restarts it. */
export const FORGET_FREE_MS = HOUR;
/** From where someone has signed in within this time, attempts from elsewhere, or of others there, do not keep them out. */
export const KNOWN_FOR_MS = 30 * DAY;
