import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Role } from '../../domain/referral/permissions.js';
import { marks, rows } from '../../platform/database/sql.js';
import type { BoardRow } from '../boards/board.entity.js';
import type { DepartmentRow } from '../boards/department.entity.js';
import type { MeetingRow } from '../boards/meeting.entity.js';
import type { PersonRow } from '../people/person.entity.js';
import type { Known } from './organisation-references.js';

/** The organisation as it is, to compare a file with. */
export interface OrganisationState {
  /** By code. */
  readonly boards: ReadonlyMap<string, BoardRow>;
  /** By `board/code`. */
  readonly departments: ReadonlyMap<string, DepartmentRow>;
  /** By `board/date`: the planned meeting of the day, else one that was cancelled there. */
  readonly meetings: ReadonlyMap<string, MeetingRow>;
  /** By address. */
  readonly people: ReadonlyMap<string, PersonRow>;
  /** By person and board, as `id/board`. */
  readonly roles: ReadonlyMap<string, ReadonlySet<Role>>;
}

const BOARDS =
  'SELECT "code", "name", "administration", "number_pattern" AS "numberPattern", "lead_times" AS "leadTimes",' +
  ' "closed_days" AS "closedDays", "created_at" AS "createdAt", "morning_report" AS "morningReport" FROM "board"';
const DEPARTMENTS = 'SELECT "board", "code", "name", "manager_id" AS "managerId" FROM "department"';
const MEETINGS =
  'SELECT "id", "board", "date", "time", "place", "adjustment_on" AS "adjustmentOn", "dispatch_on" AS "dispatchOn",' +
  ' "state", "created_at" AS "createdAt" FROM "meeting"';
const PEOPLE =
  'SELECT "id", "email", "name", "phone", "title", "department_board" AS "departmentBoard",' +
  ' "department_code" AS "departmentCode", "ended_on" AS "endedOn", "created_at" AS "createdAt" FROM "person"';

/** Reads what an organisation file is compared with: few questions, whole tables. */
@Injectable()
export class OrganisationRepository {
  async known(em: EntityManager): Promise<Known> {
    const boards = await rows<{ code: string }>(em, 'SELECT "code" FROM "board"');
    const departments = await rows<{ board: string; code: string }>(em, 'SELECT "board", "code" FROM "department"');
    const people = await rows<{ email: string }>(em, 'SELECT "email" FROM "person"');
    return {
      boards: new Set(boards.map(({ code }) => code)),
      departments: new Set(departments.map(({ board, code }) => `${board}/${code}`)),
      emails: new Set(people.map(({ email }) => email)),
    };
  }

  /** @param boardsWithMeetings codes of the boards whose meetings are to be compared */
  async state(em: EntityManager, boardsWithMeetings: readonly string[]): Promise<OrganisationState> {
    const boards = await rows<BoardRow>(em, BOARDS);
    const departments = await rows<DepartmentRow>(em, DEPARTMENTS);
    const people = await rows<PersonRow>(em, PEOPLE);
    return {
      boards: new Map(boards.map((board) => [board.code, board])),
      departments: new Map(departments.map((department) => [`${department.board}/${department.code}`, department])),
      meetings: await this.meetings(em, boardsWithMeetings),
      people: new Map(people.map((person) => [person.email, person])),
      roles: await this.roles(em),
    };
  }

  /** Cancelled ones come first, so that a planned one of the same day takes their place in the map. */
  private async meetings(em: EntityManager, boards: readonly string[]): Promise<Map<string, MeetingRow>> {
    const sql = `${MEETINGS} WHERE "board" IN (${marks(boards.length)}) ORDER BY "state", "created_at"`;
    const found = await rows<MeetingRow>(em, sql, boards);
    return new Map(found.map((meeting) => [`${meeting.board}/${meeting.date}`, meeting]));
  }

  private async roles(em: EntityManager): Promise<Map<string, Set<Role>>> {
    const sql = 'SELECT "person_id" AS "personId", "board", "role" FROM "person_role"';
    const byPerson = new Map<string, Set<Role>>();
    for (const { personId, board, role } of await rows<{ personId: string; board: string; role: Role }>(em, sql)) {
      const key = `${personId}/${board}`;
      byPerson.set(key, (byPerson.get(key) ?? new Set()).add(role));
    }
    return byPerson;
  }
}
