import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '../../../src/domain/referral/permissions.js';
import { ForgetAnswers } from '../../../src/features/operations/forget-answers.js';
import { PeopleRepository } from '../../../src/features/people/people.repository.js';
import { ReadDatabase } from '../../../src/platform/database/read-database.js';
import { row } from '../../../src/platform/database/sql.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { startApp, type TestApp } from '../../support/app.js';
import { seedModelBoard, seedPerson, type ModelBoard } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';

const clock = new SettableClock('2023-09-11T08:00:00Z');
let app: TestApp;
let people: ModelBoard;

beforeAll(async () => {
  app = await startApp({ clock });
  people = await seedModelBoard(app);
});
afterAll(() => app.close());

let remisses = 0;
const aRemiss = (more: Readonly<Record<string, unknown>> = {}) => ({
  board: 'EÅV',
  title: `Remiss ${++remisses}`,
  sender: 'Kommunstyrelsen',
  receivedOn: '2023-09-11',
  ...more,
});

const register = (body: unknown, key?: string, token = people.registrar.token) =>
  app.post('/api/v1/referrals', body, { token, headers: key === undefined ? {} : { 'Idempotency-Key': key } });

const count = async (table: string): Promise<number> => {
  const found = await row<{ n: number }>(app.provider(ReadDatabase).manager, `SELECT count(*) AS "n" FROM "${table}"`);
  return Number(found?.n);
};

describe('a repeated request', () => {
  it('gets the first answer as it was, and nothing is done twice', async () => {
    const body = aRemiss();
    const first = await register(body, 'nyckel-1');
    expect(first.status).toBe(201);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    const before = await count('referral');

    const again = await register(body, 'nyckel-1');
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await count('referral')).toBe(before);
  });

  it('shows no more than may be seen by now, when the case has become secret and somebody else’s', async () => {
    const { officer, registrar } = people;
    const other = await seedPerson(app, { email: 'omar@example.se', name: 'Omar', roles: { EÅV: ['officer'] } });
    const { id } = (await register(aRemiss({ officer: officer.email }))).body;
    const path = `/api/v1/referrals/${id}`;
    const start = () =>
      app.post(
        `${path}/steps`,
        { step: 'start' },
        { token: officer.token, headers: { 'Idempotency-Key': 'nyckel-s' } },
      );
    expect((await start()).body).toMatchObject({ readable: true, sender: 'Kommunstyrelsen' });
    await app.post(`${path}/assignment`, { officer: other.email }, { token: registrar.token });
    const { version } = (await app.get(path, { token: registrar.token })).body;
    const secrecy = { secrecy: { provision: 'OSL 18 kap. 1 §' } };
    const marked = await app.patch(path, secrecy, { token: registrar.token, headers: { 'If-Match': `"${version}"` } });
    expect(marked.status).toBe(200);
    const again = await start();
    expect(again.status).toBe(200);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body).toMatchObject({ readable: false, title: null, sender: null });
  });

  it('shows a receipt, an absence or a meeting only to who may see it by now', async () => {
    const roles = { EÅV: ['admin', 'secretary', 'officer'] } as const;
    const sara = await seedPerson(app, { email: 'sara.sekreterare@example.se', name: 'Sara', roles });
    const leaver = await seedPerson(app, { email: 'lars@example.se', name: 'Lars', roles: { EÅV: ['officer'] } });
    const { id } = (await register(aRemiss({ officer: leaver.email, meeting: '2023-11-23', answerDue: '2023-12-20' })))
      .body;
    const keyed = (key: string) => ({ token: sara.token, headers: { 'Idempotency-Key': key } });
    const meeting = `/api/v1/boards/${encodeURIComponent('EÅV')}/meetings/2023-11-23`;
    const absence = { person: leaver.email, substitute: people.officer.email, from: '2023-12-04', to: '2023-12-08' };
    const move = () => app.put(meeting, { date: '2023-11-22' }, keyed('flytt'));
    const handOver = () =>
      app.post('/api/v1/handovers', { from: leaver.email, to: people.officer.email }, keyed('lamna'));
    const away = () => app.post('/api/v1/absences', absence, keyed('borta'));
    const acts = [move, handOver, away];
    const first = [];
    for (const act of acts) first.push(await act());
    expect(first.map(({ status }) => status)).toEqual([200, 201, 201]);
    expect(first[0]?.body.replanned).toMatchObject([{ id }]);
    for (const [at, act] of acts.entries()) expect((await act()).body).toEqual(first[at]?.body);

    const drop = (...gone: Role[]) =>
      app.provider(UnitOfWork).run(async (tx) => {
        for (const role of gone) await app.provider(PeopleRepository).removeRole(tx, sara.id, 'EÅV', role);
      });
    await drop('admin', 'secretary');
    expect(await move()).toMatchObject({ status: 200, body: { date: '2023-11-22', replanned: [] } });
    for (const act of [handOver, away]) {
      const { status, body } = await act();
      expect({ status, shown: JSON.stringify(body).includes('Lars') }).toEqual({ status: 403, shown: false });
    }
    await drop('officer');
    expect((await move()).status).toBe(404);
  });

  it('is the same also when its fields stand in another order', async () => {
    const body = aRemiss();
    const first = await register(body, 'nyckel-2');
    const turned = Object.fromEntries(Object.entries(body).reverse());
    expect((await register(turned, 'nyckel-2')).body.id).toBe(first.body.id);
  });

  it('with another body is refused', async () => {
    await register(aRemiss(), 'nyckel-3');
    const before = await count('referral');
    const other = await register(aRemiss(), 'nyckel-3');
    expect(other.status).toBe(422);
    expect(other.body).toMatchObject({
      type: '/problems/idempotency-key-reused',
      errors: [{ field: 'Idempotency-Key' }],
    });
    expect(await count('referral')).toBe(before);
  });

  it('that failed is done when it comes again', async () => {
    const body = aRemiss({ receivedOn: '2023-09-12' });
    expect((await register(body, 'nyckel-4')).status).toBe(422);
    clock.set('2023-09-12T08:00:00Z');
    const again = await register(body, 'nyckel-4');
    expect(again.status).toBe(201);
    expect(again.headers.get('idempotency-replayed')).toBeNull();
    clock.set('2023-09-11T08:00:00Z');
  });

  it('at the same time waits for the first and gets its answer', async () => {
    const body = aRemiss();
    const before = await count('referral');
    const answers = await Promise.all(Array.from({ length: 8 }, () => register(body, 'nyckel-5')));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(answers.filter((answer) => answer.headers.get('idempotency-replayed') === null)).toHaveLength(1);
    expect(await count('referral')).toBe(before + 1);
  });

  it('is done again after seven days', async () => {
    const body = aRemiss();
    const first = await register(body, 'nyckel-6');
    clock.set('2023-09-18T07:59:00Z');
    expect((await register(body, 'nyckel-6')).body.id).toBe(first.body.id);
    clock.set('2023-09-18T08:01:00Z');
    const again = await register({ ...body, duplicateReason: 'Kom en gång till' }, 'nyckel-6');
    expect(again.status).toBe(201);
    expect(again.body.id).not.toBe(first.body.id);
    clock.set('2023-09-11T08:00:00Z');
  });
});

