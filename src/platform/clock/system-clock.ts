import { Clock } from './clock.port.js';
import { localDateAt } from '../../domain/calendar/stockholm-time.js';
import type { LocalDate } from '../../domain/calendar/local-date.js';

/** The machine's clock, or, for rehearsals, one that started at another instant and goes at the same pace. */
export class SystemClock extends Clock {
  private readonly ahead: number;

  /** @param startsAt the instant at which this clock starts; without it, the machine's own time */
  constructor(startsAt?: Date) {
    super();
    this.ahead = startsAt ? startsAt.getTime() - Date.now() : 0;
  }

  now(): Date {
    return new Date(Date.now() + this.ahead);
  }

  today(): LocalDate {
    return localDateAt(this.now());
  }
}
