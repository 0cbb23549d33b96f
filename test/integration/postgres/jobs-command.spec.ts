import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { runCommand } from '../../../src/cli/program.js';
import { ReadDatabase } from '../../../src/platform/database/read-database.js';
import { insertRows, rows } from '../../../src/platform/database/sql.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { ENGINES, startApp, type TestApp } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { ServerProcess } from '../../support/server-process.js';
import { SettableClock } from '../../support/settable-clock.js';

const COLUMNS = ['id', 'name', 'key', 'payload', 'state', 'run_at', 'attempts', 'last_error', 'created_at'];
const AT = '2023-09-11T08:00:00.000Z';

describe.each(ENGINES)('diarium jobs on %s', (engine) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ clock: new SettableClock('2023-09-11T08:41:00.000Z'), engine, process: 'web' });
  });
  afterAll(() => app.close());

  const job = (key: string, state: 'dead' | 'waiting', id = randomUUID()): unknown[] => [
    id, 'tell-of-change', key, '{}', state, AT, 12, state === 'dead' ? 'Error: no' : null, AT,
  ]; // prettier-ignore
  const write = (...jobs: readonly unknown[][]): Promise<number> =>
    app.provider(UnitOfWork).run((tx) => insertRows(tx, 'job', COLUMNS, jobs));
  const stored = (): Promise<{ key: string; state: string; attempts: number }[]> =>
    rows(
      app.provider(ReadDatabase).manager,
      `SELECT "key", "state", "attempts" FROM "job" WHERE "name" = 'tell-of-change' ORDER BY "key", "state"`,
    );
  const settings = () => ({ LOG_LEVEL: 'silent', DATA_DIR: app.dataDir, DATABASE_URL: app.databaseUrl });
  const run = async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
    let [out, err] = ['', ''];
    const code = await runCommand(args, {
      env: settings(),
      stdin: process.stdin,
      out: async (text) => void (out += text),
      err: (text) => void (err += text),
      progress: () => undefined,
      progressDone: () => undefined,
    });
    return { code, out, err };
  };

  it('lists what was given up, and has one of them done again', async () => {
    const id = randomUUID();
    await write(job('a', 'dead', id), job('b', 'dead'), job('b', 'dead'), job('c', 'dead'), job('c', 'waiting'));
    const { code, out, err } = await run('jobs');
    expect({ code, lines: out.trimEnd().split('\n').length }).toEqual({ code: 0, lines: 4 });
    expect(out).toContain(`${id}\ttell-of-change\ta\t12 försök\t2023-09-11 10:00\tError: no`);
    expect(err).toContain('4 har getts upp');
    expect(await run('jobs', 'retry', id)).toMatchObject({ code: 0 });
    expect((await stored())[0]).toEqual({ key: 'a', state: 'waiting', attempts: 0 });
    expect(await run('jobs', 'retry', id)).toMatchObject({ code: 1, err: expect.stringContaining('inget jobb') });
  });

  it('has all done again, one for each key', async () => {
    expect(await run('jobs', 'retry', '--all')).toMatchObject({ code: 0, err: expect.stringContaining('3 jobb') });
    expect((await stored()).map(({ key, state }) => `${key} ${state}`)).toEqual([
      'a waiting',
      'b waiting',
      'c waiting',
    ]);
    expect(await run('jobs', 'retry', '--all')).toMatchObject({ code: 0, err: 'Inga jobb har getts upp.\n' });
  });

  it('asks for an id or --all', async () => {
    expect(await run('jobs', 'retry')).toMatchObject({ code: 2 });
    expect(await run('jobs', 'retry', 'x', '--all')).toMatchObject({ code: 2 });
  });

  it('says whether a worker of this machine lives, from its own heartbeat', async () => {
    const none = { code: 1, out: '', err: expect.stringContaining('Ingen arbetare') };
    const elsewhere = ['worker:elsewhere', 'another-machine:1', '2999-01-01T00:00:00.000Z'];
    await app.provider(UnitOfWork).run((tx) => insertRows(tx, 'lease', ['name', 'holder', 'until'], [elsewhere]));
    expect(await run('jobs', 'alive')).toMatchObject(none);
    const worker = new ServerProcess(settings(), 'worker.js');
    await worker.start();
    await eventually('the worker is heard of', async () => (await run('jobs', 'alive')).code === 0, 30_000);
    expect((await run('jobs', 'alive')).out).toMatch(new RegExp(`^[^\n]+:${worker.pid}\n$`));
    await worker.stop();
    expect(await run('jobs', 'alive')).toMatchObject(none);
  });
});
