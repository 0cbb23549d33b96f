import type { LocalDate } from '../../../../domain/calendar/local-date.js';
import { longDate } from '../../../../domain/calendar/long-date.js';
import type { Away } from '../../../people/who-is-away.js';

/** `borta till och med 10 december 2026`. */
export const awayWords = ({ until }: Away): string => `borta till och med ${longDate(until)}`;

/** The same with who stands in: `borta till och med 10 december 2026, ersätts av Cesar Chef`. */
export const awayInFull = (away: Away): string =>
  away.substitute === null ? `${awayWords(away)}, utan ersättare` : `${awayWords(away)}, ersätts av ${away.substitute}`;

/** Somebody who is to leave, in a list to choose from: `Cesar Chef, slutar 10 december 2026`. */
export const leaverLabel = (name: string, endedOn: LocalDate | null): string =>
  endedOn === null ? name : `${name}, slutar ${longDate(endedOn)}`;

/** How somebody stands in a list to choose from: by name, department, and whether they are away. */
export function choiceLabel(name: string, department: string | undefined, away: Away | undefined): string {
  const called = department === undefined ? name : `${name}, ${department}`;
  return away === undefined ? called : `${called} (${awayWords(away)})`;
}
