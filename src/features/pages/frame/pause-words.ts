import { localTimeAt } from '../../../domain/calendar/stockholm-time.js';

/** Until when someone has to wait who has tried too often. */
export const pauseInWords = (until: Date): string =>
  `För många försök. Vänta till kl. ${localTimeAt(new Date(until.getTime() + 59_999)).replace(':', '.')} och försök igen.`;

export const retryAfter = (until: Date, now: Date): string =>
  String(Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000)));
