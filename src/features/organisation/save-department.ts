import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RuleError } from '../../domain/errors.js';
import { changeBoards } from '../boards/board-turns.js';
import { BoardRepository, codeKey, type Department } from '../boards/board.repository.js';
import { assertKnows, type Actor } from '../people/actor.js';
import { FindManager } from '../people/find-manager.js';
import { BringInOrganisation } from './bring-in-organisation.js';
import { assertAdministers } from './role-rules.js';

/** What can be changed of a department; its code stays, since cases and people refer to it. */
export interface DepartmentDetails {
  readonly name: string;
  /** E-mail address of who manages it; null for nobody, and without it whoever does already. */
  readonly manager?: string | null | undefined;
}

export interface WantedDepartment extends DepartmentDetails {
  readonly board: string;
  readonly code: string;
  /** For a department that is to be a new one. */
  readonly isNew?: boolean;
  /** How it was when the change was thought of, where that is known. */
  readonly from?: Pick<Department, 'name' | 'managerId'> | undefined;
}

export interface SavedDepartment {
  readonly department: Department;
  readonly created: boolean;
}

/** Adds a department to a board, or gives it another name or manager, as an organisation file does: journalled, with the board's cases planned again. */
@Injectable()
export class SaveDepartment {
  constructor(
    private readonly managers: FindManager,
    private readonly boards: BoardRepository,
    private readonly organisation: BringInOrganisation,
  ) {}

  /**
   * @throws RuleError `board-unknown` for a board where the actor has no role, `forbidden`, `department-exists` for a
   *   new one whose code is taken, but for the case of its letters too, `person-unknown` or `person-lacks-role` for a manager who is none at the board,
   *   `version-stale` when someone else was first
   */
  async inTransaction(tx: EntityManager, actor: Actor, wanted: WantedDepartment): Promise<SavedDepartment> {
    const { board, code, name, manager, from } = wanted;
    assertKnows(actor, board);
    assertAdministers(actor, board);
    await changeBoards(tx, [board]);
    const before = await this.boards.findDepartment(tx, board, code);
    if (wanted.isNew === true || before === null) await this.assertFree(tx, board, code);
    if (from !== undefined && (before?.name !== from.name || before.managerId !== from.managerId)) {
      throw new RuleError('version-stale', 'the department has been changed');
    }
    const next =
      typeof manager === 'string'
        ? (await this.managers.execute(tx, actor, manager, { boards: [board] })).email
        : manager;
    const department = { code, name, ...(next === undefined ? {} : { manager: next }) };
    const { name: boardName } = await this.boards.boardByCode(tx, board);
    await this.organisation.inTransaction(
      tx,
      { boards: [{ code: board, name: boardName, departments: [department] }] },
      actor,
    );
    return { department: await this.boards.department(tx, board, code), created: before === null };
  }

  /** Two codes that differ in case alone are not told apart by people. */
  private async assertFree(tx: EntityManager, board: string, code: string): Promise<void> {
    const taken = (await this.boards.departmentsOf(tx, board)).find((one) => codeKey(one.code) === codeKey(code));
    if (taken === undefined) return;
    throw new RuleError('department-exists', 'the code is taken', { field: 'code', value: taken.code });
  }
}
