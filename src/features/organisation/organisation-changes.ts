import type { Role } from '../../domain/referral/permissions.js';
import type { BoardRow } from '../boards/board.entity.js';
import type { DepartmentRow } from '../boards/department.entity.js';
import type { MeetingRow } from '../boards/meeting.entity.js';
import type { PersonRow } from '../people/person.entity.js';
import type { DepartmentInFile, MeetingInFile, OrganisationFile, PersonInFile } from './organisation-file.js';
import type { OrganisationState } from './organisation.repository.js';
import { boardChange, changeOf, given, meetingChange, type Change, type Ids, type Values } from './thing-changes.js';

/** A person's roles at one board, before and after. */
export interface RoleChange {
  readonly board: string;
  readonly before: readonly Role[];
  readonly after: readonly Role[];
  readonly add: readonly Role[];
  readonly remove: readonly Role[];
}

export interface PersonChange extends Change<PersonRow> {
  readonly roles: readonly RoleChange[];
}

/** Everything that the file asks for, compared with what is there. */
export interface OrganisationChanges {
  readonly boards: readonly Change<BoardRow>[];
  readonly departments: readonly Change<DepartmentRow>[];
  readonly meetings: readonly Change<MeetingRow>[];
  readonly people: readonly PersonChange[];
  /** What a person should look at, in Swedish. */
  readonly warnings: readonly string[];
}

/** Compares a file with what is there. Changes nothing. */
export function changesOf(file: OrganisationFile, state: OrganisationState, ids: Ids): OrganisationChanges {
  return new Comparison(file, state, ids).changes();
}

class Comparison {
  private readonly warnings: string[] = [];
  /** Ids and addresses of everyone, the new ones included. */
  private readonly emails = new Map<string, string>();
  private readonly personIds = new Map<string, string>();

  constructor(
    private readonly file: OrganisationFile,
    private readonly state: OrganisationState,
    private readonly ids: Ids,
  ) {
    for (const { id, email } of state.people.values()) this.meet(id, email);
    for (const { email } of file.people ?? []) if (!this.personIds.has(email)) this.meet(ids.next(), email);
  }

  changes(): OrganisationChanges {
    const { boards: inFile = [], people: peopleInFile = [] } = this.file;
    const boards = inFile.map((board) => boardChange(board, this.state.boards.get(board.code) ?? null, this.ids.at));
    const people = peopleInFile.map((person) => this.person(person));
    const departments = inFile.flatMap(({ code, departments: list = [] }) =>
      list.map((one) => this.department(code, one)),
    );
    const meetings = inFile.flatMap(({ code, meetings: list = [] }) => list.flatMap((one) => this.meeting(code, one)));
    for (const row of this.departmentsAfter(departments, people)) this.warnOfManager(row, people);
    return { boards, departments, meetings, people, warnings: this.warnings };
  }

  private meet(id: string, email: string): void {
    this.personIds.set(email, id);
    this.emails.set(id, email);
  }

  private department(board: string, inFile: DepartmentInFile): Change<DepartmentRow> {
    const before = this.state.departments.get(`${board}/${inFile.code}`) ?? null;
    const manager = typeof inFile.manager === 'string' ? (this.personIds.get(inFile.manager) ?? null) : inFile.manager;
    const row: DepartmentRow = {
      board,
      code: inFile.code,
      name: inFile.name,
      managerId: given(manager, before?.managerId),
    };
    const values = ({ name, managerId }: DepartmentRow): Values => ({
      name,
      manager: managerId === null ? null : (this.emails.get(managerId) ?? managerId),
    });
    return changeOf(row, before && values(before), values(row), ['manager']);
  }

