import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { OFFICERS_ROLES, type Role } from '../../domain/referral/permissions.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { BoardRepository } from '../boards/board.repository.js';
import { MeetingRepository } from '../boards/meeting.repository.js';
import { PeopleRepository, type Person } from '../people/people.repository.js';

type Named = Pick<Person, 'id' | 'name'>;

/** What a board lacks of what its cases hang on. */
export interface Lacking {
  readonly board: { readonly code: string; readonly name: string };
  readonly registrars: boolean;
  /** Nobody can be given a case. */
  readonly officers: boolean;
  readonly departments: boolean;
  /** No meeting is planned from today on. */
  readonly meetings: boolean;
  /** Who adds meetings; nobody, where that is lacking too. */
  readonly secretaries: readonly Named[];
  readonly administrators: readonly Named[];
}

/** Finds out what is left to do before the work at a board can begin. */
@Injectable()
export class LeftToDo {
  constructor(
    private readonly boards: BoardRepository,
    private readonly meetings: MeetingRepository,
    private readonly people: PeopleRepository,
    private readonly clock: Clock,
  ) {}

  /** Of these boards those that lack something. */
  async at(em: EntityManager, codes: readonly string[]): Promise<Lacking[]> {
    if (codes.length === 0) return [];
    const planned = await this.meetings.meetingsOfBoards(em, codes, this.clock.today());
    const departments = await this.boards.departmentsOfBoards(em, codes);
    const found: Lacking[] = [];
    for (const { code, name } of await this.boards.boards(em, codes)) {
      const secretaries = await this.having(em, code, ['secretary']);
      found.push({
        board: { code, name },
        registrars: (await this.having(em, code, ['registrar'])).length === 0,
        officers: (await this.having(em, code, OFFICERS_ROLES)).length === 0,
        departments: !departments.some(({ board }) => board === code),
        meetings: !planned.some(({ board }) => board === code),
        secretaries,
        administrators: await this.having(em, code, ['admin']),
      });
    }
    return found.filter(lacksAnything);
  }

  private async having(em: EntityManager, board: string, roles: readonly Role[]): Promise<Named[]> {
    const today = this.clock.today();
    const found: Named[] = [];
    for (const role of roles) found.push(...(await this.people.peopleWithRole(em, board, role, today)));
    return [...new Map(found.map(({ id, name }) => [id, { id, name }])).values()];
  }
}

const lacksAnything = ({ registrars, officers, departments, meetings, secretaries }: Lacking): boolean =>
  registrars || officers || departments || meetings || secretaries.length === 0;
