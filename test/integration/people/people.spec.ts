import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { localDate } from '../../../src/domain/calendar/local-date.js';
import { RuleError } from '../../../src/domain/errors.js';
import type { Role } from '../../../src/domain/referral/permissions.js';
import { Journal } from '../../../src/features/journal/journal.js';
import { SYSTEM, type Actor } from '../../../src/features/people/actor.js';
import { Actors } from '../../../src/features/people/actors.js';
import { CreateToken } from '../../../src/features/people/create-token.js';
import { PeopleRepository } from '../../../src/features/people/people.repository.js';
import { RevokeToken } from '../../../src/features/people/revoke-token.js';
import { Substitutes } from '../../../src/features/people/substitutes.js';
import { TokenRepository, tokenHash } from '../../../src/features/people/token.repository.js';
import { insertRows, rows } from '../../../src/platform/database/sql.js';
import { freshDatabase, type FreshDatabase } from '../../support/database.js';
import { SettableClock } from '../../support/settable-clock.js';

const AT = '2026-01-02T08:00:00.000Z';
const today = localDate('2026-03-02');
const people = new PeopleRepository();
const substitutes = new Substitutes();
const clock = new SettableClock('2026-03-02T08:00:00Z');
const tokens = new TokenRepository();
const journal = new Journal(clock);

let db: FreshDatabase;
let absences = 0;

beforeAll(async () => {
  db = await freshDatabase();
  const board = [['EÅV', 'KS'].map((code) => [code, code, '{code} {year}/{number}', '{}', '[]', AT])].flat();
  const columns = ['code', 'name', 'number_pattern', 'lead_times', 'closed_days', 'created_at'];
  await db.work.run((tx) => insertRows(tx, 'board', columns, board));
});
afterAll(() => db.close());

async function person(
  id: string,
  { roles = [] as Role[], endedOn = null as string | null, name = id } = {},
): Promise<string> {
  await db.work.run(async (tx) => {
    await people.insert(tx, {
      id,
      email: `${id}@Example.SE`,
      name,
      phone: null,
      title: null,
      departmentBoard: null,
      departmentCode: null,
      endedOn: endedOn === null ? null : localDate(endedOn),
      createdAt: AT,
    });
    for (const role of roles) await people.addRole(tx, id, 'EÅV', role);
  });
  return id;
}

async function away(personId: string, substituteId: string, from: string, to: string, revokedAt: string | null = null) {
  const columns = ['id', 'person_id', 'substitute_id', 'from_day', 'to_day', 'created_at', 'revoked_at'];
  const values = [
    `absence-${++absences}`,
    personId,
    substituteId,
    from,
    to,
    AT.replace('.000', `.${100 + absences}`),
    revokedAt,
  ];
  await db.work.run((tx) => insertRows(tx, 'absence', columns, [values]));
}

const codeOf = (error: unknown): string => (error instanceof RuleError ? error.code : String(error));

describe('people', () => {
  it('are found by address whatever the case of its letters', async () => {
    await person('rut');
    expect((await people.findByEmail(db.read.manager, ' RUT@example.se'))?.id).toBe('rut');
    expect(await people.findByEmail(db.read.manager, 'ingen@example.se')).toBeNull();
  });

  it('who have left are unknown to new cases from their first day away', async () => {
    await person('lars', { endedOn: '2026-03-02' });
    const ask = (day: string) => people.byEmail(db.read.manager, 'lars@example.se', localDate(day), 'officer');
    expect((await ask('2026-03-01')).id).toBe('lars');
    const error = await ask('2026-03-02').catch((one: unknown) => one);
    expect(codeOf(error)).toBe('person-unknown');
    expect((error as RuleError).facts).toEqual({ field: 'officer', value: 'lars@example.se' });
  });

  it('with a role are those of the board who have not left', async () => {
    await person('sixten', { roles: ['secretary'] });
    await person('sara', { roles: ['secretary', 'reader'] });
    await person('sven', { roles: ['secretary'], endedOn: '2026-02-01' });
    const ids = (role: Role, board = 'EÅV') => people.idsWithRole(db.read.manager, board, role, today);
    expect(await ids('secretary')).toEqual(['sara', 'sixten']);
    expect(await ids('reader')).toEqual(['sara']);
    expect(await ids('secretary', 'KS')).toEqual([]);
    expect(await people.hasRole(db.read.manager, 'sara', 'EÅV', ['registrar', 'reader'])).toBe(true);
    expect(await people.hasRole(db.read.manager, 'sara', 'KS', ['reader'])).toBe(false);
    expect(await people.hasRole(db.read.manager, 'sara', 'EÅV', [])).toBe(false);
  });

  it('managing a department do so until they leave, or lose the role', async () => {
    await person('cesar', { endedOn: '2026-03-03', roles: ['manager'] });
    const columns = ['board', 'code', 'name', 'manager_id'];
    await db.work.run((tx) =>
      insertRows(tx, 'department', columns, [
        ['EÅV', 'HR', 'HR', 'cesar'],
        ['EÅV', 'IT', 'IT', null],
      ]),
    );
    const manager = (code: string, day: string) => people.managerOf(db.read.manager, 'EÅV', code, localDate(day));
    expect(await manager('HR', '2026-03-02')).toBe('cesar');
    expect(await manager('HR', '2026-03-03')).toBeNull();
    expect(await manager('IT', '2026-03-02')).toBeNull();
    await db.work.run((tx) => people.removeRole(tx, 'cesar', 'EÅV', 'manager'));
    expect(await manager('HR', '2026-03-02')).toBeNull();
  });

  it('are given and lose a role, and a role given twice is one', async () => {
    await person('rolf');
    await db.work.run(async (tx) => {
      await people.addRole(tx, 'rolf', 'EÅV', 'reader');
      await people.addRole(tx, 'rolf', 'EÅV', 'reader');
      await people.addRole(tx, 'rolf', 'KS', 'officer');
      await people.removeRole(tx, 'rolf', 'KS', 'officer');
    });
    expect(await people.rolesOf(db.read.manager, 'rolf')).toEqual([{ board: 'EÅV', role: 'reader' }]);
  });
});

