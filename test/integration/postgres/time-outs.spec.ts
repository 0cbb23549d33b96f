import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { ReadDatabase } from '../../../src/platform/database/read-database.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { rows } from '../../../src/platform/database/sql.js';
import { startApp, type TestAnswer, type TestApp } from '../../support/app.js';
import { describeWithPostgres } from '../../support/postgres-server.js';
import { seedModelBoard, type ModelBoard } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';

const SAID = {
  statement_timeout: '30s',
  lock_timeout: '10s',
  idle_in_transaction_session_timeout: '1min',
} as const;

describeWithPostgres("the time-outs of PostgreSQL's connections", () => {
  let app: TestApp;
  let people: ModelBoard;
  let other: pg.Client;

  beforeAll(async () => {
    const clock = new SettableClock('2023-09-11T08:41:00.000Z');
    app = await startApp({ clock, engine: 'postgres', process: 'web', env: { DATABASE_POOL: '2' } });
    people = await seedModelBoard(app);
    other = new pg.Client({ connectionString: app.databaseUrl });
    await other.connect();
  });
  afterAll(async () => {
    await other.end();
    await app.close();
  });

  const register = (): Promise<TestAnswer> => {
    const letter = { board: 'EÅV', title: 'Remiss', sender: 'KS', receivedOn: '2023-09-11', answerDue: '2023-10-27' };
    return app.post('/api/v1/referrals', letter, { token: people.registrar.token });
  };

  it('are those of docs/postgres-and-redis.md, for reading and for writing', async () => {
    for (const [name, value] of Object.entries(SAID)) {
      expect(await rows(app.provider(ReadDatabase).manager, `SHOW ${name}`)).toEqual([{ [name]: value }]);
      const inUse = await app.provider(UnitOfWork).run((tx) => rows(tx, `SHOW ${name}`));
      expect(inUse).toEqual([{ [name]: value }]);
    }
  });

  /** Sets it on both connections that there are. */
  async function onAll(statement: string): Promise<void> {
    const { dataSource } = app.provider(ReadDatabase).manager;
    const both = [dataSource.createQueryRunner(), dataSource.createQueryRunner()];
    for (const one of both) await one.query(statement);
    for (const one of both) await one.release();
  }

  it.each([
    ['a lock that another keeps', '55P03', 'lock_timeout'],
    ['a statement that takes too long', '57014', 'statement_timeout'],
  ] as const)('answer %s (%s) by 503 with Retry-After, and the next request is served', async (_, code, timeout) => {
    await onAll(`SET ${timeout} = 200`);
    await other.query('BEGIN; LOCK TABLE series IN ACCESS EXCLUSIVE MODE');
    const waited = rows(app.provider(ReadDatabase).manager, 'SELECT 1 FROM series');
    await expect(waited).rejects.toMatchObject({ code });
    const asked = await register();
    await other.query('ROLLBACK');
    await onAll(`SET ${timeout} = '${SAID[timeout]}'`);
    expect(asked).toMatchObject({ status: 503, type: expect.stringContaining('application/problem+json') });
    expect(asked.body).toMatchObject({ type: '/problems/unavailable' });
    expect(Number(asked.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await register()).status).toBe(201);
  });
});
