import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import type { Milestone } from '../../domain/timetable/milestones.js';
import { marks } from '../../platform/database/sql.js';
import { everyoneActedFor, rolesOn, type Actor } from '../people/actor.js';
import type { CalendarCase, CalendarMeeting } from './calendar-events.js';
import { OffLoopReads } from './off-loop-reads.js';

type StoredCase = Omit<CalendarCase, 'timetable'> & { readonly timetable: string };

/** More cases than this no calendar shows: those with the nearest answer dates are taken. */
const MOST_CASES = 1_000;
const MOST_ENDED = 400;

const COLUMNS = `r."id", r."version", r."board", r."diarienummer", r."title", r."sender", r."secrecy", r."status",
  r."next_step" AS "nextStep",
  r."officer_id" AS "officerId", r."department", r."timetable",
  r."answer_sent_on" AS "answerSentOn"`;
const OPEN = `r."status" NOT IN ('closed', 'cancelled')`;

const parsed = (text: string): Milestone[] => {
  const milestones: Milestone[] = JSON.parse(text);
  return milestones;
};

/** The cases and meetings that a calendar is made of. */
@Injectable()
export class CalendarCases {
  constructor(private readonly reads: OffLoopReads) {}

  /** Open cases of the board and those that ended lately: all of them, or those that concern the person. */
  async of(
    actor: Actor,
    board: string,
    { whole, ended }: { readonly whole: boolean; readonly ended: readonly string[] },
  ): Promise<CalendarCase[]> {
    const { text, params } = whole ? { text: '1 = 1', params: [] } : concerning(actor, board);
    const open = `SELECT ${COLUMNS} FROM "referral" r WHERE r."board" = ? AND ${OPEN} AND ${text}
      ORDER BY r."due_key", r."id" LIMIT ${MOST_CASES}`;
    const found = [...(await this.reads.rows<StoredCase>(open, [board, ...params]))];
    const ids = ended.slice(0, MOST_ENDED);
    if (ids.length > 0) {
      const closed = `SELECT ${COLUMNS} FROM "referral" r WHERE r."id" IN (${marks(ids.length)}) AND r."board" = ?
        AND NOT (${OPEN}) ORDER BY r."id"`;
      found.push(...(await this.reads.rows<StoredCase>(closed, [...ids, board])));
    }
    return found.map((one) => ({ ...one, timetable: parsed(one.timetable) }));
  }

  /** Planned and cancelled, in date order. */
  async meetings(board: string, since: LocalDate): Promise<readonly Omit<CalendarMeeting, 'changes' | 'movedFrom'>[]> {
    const text = `SELECT "id", "board", "date", "time", "place", "state" FROM "meeting"
      WHERE "board" = ? AND "date" >= ? ORDER BY "date", "id" LIMIT ${MOST_CASES}`;
    return this.reads.rows(text, [board, since]);
  }
}

/** Wide enough for `concerns`, which decides. */
function concerning(actor: Actor, board: string): { text: string; params: readonly unknown[] } {
  const roles = rolesOn(actor, board);
  if (roles.has('director') || roles.has('secretary')) return { text: '1 = 1', params: [] };
  const own = everyoneActedFor(actor, [board]);
  const managed = [...actor.manages]
    .filter((one) => one.startsWith(`${board}/`))
    .map((one) => one.slice(board.length + 1));
  const unassigned = roles.has('registrar') ? ' OR r."officer_id" IS NULL' : '';
  return {
    text: `(r."officer_id" IN (${marks(own.length)}) OR r."department" IN (${marks(managed.length)})${unassigned})`,
    params: [...own, ...managed],
  };
}