describe('a substitute', () => {
  const standsInFor = (id: string, day = '2026-03-02', board = 'EÅV') =>
    substitutes.substituteFor(db.read.manager, id, board, localDate(day));
  const actorOf = (id: string, day = today) =>
    new Actors().actorOf(db.read.manager, { id, name: id, email: `${id}@x` }, day);
  const standInsOf = ({ standsInFor: whom }: Actor) =>
    Object.fromEntries([...whom].map(([board, there]) => [board, [...there].sort()]));

  it('is the person at the end of the chain, on the days of the absence', async () => {
    for (const id of ['a', 'b', 'c']) await person(id, { roles: ['officer'] });
    await away('a', 'b', '2026-03-02', '2026-03-04');
    await away('b', 'c', '2026-03-03', '2026-03-03');
    expect(await standsInFor('a', '2026-03-01')).toBe('a');
    expect(await standsInFor('a', '2026-03-02')).toBe('b');
    expect(await standsInFor('a', '2026-03-03')).toBe('c');
    expect(await standsInFor('a', '2026-03-04')).toBe('b');
    expect(await standsInFor('a', '2026-03-05')).toBe('a');
  });

  it('is the person in question when the chain goes round', async () => {
    for (const id of ['d', 'e', 'f', 'g']) await person(id, { roles: ['officer'] });
    await away('d', 'e', '2026-03-02', '2026-03-02');
    await away('e', 'f', '2026-03-02', '2026-03-02');
    await away('f', 'd', '2026-03-02', '2026-03-02');
    await away('g', 'd', '2026-03-02', '2026-03-02');
    expect(await standsInFor('d')).toBe('d');
    expect(await standsInFor('g')).toBe('g');
  });

  it('who has left, or whose absence was revoked, does not count; the absence entered last does', async () => {
    for (const id of ['h', 'i', 'j', 'k']) await person(id, { roles: ['officer'] });
    await person('gone', { endedOn: '2026-03-01', roles: ['officer'] });
    await away('h', 'gone', '2026-03-02', '2026-03-02');
    await away('i', 'j', '2026-03-02', '2026-03-02', AT);
    await away('k', 'i', '2026-03-02', '2026-03-02');
    await away('k', 'j', '2026-03-02', '2026-03-02');
    expect(await standsInFor('h')).toBe('h');
    expect(await standsInFor('i')).toBe('i');
    expect(await standsInFor('k')).toBe('j');
  });

  it('is found for many at once', async () => {
    const ids = ['a', 'd', 'k', 'nobody'];
    const found = await substitutes.substitutesFor(db.read.manager, ids, localDate('2026-03-02'));
    expect(ids.map((id) => found.at(id, 'EÅV'))).toEqual(['b', 'd', 'j', 'nobody']);
    expect(ids.map((id) => found.at(id, 'KS'))).toEqual(ids);
    expect((await substitutes.substitutesFor(db.read.manager, [], today)).at('a', 'EÅV')).toBe('a');
  });

  it('has the rights of those it acts for, and is told who they are', async () => {
    expect(standInsOf(await actorOf('c', localDate('2026-03-03')))).toEqual({ EÅV: ['a', 'b'] });
    expect(standInsOf(await actorOf('d'))).toEqual({ EÅV: ['e', 'f', 'g'] });
  });

  it('stands in nobody who works at a board where the substitute only reads, by right or by mail', async () => {
    await person('rune', { roles: ['registrar', 'admin'] });
    await person('lena', { roles: ['reader', 'admin'] });
    await person('olle', { roles: ['officer'] });
    await away('rune', 'lena', '2026-03-02', '2026-03-02');
    const rolesOf = async (id: string) => {
      const actor = await actorOf(id);
      return [[...(actor.roles.get('EÅV') ?? [])].sort(), standInsOf(actor)];
    };
    expect(await rolesOf('lena')).toEqual([['admin', 'reader'], {}]);
    expect(await standsInFor('rune')).toBe('rune');
    await away('rune', 'olle', '2026-03-02', '2026-03-02');
    expect(await rolesOf('olle')).toEqual([['officer', 'registrar'], { EÅV: ['rune'] }]);
    expect(await standsInFor('rune')).toBe('olle');
  });

  it('does not get roles at boards where only the one who is away has a part', async () => {
    await person('maja', { roles: ['registrar'] });
    await person('nils', { roles: ['officer'] });
    await db.work.run((tx) => people.addRole(tx, 'maja', 'KS', 'reader'));
    await away('maja', 'nils', '2026-03-02', '2026-03-02');
    expect([...(await actorOf('nils')).roles.keys()]).toEqual(['EÅV']);
  });

  it('stands in at the boards where the substitute works, whatever role the one who is away has got at another', async () => {
    await person('anna', { roles: ['manager'] });
    await person('siri', { roles: ['officer'] });
    await away('anna', 'siri', '2026-03-02', '2026-03-02');
    await db.work.run(async (tx) => {
      await people.addRole(tx, 'anna', 'KS', 'secretary');
      await people.addRole(tx, 'siri', 'KS', 'reader');
    });
    const siri = await actorOf('siri');
    expect(standInsOf(siri)).toEqual({ EÅV: ['anna'] });
    expect([...siri.roles].map(([board, there]) => [board, [...there].sort()]).sort()).toEqual([
      ['EÅV', ['manager', 'officer']],
      ['KS', ['reader']],
    ]);
    expect([await standsInFor('anna'), await standsInFor('anna', today, 'KS')]).toEqual(['siri', 'anna']);
    await db.work.run((tx) => people.addRole(tx, 'siri', 'KS', 'officer'));
    expect(standInsOf(await actorOf('siri'))).toEqual({ EÅV: ['anna'], KS: ['anna'] });
    expect(await standsInFor('anna', today, 'KS')).toBe('siri');
  });

  it('is not reached along a chain at a board where the one in between does not work', async () => {
    for (const id of ['first', 'between', 'last']) await person(id, { roles: ['officer'] });
    await db.work.run(async (tx) => {
      for (const id of ['first', 'last']) await people.addRole(tx, id, 'KS', 'officer');
    });
    await away('first', 'between', '2026-03-02', '2026-03-02');
    await away('between', 'last', '2026-03-02', '2026-03-02');
    expect(standInsOf(await actorOf('last'))).toEqual({ EÅV: ['between', 'first'] });
    expect([await standsInFor('first'), await standsInFor('first', today, 'KS')]).toEqual(['last', 'first']);
  });
});

