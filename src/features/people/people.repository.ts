import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { RuleError } from '../../domain/errors.js';
import type { Role } from '../../domain/referral/permissions.js';
import { change, insertRows, marks, row, rows } from '../../platform/database/sql.js';
import type { PersonRow } from './person.entity.js';

export type Person = Readonly<PersonRow>;

/** What an organisation file or an administrator may change about a person. */
export type PersonDetails = Pick<
  PersonRow,
  'email' | 'name' | 'phone' | 'title' | 'departmentBoard' | 'departmentCode' | 'endedOn'
>;

export interface BoardRole {
  readonly board: string;
  readonly role: Role;
}

/** A department that nobody manages who is here and has the role. */
export interface VacantDepartment {
  readonly board: string;
  readonly code: string;
  readonly name: string;
}

const COLUMNS =
  'p."id", p."email", p."name", p."phone", p."title", p."department_board" AS "departmentBoard",' +
  ' p."department_code" AS "departmentCode", p."ended_on" AS "endedOn", p."created_at" AS "createdAt"';
const PERSON = `SELECT ${COLUMNS} FROM "person" p`;
/** Leavers are left out; one parameter, today. */
const STILL_HERE = '(p."ended_on" IS NULL OR p."ended_on" > ?)';

/** As addresses are stored: two that differ in case are one person's. */
export const emailKey = (email: string): string => email.trim().normalize('NFC').toLowerCase();

/** People, their roles at boards, and who manages what. Methods that take `today` leave out leavers. */
/** A board where a person has roles. */
export interface Place {
  readonly board: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

@Injectable()
export class PeopleRepository {
  findById(em: EntityManager, id: string): Promise<Person | null> {
    return row<PersonRow>(em, `${PERSON} WHERE p."id" = ?`, [id]);
  }

  /** Whatever the case of the letters. */
  findByEmail(em: EntityManager, email: string): Promise<Person | null> {
    return row<PersonRow>(em, `${PERSON} WHERE p."email" = ?`, [emailKey(email)]);
  }

  /**
   * The person with this address, unless they have left.
   *
   * @param field the field of the request that holds the address
   * @throws RuleError `person-unknown`
   */
  async byEmail(em: EntityManager, email: string, today: LocalDate, field = 'email'): Promise<Person> {
    const person = await this.findByEmail(em, email);
    if (person && !hasLeft(person, today)) return person;
    throw new RuleError('person-unknown', `No one here has the address ${email}`, { field, value: email });
  }

  /**
   * The person with this address, unless they have left, as somebody at one of these boards may know of them: that an
   * address is someone's elsewhere is told to nobody.
   *
   * @param field the field of the request that holds the address
   * @throws RuleError `person-unknown`
   */
  async colleagueAt(
    em: EntityManager,
    boards: readonly string[],
    email: string,
    today: LocalDate,
    field: string,
  ): Promise<Person> {
    const person = await this.findByEmail(em, email);
    const known = person !== null && !hasLeft(person, today) && (await this.isKnownAt(em, boards, person.id));
    if (known) return person;
    throw new RuleError('person-unknown', `no one here has the address ${email}`, { field, value: email });
  }

  private async isKnownAt(em: EntityManager, boards: readonly string[], personId: string): Promise<boolean> {
    return (await this.rolesOf(em, personId)).some(({ board }) => boards.includes(board));
  }

  /** People of these ids, leavers included, by id. */
  async byIds(em: EntityManager, ids: readonly string[]): Promise<Map<string, Person>> {
    const unique = [...new Set(ids)];
    const found = await rows<PersonRow>(em, `${PERSON} WHERE p."id" IN (${marks(unique.length)})`, unique);
    return new Map(found.map((person) => [person.id, person]));
  }

  all(em: EntityManager): Promise<Person[]> {
    return rows<PersonRow>(em, `${PERSON} ORDER BY p."name", p."id"`);
  }

  rolesOf(em: EntityManager, personId: string): Promise<BoardRole[]> {
    const sql = 'SELECT "board", "role" FROM "person_role" WHERE "person_id" = ? ORDER BY "board", "role"';
    return rows<BoardRole>(em, sql, [personId]);
  }

  /** A person's roles with the names of their boards, board by board. */
  async placesOf(em: EntityManager, personId: string): Promise<Place[]> {
    const sql = `SELECT pr."board", b."name", pr."role" FROM "person_role" pr JOIN "board" b ON b."code" = pr."board"
      WHERE pr."person_id" = ? ORDER BY b."name", pr."board", pr."role"`;
    const places = new Map<string, { board: string; name: string; roles: Role[] }>();
    for (const { board, name, role } of await rows<BoardRole & { name: string }>(em, sql, [personId])) {
      const place = places.get(board) ?? { board, name, roles: [] };
      place.roles.push(role);
      places.set(board, place);
    }
    return [...places.values()];
  }

