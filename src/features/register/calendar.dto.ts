import { z } from 'zod';
import { lineText } from '../../platform/http/text.js';

export const createCalendarBody = z.strictObject({
  board: lineText(12).nullish().describe('Nämndens alla dagar; utan den bara de som rör dig'),
});

export const createdCalendarView = z
  .strictObject({
    id: z.uuid(),
    board: z.string().nullable(),
    address: z.url().describe('Hemlig: den som har adressen kan läsa kalendern. Visas bara denna gång'),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'CreatedCalendar' });

export const calendarsView = z
  .array(
    z.strictObject({
      id: z.uuid(),
      board: z.string().nullable(),
      createdAt: z.iso.datetime(),
      revokedAt: z.iso.datetime().nullable(),
    }),
  )
  .meta({ id: 'Calendars' });
