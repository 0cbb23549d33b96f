import { afterAll, beforeAll, expect, it } from '@jest/globals';
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
