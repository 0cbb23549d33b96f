import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { isUnavailable } from '../../../src/platform/problem/unavailable.js';
import { withPatience } from '../../../src/platform/database/postgres-client.js';
import { postgresDataSource } from '../../../src/platform/database/postgres-data-source.js';
import { closeDatabase, openDatabase } from '../../../src/platform/database/open-database.js';
import { ENTITIES } from '../../../src/schema.js';
import { startApp, type TestApp } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { describeWithPostgres, startPostgres, type PostgresServer } from '../../support/postgres-server.js';
import { seedModelBoard, type ModelBoard } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';

describeWithPostgres('a process that loses its PostgreSQL', () => {
  let server: PostgresServer;
  let app: TestApp;
  let people: ModelBoard;

  beforeAll(async () => {
    server = await startPostgres({ fsync: true });
    await server.run('postgres', 'CREATE DATABASE diarium');
    const clock = new SettableClock('2023-09-11T08:41:00.000Z');
    app = await startApp({ clock, process: 'all', env: { DATABASE_URL: server.url('diarium') } });
    people = await seedModelBoard(app);
  });
  afterAll(async () => {
    await app.close();
    await server.stop();
  });

  const register = () => {
    const letter = { board: 'EÅV', title: 'Remiss', sender: 'KS', receivedOn: '2023-09-11', answerDue: '2023-10-27' };
    return app.post('/api/v1/referrals', letter, { token: people.registrar.token });
  };

  it('answers 503 with Retry-After, turns red, and goes on by itself', async () => {
    expect((await register()).status).toBe(201);
    await server.kill();
    const lost = await register();
    expect(lost).toMatchObject({ status: 503, type: expect.stringContaining('application/problem+json') });
    expect(Number(lost.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(lost.body).toMatchObject({ type: '/problems/unavailable', status: 503 });
    const red = await app.get('/health/ready');
    expect(red).toMatchObject({ status: 503, body: { ready: false, parts: { database: { state: 'failed' } } } });
    expect((await app.get('/health/live')).status).toBe(200);
    await server.start();
    await eventually('it is ready again', async () => (await app.get('/health/ready')).status === 200);
    const back = await register();
    expect(back).toMatchObject({ status: 201, body: { diarienummer: 'EÅV 2023/2' } });
  });

  it('survives that its connections are cut while they are idle', async () => {
    await server.run(
      'postgres',
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'diarium'`,
    );
    await eventually('it registers again', async () => (await register()).status === 201);
  });

  it('refuses a database of something else, and leaves it as it is', async () => {
    await server.run('postgres', 'CREATE DATABASE other');
    await server.run('other', 'CREATE TABLE theirs (id integer)');
    const opening = openDatabase({ kind: 'postgres', url: server.url('other') }, ENTITIES).then(closeDatabase);
    await expect(opening).rejects.toMatchObject({ because: 'foreign' });
    await server.run('other', 'DROP TABLE theirs');
  });
});

describeWithPostgres('a PostgreSQL that falls silent', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  it('is lost to who waits for it, within the time that is given, and found again by the next one', async () => {
    const source = await postgresDataSource(server.url('postgres'), 1, { entities: [] }, 300).initialize();
    const [{ pid }] = await source.query<[{ pid: number }]>('SELECT pg_backend_pid() AS pid');
    process.kill(pid, 'SIGSTOP');
    try {
      const failed = await source.query('SELECT 1').catch((error: unknown) => error);
      expect(failed).toMatchObject({ message: expect.stringContaining('not a word in 300 ms') });
      expect(isUnavailable(failed)).toBe(true);
      expect(await source.query('SELECT 2 AS two')).toEqual([{ two: 2 }]);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await source.destroy();
  });

  it('is waited for by what is given more time, and counts as silent only while it owes an answer', async () => {
    const source = await postgresDataSource(server.url('postgres'), 1, { entities: [] }, 300).initialize();
    const queryRunner = source.createQueryRunner();
    const mine = (): Promise<unknown> => queryRunner.query('SELECT pg_backend_pid() AS pid');
    const before = await mine();
    await withPatience(queryRunner, 0, () => queryRunner.query('SELECT pg_sleep(0.7)'));
    await wait(700);
    expect(await mine()).toEqual(before);
    await expect(queryRunner.query('SELECT pg_sleep(0.7)')).rejects.toThrow('not a word in 300 ms');
    await queryRunner.release();
    await source.destroy();
  });
});

/** A message as PostgreSQL sends it: its letter, its length, what it says. */
function message(letter: string, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length = Buffer.alloc(4);
  length.writeInt32BE(4 + content.length);
  return Buffer.concat([Buffer.from(letter), length, content]);
}

it('a connection that is cut as soon as it is made ends no process: what asked for it fails', async () => {
  const welcome = message('R', Buffer.alloc(4));
  const ready = message('Z', Buffer.from('I'));
  const cut = message('E', Buffer.from('SFATAL\0VFATAL\0C57P01\0Mterminating connection\0\0'));
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket.on('error', () => undefined));
    socket.once('data', () => socket.write(Buffer.concat([welcome, ready, cut])));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const source = postgresDataSource(`postgres://diarium@127.0.0.1:${port}/diarium`, 2, { entities: [] });
  const failed = await source.initialize().catch((error: unknown) => error);
  expect(isUnavailable(failed)).toBe(true);
  for (const socket of open) socket.destroy();
  server.close();
});
