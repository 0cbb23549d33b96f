import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ENGINES, startApp, type TestApp } from '../../support/app.js';
import { freshFolder } from '../../support/database.js';
import { freshPostgresUrl } from '../../support/postgres-server.js';
import { seedMeeting, seedModelBoard, type ModelBoard } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';

const BOTH = 2;
const AT_ONCE = 12;

describe.each(ENGINES)('The version of a meeting, on %s', (engine) => {
  const folder = freshFolder();
  let database: Awaited<ReturnType<typeof freshPostgresUrl>> | null = null;
  let apps: TestApp[];
  let people: ModelBoard;
  let month = 0;
  let on: string;

  beforeAll(async () => {
    database = engine === 'postgres' ? await freshPostgresUrl() : null;
    const env = database === null ? {} : { DATABASE_URL: database.url };
    const clock = new SettableClock('2023-10-09T08:00:00Z');
    const start = () => startApp({ engine, clock, dataDir: folder.path, process: 'web', env });
    apps = [await start()];
    while (database !== null && apps.length < BOTH) apps.push(await start());
    people = await seedModelBoard(app());
  });
  afterAll(async () => {
    for (const one of apps) await one.close();
    await database?.drop();
    folder.remove();
  });
  beforeEach(async () => {
    month += 1;
    on = `2024-${String(month).padStart(2, '0')}-08`;
    await seedMeeting(app(), on);
  });

  const app = (n = 0): TestApp => {
    const one = apps[n % apps.length];
    if (!one) throw new Error('no app');
    return one;
  };
  const pathOf = (date: string): string => `/api/v1/boards/EÅV/meetings/${date}`;
  const as = (ifMatch?: string, more: object = {}) => ({
    token: people.secretary.token,
    headers: { ...(ifMatch === undefined ? {} : { 'If-Match': ifMatch }), ...more },
  });
  const listed = async (): Promise<{ date: string; place: string | null; version: string }[]> =>
    (await app().get('/api/v1/boards', as())).body.items[0].meetings;
  const etag = async (date = on): Promise<string> =>
    `"${(await listed()).find((meeting) => meeting.date === date)?.version ?? ''}"`;
  const stale = { status: 412, type: '/problems/version-stale' };

  it('stands where meetings are listed, and is the ETag of what changes it', async () => {
    const before = await etag();
    const changed = await app().put(pathOf(on), { place: 'Sal A' }, as(before));
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).toBe(await etag());
    expect(`"${changed.body.version}"`).toBe(await etag());
    expect(await etag()).not.toBe(before);
    const refused = await app().put(pathOf(on), { place: 'Sal B' }, as(before));
    expect(refused.body).toMatchObject({ ...stale, version: changed.body.version });
    expect((await listed()).find(({ date }) => date === on)?.place).toBe('Sal A');
  });

  it('lets nobody add where a meeting has moved away, or cancel what has been changed', async () => {
    const before = await etag();
    const moved = on.replace(/08$/, '09');
    expect((await app().put(pathOf(on), { date: moved }, as(before))).status).toBe(200);
    for (const ifMatch of [before, '*']) {
      expect((await app().put(pathOf(on), { place: 'Sal B' }, as(ifMatch))).body).toMatchObject(stale);
      expect((await app().delete(pathOf(on), as(ifMatch))).body).toMatchObject(stale);
    }
    expect((await app().delete(pathOf(moved), as(before))).body).toMatchObject(stale);
    expect((await listed()).map(({ date }) => date)).not.toContain(on);
    const cancelled = await app().delete(pathOf(moved), as(await etag(moved)));
    expect([cancelled.status, cancelled.body.state]).toEqual([200, 'cancelled']);
    const again = await app().delete(pathOf(moved), as(cancelled.headers.get('etag') ?? ''));
    expect(again.body).toMatchObject({ status: 409, type: '/problems/meeting-cancelled' });
    expect((await app().put(pathOf(moved), {}, as(cancelled.headers.get('etag') ?? ''))).body).toMatchObject(stale);
  });

  it('need not be sent, and what is no ETag of ours changes nothing', async () => {
    expect((await app().put(pathOf(on), { place: 'Sal A' }, as())).status).toBe(200);
    for (const ifMatch of ['W/"1"', '"1"', 'x', `${await etag()}, "1"`]) {
      expect((await app().put(pathOf(on), { place: 'Sal B' }, as(ifMatch))).body).toMatchObject(stale);
    }
    expect((await app().put(pathOf(on), { place: 'Sal C' }, as('*'))).status).toBe(200);
  });

  it('is judged once: a repeat with its key gets the first answer', async () => {
    const options = as(await etag(), { 'Idempotency-Key': `key-${on}` });
    const first = await app().put(pathOf(on), { place: 'Sal A' }, options);
    const again = await app(1).put(pathOf(on), { place: 'Sal A' }, options);
    expect([first.status, again.status, again.body]).toEqual([200, 200, first.body]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });

  it('lets one of many through that are sent at once', async () => {
    const before = await etag();
    const asked = Array.from({ length: AT_ONCE }, (_, n) => {
      const body = n % 2 === 0 ? { place: `Sal ${n}` } : { date: on.replace(/08$/, String(10 + n)) };
      return app(n).put(pathOf(on), body, as(before));
    });
    const statuses = (await Promise.all(asked)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array<number>(AT_ONCE - 1).fill(412)]);
    const inMonth = (await listed()).filter(({ date }) => date.startsWith(on.slice(0, 7)));
    expect(inMonth).toHaveLength(1);
  });

  it('is for those who may change it: others learn nothing of it', async () => {
    const options = { token: people.registrar.token, headers: { 'If-Match': '"x"' } };
    expect((await app().put(pathOf(on), { place: 'Sal A' }, options)).status).toBe(403);
    expect((await app().delete(pathOf(on), options)).status).toBe(403);
  });

  it('goes with a time that clocks show on its day', async () => {
    const skipped = { status: 422, type: '/problems/time-skipped', field: 'time', day: '2027-03-28' };
    const spring = { time: '02:30' };
    expect((await app().put(pathOf('2027-03-28'), spring, as())).body).toMatchObject(skipped);
    expect((await app().put(pathOf(on), { ...spring, date: '2027-03-28' }, as())).body).toMatchObject(skipped);
    expect((await app().put(pathOf(on), spring, as())).status).toBe(200);
    expect((await app().put(pathOf(on), { date: '2027-03-28' }, as())).body).toMatchObject(skipped);
  });
});
