import { addDays, type LocalDate } from '../../../domain/calendar/local-date.js';
import { longDate } from '../../../domain/calendar/long-date.js';

const DAYS_LONG_AGO = 366;

/** Whether a day of arrival is more than a year back: a letter from then is rare, a mistyped year is not. */
export const isLongAgo = (receivedOn: LocalDate, today: LocalDate): boolean =>
  receivedOn < addDays(today, -DAYS_LONG_AGO);

export const longAgoWords = (receivedOn: LocalDate): string =>
  `Inkom är ${longDate(receivedOn)}, för mer än ett år sedan. Rätta dagen, eller kryssa i att den stämmer.`;

const farWords = (what: string, day: LocalDate): string =>
  `${what} är ${longDate(day)}, om mer än två år. Rätta dagen, eller kryssa i att den stämmer.`;

export const farAheadWords = (answerDue: LocalDate): string => farWords('Svarsdagen', answerDue);
export const farMeetingWords = (date: LocalDate): string => farWords('Sammanträdet', date);
export const farAdjustmentWords = (adjustmentOn: LocalDate): string => farWords('Justeringsdagen', adjustmentOn);

export const freeMeetingWords = (date: LocalDate, why: string): string =>
  `Sammanträdet är ${longDate(date)}, som är ${why}. Rätta dagen, eller kryssa i att den stämmer.`;

export const freeMeetingTick = (why: string): string => `Dagen stämmer: nämnden sammanträder fast det är ${why}`;
export const LONG_AGO_TICK = 'Dagen stämmer: remissen kom in för mer än ett år sedan';
export const FAR_AHEAD_TICK = 'Dagen stämmer: svaret ska lämnas om mer än två år';
export const FAR_MEETING_TICK = 'Dagen stämmer: sammanträdet är om mer än två år';
export const FAR_ADJUSTMENT_TICK = 'Dagen stämmer: justeringen är om mer än två år';
