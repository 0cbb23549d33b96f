import { Injectable } from '@nestjs/common';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import { BoardRepository } from '../../boards/board.repository.js';
import { managedAt, rolesOn, type Actor } from '../../people/actor.js';
import type { Choices } from './acts/act-form.js';
import { OfficerChoices } from './officer-choices.js';

/** Who can have a case of a board, and its departments: what a form offers to choose from. */
@Injectable()
export class CaseChoices {
  constructor(
    private readonly db: ReadDatabase,
    private readonly officers: OfficerChoices,
    private readonly boards: BoardRepository,
  ) {}

  /** A manager who does not register is offered the departments managed, and who is in them. */
  async of(actor: Actor, board: string): Promise<Choices> {
    const managed = managedAt(actor, board);
    const isOffered = (code: string | null): boolean =>
      rolesOn(actor, board).has('registrar') || (code !== null && managed.has(code));
    const all = await this.boards.departmentsOf(this.db.manager, board);
    const departments = all.filter(({ code }) => isOffered(code));
    return {
      officers: await this.officers.of(board, departments, isOffered),
      departments: departments.map(({ code, name }) => ({ value: code, label: name })),
    };
  }
}
