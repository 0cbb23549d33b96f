import type { LocalDate } from '../../domain/calendar/local-date.js';
import type { RemindedStep, ReminderAbout } from '../../domain/timetable/reminder-plan.js';
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
export type StoredRow = Pick<
  ReminderRow,
  'id' | 'about' | 'date' | 'offset' | 'personId' | 'dueAt' | 'state' | 'changedAt'
>;

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

/** Steps that are open again, and from when they were held to be done, an ISO instant. */
export interface Reopening {
  readonly steps: readonly RemindedStep[];
  readonly since: string;
}

type Key = Pick<WantedRow, 'about' | 'date' | 'offset' | 'personId'>;

/** What tells the rows of one case apart. */
export const keyOf = (row: Key): string => `${row.about} ${row.date} ${row.offset} ${row.personId}`;

/**
 * What did not go while a step was held to be done and was not: of each such step and person the latest reminder that
 * has passed, unless it, or one after it, has gone. One is enough, since a mail tells how the case stands today.
 *
 * @param now ISO instant
 * @returns the keys of the rows
 */
export function heldBack(
  stored: readonly StoredRow[],
  wanted: readonly WantedRow[],
  { steps, since }: Reopening,
  now: string,
): ReadonlySet<string> {
  const rows = new Map(stored.map((row) => [keyOf(row), row]));
  const latest = new Map<string, { readonly key: string; readonly dueAt: string }>();
  for (const { dueAt, ...want } of wanted) {
    if (dueAt === null || dueAt >= now || !steps.some((one) => isOf(one, want))) continue;
    const of = `${want.about} ${want.date} ${want.personId}`;
    if (dueAt > (latest.get(of)?.dueAt ?? '')) latest.set(of, { key: keyOf(want), dueAt });
  }
  const wasHeldBack = ({ key, dueAt }: { readonly key: string; readonly dueAt: string }): boolean => {
    const row = rows.get(key);
    if (row !== undefined && row.state !== 'superseded') return false;
    // What was due, and superseded before the sweep came, was held back as well.
    return dueAt >= since || (row !== undefined && row.changedAt >= since);
  };
  return new Set([...latest.values()].filter(wasHeldBack).map(({ key }) => key));
}

const isOf = (step: RemindedStep, want: RemindedStep): boolean => step.about === want.about && step.date === want.date;

/**
 * What the ledger of one case has to change to hold what the plan wants.
 *
 * A pending row that is still wanted stays, due or not. What was sent, is being sent or has failed stays as it is. A
 * superseded row, or one not known before, becomes pending only while its time has not passed, or at once when it was
 * held back by what is undone.
 * @param now    ISO instant
 * @param undone what is open again by this change
 */
export function reconcile(
  stored: readonly StoredRow[],
  wanted: readonly WantedRow[],
  now: string,
  undone: Reopening | null = null,
): Changes {
  const late = undone === null ? new Set<string>() : heldBack(stored, wanted, undone, now);
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
    const passed = want.dueAt !== null && want.dueAt < now && !late.has(key);
    const dueAt = want.dueAt === null || late.has(key) ? now : want.dueAt;
    if (row === undefined) {
      if (!passed) add.push({ ...want, dueAt });
    } else if (row.state === 'superseded') {
      if (!passed) revive.push({ id: row.id, dueAt });
    } else if (row.state === 'pending' && want.dueAt !== null && isMoved(row, dueAt, now)) {
      move.push({ id: row.id, dueAt });
    }
  }
  const supersede = [...left.values()].filter((row) => row.state === 'pending').map((row) => row.id);
  return { add, supersede, revive, move };
}

/** What is due stays so, whenever it should have been. */
const isMoved = (row: StoredRow, dueAt: string, now: string): boolean =>
  row.dueAt !== dueAt && (row.dueAt > now || dueAt > now);
