import type { DataSource, EntityManager } from 'typeorm';
import { row, rows } from '../../../platform/database/sql.js';

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

  async isUnfinished(): Promise<boolean> {
    const found = await row<{ there: string | null }>(
      this.target.manager,
      `SELECT to_regclass('move_progress') AS "there"`,
    );
    return found !== null && found.there !== null;
  }

  async begin(): Promise<void> {
    await this.target.query(
      `CREATE TABLE "move_progress" ("part" text PRIMARY KEY, "rows" integer NOT NULL, "after" text, "done" boolean NOT NULL)`,
    );
  }

  async end(): Promise<void> {
    await this.target.query('DROP TABLE "move_progress"');
  }

  async reached(part: string): Promise<Reached> {
    const sql = 'SELECT "rows", "after", "done" FROM "move_progress" WHERE "part" = ?';
    const found = await row<{ rows: number; after: string | null; done: boolean }>(this.target.manager, sql, [part]);
    if (!found) return NOTHING;
    const after: unknown = found.after === null ? null : JSON.parse(found.after);
    return { rows: found.rows, after: Array.isArray(after) ? after : null, done: found.done };
  }

  async note(tx: EntityManager, part: string, { rows: copied, after, done }: Reached): Promise<void> {
    const sql = `INSERT INTO "move_progress" ("part", "rows", "after", "done") VALUES (?, ?, ?, ?)
      ON CONFLICT ("part") DO UPDATE SET "rows" = excluded."rows", "after" = excluded."after", "done" = excluded."done"`;
    await rows(tx, sql, [part, copied, after === null ? null : JSON.stringify(after), done]);
  }
}
