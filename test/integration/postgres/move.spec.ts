import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { runCommand } from '../../../src/cli/program.js';
import type { Terminal } from '../../../src/cli/terminal.js';
import { MoveDatabase } from '../../../src/features/operations/move/move-database.js';
import { readDataSource, writeDataSource } from '../../../src/platform/database/data-source.js';
import { closeDatabase, openDatabase } from '../../../src/platform/database/open-database.js';
import { ENTITIES } from '../../../src/schema.js';
import { startApp, type TestApp } from '../../support/app.js';
import { freshDatabaseFile, freshFolder } from '../../support/database.js';
import { describeWithPostgres, freshPostgresUrl } from '../../support/postgres-server.js';
import { seedModelBoard, type ModelBoard } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';

const CASES = 150;

describeWithPostgres('diarium move', () => {
  const folder = freshFolder();
  const file = join(folder.path, 'diarium.db');
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  let target: Awaited<ReturnType<typeof freshPostgresUrl>>;
  let app: TestApp;
  let people: ModelBoard;

  const run = async (...args: string[]): Promise<{ code: number; said: string }> => {
    let said = '';
    const terminal: Terminal = {
      env: { LOG_LEVEL: 'silent', DATA_DIR: folder.path, DATABASE_URL: target.url },
      stdin: process.stdin,
      out: async (text) => void (said += text),
      err: (text) => void (said += text),
      progress: () => undefined,
      progressDone: () => undefined,
    };
    return { code: await runCommand(args, terminal), said };
  };
  const move = (from = `sqlite:${file}`, to = target.url) => run('move', '--from', from, '--to', to);
  const register = (title: string) =>
    app.post(
      '/api/v1/referrals',
      {
        board: 'EÅV',
        title,
        sender: 'Kommunstyrelsen',
        receivedOn: '2023-09-11',
        answerDue: '2023-10-27',
        officer: people.officer.email,
      },
      { token: people.registrar.token },
    );

  beforeAll(async () => {
    target = await freshPostgresUrl();
    await freshDatabaseFile(folder.path);
    app = await startApp({ clock, dataDir: folder.path, process: 'web' });
    people = await seedModelBoard(app);
    for (let n = 1; n <= CASES; n += 1) await register(`Remiss ${n}: "åäö" \\ 😀 slut`);
  }, 120_000);
  afterAll(async () => {
    await target.drop();
    folder.remove();
  });

  it('refuses a source that is in use', async () => {
    const { code, said } = await move();
    expect(code).toBe(1);
    expect(said).toContain('öppen för en annan process');
    await app.close();
  });

  it.each([
    ['a file that is not there', () => ['sqlite:/finns/inte.db', target.url], 'finns inte'],
    ['a source that is no SQLite', () => ['postgres://x@localhost/y', target.url], '--from ska vara sqlite:'],
    ['a target that is no PostgreSQL', () => [`sqlite:${file}`, `sqlite:${file}`], '--to ska vara postgres:'],
    [
      'a target that cannot be reached',
      () => [`sqlite:${file}`, 'postgres://diarium:hemligt@127.0.0.1:1/x'],
      '--to: ingen PostgreSQL svarar',
    ],
  ])('says what is wrong with %s', async (_, addresses, words) => {
    const { code, said } = await move(...addresses());
    expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining(words) });
    expect(said).not.toContain('hemligt');
  });

  it('goes on where it was broken off', async () => {
    const write = writeDataSource({ kind: 'sqlite', path: file }, ENTITIES);
    const source = await readDataSource({ kind: 'sqlite', path: file }, write, ENTITIES).initialize();
    const opened = await openDatabase({ kind: 'postgres', url: target.url }, ENTITIES);
    const parts = new Map<string, number[]>();
    const breakOffAt = (slices: number) => (part: string, done: number) => {
      parts.set(part, [...(parts.get(part) ?? []), done]);
      if ([...parts.values()].flat().length >= slices) throw new Error('broken off');
    };
    for (const slices of [3, 9, 14, 22]) {
      const moving = new MoveDatabase(source, opened.write).copy(new Date(), breakOffAt(slices));
      await expect(moving).rejects.toThrow('broken off');
    }
    expect(Math.max(...[...parts.values()].map(({ length }) => length))).toBeLessThanOrEqual(6);
    await source.destroy();
    await closeDatabase(opened);
    const half = { code: 1, said: expect.stringContaining('DATABASE_URL: flytten till databasen är inte klar') };
    expect(await run('verify')).toEqual(half);
    const { code, said } = await move();
    expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('inga skillnader') });
    expect(said).toMatch(/Journalen: \d+ händelser i 2 kedjor, inga fel/);
    expect(said).toContain('Flyttat.');
  });

  it('leaves the source as it was', () => {
    const db = new Database(file, { readonly: true });
    expect(db.prepare('SELECT count(*) FROM referral').pluck().get()).toBe(CASES);
    db.close();
    expect(statSync(file).size).toBeGreaterThan(0);
  });

  it('refuses a target that is not empty', async () => {
    const { code, said } = await move();
    expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining('Målet är inte tomt') });
  });

  it('gives a database that verifies, and in which work goes on', async () => {
    expect(await run('verify')).toMatchObject({ code: 0 });
    app = await startApp({ clock, dataDir: folder.path, process: 'web', env: { DATABASE_URL: target.url } });
    const next = await register('Efter flytten');
    expect(next).toMatchObject({ status: 201, body: { diarienummer: `EÅV 2023/${CASES + 1}` } });
    const found = await app.get('/api/v1/referrals?q=efter%20flytten', { token: people.registrar.token });
    expect(found.body.items).toHaveLength(1);
    const old = await app.get('/api/v1/referrals?q=EÅV%202023/7', { token: people.registrar.token });
    expect(old.body.items[0].title).toBe('Remiss 7: "åäö" \\ 😀 slut');
    await app.close();
  });

  it('tells which tables differ, when the source has changed meanwhile', async () => {
    const other = await freshPostgresUrl();
    const write = writeDataSource({ kind: 'sqlite', path: file }, ENTITIES);
    const source = await readDataSource({ kind: 'sqlite', path: file }, write, ENTITIES).initialize();
    const opened = await openDatabase({ kind: 'postgres', url: other.url }, ENTITIES);
    const moving = new MoveDatabase(source, opened.write);
    await moving.copy(new Date(), () => undefined);
    const db = new Database(file);
    db.prepare(`UPDATE referral SET note = 'later' WHERE number = 3`).run();
    db.close();
    await expect(moving.compare(() => undefined)).rejects.toThrow(/referral \(150 rader blev 150\)/);
    await source.destroy();
    await closeDatabase(opened);
    await other.drop();
  });
});
