import { z } from 'zod';
import { REMINDER_ABOUTS } from '../../domain/timetable/reminder-plan.js';
import type { ReconciliationRow } from './reconcile-ledger.entity.js';

const count = z.int().min(0);

const counts = z.object({
  /** Open cases looked at. */
  cases: count,
  /** Reminders that they want, what has passed included. */
  wanted: count,
  /** Should have gone, and the ledger knew nothing of them. They have been planned anew. */
  missing: count,
  /** Due for more than an hour and not sent. */
  late: count,
  /** Claimed, and nobody sends them. */
  stuck: count,
  /** To come, and wanted by nobody. They have been superseded. */
  stray: count,
  /** To come, and not in the ledger as they should be. They have been planned. */
  unplanned: count,
});

export type LedgerCounts = z.infer<typeof counts>;

const missingReminder = z.object({
  board: z.string(),
  referralId: z.string(),
  diarienummer: z.string(),
  about: z.enum(REMINDER_ABOUTS),
  date: z.string(),
  offset: z.int(),
  personId: z.string(),
  dueAt: z.string(),
});

export type MissingReminder = z.infer<typeof missingReminder>;

/** What one comparison of the ledger with what should have gone has found. */
export interface LedgerVerdict extends LedgerCounts {
  /** ISO instant. */
  readonly doneAt: string;
  readonly boards: Readonly<Record<string, LedgerCounts>>;
  /** The first of the missing ones. */
  readonly found: readonly MissingReminder[];
}

export const NOTHING: LedgerCounts = { cases: 0, wanted: 0, missing: 0, late: 0, stuck: 0, stray: 0, unplanned: 0 };

/** Whether every reminder that should have gone has, or is on its way. */
export const isProven = ({ missing, late, stuck }: LedgerCounts): boolean => missing + late + stuck === 0;

const boards = z.record(z.string(), counts);

export function verdictOf(row: ReconciliationRow): LedgerVerdict {
  return {
    ...counts.parse(row),
    doneAt: row.doneAt,
    boards: boards.parse(JSON.parse(row.boards)),
    found: z.array(missingReminder).parse(JSON.parse(row.found)),
  };
}
