import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RuleError } from '../../domain/errors.js';
import { BoardRepository, type Department } from '../boards/board.repository.js';
import { Journal } from '../journal/journal.js';
import { isAdminOf, type Actor } from '../people/actor.js';
import { FindManager } from '../people/find-manager.js';
import type { Person } from '../people/people.repository.js';
import { ReplanCases } from './replan-cases.js';

/** A department of the one who hands over, and who manages it next. */
export interface HandedDepartment extends Pick<Department, 'board' | 'code' | 'name'> {
  /** Null when nobody does: nobody can then approve its cases. */
  readonly manager: Person | null;
}

/** Gives the departments that someone manages to another manager, or tells which ones will be without. */
@Injectable()
export class HandOverDepartments {
  constructor(
    private readonly managers: FindManager,
    private readonly boards: BoardRepository,
    private readonly replan: ReplanCases,
    private readonly journal: Journal,
  ) {}

  /**
   * To be called while nobody else plans cases of the actor's boards.
   *
   * @param manager address of who manages them next, if anyone does
   * @throws RuleError `person-unknown`, `person-lacks-role` for someone who is no manager at a board that has one of
   *   them, `forbidden` unless the actor administers these boards
   */
  async inTransaction(
    tx: EntityManager,
    actor: Actor,
    from: Person,
    manager: string | undefined,
  ): Promise<HandedDepartment[]> {
    const led = await this.boards.departmentsManagedBy(tx, from.id);
    const next = manager === undefined ? null : await this.nextOf(tx, actor, from, led, manager);
    if (next !== null) await this.give(tx, actor, led, from, next);
    return led.map(({ board, code, name }) => ({ board, code, name, manager: next }));
  }

  private async nextOf(
    tx: EntityManager,
    actor: Actor,
    from: Person,
    led: readonly Department[],
    manager: string,
  ): Promise<Person> {
    for (const { board } of led) {
      if (isAdminOf(actor, board)) continue;
      throw new RuleError('forbidden', `managers of ${board} are named by its administrators`, {
        act: 'people',
        needs: 'admin',
      });
    }
    const boards = led.map(({ board }) => board);
    return this.managers.execute(tx, actor, manager, { boards, otherThan: from.id });
  }

  /** The cases first, since the chains of the journal are locked last. */
  private async give(
    tx: EntityManager,
    actor: Actor,
    led: readonly Department[],
    from: Person,
    next: Person,
  ): Promise<void> {
    for (const department of led) await this.boards.updateDepartment(tx, { ...department, managerId: next.id });
    for (const board of new Set(led.map((one) => one.board))) await this.replan.inTransaction(tx, board, actor);
    const events = led.map(({ board, code }) => ({
      chain: board,
      by: actor,
      what: 'department-changed',
      subjectType: 'department' as const,
      subjectId: `${board}/${code}`,
      before: { manager: from.email },
      after: { manager: next.email },
    }));
    if (events.length > 0) await this.journal.record(tx, ...events);
  }
}
