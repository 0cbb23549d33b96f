import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '../../../src/domain/referral/permissions.js';
import { startApp, type TestApp } from '../../support/app.js';
import {
  seedBoard,
  seedDepartment,
  seedModelBoard,
  seedPerson,
  type ModelBoard,
  type SeededPerson,
} from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';

/** What each may do with the secret case, from the specification; the officer and the manager are the case's own. Nobody has approved it. */
const OPENS_SECRET: Readonly<Record<string, boolean>> = {
  registrar: true,
  officer: true,
  manager: true,
  director: false,
  secretary: true,
  reader: false,
  'other officer': false,
  'other manager': false,
};
const SEES_NOTHING = ['admin', 'registrar elsewhere'];

const SECRET_WORDS = /hemligheten|Polismyndigheten|POL 77/;

describe('what is shown of an open case, a secret case and another board’s case', () => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  let app: TestApp;
  let board: ModelBoard;
  const people = new Map<string, SeededPerson>();
  const ids = { open: '', secret: '', elsewhere: '' };

  const register = async (by: SeededPerson, body: object): Promise<string> => {
    const days = { receivedOn: '2023-09-11', answerDue: '2023-10-27' };
    const answer = await app.post('/api/v1/referrals', { ...days, ...body }, { token: by.token });
    expect(answer.status).toBe(201);
    return answer.body.id;
  };

  beforeAll(async () => {
    app = await startApp({ clock, process: 'web' });
    board = await seedModelBoard(app);
    await seedBoard(app, 'ÄLV', 'Älvsjö stadsdelsnämnd');
    const person = (name: string, roles: Record<string, readonly Role[]>) =>
      seedPerson(app, { email: `${name.replace(' ', '.')}@example.se`, name, roles });
    for (const [role, who] of Object.entries(board)) people.set(role, who);
    people.set('other officer', await person('other officer', { EÅV: ['officer'] }));
    people.set('other manager', await person('other manager', { EÅV: ['manager'] }));
    people.set('admin', await person('admin', { EÅV: ['admin'] }));
    const elsewhere = await person('registrar elsewhere', { ÄLV: ['registrar'] });
    people.set('registrar elsewhere', elsewhere);
    await seedDepartment(app, { code: 'KULT', name: 'Kultur', managerId: people.get('other manager')?.id ?? null });
    const officer = board.officer.email;
    ids.open = await register(board.registrar, {
      board: 'EÅV',
      title: 'Öppen trafikplan',
      sender: 'Trafiknämnden',
      officer,
    });
    const secret = { title: 'Om hemligheten', sender: 'Polismyndigheten', senderReference: 'POL 77/2023' };
    ids.secret = await register(board.registrar, {
      board: 'EÅV',
      ...secret,
      officer,
      secrecy: { provision: 'OSL 18 kap. 1 §' },
    });
    ids.elsewhere = await register(elsewhere, {
      board: 'ÄLV',
      title: 'Trafikplan för Älvsjö',
      sender: 'Trafiknämnden',
    });
  });
  afterAll(() => app.close());

  const get = async (who: string, path: string) => app.get(path, { token: people.get(who)?.token ?? '' });
  const idsOf = (answer: { body: { items: { id: string }[] } }) => answer.body.items.map(({ id }) => id).sort();
  const everyone = [...Object.keys(OPENS_SECRET), ...SEES_NOTHING];

  it.each(Object.keys(OPENS_SECRET))('%s', async (who) => {
    const opens = OPENS_SECRET[who] === true;
    expect((await get(who, `/api/v1/referrals/${ids.open}`)).body).toMatchObject({
      readable: true,
      title: 'Öppen trafikplan',
    });
    const secret = await get(who, `/api/v1/referrals/${ids.secret}`);
    expect(secret.body).toMatchObject({
      readable: opens,
      diarienummer: 'EÅV 2023/2',
      receivedOn: '2023-09-11',
      secret: true,
    });
    expect(SECRET_WORDS.test(JSON.stringify(secret.body))).toBe(opens);
    for (const part of ['', '/journal', '/reminders']) {
      expect((await get(who, `/api/v1/referrals/${ids.elsewhere}${part}`)).status).toBe(404);
    }
    for (const part of ['/journal', '/reminders']) {
      expect((await get(who, `/api/v1/referrals/${ids.open}${part}`)).status).toBe(200);
      const answer = await get(who, `/api/v1/referrals/${ids.secret}${part}`);
      expect({ part, ok: answer.status === 200 }).toEqual({ part, ok: opens });
    }
    const list = await get(who, '/api/v1/referrals');
    expect(idsOf(list)).toEqual([ids.open, ids.secret].sort());
    expect(SECRET_WORDS.test(JSON.stringify(list.body))).toBe(opens);
    // A filter or a word that finds the case would tell what is secret about it; its number is no secret.
    const finds = opens ? [ids.secret] : [];
    const both = opens ? [ids.open, ids.secret].sort() : [ids.open];
    expect(idsOf(await get(who, '/api/v1/referrals?q=hemligheten'))).toEqual(finds);
    expect(idsOf(await get(who, '/api/v1/referrals?q=Polismyndigheten'))).toEqual(finds);
    expect(idsOf(await get(who, '/api/v1/referrals?q=POL%2077/2023'))).toEqual(finds);
    expect(idsOf(await get(who, '/api/v1/referrals?q=trafikplan'))).toEqual([ids.open]);
    expect(idsOf(await get(who, `/api/v1/referrals?q=${encodeURIComponent('eåv 2023-2')}`))).toEqual([ids.secret]);
    expect(idsOf(await get(who, `/api/v1/referrals?officer=${board.officer.email}`))).toEqual(both);
    expect(idsOf(await get(who, '/api/v1/referrals?department=HR'))).toEqual(both);
    expect(idsOf(await get(who, '/api/v1/referrals?status=assigned'))).toEqual(both);
    for (const more of ['', '&sort=registeredAt', `&q=${encodeURIComponent('2023/2')}`]) {
      const hits = idsOf(await get(who, `/api/v1/referrals?status=open${more}`));
      expect({ more, found: hits.includes(ids.secret) }).toEqual({ more, found: opens });
    }
    expect(idsOf(await get(who, '/api/v1/referrals?dueBefore=2023-10-28'))).toEqual(both);
    expect(idsOf(await get(who, `/api/v1/referrals?board=${encodeURIComponent('ÄLV')}`))).toEqual([]);
    const upcoming = await get(who, '/api/v1/reminders/upcoming?days=60');
    expect(JSON.stringify(upcoming.body)).not.toMatch(SECRET_WORDS);
    expect(JSON.stringify(upcoming.body)).not.toContain('ÄLV');
  });

  it('whether a board exists is told to nobody without a role there', async () => {
    const { token = '' } = people.get('registrar elsewhere') ?? {};
    const remiss = { title: 'Trafikplan', sender: 'Trafiknämnden', receivedOn: '2023-09-11' };
    const told = async (code: string) => {
      const meeting = `/api/v1/boards/${encodeURIComponent(code)}/meetings/2023-11-30`;
      const answers = [
        await app.post('/api/v1/referrals', { ...remiss, board: code }, { token }),
        await app.put(meeting, {}, { token }),
        await app.delete(meeting, { token }),
        await app.post('/api/v1/calendars', { board: code }, { token }),
        await app.get(`/api/v1/boards/${encodeURIComponent(code)}/register.csv`, { token }),
      ];
      return answers.map(({ status, body }) => JSON.stringify({ status, ...body, instance: '' }).replaceAll(code, '…'));
    };
    expect(await told('EÅV')).toEqual(await told('XYZ'));
  });

  it.each(SEES_NOTHING)('%s sees neither case nor count', async (who) => {
    for (const id of [ids.open, ids.secret]) {
      for (const part of ['', '/journal', '/reminders']) {
        expect((await get(who, `/api/v1/referrals/${id}${part}`)).status).toBe(404);
      }
    }
    const list = await get(who, `/api/v1/referrals?board=${encodeURIComponent('EÅV')}`);
    expect(list.body).toEqual({ items: [], next: null });
    expect((await get(who, '/api/v1/reminders/upcoming?days=60')).body).not.toMatchObject({
      items: [{ board: 'EÅV' }],
    });
  });

  it('asks everyone who they are', async () => {
    for (const path of [
      '/api/v1/referrals',
      `/api/v1/referrals/${ids.open}`,
      '/api/v1/reminders/upcoming',
      '/api/v1/boards',
    ]) {
      expect((await app.get(path)).status).toBe(401);
    }
    expect(everyone).toHaveLength(10);
  });
});
