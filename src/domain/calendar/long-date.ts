import type { LocalDate } from './local-date.js';

const MONTHS = [
  'januari', 'februari', 'mars', 'april', 'maj', 'juni', 'juli', 'augusti', 'september', 'oktober', 'november',
  'december',
] as const; // prettier-ignore

/** A day as it is read in Swedish: `27 oktober 2023`. */
export function longDate(day: LocalDate): string {
  return `${dayAndMonth(day)} ${day.slice(0, 4)}`;
}

/** A day with its year only where that is another than today's: `27 oktober`, `8 januari 2024`. */
export const dayFrom = (today: LocalDate, day: LocalDate): string =>
  day.slice(0, 4) === today.slice(0, 4) ? dayAndMonth(day) : longDate(day);

/** A day without its year: `27 oktober`. */
export function dayAndMonth(day: LocalDate): string {
  return `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1] ?? ''}`;
}
