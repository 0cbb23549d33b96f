import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isLocalDate } from '../../domain/calendar/local-date.js';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import type { ClosedDays } from '../../domain/calendar/working-day.js';
import { RuleError } from '../../domain/errors.js';
import { leadTimes } from '../../domain/timetable/lead-times.js';
import type { LeadTimes } from '../../domain/timetable/lead-times.js';
import { change, insertRows, marks, row, rows } from '../../platform/database/sql.js';
import type { BoardRow } from './board.entity.js';
import type { DepartmentRow } from './department.entity.js';

/** A nämnd with its settings read: lead times filled in from the defaults. */
export interface Board {
  readonly code: string;
  readonly name: string;
  readonly administration: string | null;
  readonly numberPattern: string;
  readonly leadTimes: LeadTimes;
  readonly closedDays: ClosedDays;
  /** Whether its registrars get the morning mail. */
  readonly morningReport: boolean;
}

export type Department = Readonly<DepartmentRow>;

type StoredBoard = Pick<
  BoardRow,
  'code' | 'name' | 'administration' | 'numberPattern' | 'leadTimes' | 'closedDays' | 'morningReport'
>;
/** Where nothing is said of it, the morning mail is sent. */
type NewBoard = Omit<BoardRow, 'morningReport'> & Partial<Pick<BoardRow, 'morningReport'>>;

const BOARD =
  'SELECT "code", "name", "administration", "number_pattern" AS "numberPattern", "lead_times" AS "leadTimes",' +
  ' "closed_days" AS "closedDays", "morning_report" AS "morningReport" FROM "board"';
const DEPARTMENT = 'SELECT "board", "code", "name", "manager_id" AS "managerId" FROM "department"';

function jsonRecord(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('not a JSON object');
  return Object.fromEntries(Object.entries(value));
}

function jsonDays(text: string): LocalDate[] {
  const value: unknown = JSON.parse(text);
  if (!Array.isArray(value) || !value.every(isLocalDate)) throw new Error('not a JSON list of days');
  return value;
}

/** What a text meant is remembered by the text itself, so that no change by another process can be missed. */
function remember<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= 200) known.clear();
    const value = read(text);
    known.set(text, value);
    return value;
  };
}

const readLeadTimes = remember((text) => leadTimes(jsonRecord(text)));
const readClosedDays = remember((text): ClosedDays => new Set(jsonDays(text)));

const toBoard = (stored: StoredBoard): Board => ({
  ...stored,
  leadTimes: readLeadTimes(stored.leadTimes),
  closedDays: readClosedDays(stored.closedDays),
  morningReport: stored.morningReport === 1,
});

/** As codes are told apart where new ones are added: two that differ in case are one. */
export const codeKey = (code: string): string => code.normalize('NFC').toLowerCase();

/** Boards and their departments. */
@Injectable()
export class BoardRepository {
  async findBoard(em: EntityManager, code: string): Promise<Board | null> {
    const stored = await row<StoredBoard>(em, `${BOARD} WHERE "code" = ?`, [code]);
    return stored ? toBoard(stored) : null;
  }

  /** @throws RuleError `board-unknown` */
  async boardByCode(em: EntityManager, code: string): Promise<Board> {
    const board = await this.findBoard(em, code);
    if (board) return board;
    throw new RuleError('board-unknown', `No board has the code ${code}`, { field: 'board', value: code });
  }

  /** The boards of these codes that exist, by code. */
  async boards(em: EntityManager, codes: readonly string[]): Promise<Board[]> {
    const sql = `${BOARD} WHERE "code" IN (${marks(codes.length)}) ORDER BY "code"`;
    return (await rows<StoredBoard>(em, sql, codes)).map(toBoard);
  }

  async allBoards(em: EntityManager): Promise<Board[]> {
    return (await rows<StoredBoard>(em, `${BOARD} ORDER BY "code"`)).map(toBoard);
  }

  /** The instant at which the first of all boards came into being; null while there is none. */
  async firstCreatedAt(em: EntityManager): Promise<string | null> {
    return (await row<{ at: string | null }>(em, 'SELECT min("created_at") AS "at" FROM "board"'))?.at ?? null;
  }

  /** A board's departments by name. */
  departmentsOf(em: EntityManager, board: string): Promise<Department[]> {
    return rows<DepartmentRow>(em, `${DEPARTMENT} WHERE "board" = ? ORDER BY "name", "code"`, [board]);
  }

  /** The departments of several boards, by board and name. */
  departmentsOfBoards(em: EntityManager, boards: readonly string[]): Promise<Department[]> {
    const sql = `${DEPARTMENT} WHERE "board" IN (${marks(boards.length)}) ORDER BY "board", "name", "code"`;
    return rows<DepartmentRow>(em, sql, boards);
  }

  /** The departments that name this person as their manager, by board and name. */
  departmentsManagedBy(em: EntityManager, personId: string): Promise<Department[]> {
    const sql = `${DEPARTMENT} WHERE "manager_id" = ? ORDER BY "board", "name", "code"`;
    return rows<DepartmentRow>(em, sql, [personId]);
  }

  findDepartment(em: EntityManager, board: string, code: string): Promise<Department | null> {
    return row<DepartmentRow>(em, `${DEPARTMENT} WHERE "board" = ? AND "code" = ?`, [board, code]);
  }

  /** @throws RuleError `department-unknown` */
  async department(em: EntityManager, board: string, code: string): Promise<Department> {
    const department = await this.findDepartment(em, board, code);
    if (department) return department;
    const facts = { field: 'department', value: code };
    throw new RuleError('department-unknown', `The board ${board} has no department ${code}`, facts);
  }

  async insertBoard(tx: EntityManager, board: NewBoard): Promise<void> {
    const columns = [
      'code', 'name', 'administration', 'number_pattern', 'lead_times', 'closed_days', 'created_at', 'morning_report',
    ]; // prettier-ignore
    const { code, name, administration, numberPattern, leadTimes: times, closedDays, createdAt } = board;
    const { morningReport = 1 } = board;
    const values = [code, name, administration, numberPattern, times, closedDays, createdAt, morningReport];
    await insertRows(tx, 'board', columns, [values]);
  }

  async updateBoard(tx: EntityManager, board: StoredBoard): Promise<void> {
    const sql =
      'UPDATE "board" SET "name" = ?, "administration" = ?, "number_pattern" = ?, "lead_times" = ?, "closed_days" = ?,' +
      ' "morning_report" = ? WHERE "code" = ?';
    const { code, name, administration, numberPattern, leadTimes: times, closedDays, morningReport } = board;
    await change(tx, sql, [name, administration, numberPattern, times, closedDays, morningReport, code]);
  }

  async insertDepartment(tx: EntityManager, department: Department): Promise<void> {
    const { board, code, name, managerId } = department;
    await insertRows(tx, 'department', ['board', 'code', 'name', 'manager_id'], [[board, code, name, managerId]]);
  }

  async updateDepartment(tx: EntityManager, department: Department): Promise<void> {
    const { board, code, name, managerId } = department;
    const sql = 'UPDATE "department" SET "name" = ?, "manager_id" = ? WHERE "board" = ? AND "code" = ?';
    await change(tx, sql, [name, managerId, board, code]);
  }
}
