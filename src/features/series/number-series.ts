import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { change, insertRows, row } from '../../platform/database/sql.js';

/** Gives the running numbers of each board and year, without gaps. */
@Injectable()
export class NumberSeries {
  /**
   * Takes the next number, 1 and up. It is given back when `tx` rolls back. The row lock of the update makes others
   * wait, so it is first in the lock order (series, referral, chain head).
   */
  async take(tx: EntityManager, board: string, year: number): Promise<number> {
    const taken = await this.next(tx, board, year);
    if (taken !== null) return taken;
    await insertRows(tx, 'series', ['board', 'year', 'last'], [[board, year, 0]], 'ON CONFLICT DO NOTHING');
    const first = await this.next(tx, board, year);
    if (first === null) throw new Error(`series ${board} ${year} cannot be made`);
    return first;
  }

  /** Lets the series go on after `last`, when it is not already further. For numbers brought in from elsewhere. */
  async continueAfter(tx: EntityManager, board: string, year: number, last: number): Promise<void> {
    await insertRows(tx, 'series', ['board', 'year', 'last'], [[board, year, 0]], 'ON CONFLICT DO NOTHING');
    const raise = 'UPDATE "series" SET "last" = ? WHERE "board" = ? AND "year" = ? AND "last" < ?';
    await change(tx, raise, [last, board, year, last]);
  }

  private async next(tx: EntityManager, board: string, year: number): Promise<number | null> {
    const taken = 'UPDATE "series" SET "last" = "last" + 1 WHERE "board" = ? AND "year" = ? RETURNING "last"';
    const found = await row<{ last: number }>(tx, taken, [board, year]);
    return found ? Number(found.last) : null;
  }
}
