import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Log } from '../../platform/log/log.js';
import { holdBoards } from '../boards/board-turns.js';
import type { Referral } from '../referrals/referral.js';

/** Cases that are to be planned anew, and how. */
export interface ReplanTask {
  /** Boards that have such cases. */
  readonly boards: (em: EntityManager) => Promise<string[]>;
  /** Plans those of a board, whose turn is held. */
  readonly replan: (tx: EntityManager, board: string) => Promise<readonly Referral[]>;
  /** What is logged of a board on which any were. */
  readonly says: string;
}

/** Plans cases anew, each board in a transaction of its own. */
@Injectable()
export class ReplanByBoard {
  constructor(
    private readonly work: UnitOfWork,
    private readonly read: ReadDatabase,
    private readonly log: Log,
  ) {}

  /** @param goOn called between boards; what it throws ends it, and the rest is done the next time */
  async execute({ boards, replan, says }: ReplanTask, goOn: () => void): Promise<void> {
    for (const board of await boards(this.read.manager)) {
      goOn();
      const changed = await this.work.run(async (tx) => {
        await holdBoards(tx, [board]);
        return replan(tx, board);
      });
      if (changed.length > 0) this.log.info(says, { board, cases: changed.length });
    }
  }
}
