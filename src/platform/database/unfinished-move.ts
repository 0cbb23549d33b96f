import type { DataSource } from 'typeorm';
import { DatabaseRefused } from './database-refused.js';
import { row } from './sql.js';

/** The table that a target of `diarium move` has for as long as not everything is there. */
export const MOVE_PROGRESS = 'move_progress';

export async function isUnfinishedMove(target: DataSource): Promise<boolean> {
  const sql = `SELECT to_regclass('${MOVE_PROGRESS}') AS "there"`;
  const found = await row<{ there: string | null }>(target.manager, sql);
  return found !== null && found.there !== null;
}

/**
 * Sees to it that nobody works with half of what there is, and writes what the rest would not fit.
 *
 * @throws DatabaseRefused `unfinished-move`
 */
export async function assertMoved(database: DataSource): Promise<void> {
  if (database.options.type !== 'postgres' || !(await isUnfinishedMove(database))) return;
  const todo = 'Kör samma npx diarium move igen tills den är klar, och starta sedan.';
  throw new DatabaseRefused('unfinished-move', `DATABASE_URL: flytten till databasen är inte klar. ${todo}`);
}
