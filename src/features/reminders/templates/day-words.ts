import { longDate } from '../../../domain/calendar/long-date.js';
import { daysBetween, isoWeekday, type LocalDate } from '../../../domain/calendar/local-date.js';
import { workingDaysBetween, type ClosedDays } from '../../../domain/calendar/working-day.js';

const WEEKDAYS = ['måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag', 'söndag'];

/** `fredag 27 oktober 2023`. */
export const weekdayDate = (d: LocalDate): string => `${WEEKDAYS[isoWeekday(d) - 1]} ${longDate(d)}`;

/** `kl. 17.00` of `17:00`. */
export const clockTime = (time: string): string => `kl. ${time.replace(':', '.')}`;

function counted(n: number, unit: 'arbetsdag' | 'dag'): string {
  if (n === 1) return `1 ${unit}`;
  return `${n} ${unit === 'arbetsdag' ? 'arbetsdagar' : 'dagar'}`;
}

/** How far it is to a day: `5 arbetsdagar kvar`, `i dag`, `2 arbetsdagar försenat`. */
export function timeLeft(today: LocalDate, day: LocalDate, closed: ClosedDays): string {
  if (day === today) return 'i dag';
  const working = workingDaysBetween(today, day, closed);
  const left = day > today;
  // Nothing but closed days between: then the days of the calendar say more.
  const far =
    working === 0 ? counted(Math.abs(daysBetween(today, day)), 'dag') : counted(Math.abs(working), 'arbetsdag');
  return left ? `${far} kvar` : `${far} försenat`;
}
