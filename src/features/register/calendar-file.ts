import ical, { ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { CalendarEvent } from './calendar-events.js';

export interface CalendarFile {
  readonly name: string;
  readonly baseUrl: string;
  /** When what it says last changed. */
  readonly changedAt: Date;
  readonly events: readonly CalendarEvent[];
}

/** How often a calendar is asked to look again, in seconds. */
const LOOK_AGAIN = 3_600;

/** A calendar as RFC 5545 has it. Days are civil days, without a time zone. */
export function calendarFile({ name, baseUrl, changedAt, events }: CalendarFile): string {
  const host = new URL(baseUrl).host;
  const prodId = { company: 'Diarium', product: 'Diarium', language: 'SV' };
  const calendar = ical({ name, prodId, ttl: LOOK_AGAIN });
  for (const { key, day, sequence, cancelled, summary, description, path } of events) {
    calendar.createEvent({
      id: `${key}@${host}`,
      start: new Date(`${day}T00:00:00Z`),
      allDay: true,
      stamp: changedAt,
      sequence,
      status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      transparency: ICalEventTransparency.TRANSPARENT,
      summary,
      ...(description === '' ? {} : { description }),
      url: `${baseUrl}${path}`,
    });
  }
  return `${calendar.toString()}\r\n`;
}
