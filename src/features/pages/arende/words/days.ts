import { daysBetween, isLocalDate, localDate, type LocalDate } from '../../../../domain/calendar/local-date.js';
import { longDate } from '../../../../domain/calendar/long-date.js';
import { workingDaysBetween, type ClosedDays } from '../../../../domain/calendar/working-day.js';
import { localDateAt, localTimeAt } from '../../../../domain/calendar/stockholm-time.js';

const SHORT = ['jan', 'feb', 'mars', 'apr', 'maj', 'juni', 'juli', 'aug', 'sep', 'okt', 'nov', 'dec'] as const;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/;

/** `27 oktober 2023`, of a day as views hold it. */
export const inFull = (day: string): string => longDate(localDate(day));

/** `27 okt`, and `27 okt 2024` in another year than this one. */
export function inShort(day: string, today: LocalDate): string {
  const month = SHORT[Number(day.slice(5, 7)) - 1] ?? '';
  const year = day.slice(0, 4);
  return `${Number(day.slice(8, 10))} ${month}${year === today.slice(0, 4) ? '' : ` ${year}`}`;
}

/** `kl. 14.12`, on one line. */
export const atTime = (time: string): string => `kl.\u00a0${time.replace(':', '.')}`;

/** `27 oktober 2023 kl. 14.12`, in Swedish time. */
export function instantInFull(at: string): string {
  const instant = new Date(at);
  return `${longDate(localDateAt(instant))} ${atTime(localTimeAt(instant))}`;
}

/** `27 okt 14.12`, in Swedish time. */
export function instantInShort(at: string, today: LocalDate): string {
  const instant = new Date(at);
  return `${inShort(localDateAt(instant), today)} ${localTimeAt(instant).replace(':', '.')}`;
}

/** The day something is read on, and the board's own closed days. */
export interface ReadOn {
  readonly today: LocalDate;
  readonly closed: ClosedDays;
}

/** How far it is: `i dag`, `i morgon`, `om 5 arbetsdagar`, `för 3 arbetsdagar sedan`. */
export function howFar(day: string, { today, closed }: ReadOn): string {
  const days = daysBetween(today, localDate(day));
  if (days === 0) return 'i dag';
  if (days === 1) return 'i morgon';
  if (days === -1) return 'i går';
  const working = Math.abs(workingDaysBetween(today, localDate(day), closed));
  // Nothing but closed days between: then the days of the calendar say more.
  const far = working === 0 ? `${Math.abs(days)} dagar` : counted(working, 'arbetsdag', 'arbetsdagar');
  return days > 0 ? `om ${far}` : `för ${far} sedan`;
}

export const counted = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** A text that is a day or an instant, as it is read; any other as it is. */
export function readable(text: string): string {
  if (isLocalDate(text)) return inFull(text);
  return INSTANT.test(text) && !Number.isNaN(Date.parse(text)) ? instantInFull(text) : text;
}

/** A text whose paragraphs of law are not torn apart at the end of a line: `KL 6 kap. 39 §`. */
export const unbroken = (text: string): string =>
  text
    .replace(/(\d) (kap\.|§)/g, '$1\u00a0$2')
    .replace(/kap\. (\d)/g, 'kap.\u00a0$1')
    .replace(/\b(KL|OSL|FL) (\d)/g, '$1\u00a0$2');
