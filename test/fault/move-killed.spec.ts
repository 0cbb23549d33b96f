import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { runCli, type CliResult } from '../e2e/cli/run-cli.js';
import { startApp } from '../support/app.js';
import { freshDatabaseFile, freshFolder } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { askPostgres, describeWithPostgres, freshPostgresUrl } from '../support/postgres-server.js';
import { seedModelBoard } from '../support/seed.js';
import { ServerProcess } from '../support/server-process.js';
import { SettableClock } from '../support/settable-clock.js';
import { skipped } from '../support/skipped.js';

/** So many that their reminders are copied in two slices. */
const CASES = 70;
/** Of util-linux: runs a command on a terminal of its own. */
const SCRIPT = '/usr/bin/script';
const BIN = join(import.meta.dirname, '..', '..', 'bin', 'diarium.js');

describeWithPostgres('diarium move, as a process that is broken off', () => {
  const folder = freshFolder();
  const file = join(folder.path, 'diarium.db');
  let target: Awaited<ReturnType<typeof freshPostgresUrl>>;

  beforeAll(async () => {
    target = await freshPostgresUrl();
    await freshDatabaseFile(folder.path);
    const app = await startApp({
      clock: new SettableClock('2023-09-11T08:41:00.000Z'),
      dataDir: folder.path,
      engine: 'sqlite',
      process: 'web',
    });
    const { registrar } = await seedModelBoard(app);
    for (let n = 1; n <= CASES; n += 1) {
      const letter = { title: `Remiss ${n}`, sender: 'KS', receivedOn: '2023-09-11', answerDue: '2023-10-27' };
      await app.post('/api/v1/referrals', { board: 'EÅV', ...letter }, { token: registrar.token });
    }
    await app.close();
  });
  afterAll(async () => {
    await target.drop();
    folder.remove();
  });

  const args = (): string[] => ['move', '--from', `sqlite:${file}`];
  const settings = (): Record<string, string> => ({ DATA_DIR: folder.path, DATABASE_URL: target.url });
  const reminders = async (): Promise<number> =>
    Number((await askPostgres<{ n: string }>(target.url, 'SELECT count(*) AS n FROM reminder'))[0]?.n);
  const waiting = async (): Promise<boolean> =>
    (await askPostgres(target.url, `SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'reminder'::regclass`))
      .length > 0;

  /** Moves, and sends the signal while a slice of reminders is on its way in: another has the table until it is sent. */
  async function moveUntil(signal: NodeJS.Signals): Promise<CliResult> {
    const other = new pg.Client({ connectionString: target.url });
    await other.connect();
    await other.query('BEGIN; LOCK TABLE reminder IN EXCLUSIVE MODE');
    const started = (child: ReturnType<typeof spawn>): void => {
      void eventually('a slice is on its way', waiting).then(async () => {
        child.kill(signal);
        await other.query('ROLLBACK');
      });
    };
    const ended = await runCli([...args(), '--to', target.url], { env: { DATA_DIR: folder.path }, started });
    await other.end();
    return ended;
  }

  it('refuses a target that a process works on, and minds none that has once started on it', async () => {
    const worker = new ServerProcess(settings(), 'worker.js');
    await worker.start();
    const turns = async (): Promise<number> => (await askPostgres(target.url, 'SELECT 1 FROM lease')).length;
    await eventually('it shows that it lives, and has looked for reminders', async () => (await turns()) > 1);
    const refused = await runCli(args(), { env: settings() });
    await worker.stop();
    expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining('Målet används: en arbetare (') });
    expect(await turns()).toBeGreaterThan(0);
  });

  it('ends by Ctrl+C after the slice that is on its way, and says how to go on', async () => {
    const { code, out, err } = await moveUntil('SIGINT');
    expect({ code, out }).toEqual({ code: 130, out: '' });
    expect(err).toContain('Avbruten. Kör samma kommando igen för att fortsätta.\n');
    expect(await reminders()).toBe(1_000);
  });

  it('leaves whole slices when it is killed', async () => {
    expect(await moveUntil('SIGKILL')).toMatchObject({ code: null });
    await eventually('the last slice is undone', async () => !(await waiting()));
    expect(await reminders()).toBe(1_000);
    const half = await runCli(['verify'], { env: settings() });
    expect(half).toMatchObject({ code: 1, err: expect.stringContaining('flytten till databasen är inte klar') });
  });

  it('goes on where it was, with the address of the settings, and the new side verifies', async () => {
    const { code, err } = await runCli(args(), { env: settings() });
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('inga skillnader') });
    expect(await reminders()).toBeGreaterThan(1_000);
    expect(await runCli(['verify'], { env: settings() })).toMatchObject({ code: 0 });
  });

  const title = 'shows on a terminal how far it has come, on both sides';
  const onTerminal = existsSync(SCRIPT) ? it : it.skip;
  if (!existsSync(SCRIPT)) skipped({ program: 'script', kind: 'tests on a terminal', title });
  onTerminal(title, async () => {
    const empty = await freshPostgresUrl();
    const command = [process.execPath, BIN, ...args()].map((word) => `'${word}'`).join(' ');
    const env = { PATH: process.env['PATH'], DATA_DIR: folder.path, DATABASE_URL: empty.url };
    const child = spawn(SCRIPT, ['-qec', command, '/dev/null'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let shown = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text));
    const [code] = (await once(child, 'close')) as [number | null];
    await empty.drop();
    expect({ code, shown }).toEqual({ code: 0, shown: expect.stringContaining('Flyttat.') });
    const lines = shown.split('\r\u001b[K').filter((line) => / reminder[: ]/.test(line));
    expect(lines).toEqual([
      expect.stringMatching(/^Kopierar reminder: 0 av 1\d{3} rader …$/),
      expect.stringMatching(/^Kopierar reminder: 1000 av 1\d{3} rader …$/),
      expect.stringMatching(/^Jämför reminder i källan: 0 av 1\d{3} rader …$/),
      expect.stringMatching(/^Jämför reminder i källan: 1000 av 1\d{3} rader …$/),
      expect.stringMatching(/^Jämför reminder i målet: 0 av 1\d{3} rader …$/),
      expect.stringMatching(/^Jämför reminder i målet: 1000 av 1\d{3} rader …$/),
    ]);
  });
});
