import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RuleError } from '../../domain/errors.js';
import type { Role } from '../../domain/referral/permissions.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { changeBoards } from '../boards/board-turns.js';
import { BoardRepository } from '../boards/board.repository.js';
import type { Actor } from '../people/actor.js';
import { Administrators } from '../people/administrators.js';
import { FindManager } from '../people/find-manager.js';
import { hasLeft, PeopleRepository, type Person } from '../people/people.repository.js';
import { BringInOrganisation } from './bring-in-organisation.js';
import { OfficersCases } from './officers-cases.js';
import { assertAdministers, assertRolesFit, losesOfficersRoles } from './role-rules.js';

export interface WantedRoles {
  readonly board: string;
  /** All roles at the board: what is left out is taken away. None for someone who leaves the board for another. */
  readonly roles: readonly Role[];
  /** Code of one of the board's departments. */
  readonly department: string | null;
  /** Address of who manages next what the person manages, as when the role of manager is taken away. */
  readonly manager?: string | undefined;
}

/** What someone is at a board. */
export type RolesThere = Omit<WantedRoles, 'board'>;

/** What is wanted, and what it is to be changed from: how things were when it was thought of. */
export interface ChangedRoles extends WantedRoles {
  readonly from: RolesThere;
}

/** Gives and takes roles at a board, as an organisation file does: journalled, with the board's cases planned again. */
@Injectable()
export class SetRoles {
  constructor(
    private readonly people: PeopleRepository,
    private readonly boards: BoardRepository,
    private readonly administrators: Administrators,
    private readonly managers: FindManager,
    private readonly cases: OfficersCases,
    private readonly organisation: BringInOrganisation,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws RuleError `forbidden`, `not-found` for someone with a part in other boards alone, `field-required` without a role
   *   anywhere,
   *   `manager-needs-department`, `department-unknown`, `department-elsewhere`, `person-unknown` or `person-lacks-role` for the next manager, `last-admin`, `officer-has-cases` for a role that one has cases by, with open
   *   cases left, `already-done` for someone who has left, `version-stale` when someone else was first
   */
  async execute(tx: EntityManager, actor: Actor, personId: string, { from, ...wanted }: ChangedRoles): Promise<void> {
    const { board, roles, department } = wanted;
    assertAdministers(actor, board);
    await changeBoards(tx, [board]);
    const person = await this.people.findById(tx, personId);
    const everywhere = await this.people.rolesOf(tx, personId);
    const held = everywhere.filter((one) => one.board === board);
    const isElsewhere = everywhere.length > held.length;
    const isOthers = isElsewhere || (person?.departmentBoard ?? null) !== null;
    if (!person || (held.length === 0 && isOthers && person.departmentBoard !== board)) {
      throw new RuleError('not-found', 'no such colleague', { id: personId });
    }
    if (hasLeft(person, this.clock.today())) {
      throw new RuleError('already-done', 'the account has ended', { doneOn: person.endedOn });
    }
    const heldRoles = held.map(({ role }) => role);
    const now = { roles: heldRoles, department: person.departmentBoard === board ? person.departmentCode : null };
    if (!isSame(now, from) && !isSame(now, wanted)) throw new RuleError('version-stale', 'the roles have been changed');
    const mayManage = department !== null || (await this.managesFromElsewhere(tx, person, board, heldRoles));
    assertRolesFit(roles, { mayManage, isElsewhere });
    if (department !== null) await this.boards.department(tx, board, department);
    if (belongsElsewhere(person, board)) await this.assertTakesOver(tx, person, wanted);
    if (held.some(({ role }) => role === 'admin') && !roles.includes('admin')) {
      await this.administrators.assertOthersStay(tx, [board], personId);
    }
    const losesOfficer = heldRoles.includes('officer') && !roles.includes('officer');
    const leaves = roles.length === 0;
    if (leaves || losesOfficer || losesOfficersRoles(heldRoles, roles)) await this.assertNoCases(tx, board, personId);
    await this.store(tx, actor, person, leaves ? { ...wanted, department: null } : wanted);
  }

  /**
   * Whether someone who belongs to a department of another board is a manager here without choosing one: by the role they
   * have already, maybe beside the one who manages the department that they were added to, or by a department that names
   * them.
   */
  private async managesFromElsewhere(
    tx: EntityManager,
    person: Person,
    board: string,
    held: readonly Role[],
  ): Promise<boolean> {
    if (!belongsElsewhere(person, board)) return false;
    if (held.includes('manager')) return true;
    return (await this.boards.departmentsManagedBy(tx, person.id)).some((one) => one.board === board);
  }

  /**
   * A person belongs to one department, and stays in it whatever another board does. A department here is then chosen only
   * to be managed.
   */
  private async assertTakesOver(tx: EntityManager, person: Person, wanted: WantedRoles): Promise<void> {
    const { board, roles, department, manager } = wanted;
    if (department === null || roles.length === 0) return;
    const managedBy = await this.people.managerOf(tx, board, department, this.clock.today());
    if (roles.includes('manager') && managedBy === person.id) return;
    if (roles.includes('manager') && managedBy === null && manager === undefined) return;
    throw new RuleError('department-elsewhere', 'they belong to a department of another board', {
      field: 'department',
    });
  }

  /** A case would be left with someone who no longer works with it. */
  private async assertNoCases(tx: EntityManager, board: string, personId: string): Promise<void> {
    const cases = await this.cases.openOf(tx, board, personId);
    if (cases === null) return;
    throw new RuleError('officer-has-cases', 'the officer has open cases', { board, cases });
  }

  /**
   * For someone just added, too. A department without a manager gets the one who is to be one there, and one whose
   * manager is to be one no longer, or is to be followed by another, gets the next one, or is left without.
   */
  async store(
    tx: EntityManager,
    actor: Actor,
    person: Pick<Person, 'email' | 'name' | 'departmentBoard'> & Partial<Pick<Person, 'id'>>,
    { board, roles, department, manager }: WantedRoles,
  ): Promise<void> {
    const { email, name } = person;
    const belongs = belongsElsewhere(person, board)
      ? {}
      : { department: department === null ? null : `${board}/${department}` };
    const people = [{ email, name, ...belongs, roles: { [board]: [...roles] } }];
    const departments =
      roles.includes('manager') && manager === undefined
        ? await this.vacancy(tx, board, department, email)
        : await this.vacated(tx, actor, { board, manager }, person.id);
    const { name: boardName } = await this.boards.boardByCode(tx, board);
    const boards = departments.length === 0 ? [] : [{ code: board, name: boardName, departments }];
    await this.organisation.inTransaction(tx, { boards, people }, actor);
  }

  /** The department with its new manager, as a file names it, when nobody who works here manages it. */
  private async vacancy(tx: EntityManager, board: string, department: string | null, manager: string) {
    if (department === null) return [];
    const { code, name } = await this.boards.department(tx, board, department);
    return (await this.people.managerOf(tx, board, code, this.clock.today())) === null ? [{ code, name, manager }] : [];
  }

  /** The departments that name this person as their manager, with the next one, or without. */
  private async vacated(
    tx: EntityManager,
    actor: Actor,
    { board, manager }: Pick<WantedRoles, 'board' | 'manager'>,
    personId: string | undefined,
  ): Promise<{ code: string; name: string; manager: string | null }[]> {
    const led = (await this.boards.departmentsOf(tx, board)).filter(({ managerId }) => managerId === personId);
    const next =
      led.length === 0 || manager === undefined
        ? null
        : (await this.managers.execute(tx, actor, manager, { boards: [board], otherThan: personId })).email;
    return led.map(({ code, name }) => ({ code, name, manager: next }));
  }
}

const belongsElsewhere = ({ departmentBoard }: Pick<Person, 'departmentBoard'>, board: string): boolean =>
  departmentBoard !== null && departmentBoard !== board;

const isSame = (one: RolesThere, other: RolesThere): boolean =>
  one.department === other.department && sorted(one.roles) === sorted(other.roles);

const sorted = (roles: readonly Role[]): string => [...new Set(roles)].sort().join(' ');
