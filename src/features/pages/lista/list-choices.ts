import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import type { Option } from '../../../platform/web/components/field.js';
import { BoardRepository, type Board } from '../../boards/board.repository.js';
import { boardsSeen, type Actor } from '../../people/actor.js';
import { PeopleRepository } from '../../people/people.repository.js';

/** What the list can be narrowed to. */
export interface ListChoices {
  readonly boards: readonly Board[];
  readonly officers: readonly Option[];
  readonly departments: readonly Option[];
}

/** Officers and departments of the boards that the person sees. */
@Injectable()
export class ReadListChoices {
  constructor(
    private readonly db: ReadDatabase,
    private readonly clock: Clock,
    private readonly people: PeopleRepository,
    private readonly boards: BoardRepository,
  ) {}

  async of(actor: Actor): Promise<ListChoices> {
    const em = this.db.manager;
    const codes = boardsSeen(actor);
    const departments = await this.boards.departmentsOfBoards(em, codes);
    const officers = new Map<string, Option>();
    for (const board of codes) {
      for (const role of ['officer', 'manager'] as const) {
        const there = await this.people.peopleWithRole(em, board, role, this.clock.today());
        for (const { email, name } of there) officers.set(email, { value: email, label: name });
      }
    }
    return {
      boards: await this.boards.boards(em, codes),
      officers: [...officers.values()].sort((a, b) => a.label.localeCompare(b.label, 'sv')),
      departments: departments.map(({ board, code, name }) => ({
        value: `${board}:${code}`,
        label: codes.length > 1 ? `${name} (${board})` : name,
      })),
    };
  }
}