describe('an old answer', () => {
  it('is forgotten after seven days', async () => {
    await register(aRemiss(), 'nyckel-8');
    const before = await count('idempotency');
    expect(before).toBeGreaterThan(0);
    expect(await app.provider(ForgetAnswers).execute()).toBe(0);
    clock.set('2023-09-30T08:00:00Z');
    expect(await app.provider(ForgetAnswers).execute()).toBe(before);
    expect(await count('idempotency')).toBe(0);
    clock.set('2023-09-11T08:00:00Z');
  });
});

describe('a key', () => {
  it('is one person’s own', async () => {
    const body = aRemiss();
    await register(body, 'nyckel-7');
    const other = await register(body, 'nyckel-7', people.reader.token);
    expect(other.status).toBe(403);
  });

  it.each([
    ['x'.repeat(256), 'too long'],
    ['å', 'not ASCII'],
  ])('%.10s is refused: %s', async (key) => {
    const answer = await register(aRemiss(), key);
    expect(answer.body).toMatchObject({ type: '/problems/idempotency-key-invalid', status: 400 });
  });
});

describe('a change', () => {
  it('needs the version that was read, before its body is looked at', async () => {
    const { body: made, headers } = await register(aRemiss());
    const path = `/api/v1/referrals/${made.id}`;
    const { token } = people.registrar;
    const bad = { title: 'Rättad', unknown: true };

    const without = await app.patch(path, bad, { token });
    expect(without.body).toMatchObject({ type: '/problems/version-missing', status: 428 });
    const stale = await app.patch(path, bad, { token, headers: { 'If-Match': '"999"' } });
    expect(stale.body).toMatchObject({ type: '/problems/version-stale', status: 412, version: made.version });
    const weak = await app.patch(path, bad, { token, headers: { 'If-Match': 'W/"1"' } });
    expect(weak.status).toBe(412);
    const current = await app.patch(path, bad, { token, headers: { 'If-Match': headers.get('etag') ?? '' } });
    expect(current.body).toMatchObject({ type: '/problems/invalid-request', errors: [{ field: 'unknown' }] });
  });

  it('that is repeated with a key is answered as the first time, though the version has moved on', async () => {
    const { body: made, headers } = await register(aRemiss());
    const path = `/api/v1/referrals/${made.id}`;
    const options = {
      token: people.registrar.token,
      headers: {
        'If-Match': headers.get('etag') ?? '',
        'Idempotency-Key': 'rättelse-1'.normalize('NFD').replace(/\W/g, ''),
      },
    };
    const first = await app.patch(path, { title: 'Rättad' }, options);
    expect(first.status).toBe(200);
    expect(first.body.version).toBeGreaterThan(made.version);
    const again = await app.patch(path, { title: 'Rättad' }, options);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const other = { ...options, headers: { ...options.headers, 'Idempotency-Key': 'another' } };
    expect((await app.patch(path, { title: 'Rättad igen' }, other)).status).toBe(412);
  });

  it('made by two at once is kept from one of them', async () => {
    const { body: made, headers } = await register(aRemiss());
    const options = { token: people.registrar.token, headers: { 'If-Match': headers.get('etag') ?? '' } };
    const titles = ['Ett', 'Två', 'Tre', 'Fyra'];
    const answers = await Promise.all(
      titles.map((title) => app.patch(`/api/v1/referrals/${made.id}`, { title }, options)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
  });
});
