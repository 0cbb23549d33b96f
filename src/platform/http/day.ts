import { z } from 'zod';
import { isLocalDate, type LocalDate } from '../../domain/calendar/local-date.js';
import { CLOCK_TIME_PATTERN, isClockTime } from '../../domain/calendar/stockholm-time.js';
import type { Reason } from '../problem/reasons.js';

const checked = (reason: Reason, check: (text: string) => boolean, about: Readonly<Record<string, unknown>>) =>
  z.string().refine(check, { params: { reason } }).meta(about);

/** A civil day that exists, `YYYY-MM-DD`. */
export const day = () =>
  // A schema cannot narrow to a branded type by itself: the check stands just before.
  checked('not-a-day', isLocalDate, { format: 'date' }).transform((text) => text as LocalDate);

/** A time of day in Stockholm, `HH:MM`. */
export const clockTime = () => checked('time-invalid', isClockTime, { pattern: CLOCK_TIME_PATTERN });
