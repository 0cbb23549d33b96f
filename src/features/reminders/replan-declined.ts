import { Injectable } from '@nestjs/common';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Log } from '../../platform/log/log.js';
import { holdBoards } from '../boards/board-turns.js';
import { SYSTEM } from '../people/actor.js';
import { ReplanCases } from '../referrals/replan-cases.js';

/**
 * Plans anew, each in a transaction of its board, the cases that an earlier release left planned on an immediate
 * adjustment that a person had declined. A case that declines it now is planned so at once: then there are none.
 */
@Injectable()
export class ReplanDeclined {
  constructor(
    private readonly work: UnitOfWork,
    private readonly read: ReadDatabase,
    private readonly replan: ReplanCases,
    private readonly log: Log,
  ) {}

  /** @param goOn called between boards; what it throws ends it, and the rest is done the next time */
  async execute(goOn: () => void = () => undefined): Promise<void> {
    for (const board of await this.replan.boardsWithDeclinedUnplanned(this.read.manager)) {
      goOn();
      const changed = await this.work.run(async (tx) => {
        await holdBoards(tx, [board]);
        return this.replan.declinedUnplanned(tx, board, { by: SYSTEM, what: 'plan-reworked' });
      });
      if (changed.length > 0) this.log.info('cases that declined are planned anew', { board, cases: changed.length });
    }
  }
}
