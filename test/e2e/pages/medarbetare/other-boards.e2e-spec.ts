import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { localDate } from '../../../../src/domain/calendar/local-date.js';
import { changeBoards } from '../../../../src/features/boards/board-turns.js';
import { SetRoles, type RolesThere } from '../../../../src/features/organisation/set-roles.js';
import { Actors } from '../../../../src/features/people/actors.js';
import { PeopleRepository } from '../../../../src/features/people/people.repository.js';
import { ReadDatabase } from '../../../../src/platform/database/read-database.js';
import { rows } from '../../../../src/platform/database/sql.js';
import { UnitOfWork } from '../../../../src/platform/database/unit-of-work.js';
import type { TestApp } from '../../../support/app.js';
import { eventually } from '../../../support/eventually.js';
import {
  seedBoard, seedDepartment, seedModelBoard, seedPerson, type ModelBoard, type PersonSeed, type SeededPerson,
} from '../../../support/seed.js'; // prettier-ignore
import { PlainBrowser, seedPassword, startPagesApp, type PageAnswer } from '../../sign-in/pages-app.js';
import { textOf } from '../lista/page-visits.js';

describe('The pages of colleagues and departments, beside another board', () => {
  let app: TestApp;
  let people: ModelBoard;
  let ada: SeededPerson;
  let arvid: SeededPerson;
  let duo: SeededPerson;
  let moa: SeededPerson;

  const seed = (email: string, more: Omit<PersonSeed, 'email'>): Promise<SeededPerson> =>
    seedPerson(app, { email: `${email}@example.se`, ...more });

  beforeAll(async () => {
    app = await startPagesApp({ process: 'web' });
    people = await seedModelBoard(app);
    await seedBoard(app, 'ÄLV', 'Älvsjö stadsdelsnämnd');
    await seedDepartment(app, { board: 'ÄLV', code: 'SK', name: 'Skolavdelningen' });
    await seedDepartment(app, { code: 'PARK', name: 'Parkavdelningen' });
    ada = await seed('ada', { name: 'Ada Admin', roles: { EÅV: ['admin'] } });
    arvid = await seed('arvid', { name: 'Arvid Annan', roles: { ÄLV: ['admin'] } });
    duo = await seed('duo', { name: 'Duo Dubbel', roles: { EÅV: ['admin'], ÄLV: ['admin'] } });
    moa = await seed('moa', { name: 'Moa Annorstädes', roles: { ÄLV: ['manager'] }, department: ['ÄLV', 'SK'] });
    await seedPassword(app, ada, arvid, duo);
  });
  afterAll(() => app.close());

  const signedIn = async (who: SeededPerson): Promise<PlainBrowser> => {
    const plain = new PlainBrowser(app);
    expect((await plain.signIn(who.email)).status).toBe(303);
    return plain;
  };
  const basisOn = async (plain: PlainBrowser, path: string): Promise<string> =>
    (/name="grund" value="([^"]*)"/.exec((await plain.get(path)).body)?.[1] ?? '').replaceAll('&quot;', '"');
  const setRoles = async (by: SeededPerson, id: string, board: string, from: RolesThere, to: RolesThere) => {
    const identity = { id: by.id, name: by === arvid ? 'Arvid Annan' : 'Ada Admin', email: by.email };
    const actor = await app
      .provider(Actors)
      .actorOf(app.provider(ReadDatabase).manager, identity, localDate('2023-10-09'));
    await app.provider(UnitOfWork).run((tx) => app.provider(SetRoles).execute(tx, actor, id, { board, ...to, from }));
  };
  /** On PostgreSQL none goes on with the board before all have come to where they wait for it. */
  const atOnce = async (acts: readonly (() => Promise<PageAnswer>)[]): Promise<PageAnswer[]> => {
    if (!app.databaseUrl.startsWith('postgres')) return Promise.all(acts.map((act) => act()));
    const waiting = `SELECT count(*) AS "n" FROM pg_locks WHERE "locktype" = 'advisory' AND NOT "granted"
      AND "database" = (SELECT "oid" FROM pg_database WHERE "datname" = current_database())`;
    const { manager } = app.provider(ReadDatabase);
    const begun: Promise<PageAnswer>[] = [];
    await app.provider(UnitOfWork).run(async (tx) => {
      await changeBoards(tx, ['EÅV']);
      begun.push(...acts.map((act) => act()));
      await eventually('all wait for the board', async () => {
        return Number((await rows<{ n: string }>(manager, waiting, []))[0]?.n) === acts.length;
      });
    });
    return Promise.all(begun);
  };
  const managerOf = async (code: string): Promise<string | null> => {
    const sql = 'SELECT "manager_id" AS "id" FROM "department" WHERE "board" = ? AND "code" = ?';
    return (await rows<{ id: string | null }>(app.provider(ReadDatabase).manager, sql, ['EÅV', code]))[0]?.id ?? null;
  };

  it('tell of a manager who can no longer be one at the field, and save nothing', async () => {
    const { id, email } = await seed('maja', { name: 'Maja', roles: { EÅV: ['manager'], ÄLV: ['reader'] } });
    const plain = await signedIn(ada);
    const path = '/avdelningar/EÅV/PARK';
    const grund = await basisOn(plain, path);
    await setRoles(ada, id, 'EÅV', { roles: ['manager'], department: null }, { roles: [], department: null });
    for (const chef of [email, 'ingen@example.se', moa.email, people.reader.email]) {
      const answer = await plain.post(path, { grund, namn: 'Park och natur', chef });
      expect({ chef, status: answer.status }).toEqual({ chef, status: 422 });
      expect(answer.body).toContain('href="#falt-chef"');
      expect(answer.body).toContain('value="Park och natur"');
      expect(answer.body).toMatch(new RegExp(`<option value="${chef}" selected`));
    }
    expect(await managerOf('PARK')).toBe(null);
    expect((await plain.post(path, { grund, namn: 'Park och natur', chef: '' })).status).toBe(303);
  });

  it('take no code that differs from another in case alone', async () => {
    const plain = await signedIn(ada);
    await plain.get('/avdelningar');
    const answer = await plain.post('/avdelningar', { namnd: 'EÅV', namn: 'Parken', kod: 'Park' });
    expect(answer.status).toBe(422);
    expect(textOf(answer.body)).toContain('Nämnden har redan en avdelning med koden ”PARK”.');
    expect(answer.body).toContain('href="#falt-kod"');
    expect(answer.body).toContain('value="Park"');
  });

  it('say the same of the next manager whether the address is someone’s there or nobody’s', async () => {
    const plain = await signedIn(ada);
    const path = `/medarbetare/${people.manager.id}`;
    const grund = await basisOn(plain, path);
    const fields = { namnd: 'EÅV', grund, 'roll-officer': 'ja', avdelning: 'EÅV/HR', steg: 'bekrafta' };
    for (const nychef of [moa.email, 'ingen@example.se']) {
      const answer = await plain.post(`${path}/roller`, { ...fields, nychef });
      expect(answer.status).toBe(422);
      expect(textOf(answer.body)).toContain(`Ingen som arbetar här har adressen ”${nychef}”.`);
    }
    expect(await managerOf('HR')).toBe(people.manager.id);
  });

  it('say of an address that is someone’s there that it is taken, and no more', async () => {
    const plain = await signedIn(ada);
    const path = `/medarbetare/${people.reader.id}/uppgifter`;
    const grund = await basisOn(plain, path);
    const said: string[] = [];
    for (const epost of [moa.email, people.officer.email]) {
      const answer = await plain.post(path, { grund, namn: 'Lena Läsare', epost });
      expect(answer.status).toBe(422);
      said.push(textOf(answer.body).replaceAll(epost, 'X'));
    }
    expect(said[0]).toContain('Adressen ”X” är upptagen.');
    expect(said[0]).not.toContain('nämndens förvaltning');
    expect(said[0]).toBe(said[1]);
  });

  it('show nobody without a role who is in a department there, and give nobody here their account', async () => {
    const { id, email } = await seed('rolf', { name: 'Rolf Rolös', department: ['ÄLV', 'SK'] });
    const roles = { namnd: 'EÅV', grund: '/', 'roll-reader': 'ja' };
    const details = {
      grund: JSON.stringify(['Rolf Rolös', email, null, null]),
      namn: 'Rolf',
      epost: 'ada2@example.se',
    };
    const plain = await signedIn(ada);
    expect(textOf((await plain.get('/medarbetare')).body)).not.toContain('Rolf Rolös');
    for (const path of ['', '/uppgifter']) expect((await plain.get(`/medarbetare/${id}${path}`)).status).toBe(404);
    for (const [path, fields] of [
      ['roller', roles],
      ['uppgifter', details],
      ['sluta', { till: people.officer.email, dag: '2023-10-09' }],
      ['ateroppna', {}],
      ['skicka-lanken', {}],
    ] as const) {
      await plain.get('/medarbetare');
      expect([path, (await plain.post(`/medarbetare/${id}/${path}`, fields)).status]).toEqual([path, 404]);
    }
    const theirs = await signedIn(arvid);
    expect(textOf((await theirs.get('/medarbetare')).body)).toContain('Rolf Rolös');
    const path = `/medarbetare/${id}/uppgifter`;
    await theirs.get(path);
    expect((await theirs.post(path, { ...details, epost: email, titel: 'Rektor' })).status).toBe(303);
  });

  it('let an administrator of one board give no other address to whoever is somewhere else too', async () => {
    const whose = [
      ['here alone', { roles: { EÅV: ['reader'] } }, ['ada', 'duo']],
      ['there alone', { roles: { ÄLV: ['reader'] } }, ['arvid', 'duo']],
      ['at both', { roles: { EÅV: ['reader'], ÄLV: ['reader'] } }, ['duo']],
      ['here, and administers there', { roles: { EÅV: ['reader'], ÄLV: ['admin'] } }, ['duo']],
      ['at both, in a department here', { roles: { EÅV: ['reader'], ÄLV: ['reader'] }, department: ['EÅV', 'HR'] }, ['duo']],
      ['in a department here', { department: ['EÅV', 'HR'] }, ['ada', 'duo']],
      ['in a department there', { department: ['ÄLV', 'SK'] }, ['arvid', 'duo']],
      ['nowhere', {}, ['ada', 'arvid', 'duo']],
    ] as const; // prettier-ignore
    const administrators = [
      ['ada', await signedIn(ada)],
      ['arvid', await signedIn(arvid)],
      ['duo', await signedIn(duo)],
    ] as const;
    for (const [what, more, may] of whose) {
      const name = what.replaceAll(/\W/g, '');
      const { id } = await seed(name, { name, ...more });
      const moved: string[] = [];
      for (const [who, plain] of administrators) {
        const { email } = (await app.provider(PeopleRepository).findById(app.provider(ReadDatabase).manager, id)) ?? {};
        const grund = JSON.stringify([name, email, null, null]);
        await plain.get('/medarbetare');
        const fields = { grund, namn: name, epost: `${name}.${who}@example.se`, steg: 'bekrafta' };
        if ((await plain.post(`/medarbetare/${id}/uppgifter`, fields)).status === 303) moved.push(who);
      }
      expect({ what, moved }).toEqual({ what, moved: may });
    }
  });

  it('tell who was first with the roles here, and never who changed them there', async () => {
    const { id } = await seed('kim', { name: 'Kim', roles: { EÅV: ['reader'], ÄLV: ['reader'] } });
    const plain = await signedIn(ada);
    const path = `/medarbetare/${id}`;
    await plain.get(path);
    await setRoles(arvid, id, 'ÄLV', { roles: ['reader'], department: null }, { roles: ['officer'], department: null });
    const fields = { namnd: 'EÅV', 'roll-officer': 'ja' };
    const nobody = await plain.post(`${path}/roller`, fields);
    expect(nobody.status).toBe(409);
    expect(textOf(nobody.body)).toContain('Någon annan, eller du själv i ett annat fönster, ändrade rollerna');
    expect(textOf(nobody.body)).not.toContain('Under tiden');
    await setRoles(ada, id, 'EÅV', { roles: ['reader'], department: null }, { roles: ['secretary'], department: null });
    await setRoles(arvid, id, 'ÄLV', { roles: ['officer'], department: null }, { roles: ['reader'], department: null });
    const both = await signedIn(duo);
    await both.get(`${path}?namnd=EÅV`);
    const named = await both.post(`${path}/roller`, { ...fields, grund: 'reader/' });
    expect(named.status).toBe(409);
    expect(textOf(named.body)).toContain('Ada Admin ändrade rollerna medan du hade sidan öppen');
    expect(textOf(named.body)).toContain('Under tiden Ändrat av Ada Admin 9 oktober 2023 kl. 10.00');
    expect(textOf(named.body)).not.toContain('Arvid Annan');
  });

  it('tell who was first with the details, when that is someone here', async () => {
    const { id, email } = await seed('kaj', { name: 'Kaj', roles: { EÅV: ['reader'] } });
    const path = `/medarbetare/${id}/uppgifter`;
    const [first, second] = [await signedIn(ada), await signedIn(duo)];
    const grund = await basisOn(first, path);
    await second.get(path);
    expect((await first.post(path, { grund, namn: 'Kaj Kaj', epost: email })).status).toBe(303);
    const late = await second.post(path, { grund, namn: 'Kaj', epost: email, titel: 'Vaktmästare' });
    expect(late.status).toBe(409);
    expect(textOf(late.body)).toContain('Ada Admin ändrade uppgifterna medan du hade sidan öppen');
    expect(textOf(late.body)).toContain('Under tiden Ändrat av Ada Admin 9 oktober 2023 kl. 10.00');
  });

  it('tell at once that the department has a manager already, and save the roles of the one who was added to it', async () => {
    const plain = await signedIn(duo);
    const mia = await seed('mia', { name: 'Mia Annorstädes', roles: { ÄLV: ['manager'] }, department: ['ÄLV', 'SK'] });
    await plain.get('/medarbetare');
    const new_ = { namnd: 'EÅV', namn: 'Mia', epost: mia.email, 'roll-manager': 'ja', avdelning: 'EÅV/HR' };
    const added = await plain.post('/medarbetare', new_);
    const told = textOf((await plain.get(added.location ?? '')).body);
    expect(told).toContain('Personen hör till en avdelning i en annan nämnd, och är kvar i den.');
    expect(told).toContain(
      'Avdelningen har redan en chef, och har kvar den. Personen är inte chef för den avdelningen.',
    );
    expect(await managerOf('HR')).toBe(people.manager.id);

    const path = `/medarbetare/${mia.id}`;
    const roles = { namnd: 'EÅV', 'roll-manager': 'ja', 'roll-officer': 'ja' };
    await plain.get(`${path}?namnd=EÅV`);
    const saved = await plain.post(`${path}/roller`, { ...roles, grund: 'manager/' });
    expect([saved.status, saved.location]).toEqual([303, `${path}?meddelande=roller&namnd=E%C3%85V`]);
    const { manager } = app.provider(ReadDatabase);
    const held = (await app.provider(PeopleRepository).rolesOf(manager, mia.id)).filter(({ board }) => board === 'EÅV');
    expect(held.map(({ role }) => role)).toEqual(['manager', 'officer']);
    expect(await managerOf('HR')).toBe(people.manager.id);
  });

  it('make one the manager of two who are added at once, and tell the other so', async () => {
    await seedDepartment(app, { code: 'BAD', name: 'Badavdelningen' });
    const add = async (name: string) => {
      const plain = await signedIn(duo);
      await plain.get('/medarbetare');
      const epost = `${name}@example.se`;
      return () =>
        plain.post('/medarbetare', { namnd: 'EÅV', namn: name, epost, 'roll-manager': 'ja', avdelning: 'EÅV/BAD' });
    };
    const both = [await add('bo'), await add('bea')];
    const answers = await atOnce(both);
    const words = answers.map(({ location }) => location?.split('=')[1]);
    expect([...words].sort()).toEqual(['tillagd', 'tillagd-chef-finns']);
    const email = words[0] === 'tillagd' ? 'bo@example.se' : 'bea@example.se';
    const manager = await app.provider(PeopleRepository).findByEmail(app.provider(ReadDatabase).manager, email);
    expect(await managerOf('BAD')).toBe(manager?.id);
  });

  it('leave a person in the department there, say so, and give them one here to manage alone', async () => {
    const plain = await signedIn(duo);
    await seedDepartment(app, { code: 'IT', name: 'It-avdelningen' });
    const new_ = { namnd: 'EÅV', namn: 'Någon', epost: moa.email, 'roll-officer': 'ja', avdelning: 'EÅV/HR' };
    await plain.get('/medarbetare');
    const added = await plain.post('/medarbetare', new_);
    expect(added.location).toBe('/medarbetare?meddelande=tillagd-annan');
    expect(textOf((await plain.get(added.location ?? '')).body)).toContain('Personen hör till en avdelning i en annan');

    const path = `/medarbetare/${moa.id}`;
    const shown = textOf((await plain.get(`${path}?namnd=EÅV`)).body);
    expect(shown).toContain('Välj bara en avdelning här som personen ska bli chef för.');
    const save = (fields: Readonly<Record<string, string>>) =>
      plain.post(`${path}/roller`, { namnd: 'EÅV', ...fields });
    for (const fields of [
      { grund: 'officer/', 'roll-officer': 'ja', avdelning: 'EÅV/IT' },
      { grund: 'officer/', 'roll-manager': 'ja', avdelning: 'EÅV/HR' },
    ]) {
      const refused = await save(fields);
      expect(refused.status).toBe(422);
      expect(refused.body).toContain('href="#falt-avdelning"');
      expect(textOf(refused.body)).toContain(
        'Personen hör till en avdelning i en annan nämnd, och kan bara höra till en',
      );
    }
    expect(textOf((await save({ grund: 'officer/', 'roll-manager': 'ja' })).body)).toContain('behöver en avdelning');
    expect((await save({ grund: 'officer/', 'roll-manager': 'ja', avdelning: 'EÅV/IT' })).status).toBe(303);
    expect(await managerOf('IT')).toBe(moa.id);
    const person = await app.provider(PeopleRepository).findById(app.provider(ReadDatabase).manager, moa.id);
    expect([person?.departmentBoard, person?.departmentCode]).toEqual(['ÄLV', 'SK']);

    // What was stored is what the form takes back.
    const grund = /name="grund" value="([^"]*)"/.exec((await plain.get(`${path}?namnd=EÅV`)).body)?.[1] ?? '';
    expect((await save({ grund, 'roll-manager': 'ja', 'roll-officer': 'ja' })).status).toBe(303);
    expect(await managerOf('IT')).toBe(moa.id);
  });
});
