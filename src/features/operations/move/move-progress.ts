import type { DataSource, EntityManager } from 'typeorm';
import { row, rows } from '../../../platform/database/sql.js';
import { MOVE_PROGRESS, isUnfinishedMove } from '../../../platform/database/unfinished-move.js';

/** How far a table, or the late columns of one, has been copied. */
export interface Reached {
  readonly rows: number;
  /** The key of the last row; null before the first. */
  readonly after: readonly unknown[] | null;
  readonly done: boolean;
}

const NOTHING: Reached = { rows: 0, after: null, done: false };

/**
 * How far a move has come, in a table of the target that is there only while it is unfinished: noted in the transaction
 * of each slice, so that a move that was broken off goes on with the next row.
 */
export class MoveProgress {
  constructor(private readonly target: DataSource) {}

  isUnfinished(): Promise<boolean> {
    return isUnfinishedMove(this.target);
  }

  async begin(tx: EntityManager): Promise<void> {
    await tx.query(
      `CREATE TABLE "${MOVE_PROGRESS}" ("part" text PRIMARY KEY, "rows" integer NOT NULL, "after" text, "done" boolean NOT NULL)`,
    );
  }

  async end(): Promise<void> {
    await this.target.query(`DROP TABLE "${MOVE_PROGRESS}"`);
  }

  async reached(part: string): Promise<Reached> {
    const sql = `SELECT "rows", "after", "done" FROM "${MOVE_PROGRESS}" WHERE "part" = ?`;
    const found = await row<{ rows: number; after: string | null; done: boolean }>(this.target.manager, sql, [part]);
    if (!found) return NOTHING;
    const after: unknown = found.after === null ? null : JSON.parse(found.after);
    return { rows: found.rows, after: Array.isArray(after) ? after : null, done: found.done };
  }

  async note(tx: EntityManager, part: string, { rows: copied, after, done }: Reached): Promise<void> {
    const sql = `INSERT INTO "${MOVE_PROGRESS}" ("part", "rows", "after", "done") VALUES (?, ?, ?, ?)
      ON CONFLICT ("part") DO UPDATE SET "rows" = excluded."rows", "after" = excluded."after", "done" = excluded."done"`;
    await rows(tx, sql, [part, copied, after === null ? null : JSON.stringify(after), done]);
  }
}
