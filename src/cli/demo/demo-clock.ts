import { localDateAt } from '../../domain/calendar/stockholm-time.js';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { Clock } from '../../platform/clock/clock.port.js';

/** A clock that is moved from event to event, so that a made-up history happens when it says it did. */
export class DemoClock extends Clock {
  constructor(private instant: Date) {
    super();
  }

  now(): Date {
    return this.instant;
  }

  today(): LocalDate {
    return localDateAt(this.instant);
  }

  /** @throws RangeError when time would go backwards */
  moveTo(instant: Date): void {
    if (instant < this.instant) throw new RangeError(`from ${this.instant.toISOString()} to ${instant.toISOString()}`);
    this.instant = instant;
  }
}
