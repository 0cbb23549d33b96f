import { isDayOfOtherYear, isLocalDate, YEARS_TAKEN, type LocalDate } from '../../../domain/calendar/local-date.js';
import { isClockTime } from '../../../domain/calendar/stockholm-time.js';

const EIGHT = /^(\d{4})(\d{2})(\d{2})$/;
const SIX = /^(\d{2})(\d{2})(\d{2})$/;
const WRITTEN = /^\d{4}-\d{2}-\d{2}$/;

/** A day as people type it, `20231027` and `231027` too, as it is written: `2023-10-27`. Anything else as it is. */
export function typedDay(text: string): string {
  const bare = text.trim().replace(/[\u2010-\u2015\u2212]/g, '-');
  const eight = EIGHT.exec(bare);
  if (eight) return `${eight[1]}-${eight[2]}-${eight[3]}`;
  const six = SIX.exec(bare);
  return six ? `20${six[1]}-${six[2]}-${six[3]}` : bare;
}

/** A time of day as people type it, `9.00`, `kl 9:00` and `0900` too, as `09:00`. Anything else as it is. */
export function typedTime(text: string): string {
  const match = /^(?:kl\.?)?\s*(\d{1,2})(?:[.:]?(\d{2}))?$/i.exec(text.trim());
  return match ? `${(match[1] ?? '').padStart(2, '0')}:${match[2] ?? '00'}` : text.trim();
}

/** The day that is typed, when it is one. */
export function dayIn(text: string | undefined): LocalDate | null {
  const day = typedDay(text ?? '');
  return isLocalDate(day) ? day : null;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'maj', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec'];
/** `29 januari 2027`, `fredagen den 29 jan. 2027`. */
const IN_WORDS = /^(?:\p{L}+\s+)?(?:den\s+)?(\d{1,2})(?::?e)?\s+(\p{L}{3,})\.?,?\s+(\d{4})$/iu;
/** `29/1 2027`, `29.1.2027`. */
const DAY_FIRST = /^(\d{1,2})[./-]\s*(\d{1,2})[./\s-]\s*(\d{4})$/;
/** `2027/1/29`, `2027 01 29`. */
const YEAR_FIRST = /^(\d{4})[./\s-]+(\d{1,2})[./\s-]+(\d{1,2})$/;

const written = (year = '', month = '', day = ''): string =>
  `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;

/** A day that is written in another way than the field takes, as the field takes it. */
function rewritten(text: string): string | null {
  const words = IN_WORDS.exec(text);
  if (words) {
    const month = MONTHS.indexOf((words[2] ?? '').slice(0, 3).toLowerCase()) + 1;
    return written(words[3], String(month), words[1]);
  }
  const dayFirst = DAY_FIRST.exec(text);
  if (dayFirst) return written(dayFirst[3], dayFirst[2], dayFirst[1]);
  const yearFirst = YEAR_FIRST.exec(text);
  return yearFirst ? written(yearFirst[1], yearFirst[2], yearFirst[3]) : null;
}

const EXAMPLE = '2027-01-29';

/** What is wrong with a typed day, in a sentence about the field; null when it is one. */
export function dayFault(the: string, text: string): string | null {
  const day = typedDay(text);
  if (isLocalDate(day)) return null;
  if (isDayOfOtherYear(day)) return `${the} ska vara en dag i åren ${YEARS_TAKEN}.`;
  if (WRITTEN.test(day)) return `${the} ska vara en dag som finns, skriven ÅÅÅÅ-MM-DD.`;
  const meant = rewritten(text.trim().replace(/\s+/g, ' '));
  if (isDayOfOtherYear(meant)) return `${the} ska vara en dag i åren ${YEARS_TAKEN}.`;
  if (meant !== null && isLocalDate(meant)) return `${the} går inte att läsa. Skriv dagen som ${meant}.`;
  return `${the} går inte att läsa. Skriv dagen som ÅÅÅÅ-MM-DD, till exempel ${EXAMPLE}.`;
}

/** What is wrong with a typed time of day, in a sentence about the field; null when it is one. */
export const timeFault = (the: string, text: string): string | null =>
  isClockTime(typedTime(text)) ? null : `${the} ska vara ett klockslag, skrivet TT:MM, till exempel 09:30.`;
