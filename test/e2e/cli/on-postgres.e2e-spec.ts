import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freshFolder } from '../../support/database.js';
import { describeWithPostgres, startPostgres, type PostgresServer } from '../../support/postgres-server.js';
import { runCli, type CliResult } from './run-cli.js';

const PASSWORD = 'ett-eget';
const ORGANISATION = {
  boards: [{ code: 'KS', name: 'Kommunstyrelsen', meetings: [{ date: '2026-03-26', time: '18:00' }] }],
  people: [{ email: 'regine.registrator@example.se', name: 'Regine Registrator', roles: { KS: ['registrar'] } }],
};

/** The statements that docs/postgres-and-redis.md tells to make a role and its database by. */
function statements(): string[] {
  const docs = readFileSync(join(import.meta.dirname, '../../../docs/postgres-and-redis.md'), 'utf8');
  const block = /```sql\n(CREATE ROLE[^]+?)```/.exec(docs)?.[1] ?? '';
  return block.trim().replace("'LÖSENORD'", `'${PASSWORD}'`).split('\n');
}

describeWithPostgres('the commands, as a role of PostgreSQL that is nobody special', () => {
  const folder = freshFolder();
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
    await server.run('postgres', ...statements());
  });
  afterAll(async () => {
    await server.stop();
    folder.remove();
  });

  const run = (args: readonly string[], stdin = ''): Promise<CliResult> => {
    const env = {
      DATA_DIR: folder.path,
      DATABASE_URL: server.url('diarium', 'diarium_app', PASSWORD),
      LOG_LEVEL: 'warn',
    };
    return runCli(args, { env, stdin });
  };

  it('makes the schema and the made-up board', async () => {
    const { code, err } = await run(['demo']);
    expect({ code, err }).toEqual({ code: 0, err: expect.any(String) });
  });

  it('brings an organisation in, and changes nothing the second time', async () => {
    const first = await run(['setup', '-'], JSON.stringify(ORGANISATION));
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('3 nya, 0 ändrade, 0 oförändrade\n') });
    const again = await run(['setup', '-'], JSON.stringify(ORGANISATION));
    expect(again).toMatchObject({ code: 0, out: '0 nya, 0 ändrade, 3 oförändrade\n' });
  });

  it('makes a token, and lists it', async () => {
    const made = await run(['token', 'create', 'regine.registrator@example.se', '--label', 'prov']);
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^diar_[\w-]{43}\n$/) });
    expect((await run(['token', 'list'])).out).toMatch(/\tregine\.registrator@example\.se\t.*\tprov$/m);
  });

  it('tells what would be sent', async () => {
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const { code, out } = await run(['remind', '--dry-run', '--until', until, '--json']);
    expect(code).toBe(0);
    expect(out.trim().split('\n').length).toBeGreaterThan(1);
  });

  it('verifies, journal, numbers and plans', async () => {
    const { code, out, err } = await run(['verify']);
    expect({ code, said: out + err }).toEqual({ code: 0, said: expect.stringContaining('inga fel') });
  });

  it('makes a backup, and tries to restore it in a database of its own', async () => {
    const file = join(folder.path, 'a.tar');
    expect(await run(['backup', file])).toMatchObject({ code: 0 });
    expect(await run(['drill', file])).toMatchObject({ code: 0, err: expect.stringContaining('går att återställa') });
  });
});
