import { z } from 'zod';
import { day } from '../../platform/http/day.js';
import { COLUMN_NAMES } from './register-columns.js';

const columns = z
  .string()
  .max(1_000)
  .transform((text) => text.split(',').map((name) => name.trim()))
  .pipe(z.array(z.enum(COLUMN_NAMES)).min(1))
  .describe(`Kolumner i ordning, med komma emellan: ${COLUMN_NAMES.join(', ')}`);

const range = {
  columns: columns.optional(),
  from: day().optional().describe('Registrerade från och med'),
  to: day().optional().describe('Registrerade till och med'),
  view: z.enum(['full', 'public']).default('full').describe('public: bara det som vem som helst får se'),
};

export const workbookQuery = z.strictObject(range);
export const csvQuery = z.strictObject({
  ...range,
  delimiter: z.enum(['semicolon', 'comma', 'tab']).default('semicolon'),
  bom: z.enum(['yes', 'no']).default('yes').describe('Märke först i filen, som Excel känner igen UTF-8 på'),
});
