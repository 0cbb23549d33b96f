import { Injectable } from '@nestjs/common';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Log } from '../../platform/log/log.js';
import { holdBoards } from '../boards/board-turns.js';
import { SYSTEM } from '../people/actor.js';
import { ReplanCases } from '../referrals/replan-cases.js';

/**
 * Plans anew, each in a transaction of its board, the cases whose meeting has been held without them: they get the next
 * one in time, or are known from now on to have none.
 */
@Injectable()
export class LeavePastMeetings {
  constructor(
    private readonly work: UnitOfWork,
    private readonly read: ReadDatabase,
    private readonly replan: ReplanCases,
    private readonly log: Log,
  ) {}

  /** @param goOn called between boards; what it throws ends it, and the rest is done the next time */
  async execute(goOn: () => void = () => undefined): Promise<void> {
    for (const board of await this.replan.boardsWithPastMeetings(this.read.manager)) {
      goOn();
      const changed = await this.work.run(async (tx) => {
        await holdBoards(tx, [board]);
        return this.replan.offPastMeetings(tx, board, { by: SYSTEM, what: 'meeting-passed' });
      });
      if (changed.length > 0) this.log.info('cases left a meeting that has been', { board, cases: changed.length });
    }
  }
}
