import type { LocalDate } from '../../domain/calendar/local-date.js';
import type { ReminderAbout } from '../../domain/timetable/reminder-plan.js';
import { keyOf, reconcile, type Changes, type StoredRow, type WantedRow } from '../ledger/reconcile.js';
import { nextOffset } from '../ledger/recurring.js';

/** One case's ledger beside what should be in it. */
export interface CaseLedger {
  readonly stored: readonly StoredRow[];
  readonly wanted: readonly WantedRow[];
  /** When the case was last planned, an ISO instant: what had passed by then was not planned. */
  readonly since: string;
  /** From when the person is one of those meant, an ISO instant; earlier reminders went to others. */
  readonly sinceOf: (want: WantedRow) => string;
  /** People who have left: what is due for them is handed over when it falls due. */
  readonly leavers: ReadonlySet<string>;
  /** ISO instant. */
  readonly now: string;
}

/** A reminder that should have gone and of which the ledger knows nothing. */
export interface Missing {
  readonly about: ReminderAbout;
  readonly date: LocalDate;
  readonly offset: number;
  readonly personId: string;
  /** When it should have gone; for what goes at once, when the case was planned. */
  readonly dueAt: string;
}

export interface CaseFindings {
  readonly missing: readonly Missing[];
  /** Wanted, still to come, and not in the ledger as it should be. */
  readonly unplanned: number;
  /** Still to come, and wanted by nobody. */
  readonly stray: number;
  /** What mends all of it. */
  readonly changes: Changes;
}

const later = (a: string, b: string): string => (a > b ? a : b);

/**
 * What is wrong with the ledger of one case, and what mends it.
 *
 * A reminder whose time had passed before the case was planned, or before the person was one of those meant, is not
 * missing. A pending row that is due is left to the sweep, whoever wants it: it may be one that a leaver has left.
 */
export function findingsOf({ stored, wanted: all, since, sinceOf, leavers, now }: CaseLedger): CaseFindings {
  const wanted = withoutLinksToCome(all, stored);
  const plan = reconcile(stored, wanted, now);
  const rows = new Map(stored.map((row) => [keyOf(row), row]));
  const isGone = (want: WantedRow): boolean => {
    const state = rows.get(keyOf(want))?.state;
    return state === undefined || state === 'superseded';
  };
  const isMissing = (want: WantedRow): boolean => {
    if (!isGone(want) || (want.dueAt !== null && want.dueAt >= now)) return false;
    return (want.dueAt ?? since) >= later(since, sinceOf(want));
  };
  const missing = [...new Map(wanted.filter(isMissing).map((want) => [keyOf(want), want])).values()];
  const passed = missing.flatMap((want) => (want.dueAt === null ? [] : [{ ...want, dueAt: want.dueAt }]));
  const idOf = (want: WantedRow): string | undefined => rows.get(keyOf(want))?.id;
  const supersede = plan.supersede.filter((id) => isStray(stored, id, leavers, now));
  const atOnce = missing.length - passed.length;
  return {
    missing: missing.map(({ about, date, offset, personId, dueAt }) => ({
      about,
      date,
      offset,
      personId,
      dueAt: dueAt ?? since,
    })),
    unplanned: plan.add.length + plan.revive.length + plan.move.length - atOnce,
    stray: supersede.length,
    changes: {
      add: [...plan.add, ...passed.filter((want) => idOf(want) === undefined)],
      revive: [
        ...plan.revive,
        ...passed.flatMap((want) => {
          const id = idOf(want);
          return id === undefined ? [] : [{ id, dueAt: want.dueAt }];
        }),
      ],
      move: plan.move,
      supersede,
    },
  };
}

/** A chain goes on when its link before is sent: what follows on one that waits is not there yet, and need not be. */
function withoutLinksToCome(wanted: readonly WantedRow[], stored: readonly StoredRow[]): WantedRow[] {
  const known = new Set(stored.map(keyOf));
  const waits = (want: WantedRow, row: StoredRow): boolean =>
    row.state === 'pending' &&
    row.offset < want.offset &&
    row.about === want.about &&
    row.date === want.date &&
    row.personId === want.personId &&
    nextOffset(row) !== null;
  const isLink = (want: WantedRow): boolean => nextOffset(want) !== null && !known.has(keyOf(want));
  return wanted.filter((want) => !isLink(want) || !stored.some((row) => waits(want, row)));
}

function isStray(stored: readonly StoredRow[], id: string, leavers: ReadonlySet<string>, now: string): boolean {
  const row = stored.find((one) => one.id === id);
  return row !== undefined && row.dueAt > now && !leavers.has(row.personId);
}

export const isWell = ({ missing, unplanned, stray }: CaseFindings): boolean =>
  missing.length === 0 && unplanned === 0 && stray === 0;
