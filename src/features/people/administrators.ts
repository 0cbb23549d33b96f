import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RuleError } from '../../domain/errors.js';
import { marks, onPostgres, row, rows } from '../../platform/database/sql.js';

const STAYING = `SELECT 1 AS "found" FROM "person_role" r JOIN "person" p ON p."id" = r."person_id"
  WHERE r."board" = ? AND r."role" = 'admin' AND p."ended_on" IS NULL AND p."id" <> ? LIMIT 1`;

/** Sees to it that no board is left without someone who looks after its people. */
@Injectable()
export class Administrators {
  /** Keeps others from taking administrators away at these boards until the transaction ends. */
  async hold(tx: EntityManager, boards: readonly string[]): Promise<void> {
    if (!onPostgres(tx)) return;
    const sql = `SELECT "person_id" FROM "person_role" WHERE "board" IN (${marks(boards.length)}) AND "role" = 'admin'
      ORDER BY "board", "person_id" FOR UPDATE`;
    await rows(tx, sql, boards);
  }

  /**
   * Lets a person stop administering boards where another goes on, with no day of leaving.
   *
   * @throws RuleError `last-admin`
   */
  async assertOthersStay(tx: EntityManager, boards: readonly string[], personId: string): Promise<void> {
    await this.hold(tx, boards);
    for (const board of boards) {
      if ((await row(tx, STAYING, [board, personId])) !== null) continue;
      throw new RuleError('last-admin', `${board} would be left without an administrator`, { board });
    }
  }
}
