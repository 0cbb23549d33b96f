import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROLES } from '../../../src/domain/referral/permissions.js';
import { ReadDatabase } from '../../../src/platform/database/read-database.js';
import { rows } from '../../../src/platform/database/sql.js';
import { ENGINES, startApp, type TestApp } from '../../support/app.js';
import { SettableClock } from '../../support/settable-clock.js';
import { seedBoard, seedModelBoard, seedPerson, type ModelBoard, type SeededPerson } from '../../support/seed.js';

describe.each(ENGINES)('the departments of a board, on %s', (engine) => {
  let app: TestApp;
  let people: ModelBoard;
  let ada: SeededPerson;

  beforeAll(async () => {
    app = await startApp({ engine, clock: new SettableClock('2023-10-09T08:00:00Z') });
    people = await seedModelBoard(app);
    await seedBoard(app, 'ÄLV', 'Älvsjö stadsdelsnämnd');
    ada = await seedPerson(app, { email: 'ada@example.se', name: 'Ada Admin', roles: { EÅV: ['admin'] } });
  });
  afterAll(() => app.close());

  const put = (who: SeededPerson, code: string, body: unknown, board = 'EÅV') =>
    app.put(`/api/v1/boards/${encodeURIComponent(board)}/departments/${encodeURIComponent(code)}`, body, {
      token: who.token,
    });

  it('are added, renamed and given a manager by its administrator, and told of in the journal', async () => {
    const added = await put(ada, 'PARK', { name: 'Parkavdelningen' });
    expect([added.status, added.body]).toEqual([
      201,
      { board: 'EÅV', code: 'PARK', name: 'Parkavdelningen', manager: null },
    ]);
    const manager = people.manager.email;
    const given = await put(ada, 'PARK', { name: 'Park och natur', manager });
    expect([given.status, given.body.manager.email]).toEqual([200, manager]);
    expect((await put(ada, 'PARK', { name: 'Park och natur' })).body.manager.email).toBe(manager);
    expect((await put(ada, 'PARK', { name: 'Park och natur', manager: null })).body.manager).toBe(null);
    const sql = `SELECT "what", "after", "actor_name" AS "by" FROM "journal" WHERE "subject_id" = 'EÅV/PARK' ORDER BY "seq"`;
    const told = await rows<{ what: string; after: string }>(app.provider(ReadDatabase).manager, sql);
    expect(told.map(({ what, after }) => [what, JSON.parse(after)])).toEqual([
      ['department-added', { name: 'Parkavdelningen', manager: null }],
      ['department-changed', { name: 'Park och natur', manager }],
      ['department-changed', { manager: null }],
    ]);
  });

  it.each([
    ['P K', { name: 'X' }, 400],
    ['PK', { name: ' ' }, 400],
    ['PK', { name: 'X', manager: 'lena.lasare@example.se' }, 422],
    ['PK', { name: 'X', manager: 'ingen@example.se' }, 422],
    ['PK', { name: 'X', code: 'Y' }, 400],
  ])('take no %s %j', async (code, body, status) => {
    expect((await put(ada, code, body)).status).toBe(status);
  });

  it('have codes that differ in more than case', async () => {
    expect((await put(ada, 'SK', { name: 'Skolavdelningen' })).status).toBe(201);
    for (const code of ['sk', 'Sk']) {
      const answer = await put(ada, code, { name: 'En till' });
      expect(answer).toMatchObject({
        status: 409,
        body: { type: '/problems/department-exists', field: 'code', value: 'SK' },
      });
    }
    expect((await put(ada, 'SK', { name: 'Skolan' })).status).toBe(200);
  });

  it('are changed by nobody else, whatever the role and the board', async () => {
    for (const role of ROLES) {
      for (const board of ['EÅV', 'ÄLV']) {
        const seed = { email: `${role}-${board}@example.se`.toLowerCase(), name: role, roles: { [board]: [role] } };
        const who = await seedPerson(app, seed);
        const { status } = await put(who, `T-${role}`.slice(0, 20), { name: `T ${role}` });
        const expected = board === 'ÄLV' ? 422 : role === 'admin' ? 201 : 403;
        expect([role, board, status]).toEqual([role, board, expected]);
      }
    }
  });
});
