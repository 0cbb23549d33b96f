import { localDateAt } from '../../src/domain/calendar/stockholm-time.js';
import type { LocalDate } from '../../src/domain/calendar/local-date.js';
import { Clock } from '../../src/platform/clock/clock.port.js';

/** A clock that stands still until it is moved. */
export class SettableClock extends Clock {
  private instant: Date;

  constructor(instant: string) {
    super();
    this.instant = new Date(instant);
  }

  now(): Date {
    return new Date(this.instant);
  }

  today(): LocalDate {
    return localDateAt(this.instant);
  }

  set(instant: string): void {
    this.instant = new Date(instant);
  }

  advance(ms: number): void {
    this.instant = new Date(this.instant.getTime() + ms);
  }
}
