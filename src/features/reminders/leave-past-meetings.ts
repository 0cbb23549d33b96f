import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../people/actor.js';
import { ReplanCases } from '../referrals/replan-cases.js';
import { ReplanByBoard } from './replan-by-board.js';

/**
 * Plans anew the cases whose meeting has been held without them: they get the next one in time, or are known from now on
 * to have none.
 */
@Injectable()
export class LeavePastMeetings {
  constructor(
    private readonly byBoard: ReplanByBoard,
    private readonly replan: ReplanCases,
  ) {}

  /** @param goOn as `ReplanByBoard` */
  execute(goOn: () => void = () => undefined): Promise<void> {
    return this.byBoard.execute(
      {
        boards: (em) => this.replan.boardsWithPastMeetings(em),
        replan: (tx, board) => this.replan.offPastMeetings(tx, board, { by: SYSTEM, what: 'meeting-passed' }),
        says: 'cases left a meeting that has been',
      },
      goOn,
    );
  }
}
