import { Injectable } from '@nestjs/common';
import { addDays } from '../../domain/calendar/local-date.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { rolesOn, type Actor } from '../people/actor.js';
import { PeopleRepository } from '../people/people.repository.js';
import type { BoardView } from './board.dto.js';
import { BoardRepository } from './board.repository.js';
import { MeetingRepository } from './meeting.repository.js';
import { meetingVersion } from './meeting-version.js';

const DAYS_BACK = 365;

/** The boards where a person has a role, with their departments and meetings. */
@Injectable()
export class ListBoards {
  constructor(
    private readonly read: ReadDatabase,
    private readonly clock: Clock,
    private readonly boards: BoardRepository,
    private readonly meetings: MeetingRepository,
    private readonly people: PeopleRepository,
  ) {}

  async execute(actor: Actor): Promise<BoardView[]> {
    const em = this.read.manager;
    const codes = [...actor.roles.keys()];
    const boards = await this.boards.boards(em, codes);
    const departments = await this.boards.departmentsOfBoards(em, codes);
    const meetings = await this.meetings.meetingsOfBoards(em, codes, addDays(this.clock.today(), -DAYS_BACK));
    const managers = await this.people.byIds(em, departments.flatMap(({ managerId }) => managerId ?? [])); // prettier-ignore
    const managerOf = (id: string | null): BoardView['departments'][number]['manager'] => {
      const manager = managers.get(id ?? '');
      return manager ? { name: manager.name, email: manager.email } : null;
    };
    return boards.map((board) => ({
      ...board,
      leadTimes: { ...board.leadTimes },
      closedDays: [...board.closedDays].sort(),
      roles: [...rolesOn(actor, board.code)].sort(),
      departments: departments
        .filter((department) => department.board === board.code)
        .map(({ code, name, managerId }) => ({ code, name, manager: managerOf(managerId) })),
      meetings: meetings
        .filter((meeting) => meeting.board === board.code)
        .map((meeting) => {
          const { date, time, place, adjustmentOn, dispatchOn } = meeting;
          return { date, time, place, adjustmentOn, dispatchOn, version: meetingVersion(meeting) };
        }),
    }));
  }
}
