import type { LocalDate } from '../../domain/calendar/local-date.js';
import type { ReminderAbout } from '../../domain/timetable/reminder-plan.js';
import type { ReminderRow } from './reminder.entity.js';

/** A reminder that the plan wants, its target resolved to one person. */
export interface WantedRow {
  readonly about: ReminderAbout;
  readonly date: LocalDate;
  readonly offset: number;
  readonly personId: string;
  /** ISO instant; null for at once. */
  readonly dueAt: string | null;
}

/** A stored row, as far as reconciling needs it. */
export type StoredRow = Pick<ReminderRow, 'id' | 'about' | 'date' | 'offset' | 'personId' | 'dueAt' | 'state'>;

/** A stored row that becomes, or stays, pending, and when it is due now. */
export interface Rescheduled {
  readonly id: string;
  readonly dueAt: string;
}

/** What has to be written for the stored rows to be what the plan wants. */
export interface Changes {
  readonly add: readonly (WantedRow & { readonly dueAt: string })[];
  readonly supersede: readonly string[];
  readonly revive: readonly Rescheduled[];
  readonly move: readonly Rescheduled[];
}

type Key = Pick<WantedRow, 'about' | 'date' | 'offset' | 'personId'>;

/** What tells the rows of one case apart. */
export const keyOf = (row: Key): string => `${row.about} ${row.date} ${row.offset} ${row.personId}`;

/**
 * What the ledger of one case has to change to hold what the plan wants.
 *
 * A pending row that is still wanted stays, due or not. What was sent, is being sent or has failed stays as it is. A
 * superseded row, or one not known before, becomes pending only while its time has not passed.
 * @param now ISO instant
 */
export function reconcile(stored: readonly StoredRow[], wanted: readonly WantedRow[], now: string): Changes {
  const left = new Map(stored.map((row) => [keyOf(row), row]));
  const seen = new Set<string>();
  const add: (WantedRow & { dueAt: string })[] = [];
  const revive: Rescheduled[] = [];
  const move: Rescheduled[] = [];
  for (const want of wanted) {
    const key = keyOf(want);
    if (seen.has(key)) continue;
    seen.add(key);
    const row = left.get(key);
    left.delete(key);
    const passed = want.dueAt !== null && want.dueAt < now;
    const dueAt = want.dueAt ?? now;
    if (row === undefined) {
      if (!passed) add.push({ ...want, dueAt });
    } else if (row.state === 'superseded') {
      if (!passed) revive.push({ id: row.id, dueAt });
    } else if (row.state === 'pending' && want.dueAt !== null && row.dueAt !== dueAt) {
      move.push({ id: row.id, dueAt });
    }
  }
  const supersede = [...left.values()].filter((row) => row.state === 'pending').map((row) => row.id);
  return { add, supersede, revive, move };
}
