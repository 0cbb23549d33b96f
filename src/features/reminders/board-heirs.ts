import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import type { Role } from '../../domain/referral/permissions.js';
import { PeopleRepository, type Person } from '../people/people.repository.js';

/** Who looks after what reaches nobody: the first of these that anyone at the board has. */
const HEIRS: readonly Role[] = ['registrar', 'manager', 'director', 'secretary', 'admin'];

/** Who at each board is told when somebody else cannot be: its registrars, or whoever else is left. */
@Injectable()
export class BoardHeirs {
  constructor(private readonly people: PeopleRepository) {}

  /** @param notTo people who are not told, since they are the ones who cannot be reached */
  async of(
    em: EntityManager,
    boards: Iterable<string>,
    today: LocalDate,
    notTo: ReadonlySet<string> = new Set(),
  ): Promise<Map<string, Person[]>> {
    const heirs = new Map<string, Person[]>();
    for (const board of new Set(boards)) heirs.set(board, await this.ofBoard(em, board, today, notTo));
    return heirs;
  }

  private async ofBoard(
    em: EntityManager,
    board: string,
    today: LocalDate,
    notTo: ReadonlySet<string>,
  ): Promise<Person[]> {
    for (const role of HEIRS) {
      const holders = await this.people.peopleWithRole(em, board, role, today);
      const heirs = holders.filter(({ id }) => !notTo.has(id));
      if (heirs.length > 0) return heirs;
    }
    return [];
  }
}
