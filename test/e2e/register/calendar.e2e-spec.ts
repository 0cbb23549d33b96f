import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { PeopleRepository } from '../../../src/features/people/people.repository.js';
import type { Role } from '../../../src/domain/referral/permissions.js';
import { change } from '../../../src/platform/database/sql.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { ENGINES, startApp, type TestAnswer, type TestApp } from '../../support/app.js';
import {
  seedAbsence,
  seedBoard,
  seedModelBoard,
  seedPerson,
  type ModelBoard,
  type SeededPerson,
} from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';

interface Shown {
  readonly uid: string;
  readonly day: string;
  readonly summary: string;
  readonly description: string | null;
  readonly sequence: number;
  readonly status: string;
}

/** The events of a file, read by another library than the one that wrote it. */
function eventsIn(text: string): Shown[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  expect(calendar.name).toBe('vcalendar');
  expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    expect(event.startDate.isDate).toBe(true);
    expect(component.hasProperty('dtstamp')).toBe(true);
    return {
      uid: event.uid,
      day: event.startDate.toString(),
      summary: event.summary,
      description: event.description,
      sequence: Number(event.sequence),
      status: String(component.getFirstPropertyValue('status')),
    };
  });
}

describe('A calendar feed', () => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  let app: TestApp;
  let people: ModelBoard;
  let other: SeededPerson;
  let model: { id: string; version: number };

  const create = async (by: SeededPerson, board?: string): Promise<{ id: string; path: string }> => {
    const { status, body } = await app.post('/api/v1/calendars', board === undefined ? {} : { board }, {
      token: by.token,
    });
    expect([status, body]).toEqual([201, expect.objectContaining({ board: board ?? null })]);
    expect(body.address).toMatch(/^https:\/\/diarium\.example\.se\/kalender\/[A-Za-z0-9_-]{43}\.ics$/);
    return { id: body.id, path: new URL(body.address).pathname };
  };
  const read = async (path: string): Promise<Shown[]> => {
    const { status, body, type } = await app.get(path);
    expect([status, type]).toEqual([200, 'text/calendar; charset=utf-8']);
    return eventsIn(body);
  };
  /** `milestone day` of a case's events. */
  const daysOf = (events: readonly Shown[], id = model.id): string[] =>
    events
      .filter(({ uid }) => uid.startsWith(id))
      .map(({ uid, day }) => `${uid.slice(id.length + 1).split('@')[0]} ${day}`);
  const register = async (body: object, by = people.registrar): Promise<{ id: string; version: number }> => {
    const plain = { board: 'EÅV', sender: 'Kommunstyrelsen', title: 'Remiss', receivedOn: '2023-09-11' };
    const answer = await app.post('/api/v1/referrals', { ...plain, ...body }, { token: by.token });
    expect(answer.status).toBe(201);
    return answer.body;
  };
  const act = async (id: string, path: string, body: object, by: SeededPerson): Promise<TestAnswer> => {
    const { body: now } = await app.get(`/api/v1/referrals/${id}`, { token: by.token });
    const headers = { 'If-Match': `"${now.version}"` };
    const answer = await app.post(`/api/v1/referrals/${id}/${path}`, body, { token: by.token, headers });
    expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
    return answer;
  };

  beforeAll(async () => {
    app = await startApp({ clock, process: 'web' });
    people = await seedModelBoard(app);
    await seedBoard(app, 'KS', 'Kommunstyrelsen');
    other = await seedPerson(app, { email: 'kim.ks@example.se', name: 'Kim', roles: { KS: ['registrar'] } });
    model = await register({
      title: 'Förslag till program för trygghet; "öppet", med komma, ' + 'å'.repeat(120),
      answerDue: '2023-10-27',
      officer: people.officer.email,
    });
  });

  afterAll(() => app.close());

  it.each([
    ['officer', ['draft 2023-10-04', 'meeting 2023-10-26', 'answerDue 2023-10-27']],
    ['manager', ['managerApproval 2023-10-06', 'answerDue 2023-10-27']],
    ['director', ['directorApproval 2023-10-09']],
    ['secretary', ['dispatch 2023-10-19', 'meeting 2023-10-26']],
    ['registrar', []],
    ['reader', []],
  ] as const)('shows a %s what concerns the role', async (role, expected) => {
    const { path } = await create(people[role]);
    expect(daysOf(await read(path))).toEqual(expected);
  });

  it('shows whoever sees the board all of it, its meetings too', async () => {
    const { path } = await create(people.reader, 'EÅV');
    const events = await read(path);
    expect(daysOf(events)).toEqual([
      'draft 2023-10-04', 'managerApproval 2023-10-06', 'directorApproval 2023-10-09', 'dispatch 2023-10-19',
      'meeting 2023-10-26', 'answerDue 2023-10-27',
    ]); // prettier-ignore
    const meetings = events
      .filter(({ uid }) => uid.startsWith('meeting-'))
      .map(({ day, summary }) => `${day} ${summary}`);
    expect(meetings[0]).toBe('2023-09-28 Sammanträde: Enskede-Årsta-Vantörs stadsdelsnämnd');
    expect(meetings).toHaveLength(3);
    const answer = events.find(({ uid }) => uid === `${model.id}-answerDue@diarium.example.se`);
    expect(answer?.summary).toMatch(
      /^Svar senast: EÅV 2023\/1 Förslag till program för trygghet; "öppet", med komma, å{120}$/,
    );
    expect(answer?.description).toContain('Från Kommunstyrelsen');
  });

  it('keeps to the lengths and line ends of RFC 5545', async () => {
    const { path } = await create(people.officer);
    const { body } = await app.get(path);
    expect(body.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of body.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(body.endsWith('END:VCALENDAR\r\n')).toBe(true);
  });

  it('is asked for again cheaply, and says when it has changed', async () => {
    const { path } = await create(people.officer);
    clock.advance(5_000);
    const first = await app.get(path);
    const etag = first.headers.get('etag') ?? '';
    const modified = first.headers.get('last-modified') ?? '';
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    expect((await app.get(path)).body).toBe(first.body);
    expect(await app.get(path, { headers: { 'If-None-Match': etag } })).toMatchObject({ status: 304, body: '' });
    expect(await app.get(path, { headers: { 'If-None-Match': `"x", W/${etag}` } })).toMatchObject({ status: 304 });
    expect(await app.get(path, { headers: { 'If-Modified-Since': modified } })).toMatchObject({ status: 304 });
    expect(await app.get(path, { headers: { 'If-None-Match': '"x"' } })).toMatchObject({ status: 200 });
    expect(await app.get(path, { headers: { 'If-Modified-Since': 'x' } })).toMatchObject({ status: 200 });
    await register({ title: 'Ny', officer: people.officer.email, answerDue: '2023-11-01' });
    expect(await app.get(path, { headers: { 'If-None-Match': etag } })).toMatchObject({ status: 200 });
    expect(await app.get(path, { headers: { 'If-Modified-Since': modified } })).toMatchObject({ status: 200 });
  });

  it('shows a meeting that has moved as the same event, later in its sequence, and where it was', async () => {
    const { path } = await create(people.secretary);
    const uid = `${model.id}-meeting@diarium.example.se`;
    const before = (await read(path)).find((event) => event.uid === uid);
    const url = `/api/v1/boards/${encodeURIComponent('EÅV')}/meetings/2023-10-26`;
    const moved = await app.put(url, { date: '2023-10-25' }, { token: people.secretary.token });
    expect(moved.status).toBe(200);
    const after = (await read(path)).filter((event) => event.uid === uid);
    expect(after).toMatchObject([
      { day: '2023-10-25', status: 'CONFIRMED', description: expect.stringContaining('Flyttat från 26 oktober 2023.') },
    ]);
    expect(after[0]?.sequence).toBeGreaterThan(before?.sequence ?? 99);
    const board = await read((await create(people.reader, 'EÅV')).path);
    const meeting = board.find(({ uid: id, day }) => id.startsWith('meeting-') && day === '2023-10-25');
    expect(meeting).toMatchObject({
      sequence: 1,
      description: expect.stringContaining('Flyttat från 26 oktober 2023.'),
    });
  });

  it('shows a cancelled meeting, and the days that went with it, as cancelled', async () => {
    const { path } = await create(people.reader, 'EÅV');
    const url = `/api/v1/boards/${encodeURIComponent('EÅV')}/meetings/2023-09-28`;
    expect((await app.delete(url, { token: people.secretary.token })).status).toBe(200);
    const only = `/api/v1/boards/${encodeURIComponent('EÅV')}/meetings/2023-10-25`;
    expect((await app.delete(only, { token: people.secretary.token })).status).toBe(200);
    const events = await read(path);
    const cancelled = events
      .filter(({ status }) => status === 'CANCELLED')
      .map(({ summary, day }) => `${day} ${summary.slice(0, 13)}`);
    expect(cancelled).toEqual(expect.arrayContaining(['2023-09-28 Inställt samm', '2023-10-25 Inställt samm']));
    expect(cancelled).toEqual(expect.arrayContaining(['2023-10-25 Sammanträde: ']));
    const gone = events.filter(({ uid, status }) => uid.startsWith(model.id) && status === 'CANCELLED');
    expect(gone.map(({ uid }) => uid.slice(37).split('@')[0])).toEqual([
      'draft',
      'managerApproval',
      'directorApproval',
      'dispatch',
      'meeting',
    ]);
    expect(events.find(({ uid }) => uid.startsWith(`${model.id}-answerDue`))).toMatchObject({ status: 'CONFIRMED' });
  });

  it('shows the days of a case that was made void as cancelled, for a month', async () => {
    const one = await register({ title: 'Dubblett', answerDue: '2023-12-01', officer: people.officer.email });
    const { path } = await create(people.officer);
    expect(daysOf(await read(path), one.id)).toContain('answerDue 2023-12-01');
    await act(one.id, 'cancellation', { reason: 'dubblett' }, people.registrar);
    const events = (await read(path)).filter(({ uid }) => uid.startsWith(one.id));
    expect(new Set(events.map(({ status }) => status))).toEqual(new Set(['CANCELLED']));
    expect(events.length).toBeGreaterThan(0);
    const then = clock.now().toISOString();
    clock.set('2023-10-20T08:00:00.000Z');
    expect(daysOf(await read(path), one.id)).toEqual([]);
    clock.set(then);
  });

  it('names a secret case by its number alone, to whoever reads', async () => {
    const secrecy = { provision: 'OSL 26 kap. 1 §' };
    const one = await register({
      title: 'Hemlig hästgård', sender: 'Ågren', answerDue: '2023-11-24', officer: people.officer.email, secrecy,
    }); // prettier-ignore
    for (const [by, board] of [
      [people.officer],
      [people.secretary],
      [people.secretary, 'EÅV'],
      [people.registrar, 'EÅV'],
    ] as const) {
      const { body } = await app.get((await create(by, board)).path);
      expect(body.replaceAll('\r\n ', '')).not.toMatch(/hästgård|Ågren|26 kap/i);
      expect(daysOf(eventsIn(body), one.id).length).toBeGreaterThan(0);
    }
    for (const [by, board] of [[people.director], [people.reader, 'EÅV'], [people.director, 'EÅV']] as const) {
      expect(daysOf(await read((await create(by, board)).path), one.id)).toEqual([]);
    }
  });

  it('follows the rights of the moment: another officer, a substitute, a role that is lost, a leaver', async () => {
    const one = await register({ title: 'Byter', answerDue: '2023-11-24', officer: people.officer.email });
    const second = await seedPerson(app, { email: 'eva@example.se', name: 'Eva', roles: { EÅV: ['officer'] } });
    const [mine, hers] = [await create(people.officer), await create(second)];
    const boards = await create(second, 'EÅV');
    expect(daysOf(await read(mine.path), one.id)).not.toEqual([]);
    await act(one.id, 'assignment', { officer: second.email }, people.registrar);
    expect(daysOf(await read(mine.path), one.id)).toEqual([]);
    expect(daysOf(await read(hers.path), one.id)).not.toEqual([]);
    await seedAbsence(app, {
      personId: second.id,
      substituteId: people.officer.id,
      from: '2023-09-11',
      to: '2023-09-12',
    });
    expect(daysOf(await read(mine.path), one.id)).not.toEqual([]);
    const work = app.provider(UnitOfWork);
    const roles = app.provider(PeopleRepository);
    await work.run((tx) => roles.removeRole(tx, second.id, 'EÅV', 'officer' satisfies Role));
    expect(daysOf(await read(hers.path), one.id)).toEqual([]);
    expect((await app.get(boards.path)).status).toBe(404);
    await work.run((tx) => change(tx, `UPDATE "person" SET "ended_on" = '2023-09-01' WHERE "id" = ?`, [second.id]));
    expect((await app.get(hers.path)).status).toBe(404);
  });

  it('is gone at once when it is revoked, and nothing tells it from one that was never made', async () => {
    const { id, path } = await create(people.officer);
    expect((await app.delete(`/api/v1/calendars/${id}`, { token: other.token })).status).toBe(404);
    expect((await app.get(path)).status).toBe(200);
    for (let times = 0; times < 2; times += 1) {
      expect((await app.delete(`/api/v1/calendars/${id}`, { token: people.officer.token })).status).toBe(204);
    }
    const shape = ({ status, headers, body }: TestAnswer) => {
      const { instance: _instance, ...rest } = body;
      const names = [...headers.keys()].filter((name) => !['date', 'x-request-id', 'content-length'].includes(name));
      return { status, rest, names };
    };
    const revoked = shape(await app.get(path));
    expect(revoked).toMatchObject({ status: 404, rest: { type: '/problems/not-found' } });
    const guesses = [
      'A'.repeat(43) + '.ics',
      'x.ics',
      '.ics',
      'x',
      `${'A'.repeat(400)}.ics`,
      '%00.ics',
      '..%2f..%2fetc.ics',
    ];
    for (const guess of guesses) expect([guess, shape(await app.get(`/kalender/${guess}`))]).toEqual([guess, revoked]);
  });

  it('is listed without its address, to its own person alone', async () => {
    const { id } = await create(people.manager, 'EÅV');
    const { body } = await app.get('/api/v1/calendars', { token: people.manager.token });
    expect(body[0]).toEqual({ id, board: 'EÅV', createdAt: expect.any(String), revokedAt: null });
    expect((await app.get('/api/v1/calendars', { token: other.token })).body).toEqual([]);
  });

  it('is made for boards that the person sees', async () => {
    for (const board of ['KS', 'NO', '']) {
      const { status } = await app.post('/api/v1/calendars', { board }, { token: people.officer.token });
      expect([board, status]).toEqual([board, board === '' ? 400 : 422]);
    }
    expect((await app.post('/api/v1/calendars', {})).status).toBe(401);
    expect((await app.post('/api/v1/calendars', { owner: 'x' }, { token: other.token })).status).toBe(400);
  });
});

