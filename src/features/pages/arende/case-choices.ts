import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import { BoardRepository } from '../../boards/board.repository.js';
import { managedAt, rolesOn, type Actor } from '../../people/actor.js';
import { WhoIsAway } from '../../people/who-is-away.js';
import { PeopleRepository } from '../../people/people.repository.js';
import { choiceLabel } from './words/away-words.js';
import type { Choices } from './acts/act-form.js';

/** Who can have a case of a board, and its departments: what a form offers to choose from. */
@Injectable()
export class CaseChoices {
  constructor(
    private readonly db: ReadDatabase,
    private readonly clock: Clock,
    private readonly people: PeopleRepository,
    private readonly away: WhoIsAway,
    private readonly boards: BoardRepository,
  ) {}

  /** A manager who does not register is offered the departments managed, and who is in them. */
  async of(actor: Actor, board: string): Promise<Choices> {
    const em = this.db.manager;
    const today = this.clock.today();
    const officers = await this.people.peopleWithRole(em, board, 'officer', today);
    const managers = await this.people.peopleWithRole(em, board, 'manager', today);
    const managed = managedAt(actor, board);
    const isOffered = (code: string | null): boolean =>
      rolesOn(actor, board).has('registrar') || (code !== null && managed.has(code));
    const departments = (await this.boards.departmentsOf(em, board)).filter(({ code }) => isOffered(code));
    const nameOf = new Map(departments.map(({ code, name }) => [code, name]));
    const offered = [...officers, ...managers].filter(({ departmentBoard, departmentCode }) =>
      isOffered(departmentBoard === board ? departmentCode : null),
    );
    const all = new Map(offered.map((person) => [person.id, person]));
    const away = await this.away.of(em, [...all.keys()], board, today);
    return {
      officers: [...all.values()].map(({ id, email, name, departmentBoard, departmentCode }) => {
        const department = departmentBoard === board ? nameOf.get(departmentCode ?? '') : undefined;
        return { value: email, label: choiceLabel(name, department, away.get(id)) };
      }),
      departments: departments.map(({ code, name }) => ({ value: code, label: name })),
    };
  }
}
