import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RuleError } from '../../domain/errors.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { JobOutbox } from '../../platform/queue/job-outbox.js';
import { passwordLinkJob } from '../accounts/send-password-link.js';
import { changeBoards } from '../boards/board-turns.js';
import { BoardRepository } from '../boards/board.repository.js';
import type { Actor } from '../people/actor.js';
import { hasLeft, PeopleRepository, type Person } from '../people/people.repository.js';
import { assertAdministers, assertRolesFit } from './role-rules.js';
import { SetRoles, type WantedRoles } from './set-roles.js';

export interface NewColleague extends WantedRoles {
  readonly email: string;
  /** Of someone whom another board has brought in already, the name stays. */
  readonly name: string;
}

/** What could not be as it was asked for, of someone who has been added. */
export interface AddedColleague {
  /** Whether they stay in a department of another board, though one here was chosen. */
  readonly staysElsewhere: boolean;
  /** Whether someone else manages the department that they were to manage, and goes on to. */
  readonly isManagedByOther: boolean;
}

/** Adds someone to a board's people, and has a link to choose a password with mailed to them. */
@Injectable()
export class AddColleague {
  constructor(
    private readonly people: PeopleRepository,
    private readonly boards: BoardRepository,
    private readonly roles: SetRoles,
    private readonly jobs: JobOutbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Who belongs to a department of another board already stays in it, and a department here that has a manager keeps the one
   * it has: to refuse would tell of the address, and nobody has been added yet.
   *
   * @throws RuleError `forbidden`, `field-required` without a role, `manager-needs-department`, `department-unknown`,
   *   `person-exists` for an address that has a role at the board already, or whose account has ended
   */
  async inTransaction(tx: EntityManager, actor: Actor, colleague: NewColleague): Promise<AddedColleague> {
    const { board, email, name, roles, department } = colleague;
    assertAdministers(actor, board);
    // Of two who are to manage one department at once, the second finds that it has a manager.
    await changeBoards(tx, [board]);
    assertRolesFit(roles, { mayManage: department !== null, isElsewhere: false });
    if (department !== null) await this.boards.department(tx, board, department);
    const known = await this.people.findByEmail(tx, email);
    if (known) await this.assertNew(tx, known, board);
    await this.roles.store(tx, actor, known ?? { email, name, departmentBoard: null }, colleague);
    const added = await this.people.byEmail(tx, email, this.clock.today());
    await this.jobs.add(tx, passwordLinkJob({ personId: added.id, why: 'invited', by: actor.personId, board }));
    const managedBy =
      department === null ? null : await this.people.managerOf(tx, board, department, this.clock.today());
    return {
      staysElsewhere: department !== null && added.departmentBoard !== board,
      isManagedByOther: roles.includes('manager') && managedBy !== added.id,
    };
  }

  private async assertNew(tx: EntityManager, known: Person, board: string): Promise<void> {
    const isThere = (await this.people.rolesOf(tx, known.id)).some((one) => one.board === board);
    if (!isThere && !hasLeft(known, this.clock.today())) return;
    const facts = { field: 'email', value: known.email };
    throw new RuleError('person-exists', 'the address is that of someone here, or of someone who has left', facts);
  }
}
