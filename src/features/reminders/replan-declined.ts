import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../people/actor.js';
import { ReplanCases } from '../referrals/replan-cases.js';
import { ReplanByBoard } from './replan-by-board.js';

/**
 * Plans anew the cases that an earlier release left planned on an immediate adjustment that a person had declined. A case
 * that declines it now is planned so at once: then there are none.
 */
@Injectable()
export class ReplanDeclined {
  constructor(
    private readonly byBoard: ReplanByBoard,
    private readonly replan: ReplanCases,
  ) {}

  /** @param goOn as `ReplanByBoard` */
  execute(goOn: () => void = () => undefined): Promise<void> {
    return this.byBoard.execute(
      {
        boards: (em) => this.replan.boardsWithDeclinedUnplanned(em),
        replan: (tx, board) => this.replan.declinedUnplanned(tx, board, { by: SYSTEM, what: 'plan-without-adjusting' }),
        says: 'cases that declined are planned anew',
      },
      goOn,
    );
  }
}
