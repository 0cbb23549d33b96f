import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { change, insertRows, marks, row, rows } from '../../platform/database/sql.js';
import type { MeetingRow } from './meeting.entity.js';

export type Meeting = Readonly<MeetingRow>;

const MEETING =
  'SELECT "id", "board", "date", "time", "place", "adjustment_on" AS "adjustmentOn", "dispatch_on" AS "dispatchOn",' +
  ' "state", "created_at" AS "createdAt" FROM "meeting"';
const COLUMNS = ['id', 'board', 'date', 'time', 'place', 'adjustment_on', 'dispatch_on', 'state', 'created_at'];

/** Meetings of the boards. Uses uq_meeting_day for those that are planned. */
@Injectable()
export class MeetingRepository {
  /** A board's planned meetings on `fromDay` or later, in date order. */
  meetingsFrom(em: EntityManager, board: string, fromDay: LocalDate): Promise<Meeting[]> {
    const sql = `${MEETING} WHERE "board" = ? AND "state" = 'planned' AND "date" >= ? ORDER BY "date"`;
    return rows<MeetingRow>(em, sql, [board, fromDay]);
  }

  /** A board's planned meetings on `fromDay` or later, and before them the one of this id when it is planned too. */
  async meetingsFromWith(em: EntityManager, board: string, fromDay: LocalDate, id: string | null): Promise<Meeting[]> {
    return this.including(em, await this.meetingsFrom(em, board, fromDay), id);
  }

  /** The meetings given, and before them the one of this id when it is planned and not among them. */
  async including(em: EntityManager, meetings: readonly Meeting[], id: string | null): Promise<Meeting[]> {
    if (id === null || meetings.some((meeting) => meeting.id === id)) return [...meetings];
    const own = await this.meetingById(em, id);
    return own && own.state === 'planned' ? [own, ...meetings] : [...meetings];
  }

  /** The planned meetings of several boards on `fromDay` or later, by board and date. */
  meetingsOfBoards(em: EntityManager, boards: readonly string[], fromDay: LocalDate): Promise<Meeting[]> {
    const sql =
      `${MEETING} WHERE "board" IN (${marks(boards.length)}) AND "state" = 'planned' AND "date" >= ?` +
      ' ORDER BY "board", "date"';
    return rows<MeetingRow>(em, sql, [...boards, fromDay]);
  }

  /** Planned or cancelled. */
  meetingById(em: EntityManager, id: string): Promise<Meeting | null> {
    return row<MeetingRow>(em, `${MEETING} WHERE "id" = ?`, [id]);
  }

  /** Planned or cancelled, in no order. */
  async meetingsByIds(em: EntityManager, ids: readonly string[]): Promise<Map<string, Meeting>> {
    const found = await rows<MeetingRow>(em, `${MEETING} WHERE "id" IN (${marks(ids.length)})`, ids);
    return new Map(found.map((meeting) => [meeting.id, meeting]));
  }

  plannedMeetingOn(em: EntityManager, board: string, date: LocalDate): Promise<Meeting | null> {
    return row<MeetingRow>(em, `${MEETING} WHERE "board" = ? AND "date" = ? AND "state" = 'planned'`, [board, date]);
  }

  /** The planned meeting of a day, else the one last cancelled there. */
  anyMeetingOn(em: EntityManager, board: string, date: LocalDate): Promise<Meeting | null> {
    const sql = `${MEETING} WHERE "board" = ? AND "date" = ? ORDER BY "state" DESC, "created_at" DESC, "id" DESC LIMIT 1`;
    return row<MeetingRow>(em, sql, [board, date]);
  }

  async insertMeeting(tx: EntityManager, m: Meeting): Promise<void> {
    const values = [m.id, m.board, m.date, m.time, m.place, m.adjustmentOn, m.dispatchOn, m.state, m.createdAt];
    await insertRows(tx, 'meeting', COLUMNS, [values]);
  }

  /** Writes all but id, board and when it was made. */
  async updateMeeting(tx: EntityManager, m: Meeting): Promise<void> {
    const sql =
      'UPDATE "meeting" SET "date" = ?, "time" = ?, "place" = ?, "adjustment_on" = ?, "dispatch_on" = ?, "state" = ?' +
      ' WHERE "id" = ?';
    await change(tx, sql, [m.date, m.time, m.place, m.adjustmentOn, m.dispatchOn, m.state, m.id]);
  }
}
