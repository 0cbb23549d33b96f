import { z } from 'zod';
import { isLocalDate, localDate } from '../../domain/calendar/local-date.js';

/** A civil day as it is typed, `YYYY-MM-DD`, one that the calendar has. */
export const day = () =>
  z.iso
    .date()
    .refine(isLocalDate, { error: 'date-invalid' })
    .transform((text) => localDate(text));
