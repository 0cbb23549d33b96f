import type { LocalDate } from '../../domain/calendar/local-date.js';

/** The only source of time. Instants are UTC; a civil day is one in Europe/Stockholm. */
export abstract class Clock {
  abstract now(): Date;
  /** The civil day in Europe/Stockholm at `now()`. */
  abstract today(): LocalDate;
}
