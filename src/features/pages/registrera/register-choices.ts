import { Injectable } from '@nestjs/common';
import { dayFrom } from '../../../domain/calendar/long-date.js';
import { Clock } from '../../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import type { Option } from '../../../platform/web/components/field.js';
import { BoardRepository, type Board } from '../../boards/board.repository.js';
import { MeetingRepository } from '../../boards/meeting.repository.js';
import { OfficerChoices } from '../arende/officer-choices.js';

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
    private readonly officers: OfficerChoices,
    private readonly boards: BoardRepository,
    private readonly meetings: MeetingRepository,
  ) {}

  /** @param boards where the person is registrar */
  async of(board: Board, boards: readonly Board[]): Promise<RegisterChoices> {
    const departments = await this.boards.departmentsOf(this.db.manager, board.code);
    return {
      boards: boards.map(({ code, name }) => ({ value: code, label: name })),
      officers: await this.officers.of(board.code, departments),
      departments: departments.map(({ code, name }) => ({ value: code, label: name })),
      meetings: await this.meetingsOf(board.code),
    };
  }

  private async meetingsOf(board: string): Promise<Option[]> {
    const today = this.clock.today();
    const coming = await this.meetings.meetingsFrom(this.db.manager, board, today);
    return coming.map(({ date }) => ({
      value: date,
      label: dayFrom(today, date),
    }));
  }
}
