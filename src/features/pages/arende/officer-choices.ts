import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import type { Option } from '../../../platform/web/components/field.js';
import type { Department } from '../../boards/board.repository.js';
import { PeopleRepository } from '../../people/people.repository.js';
import { WhoIsAway } from '../../people/who-is-away.js';
import { choiceLabel } from './words/away-words.js';

/** Who can have a case of a board, officers before managers, with department and whether they are away. */
@Injectable()
export class OfficerChoices {
  constructor(
    private readonly db: ReadDatabase,
    private readonly clock: Clock,
    private readonly people: PeopleRepository,
    private readonly away: WhoIsAway,
  ) {}

  /**
   * @param departments those of the board that are named
   * @param isOffered by the code of their department at the board, null for those in none; everyone when it is left out
   */
  async of(
    board: string,
    departments: readonly Pick<Department, 'code' | 'name'>[],
    isOffered: (code: string | null) => boolean = () => true,
  ): Promise<Option[]> {
    const em = this.db.manager;
    const today = this.clock.today();
    const officers = await this.people.peopleWithRole(em, board, 'officer', today);
    const managers = await this.people.peopleWithRole(em, board, 'manager', today);
    const able = new Map([...officers, ...managers].map((person) => [person.id, person]));
    const nameOf = new Map(departments.map(({ code, name }) => [code, name]));
    const offered = [...able.values()]
      .map((person) => ({ ...person, code: person.departmentBoard === board ? person.departmentCode : null }))
      .filter(({ code }) => isOffered(code));
    const ids = offered.map(({ id }) => id);
    const away = await this.away.of(em, ids, board, today);
    return offered.map(({ id, email, name, code }) => ({
      value: email,
      label: choiceLabel(name, code === null ? undefined : nameOf.get(code), away.get(id)),
    }));
  }
}
