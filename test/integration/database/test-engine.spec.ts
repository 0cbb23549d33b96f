import { expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { startApp } from '../../support/app.js';
import { freshDatabase } from '../../support/database.js';
import { SettableClock } from '../../support/settable-clock.js';

const TYPE = process.env['TEST_ENGINE'] === 'postgres' ? 'postgres' : 'better-sqlite3';

it('is that of a fresh database', async () => {
  const db = await freshDatabase();
  expect([db.write.options.type, db.read.options.type]).toEqual([TYPE, TYPE]);
  await db.close();
});

it('is that of an app', async () => {
  const app = await startApp({ clock: new SettableClock('2026-03-02T08:00:00.000Z'), process: 'web' });
  expect(app.provider(DataSource).options.type).toBe(TYPE);
  await app.close();
});
