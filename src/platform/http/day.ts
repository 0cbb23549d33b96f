import { z } from 'zod';
import { isDayOfOtherYear, isLocalDate, type LocalDate } from '../../domain/calendar/local-date.js';
import { CLOCK_TIME_PATTERN, isClockTime } from '../../domain/calendar/stockholm-time.js';
import type { Reason } from '../problem/reasons.js';

const checked = (reason: Reason, check: (text: string) => boolean, about: Readonly<Record<string, unknown>>) =>
  z.string().refine(check, { params: { reason } }).meta(about);

/** A civil day that exists, in a year that is taken, `YYYY-MM-DD`. */
export const day = () =>
  z
    .string()
    .superRefine((text, context) => {
      if (isLocalDate(text)) return;
      const reason: Reason = isDayOfOtherYear(text) ? 'year-not-taken' : 'not-a-day';
      context.addIssue({ code: 'custom', input: text, params: { reason } });
    })
    .meta({ format: 'date' })
    // A schema cannot narrow to a branded type by itself: the check stands just before.
    .transform((text) => text as LocalDate);

/** A time of day in Stockholm, `HH:MM`. */
export const clockTime = () => checked('time-invalid', isClockTime, { pattern: CLOCK_TIME_PATTERN });