describe('a token', () => {
  const create = () => new CreateToken(db.work, clock, people, tokens, journal);
  const revoke = () => new RevokeToken(db.work, clock, tokens, journal);

  it('is kept as a hash only, and its making and end stand in the journal', async () => {
    await person('tove', { name: 'Tove' });
    const { id, token } = await create().execute(SYSTEM, { email: 'Tove@example.se', label: 'Test' });
    expect(token).toMatch(/^diar_[\w-]{43}$/);
    const stored = await rows<Record<string, string>>(db.read.manager, 'SELECT * FROM "api_token"');
    expect(stored).toHaveLength(1);
    expect(JSON.stringify(stored)).not.toContain(token.slice(5));
    expect(stored[0]?.['hash']).toBe(tokenHash(token));
    expect((await tokens.holderOf(db.read.manager, token, today))?.name).toBe('Tove');

    await revoke().execute(SYSTEM, id);
    await revoke().execute(SYSTEM, id);
    expect(await tokens.holderOf(db.read.manager, token, today)).toBeNull();
    const events = await rows<{ what: string }>(
      db.read.manager,
      'SELECT "what" FROM "journal" WHERE "subject_id" = ? ORDER BY "seq"',
      ['tove'],
    );
    expect(events.map(({ what }) => what)).toEqual(['token-created', 'token-revoked']);
    expect(await tokens.list(db.read.manager)).toEqual([
      { id, email: 'tove@example.se', label: 'Test', createdAt: expect.any(String), revokedAt: expect.any(String) },
    ]);
  });

  it('is made for nobody who is unknown or has left, and one that is unknown is not revoked', async () => {
    const refused = (act: Promise<unknown>) => act.then(() => 'done', codeOf);
    expect(await refused(create().execute(SYSTEM, { email: 'ingen@example.se' }))).toBe('person-unknown');
    expect(await refused(create().execute(SYSTEM, { email: 'gone@example.se' }))).toBe('person-unknown');
    expect(await refused(revoke().execute(SYSTEM, 'unknown'))).toBe('not-found');
  });
});