describe.each(ENGINES)('Calendar addresses, on %s', (engine) => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp({ engine, clock: new SettableClock('2023-09-11T08:41:00.000Z') });
    await seedModelBoard(app);
  });
  afterAll(() => app.close());

  it('are twenty at most for one person, also when asked for at once; taking one away makes room', async () => {
    const reader = await seedPerson(app, { email: 'karin.kalender@example.se', name: 'Karin Kalender' });
    const ask = (): Promise<TestAnswer> => app.post('/api/v1/calendars', {}, { token: reader.token });
    for (let n = 0; n < 18; n += 1) expect((await ask()).status).toBe(201);
    const answers = await Promise.all(Array.from({ length: 5 }, ask));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409]);
    expect((await ask()).body).toMatchObject({
      type: '/problems/too-many-calendars',
      limit: 20,
      detail:
        'Du har redan 20 kalenderadresser i bruk, och fler kan ingen ha. Spärra en som du inte använder, och skapa sedan den nya.',
    });
    const [{ id }] = (await app.get('/api/v1/calendars', { token: reader.token })).body;
    expect((await app.delete(`/api/v1/calendars/${id}`, { token: reader.token })).status).toBe(204);
    expect((await ask()).status).toBe(201);
    expect((await ask()).status).toBe(409);
  });
});
