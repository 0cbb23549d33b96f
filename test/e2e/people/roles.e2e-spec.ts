import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { localDate } from '../../../src/domain/calendar/local-date.js';
import { RuleError } from '../../../src/domain/errors.js';
import type { Role } from '../../../src/domain/referral/permissions.js';
import { SetRoles } from '../../../src/features/organisation/set-roles.js';
import type { Actor } from '../../../src/features/people/actor.js';
import { Actors } from '../../../src/features/people/actors.js';
import { PeopleRepository } from '../../../src/features/people/people.repository.js';
import { ReadDatabase } from '../../../src/platform/database/read-database.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { ENGINES, startApp, type TestApp } from '../../support/app.js';
import { seedBoard, seedPerson, type SeededPerson } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';

describe.each(ENGINES)('roles at a board, on %s', (engine) => {
  let app: TestApp;
  let ada: Actor;
  let foreign: Actor;

  const seed = (name: string, roles: Parameters<typeof seedPerson>[1]['roles'] = {}): Promise<SeededPerson> =>
    seedPerson(app, { email: `${name.toLowerCase()}@example.se`, name, roles });
  const actorOf = async (name: string, roles: Parameters<typeof seedPerson>[1]['roles']): Promise<Actor> => {
    const person = await seed(name, roles);
    return app
      .provider(Actors)
      .actorOf(app.provider(ReadDatabase).manager, { ...person, name }, localDate('2023-09-11'));
  };
  const set = (
    by: Actor,
    id: string,
    from: readonly Role[],
    roles: readonly Role[],
    board = 'EÅV',
  ): Promise<string> => {
    const wanted = { board, roles, department: null, from: { roles: from, department: null } };
    return app
      .provider(UnitOfWork)
      .run((tx) => app.provider(SetRoles).execute(tx, by, id, wanted))
      .then(
        () => 'done',
        (error: unknown) => (error instanceof RuleError ? error.code : String(error)),
      );
  };
  const rolesOf = async (id: string) =>
    (await app.provider(PeopleRepository).rolesOf(app.provider(ReadDatabase).manager, id)).map(
      ({ board, role }) => `${board} ${role}`,
    );

  beforeAll(async () => {
    app = await startApp({ clock: new SettableClock('2023-09-11T08:41:00.000Z'), engine, process: 'web' });
    await seedBoard(app);
    await seedBoard(app, 'ÄLV', 'Älvsjö stadsdelsnämnd');
    ada = await actorOf('Ada', { EÅV: ['admin'] });
    foreign = await actorOf('Arvid', { ÄLV: ['admin'] });
  });
  afterAll(() => app.close());

  it('are changed by one of two who change them at once, and the other is told', async () => {
    const { id } = await seed('Kim', { EÅV: ['reader'] });
    const outcomes = await Promise.all([
      set(ada, id, ['reader'], ['officer']),
      set(ada, id, ['reader'], ['secretary']),
    ]);
    expect([...outcomes].sort()).toEqual(['done', 'version-stale']);
    expect(await rolesOf(id)).toEqual([outcomes[0] === 'done' ? 'EÅV officer' : 'EÅV secretary']);
  });

  it('are as another wanted them already: nothing to tell of', async () => {
    const { id } = await seed('Kaj', { EÅV: ['officer'] });
    expect(await set(ada, id, ['reader'], ['officer'])).toBe('done');
    expect(await rolesOf(id)).toEqual(['EÅV officer']);
  });

  it('are given by any administrator to who has none anywhere, and else by the board’s', async () => {
    const { id } = await seed('Rolf');
    expect(await set(foreign, id, [], ['reader'])).toBe('forbidden');
    expect(await set(foreign, id, [], ['reader'], 'ÄLV')).toBe('done');
    expect(await set(ada, id, [], ['reader'])).toBe('not-found');
    expect(await rolesOf(id)).toEqual(['ÄLV reader']);
  });
});
