import { Injectable } from '@nestjs/common';
import { isLocalDate, type LocalDate } from '../../domain/calendar/local-date.js';
import { CALENDAR_MILESTONES, type FormerDays } from './calendar-events.js';
import { OffLoopReads } from './off-loop-reads.js';

/** What has changed lately at a board. */
export interface RecentChanges {
  /** By case: where days were before they were last changed. */
  readonly formerDays: ReadonlyMap<string, FormerDays>;
  /** Cases that were closed or made void. */
  readonly ended: ReadonlySet<string>;
  /** By meeting: how many times it was changed, and where it was. */
  readonly meetings: ReadonlyMap<string, { readonly changes: number; readonly movedFrom: LocalDate | null }>;
}

interface Event {
  readonly seq: number;
  readonly at: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** So much of the journal is looked back on at most. */
const MOST_EVENTS = 10_000;
const SLICE = 2_000;

const record = (text: string | null): Readonly<Record<string, unknown>> => {
  const value: unknown = text === null ? null : JSON.parse(text);
  return typeof value === 'object' && value !== null ? { ...value } : {};
};

const inside = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** Looks back in the journal for what a calendar is to tell of: days that have moved or are gone. */
@Injectable()
export class CalendarChanges {
  constructor(private readonly reads: OffLoopReads) {}

  /** @param since an instant, ISO 8601 */
  async of(board: string, since: string): Promise<RecentChanges> {
    const formerDays = new Map<string, FormerDays>();
    const ended = new Set<string>();
    const meetings = new Map<string, { changes: number; movedFrom: LocalDate | null }>();
    // Newest first: what a day was before its latest change stands, and earlier changes are passed over.
    for (const event of await this.events(board, since)) {
      const before = record(event.before);
      const after = record(event.after);
      if (event.subjectType === 'meeting') {
        const known = meetings.get(event.subjectId) ?? { changes: 0, movedFrom: null };
        const date = before['date'];
        const moved = isLocalDate(date) && date !== after['date'] ? date : null;
        meetings.set(event.subjectId, { changes: known.changes + 1, movedFrom: known.movedFrom ?? moved });
      } else {
        if (after['status'] === 'closed' || after['status'] === 'cancelled') ended.add(event.subjectId);
        formerDays.set(event.subjectId, merged(formerDays.get(event.subjectId) ?? {}, before, after));
      }
    }
    return { formerDays, ended, meetings };
  }

  private async events(board: string, since: string): Promise<Event[]> {
    const text = `SELECT "seq", "at", "subject_type" AS "subjectType", "subject_id" AS "subjectId", "before", "after"
      FROM "journal" WHERE "chain" = ? AND "seq" < ? AND "subject_type" IN ('referral', 'meeting')
        AND "before" IS NOT NULL ORDER BY "seq" DESC LIMIT ${SLICE}`;
    const found: Event[] = [];
    let below = 2_147_483_647;
    while (found.length < MOST_EVENTS) {
      const slice = await this.reads.rows<Event>(text, [board, below]);
      found.push(...slice.filter(({ at }) => at >= since));
      const last = slice.at(-1);
      if (!last || slice.length < SLICE || last.at < since) break;
      below = last.seq;
    }
    return found;
  }
}

function merged(
  known: FormerDays,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): FormerDays {
  const old = inside(before['plan']);
  const now = inside(after['plan']);
  const days: FormerDays = { ...known };
  for (const milestone of CALENDAR_MILESTONES) {
    const day = old[milestone];
    if (days[milestone] === undefined && isLocalDate(day) && day !== now[milestone]) days[milestone] = day;
  }
  return days;
}
