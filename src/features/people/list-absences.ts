import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { AbsenceRepository, type Absence } from './absence.repository.js';
import { boardsAdministered, type Actor } from './actor.js';
import { PeopleRepository, type Person } from './people.repository.js';

type Named = Pick<Person, 'email' | 'name'>;

/** An absence with the names of both. */
export interface NamedAbsence {
  readonly id: string;
  readonly person: Named;
  readonly substitute: Named;
  readonly from: LocalDate;
  readonly to: LocalDate;
}

const named = ({ email, name }: Person): Named => ({ email, name });

/** Absences under way and to come: one's own, those one stands in for, and those at boards one administers. */
@Injectable()
export class ListAbsences {
  constructor(
    private readonly absences: AbsenceRepository,
    private readonly people: PeopleRepository,
    private readonly clock: Clock,
  ) {}

  async execute(em: EntityManager, actor: Actor): Promise<NamedAbsence[]> {
    const today = this.clock.today();
    const boards = boardsAdministered(actor);
    const own = await this.absences.concerning(em, [actor.personId], today);
    const administered = boards.length === 0 ? [] : await this.absences.ofBoards(em, boards, today);
    const all = [...new Map([...own, ...administered].map((absence) => [absence.id, absence])).values()];
    const order = (a: Absence, b: Absence): number => (a.fromDay + a.id < b.fromDay + b.id ? -1 : 1);
    return this.named(em, all.sort(order));
  }

  async named(em: EntityManager, absences: readonly Absence[]): Promise<NamedAbsence[]> {
    const people = await this.people.byIds(
      em,
      absences.flatMap(({ personId, substituteId }) => [personId, substituteId]),
    );
    return absences.flatMap(({ id, personId, substituteId, fromDay, toDay }) => {
      const person = people.get(personId);
      const substitute = people.get(substituteId);
      if (!person || !substitute) return [];
      return [{ id, person: named(person), substitute: named(substitute), from: fromDay, to: toDay }];
    });
  }
}
