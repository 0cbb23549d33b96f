import { insertRows } from '../../../src/platform/database/sql.js';
import type { FreshDatabase } from '../../support/database.js';

/** A board with its series at nought, to count on. */
export async function seedOneBoard({ work }: FreshDatabase): Promise<void> {
  const board = ['KS', 'Kommunstyrelsen', '{code} {year}/{number}', '{}', '[]', '2026-01-01T00:00:00.000Z'];
  const columns = ['code', 'name', 'number_pattern', 'lead_times', 'closed_days', 'created_at'];
  await work.run(async (tx) => {
    await insertRows(tx, 'board', columns, [board]);
    await insertRows(tx, 'series', ['board', 'year', 'last'], [['KS', 2026, 0]]);
  });
}

/** The names of all settings, as the reading connection sees them. */
export const settings = async ({ read }: FreshDatabase): Promise<string[]> =>
  ((await read.query('SELECT "name" FROM "setting" ORDER BY "name"')) as { name: string }[]).map(({ name }) => name);

/** Where the series stands, as the reading connection sees it. */
export const last = async ({ read }: FreshDatabase): Promise<number> =>
  Number(((await read.query('SELECT "last" FROM "series"')) as { last: number }[])[0]?.last ?? NaN);
