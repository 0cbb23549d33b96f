import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RuleError } from '../../domain/errors.js';
import { OFFICERS_ROLES } from '../../domain/referral/permissions.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { BoardRepository } from '../boards/board.repository.js';
import { PeopleRepository, type Person } from '../people/people.repository.js';

/** Finds who is to have a case, and the department it belongs to. */
@Injectable()
export class OfficerLookup {
  constructor(
    private readonly people: PeopleRepository,
    private readonly boards: BoardRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * The person with this address, who must be an officer or manager of the board.
   *
   * @throws RuleError `person-unknown`, `person-lacks-role`
   */
  async officer(em: EntityManager, board: string, email: string): Promise<Person> {
    const person = await this.people.colleagueAt(em, [board], email, this.clock.today(), 'officer');
    if (await this.people.hasRole(em, person.id, board, OFFICERS_ROLES)) return person;
    throw new RuleError('person-lacks-role', `${person.email} is not an officer of ${board}`, {
      field: 'officer',
      value: person.email,
      board,
      role: 'officer',
    });
  }

  /**
   * The department named, else the officer's own at this board.
   *
   * @throws RuleError `department-unknown`
   */
  async department(
    em: EntityManager,
    board: string,
    code: string | null | undefined,
    officer: Person | null,
  ): Promise<string | null> {
    if (code) return (await this.boards.department(em, board, code)).code;
    return officer && officer.departmentBoard === board ? officer.departmentCode : null;
  }
}