  /** Those of the file, and others whose manager the file takes roles from. */
  private departmentsAfter(
    inFile: readonly Change<DepartmentRow>[],
    people: readonly PersonChange[],
  ): readonly DepartmentRow[] {
    const named = new Set(inFile.map(({ row }) => `${row.board}/${row.code}`));
    const losing = new Set(
      people.flatMap(({ row, roles }) =>
        roles.filter(({ remove }) => remove.includes('manager')).map(({ board }) => `${board}/${row.id}`),
      ),
    );
    const others = [...this.state.departments.values()].filter(
      ({ board, code, managerId }) => !named.has(`${board}/${code}`) && losing.has(`${board}/${managerId ?? ''}`),
    );
    return [...inFile.map(({ row }) => row), ...others];
  }

  private meeting(board: string, inFile: MeetingInFile): Change<MeetingRow>[] {
    const before = this.state.meetings.get(`${board}/${inFile.date}`) ?? null;
    if (before?.state !== 'cancelled') return [meetingChange(inFile, board, before, this.ids)];
    this.warnings.push(`Sammanträdet ${inFile.date} i ${board} är inställt och läggs inte till igen.`);
    return [];
  }

  private person(inFile: PersonInFile): PersonChange {
    const before = this.state.people.get(inFile.email) ?? null;
    const id = this.personIds.get(inFile.email) ?? this.ids.next();
    const [board = null, code = null] = inFile.department?.split('/') ?? [];
    const inOne = inFile.department === undefined ? before : { departmentBoard: board, departmentCode: code };
    const row: PersonRow = {
      id,
      email: inFile.email,
      name: inFile.name,
      phone: given(inFile.phone, before?.phone),
      title: given(inFile.title, before?.title),
      departmentBoard: inOne?.departmentBoard ?? null,
      departmentCode: inOne?.departmentCode ?? null,
      endedOn: before?.endedOn ?? null,
      createdAt: before?.createdAt ?? this.ids.at,
    };
    if (row.endedOn !== null) this.warnings.push(`${row.email} har slutat ${row.endedOn} och får inga uppgifter.`);
    const roles = this.rolesOf(inFile, id);
    const [held, wanted] = this.roleValues(inFile, id);
    const values = ({ email, name, phone, title, departmentBoard, departmentCode }: PersonRow): Values => ({
      email,
      name,
      phone,
      title,
      department: departmentBoard === null ? null : `${departmentBoard}/${departmentCode}`,
    });
    const change = changeOf(row, before && { ...values(before), roles: held }, { ...values(row), roles: wanted }, []);
    return { ...change, roles };
  }

  private held(id: string, board: string): Role[] {
    return [...(this.state.roles.get(`${id}/${board}`) ?? [])].sort();
  }

  /** Roles at the boards that the file names, before and after. */
  private roleValues(inFile: PersonInFile, id: string): readonly [Values, Values] {
    const boards = Object.keys(inFile.roles ?? {}).sort();
    const held = Object.fromEntries(boards.map((board) => [board, this.held(id, board)]));
    const wanted = Object.fromEntries(boards.map((board) => [board, [...new Set(inFile.roles?.[board])].sort()]));
    return [held, wanted];
  }

  private rolesOf(inFile: PersonInFile, id: string): RoleChange[] {
    return Object.entries(inFile.roles ?? {}).flatMap(([board, roles]) => {
      const before = this.held(id, board);
      const add = [...new Set(roles)].filter((role) => !before.includes(role));
      const remove = before.filter((role) => !roles.includes(role));
      return add.length + remove.length === 0 ? [] : [{ board, before, after: roles, add, remove }];
    });
  }

  /** A department's manager approves and assigns only with the role. */
  private warnOfManager({ board, code, managerId }: DepartmentRow, people: readonly PersonChange[]): void {
    if (managerId === null) return;
    const roles = new Set(this.held(managerId, board));
    const change = people.find(({ row }) => row.id === managerId)?.roles.find((one) => one.board === board);
    for (const role of change?.add ?? []) roles.add(role);
    for (const role of change?.remove ?? []) roles.delete(role);
    if (roles.has('manager')) return;
    this.warnings.push(
      `Chefen för ${board}/${code}, ${this.emails.get(managerId)}, har inte rollen manager i ${board}.`,
    );
  }
}
