import { z } from 'zod';
import { numberPattern } from '../../domain/referral/diarienummer.js';
import { ENCODINGS } from './import-encoding.js';

/** What can be brought in of a case. */
export const IMPORT_FIELDS = [
  'diarienummer', 'title', 'internalTitle', 'sender', 'senderReference', 'receivedOn', 'registeredOn', 'documentDate',
  'answerDue', 'answerDueTime', 'answerTo', 'status', 'officer', 'department', 'secrecy', 'decisionDate',
  'decisionParagraph', 'decisionOutcome', 'answerSentOn', 'answerSentHow', 'cancellationReason', 'note',
] as const; // prettier-ignore
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** What must come from a column or a default. */
export const REQUIRED_FIELDS = ['diarienummer', 'title', 'sender', 'receivedOn', 'status'] as const;

const field = z.enum(IMPORT_FIELDS);
const text = z.string().min(1).max(1_000);

/** How days are written: `YYYY` or `YY`, `MM` or `M`, `DD` or `D`, each once, and anything else as it is. */
const dateFormat = z
  .string()
  .max(20)
  .refine((format) => [/Y+/g, /M+/g, /D+/g].every((part) => format.match(part)?.length === 1), {
    error: 'ska ha år (YYYY eller YY), månad (MM eller M) och dag (DD eller D), vart och ett en gång',
  });

function isPattern(pattern: string): boolean {
  try {
    numberPattern(pattern);
    return true;
  } catch {
    return false;
  }
}

const pattern = z.string().refine(isPattern, { error: 'ska vara ett mönster som "{code} {year}/{number}"' });

/** The file that says how a legacy diarium is to be read (docs/import.md). */
export const importMapping = z.strictObject({
  columns: z.partialRecord(field, text),
  defaults: z.partialRecord(field, z.string().max(1_000)).default({}),
  values: z.partialRecord(field, z.record(z.string(), z.string().max(1_000))).default({}),
  dates: z.array(dateFormat).min(1).max(10).default(['YYYY-MM-DD']),
  numberPatterns: z.array(pattern).min(1).max(10).optional(),
  code: z.string().min(1).max(12).optional(),
  delimiter: z.enum([';', ',', '\t', '|']).optional(),
  encoding: z.enum(ENCODINGS).optional(),
  gapReason: z.string().min(1).max(400).default('saknas i det inlästa diariet'),
});

export type ImportMapping = z.infer<typeof importMapping>;
