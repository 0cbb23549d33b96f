import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { revokeToken, seedAbsence, seedBoard, seedDepartment, seedPerson } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';

const clock = new SettableClock('2026-03-02T08:00:00Z');
let app: TestApp;

beforeAll(async () => {
  app = await startApp({ clock });
  await seedBoard(app);
  await seedBoard(app, 'KS', 'Kommunstyrelsen');
});
afterAll(() => app.close());

const unauthenticated = (body: unknown) =>
  expect(body).toEqual({
    type: '/problems/unauthenticated',
    title: 'Du är inte inloggad',
    status: 401,
    detail: expect.any(String),
    instance: expect.any(String),
  });

describe('who asks', () => {
  it('is known by a bearer token', async () => {
    const person = await seedPerson(app, {
      email: 'rut.registrator@example.se',
      name: 'Rut Registrator',
      roles: { EÅV: ['registrar', 'reader'] },
    });
    const answer = await app.get('/api/v1/me', { token: person.token });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      id: person.id,
      name: 'Rut Registrator',
      email: 'rut.registrator@example.se',
      roles: { EÅV: ['reader', 'registrar'] },
      manages: [],
      actsFor: [],
    });
  });

  it.each<[string | undefined, string]>([
    [undefined, 'nothing'],
    ['diar_' + 'A'.repeat(43), 'a guessed token of the right shape'],
    ['hej', 'no token at all'],
    ["diar_' OR 1=1 --", 'an attempt at SQL'],
  ])('is nobody with %p (%s)', async (token, _why) => {
    const answer = await app.get('/api/v1/me', token === undefined ? {} : { token });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe(
      token === undefined ? 'Bearer realm="diarium"' : 'Bearer realm="diarium", error="invalid_token"',
    );
    unauthenticated(answer.body);
  });

  it('is nobody any more from the moment the token is revoked', async () => {
    const person = await seedPerson(app, { email: 'mona@example.se', name: 'Mona' });
    expect((await app.get('/api/v1/me', { token: person.token })).status).toBe(200);
    await revokeToken(app, person.tokenId);
    expect((await app.get('/api/v1/me', { token: person.token })).status).toBe(401);
  });

  it('is nobody any more on the day after the last', async () => {
    const person = await seedPerson(app, { email: 'lars@example.se', name: 'Lars', endedOn: '2026-03-10' });
    clock.set('2026-03-09T22:59:00Z');
    expect((await app.get('/api/v1/me', { token: person.token })).status).toBe(200);
    clock.set('2026-03-09T23:01:00Z');
    expect((await app.get('/api/v1/me', { token: person.token })).status).toBe(401);
    clock.set('2026-03-02T08:00:00Z');
  });
});

describe('a substitute', () => {
  it('has the rights of those away today, along a chain, but not the right to administer', async () => {
    const away = await seedPerson(app, {
      email: 'cesar.chef@example.se',
      name: 'Cesar Chef',
      roles: { KS: ['manager', 'admin'] },
    });
    await seedDepartment(app, { board: 'KS', code: 'HR', managerId: away.id });
    const between = await seedPerson(app, { email: 'mellan@example.se', name: 'Mellan', roles: { KS: ['officer'] } });
    const there = await seedPerson(app, {
      email: 'vikarie@example.se',
      name: 'Vikarie',
      roles: { EÅV: ['officer'], KS: ['secretary'] },
    });
    await seedAbsence(app, { personId: away.id, substituteId: between.id, from: '2026-03-02', to: '2026-03-06' });
    await seedAbsence(app, { personId: between.id, substituteId: there.id, from: '2026-03-03', to: '2026-03-03' });

    expect((await app.get('/api/v1/me', { token: there.token })).body.actsFor).toEqual([]);
    clock.set('2026-03-03T08:00:00Z');
    expect((await app.get('/api/v1/me', { token: there.token })).body).toMatchObject({
      roles: { EÅV: ['officer'], KS: ['manager', 'officer', 'secretary'] },
      manages: ['KS/HR'],
      actsFor: [away.id, between.id].sort(),
    });
    clock.set('2026-03-04T08:00:00Z');
    const after = (await app.get('/api/v1/me', { token: there.token })).body.roles;
    expect(after).toEqual({ EÅV: ['officer'], KS: ['secretary'] });
    clock.set('2026-03-02T08:00:00Z');
  });

  it('of each other are two who both keep their rights', async () => {
    const one = await seedPerson(app, { email: 'ett@example.se', name: 'Ett', roles: { EÅV: ['officer'] } });
    const two = await seedPerson(app, { email: 'tva@example.se', name: 'Två', roles: { EÅV: ['secretary'] } });
    await seedAbsence(app, { personId: one.id, substituteId: two.id, from: '2026-03-02', to: '2026-03-02' });
    await seedAbsence(app, { personId: two.id, substituteId: one.id, from: '2026-03-02', to: '2026-03-02' });
    const answer = await app.get('/api/v1/me', { token: one.token });
    expect(answer.body).toMatchObject({ roles: { EÅV: ['officer', 'secretary'] }, actsFor: [two.id] });
  });
});
