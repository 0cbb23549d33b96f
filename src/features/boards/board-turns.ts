import type { EntityManager } from 'typeorm';
import { onPostgres, rows } from '../../platform/database/sql.js';

/** The first of the two keys of our advisory locks: "plan" in ASCII. */
const PLAN = 0x70_6c_61_6e;

async function take(tx: EntityManager, lock: string, boards: readonly string[]): Promise<void> {
  if (!onPostgres(tx)) return;
  for (const board of [...new Set(boards)].sort()) {
    await rows(tx, `SELECT ${lock}(${PLAN}, hashtext(?))`, [board]);
  }
}

/**
 * Keeps meetings, days and lead times of boards as they are until the transaction ends, for whoever plans cases by them.
 * Any number at once. First in the lock order, before series and referral; on SQLite one writes at a time anyway.
 */
export const holdBoards = (tx: EntityManager, boards: readonly string[]): Promise<void> =>
  take(tx, 'pg_advisory_xact_lock_shared', boards);

/**
 * Waits until nobody plans cases by these boards, and keeps others from it until the transaction ends: for whoever
 * changes meetings, days or lead times, so that no case is left that was planned by the old ones.
 */
export const changeBoards = (tx: EntityManager, boards: readonly string[]): Promise<void> =>
  take(tx, 'pg_advisory_xact_lock', boards);