  async hasRole(em: EntityManager, personId: string, board: string, roles: readonly Role[]): Promise<boolean> {
    const sql =
      'SELECT 1 AS "found" FROM "person_role" WHERE "person_id" = ? AND "board" = ?' +
      ` AND "role" IN (${marks(roles.length)}) LIMIT 1`;
    return (await row(em, sql, [personId, board, ...roles])) !== null;
  }

  /** Ids of those who have the role at the board today, in a stable order. */
  async idsWithRole(em: EntityManager, board: string, role: Role, today: LocalDate): Promise<string[]> {
    return (await this.peopleWithRole(em, board, role, today)).map(({ id }) => id);
  }

  /** Those who have the role at the board today, by name. */
  peopleWithRole(em: EntityManager, board: string, role: Role, today: LocalDate): Promise<Person[]> {
    const sql =
      `${PERSON} JOIN "person_role" r ON r."person_id" = p."id"` +
      ` WHERE r."board" = ? AND r."role" = ? AND ${STILL_HERE} ORDER BY p."name", p."id"`;
    return rows<PersonRow>(em, sql, [board, role, today]);
  }

  /** The manager of a department, unless they have left or no longer have the role there. */
  async managerOf(em: EntityManager, board: string, department: string, today: LocalDate): Promise<string | null> {
    const sql =
      'SELECT p."id" FROM "department" d JOIN "person" p ON p."id" = d."manager_id"' +
      ` JOIN "person_role" r ON r."person_id" = p."id" AND r."board" = d."board" AND r."role" = 'manager'` +
      ` WHERE d."board" = ? AND d."code" = ? AND ${STILL_HERE}`;
    return (await row<{ id: string }>(em, sql, [board, department, today]))?.id ?? null;
  }

  /** The departments of boards that nobody manages, as `managerOf` has it, by board and name. */
  vacantDepartments(em: EntityManager, boards: readonly string[], today: LocalDate): Promise<VacantDepartment[]> {
    const sql =
      `SELECT d."board", d."code", d."name" FROM "department" d WHERE d."board" IN (${marks(boards.length)})` +
      ' AND NOT EXISTS (SELECT 1 FROM "person" p JOIN "person_role" r ON r."person_id" = p."id"' +
      ` WHERE p."id" = d."manager_id" AND r."board" = d."board" AND r."role" = 'manager' AND ${STILL_HERE})` +
      ' ORDER BY d."board", d."name", d."code"';
    return rows<VacantDepartment>(em, sql, [...boards, today]);
  }

  /** Keeps others from what is decided about this person until the transaction ends. */
  async hold(tx: EntityManager, id: string): Promise<void> {
    await change(tx, 'UPDATE "person" SET "id" = "id" WHERE "id" = ?', [id]);
  }

  async insert(tx: EntityManager, person: Person): Promise<void> {
    const columns = [
      'id', 'email', 'name', 'phone', 'title', 'department_board', 'department_code', 'ended_on', 'created_at',
    ]; // prettier-ignore
    const { id, email, name, phone, title, departmentBoard, departmentCode, endedOn, createdAt } = person;
    const values = [id, emailKey(email), name, phone, title, departmentBoard, departmentCode, endedOn, createdAt];
    await insertRows(tx, 'person', columns, [values]);
  }

  async update(tx: EntityManager, id: string, details: PersonDetails): Promise<void> {
    const sql =
      'UPDATE "person" SET "email" = ?, "name" = ?, "phone" = ?, "title" = ?, "department_board" = ?,' +
      ' "department_code" = ?, "ended_on" = ? WHERE "id" = ?';
    const { email, name, phone, title, departmentBoard, departmentCode, endedOn } = details;
    await change(tx, sql, [emailKey(email), name, phone, title, departmentBoard, departmentCode, endedOn, id]);
  }

  /** @param endedOn the first day on which the account is no longer in use; null for one that stays open */
  async end(tx: EntityManager, id: string, endedOn: LocalDate | null): Promise<void> {
    await change(tx, 'UPDATE "person" SET "ended_on" = ? WHERE "id" = ?', [endedOn, id]);
  }

  async addRole(tx: EntityManager, personId: string, board: string, role: Role): Promise<void> {
    const columns = ['person_id', 'board', 'role'];
    await insertRows(tx, 'person_role', columns, [[personId, board, role]], 'ON CONFLICT DO NOTHING');
  }

  async removeRole(tx: EntityManager, personId: string, board: string, role: Role): Promise<void> {
    const sql = 'DELETE FROM "person_role" WHERE "person_id" = ? AND "board" = ? AND "role" = ?';
    await change(tx, sql, [personId, board, role]);
  }
}

/** `endedOn` is the first day on which the account is no longer in use. */
export const hasLeft = (person: Pick<PersonRow, 'endedOn'>, today: LocalDate): boolean =>
  person.endedOn !== null && person.endedOn <= today;
