import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Actors } from '../../../src/features/people/actors.js';
import type { Actor } from '../../../src/features/people/actor.js';
import { PostgresSearch } from '../../../src/features/register/postgres-search.js';
import { SearchReferrals } from '../../../src/features/register/search-referrals.js';
import { ReadDatabase } from '../../../src/platform/database/read-database.js';
import { rows } from '../../../src/platform/database/sql.js';
import { startApp, type TestApp } from '../../support/app.js';
import { describeWithPostgres, freshPostgresUrl } from '../../support/postgres-server.js';
import { seedModelBoard, type ModelBoard } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';

describeWithPostgres('what is read again and again on PostgreSQL', () => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  let database: Awaited<ReturnType<typeof freshPostgresUrl>>;
  let app: TestApp;
  let people: ModelBoard;
  let registrar: Actor;
  let read: ReadDatabase;

  beforeAll(async () => {
    database = await freshPostgresUrl();
    app = await startApp({ clock, process: 'web', env: { DATABASE_URL: database.url, DATABASE_POOL: '2' } });
    people = await seedModelBoard(app);
    read = app.provider(ReadDatabase);
    const { id, email } = people.registrar;
    registrar = await app.provider(Actors).actorOf(read.manager, { id, name: 'Registrator', email }, clock.today());
    for (let n = 1; n <= 20; n += 1) {
      const title = `Remiss om ${n % 2 === 0 ? 'cykelvägar' : 'skolgårdar'}${n % 7 === 0 ? ' vid vattnet' : ''}`;
      const body = { board: 'EÅV', sender: 'Länsstyrelsen', title, receivedOn: '2023-09-11' };
      expect((await app.post('/api/v1/referrals', body, { token: people.registrar.token })).status).toBe(201);
    }
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  /** Every page of a search, each with its hits. */
  async function pages(search: SearchReferrals, q: string, limit: number): Promise<string[][]> {
    const found: string[][] = [];
    let cursor: string | undefined;
    do {
      const { items, next } = await search.search(registrar, { q, limit, sort: 'answerDue', cursor });
      found.push(items.map(({ diarienummer }) => diarienummer));
      cursor = next ?? undefined;
    } while (cursor !== undefined);
    return found;
  }

  it.each([
    [
      [
        { width: 1, whenFilled: 0 },
        { width: 2, whenFilled: 0 },
      ],
    ],
    [
      [
        { width: 3, whenFilled: 0 },
        { width: 5, whenFilled: 1 / 2 },
      ],
    ],
    [Array.from({ length: 7 }, () => ({ width: 1, whenFilled: 0 }))],
    [[{ width: 19, whenFilled: 0 }]],
    [[{ width: 20, whenFilled: 0 }]],
    [[{ width: 21, whenFilled: 0 }]],
  ])('finds the same by words however few registrations it begins with: %j', async (walks) => {
    const narrow = new SearchReferrals(new PostgresSearch(read, walks));
    const whole = new SearchReferrals(new PostgresSearch(read, []));
    for (const q of ['remiss', 'cykelvägar', 'vattnet', 'skolgårdar vatt', 'vattenpass']) {
      for (const limit of [1, 3, 20]) expect(await pages(narrow, q, limit)).toEqual(await pages(whole, q, limit));
    }
    const byNumber = (n: number): string => `EÅV 2023/${n}`;
    expect((await pages(narrow, 'vattnet', 20)).flat()).toEqual([14, 7].map(byNumber));
  });

  it('keeps the plans of what nearly every request asks, and of no search', async () => {
    // At once, so that each of the two connections is asked.
    for (const path of ['/api/v1/referrals', '/api/v1/referrals?q=cykel']) {
      const asked = Array.from({ length: 12 }, () => app.get(path, { token: people.registrar.token }));
      for (const { status } of await Promise.all(asked)) expect(status).toBe(200);
    }
    const kept = await rows<{ statement: string }>(read.manager, 'SELECT "statement" FROM pg_prepared_statements');
    const texts = kept.map(({ statement }) => statement);
    expect(texts.filter((text) => text.includes('"api_token"'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('ORDER BY r."due_key"'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('to_tsquery'))).toEqual([]);
  });
});
