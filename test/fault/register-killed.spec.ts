import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { startApp } from '../support/app.js';
import { freshDatabaseFile, freshFolder } from '../support/database.js';
import { freePort } from '../support/free-port.js';
import { seedModelBoard } from '../support/seed.js';
import { DIST, ServerProcess } from '../support/server-process.js';
import { SettableClock } from '../support/settable-clock.js';

const CLIENTS = 16;
const KILLS = 6;
const AT_LEAST = 200;

interface Acknowledged {
  readonly id: string;
  readonly diarienummer: string;
  readonly title: string;
}

describe('registering while the process is killed again and again', () => {
  const folder = freshFolder();
  const acknowledged: Acknowledged[] = [];
  const refused: string[] = [];
  let token: string;
  let env: Record<string, string>;
  let server: ServerProcess;

  beforeAll(async () => {
    await freshDatabaseFile(folder.path);
    const app = await startApp({
      clock: new SettableClock('2023-09-11T08:00:00.000Z'),
      dataDir: folder.path,
      process: 'web',
    });
    token = (await seedModelBoard(app)).registrar.token;
    await app.close();
    env = {
      PORT: String(await freePort()),
      DATA_DIR: folder.path,
      DATABASE_URL: `sqlite:${join(folder.path, 'diarium.db')}`,
      DIARIUM_CLOCK: '2023-09-11T08:41:00.000Z',
    };
    server = new ServerProcess(env);
    await server.start();
  });
  afterAll(async () => {
    await server.kill();
    folder.remove();
  });

  /** One letter, sent again under the same key until it is answered. */
  const registerOnce = async (client: number, turn: number): Promise<void> => {
    const title = `Remiss ${client}-${turn}`;
    const body = { board: 'EÅV', title, sender: 'Kommunstyrelsen', receivedOn: '2023-09-11', answerDue: '2023-10-27' };
    for (;;) {
      try {
        const answer = await fetch(`${server.url}/api/v1/referrals`, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            Authorization: `Bearer ${token}`,
            'Idempotency-Key': title,
          },
          body: JSON.stringify(body),
        });
        const told = await answer.json();
        if (answer.status === 201) acknowledged.push({ id: told.id, diarienummer: told.diarienummer, title });
        else refused.push(`${answer.status} ${JSON.stringify(told)}`);
        return;
      } catch {
        // Killed under the request, or not up again yet.
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  };

  it('leaves no gap, no double and nothing acknowledged lost', async () => {
    let killed = 0;
    const isOver = (): boolean => killed >= KILLS && acknowledged.length >= AT_LEAST;
    const clients = Array.from({ length: CLIENTS }, async (_, client) => {
      for (let turn = 0; !isOver(); turn += 1) await registerOnce(client, turn);
    });
    while (killed < KILLS) {
      const target = acknowledged.length + 10 + Math.floor(Math.random() * 25);
      while (acknowledged.length < target) await new Promise((resolve) => setTimeout(resolve, 1));
      await server.kill();
      killed += 1;
      await server.start();
    }
    await Promise.all(clients);
    await server.stop();

    expect(refused).toEqual([]);
    const db = new Database(join(folder.path, 'diarium.db'), { readonly: true });
    const stored = db
      .prepare('SELECT id, number, diarienummer, title FROM referral ORDER BY number')
      .all() as (Acknowledged & {
      number: number;
    })[];
    const series = db.prepare('SELECT last FROM series').get();
    db.close();
    expect(stored.map(({ number }) => number)).toEqual(stored.map((_, index) => index + 1));
    expect(series).toEqual({ last: stored.length });
    expect(new Set(stored.map(({ title }) => title)).size).toBe(stored.length);
    const byId = new Map(stored.map((row) => [row.id, row]));
    for (const told of acknowledged) expect(byId.get(told.id)).toMatchObject(told);
    expect(stored.length).toBe(acknowledged.length);
  }, 180_000);

  it('leaves a journal that verifies', async () => {
    const run = promisify(execFile)(process.execPath, [join(DIST, 'cli.js'), 'verify'], {
      env: { PATH: process.env['PATH'], ...env },
    });
    await expect(run).resolves.toMatchObject({ stdout: expect.any(String) });
  });
});
