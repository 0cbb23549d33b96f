import { addDays, type LocalDate } from '../../../domain/calendar/local-date.js';
import { longDate } from '../../../domain/calendar/long-date.js';
import { isFarAhead } from '../../../domain/referral/extension-day.js';

const DAYS_LONG_AGO = 366;
const RECTIFY = 'Rätta dagen, eller kryssa i att den stämmer.';

/** Whether a day of arrival is more than a year back: a letter from then is rare, a mistyped year is not. */
export const isLongAgo = (receivedOn: LocalDate, today: LocalDate): boolean =>
  receivedOn < addDays(today, -DAYS_LONG_AGO);

export const longAgoWords = (receivedOn: LocalDate): string =>
  `Remissen kom in ${longDate(receivedOn)}, för mer än ett år sedan. ${RECTIFY}`;

const farWords = (what: string, day: LocalDate): string => `${what} är ${longDate(day)}, om mer än två år. ${RECTIFY}`;

/** A day that is rare, as it is told and as a person says that it stands all the same. */
export interface RareDay {
  readonly words: string;
  readonly tick: string;
}

/**
 * What is rare about an answer day: before the day the letter came, past, or more than two years ahead. Real letters have
 * such days, and are registered with them; a mistyped year is as likely. Null where nothing is.
 *
 * @param receivedOn when the letter came, or null where that is not known or not at issue
 */
export function rareAnswerDay(answerDue: LocalDate, receivedOn: LocalDate | null, today: LocalDate): RareDay | null {
  const due = longDate(answerDue);
  if (receivedOn !== null && answerDue < receivedOn) {
    const words = `Svarsdagen är ${due}, före den dag då remissen kom in, ${longDate(receivedOn)}. ${RECTIFY}`;
    return { words, tick: 'Dagen stämmer: svarsdagen i remissen ligger före den dag då den kom in' };
  }
  if (answerDue < today) {
    const words = `Svarsdagen är ${due}, och har redan varit. ${RECTIFY}`;
    return { words, tick: 'Dagen stämmer: svarsdagen har redan varit' };
  }
  return isFarAhead(answerDue, today) ? { words: farWords('Svarsdagen', answerDue), tick: FAR_AHEAD_TICK } : null;
}

export const farMeetingWords = (date: LocalDate): string => farWords('Sammanträdet', date);
export const farAdjustmentWords = (adjustmentOn: LocalDate): string => farWords('Justeringsdagen', adjustmentOn);

export const freeMeetingWords = (date: LocalDate, why: string): string =>
  `Sammanträdet är ${longDate(date)}, som är ${why}. ${RECTIFY}`;

export const freeMeetingTick = (why: string): string => `Dagen stämmer: nämnden sammanträder fast det är ${why}`;
export const LONG_AGO_TICK = 'Dagen stämmer: remissen kom in för mer än ett år sedan';
const FAR_AHEAD_TICK = 'Dagen stämmer: svaret ska lämnas om mer än två år';
export const FAR_MEETING_TICK = 'Dagen stämmer: sammanträdet är om mer än två år';
export const FAR_ADJUSTMENT_TICK = 'Dagen stämmer: justeringen är om mer än två år';
