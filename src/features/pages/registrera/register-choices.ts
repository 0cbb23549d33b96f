import { Injectable } from '@nestjs/common';
import { dayAndMonth, longDate } from '../../../domain/calendar/long-date.js';
import { Clock } from '../../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import type { Option } from '../../../platform/web/components/field.js';
import { BoardRepository, type Board } from '../../boards/board.repository.js';
import { MeetingRepository } from '../../boards/meeting.repository.js';
import { choiceLabel } from '../arende/words/away-words.js';
import { WhoIsAway } from '../../people/who-is-away.js';
import { PeopleRepository } from '../../people/people.repository.js';

/** What the form offers to choose from. */
export interface RegisterChoices {
  readonly boards: readonly Option[];
  readonly officers: readonly Option[];
  readonly departments: readonly Option[];
  readonly meetings: readonly Option[];
}

/** Officers, departments and coming meetings of a board. */
@Injectable()
export class ReadRegisterChoices {
  constructor(
    private readonly db: ReadDatabase,
    private readonly clock: Clock,
    private readonly people: PeopleRepository,
    private readonly away: WhoIsAway,
    private readonly boards: BoardRepository,
    private readonly meetings: MeetingRepository,
  ) {}

  /** @param boards where the person is registrar */
  async of(board: Board, boards: readonly Board[]): Promise<RegisterChoices> {
    const departments = await this.boards.departmentsOf(this.db.manager, board.code);
    return {
      boards: boards.map(({ code, name }) => ({ value: code, label: name })),
      officers: await this.officersOf(board.code, new Map(departments.map(({ code, name }) => [code, name]))),
      departments: departments.map(({ code, name }) => ({ value: code, label: name })),
      meetings: await this.meetingsOf(board.code),
    };
  }

  private async officersOf(board: string, departments: ReadonlyMap<string, string>): Promise<Option[]> {
    const em = this.db.manager;
    const today = this.clock.today();
    const officers = await this.people.peopleWithRole(em, board, 'officer', today);
    const managers = await this.people.peopleWithRole(em, board, 'manager', today);
    const all = new Map([...officers, ...managers].map((person) => [person.id, person]));
    const away = await this.away.of(em, [...all.keys()], board, today);
    return [...all.values()].map(({ id, email, name, departmentBoard, departmentCode }) => {
      const department = departmentBoard === board ? departments.get(departmentCode ?? '') : undefined;
      return { value: email, label: choiceLabel(name, department, away.get(id)) };
    });
  }

  private async meetingsOf(board: string): Promise<Option[]> {
    const today = this.clock.today();
    const coming = await this.meetings.meetingsFrom(this.db.manager, board, today);
    return coming.map(({ date }) => ({
      value: date,
      label: date.slice(0, 4) === today.slice(0, 4) ? dayAndMonth(date) : longDate(date),
    }));
  }
}
