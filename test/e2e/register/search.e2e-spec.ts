import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ReadPool } from '../../../src/platform/database/read-pool.js';
import { SearchThreads } from '../../../src/features/register/search.module.js';
import { ENGINES, startApp, type TestAnswer, type TestApp } from '../../support/app.js';
import { seedBoard, seedModelBoard, seedPerson, type ModelBoard, type SeededPerson } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';

const NUMBERS = /^[A-ZÅÄÖ]+ \d{4}\/\d+$/;

describe.each(ENGINES)('Search on %s', (engine) => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  let app: TestApp;
  let people: ModelBoard;
  let other: SeededPerson;

  const register = async (body: object, by = people.registrar): Promise<string> => {
    const plain = { board: 'EÅV', sender: 'Kommunstyrelsen', title: 'Remiss', receivedOn: '2023-09-11' };
    const { status, body: made } = await app.post('/api/v1/referrals', { ...plain, ...body }, { token: by.token });
    expect(status).toBe(201);
    return made.diarienummer;
  };
  const search = (q: string, by = people.registrar, more = ''): Promise<TestAnswer> =>
    app.get(`/api/v1/referrals?q=${encodeURIComponent(q)}${more}`, { token: by.token });
  const found = async (q: string, by = people.registrar, more = ''): Promise<string[]> => {
    const { status, body } = await search(q, by, more);
    expect(status).toBe(200);
    return body.items.map(({ diarienummer }: { diarienummer: string }) => diarienummer);
  };

  beforeAll(async () => {
    app = await startApp({ clock, engine, process: 'web' });
    people = await seedModelBoard(app);
    await seedBoard(app, 'KS', 'Kommunstyrelsen');
    other = await seedPerson(app, { email: 'kim.ks@example.se', name: 'Kim', roles: { KS: ['registrar', 'reader'] } });
    // EÅV 2023/1 to 5, and KS 2023/1 and 2.
    await register({ title: 'Program för trygghet och säkerhet', senderReference: 'KS 2023/739' });
    await register({ title: 'Ansökan for test', sender: 'Länsstyrelsen', senderReference: '511-2413-16' });
    await register({
      title: 'Hemlig hästgård',
      sender: 'Ågren',
      senderReference: 'SPION 2023/4711',
      secrecy: { provision: 'OSL 26 kap. 1 §' },
    });
    await register({ title: 'Trygghetsboende i Årsta', senderReference: 'N2015/07991/MRT' });
    await register({ title: 'Skolvägar', officer: people.officer.email });
    await register({ board: 'KS', title: 'Trygghet i kommunen' }, other);
    await register({ board: 'KS', title: 'Skolvägar' }, other);
  });

  afterAll(() => app.close());

  it.each([
    ['EÅV 2023/0001', ['EÅV 2023/1']],
    ['eåv 2023-1', ['EÅV 2023/1']],
    ['EÅV2023/1', ['EÅV 2023/1']],
    ['eåv 1/23', ['EÅV 2023/1']],
    ['dnr EÅV 1/2023', ['EÅV 2023/1']],
    ['2023/2', ['EÅV 2023/2']],
    ['2/23', ['EÅV 2023/2']],
    ['2', ['EÅV 2023/2']],
    ['0002', ['EÅV 2023/2']],
    ['eåv 2', ['EÅV 2023/2']],
    ['KS 2023/1', []],
    ['EÅV 2022/1', []],
  ])('finds our own number typed as %s', async (q, expected) => expect(await found(q)).toEqual(expected));

  it.each([
    ['ks 739/23', ['EÅV 2023/1']],
    ['KS2023-739', ['EÅV 2023/1']],
    ['Ks 2023:0739', ['EÅV 2023/1']],
    ['739', ['EÅV 2023/1']],
    ['511-2413-16', ['EÅV 2023/2']],
    ['511 2413 2016', []],
    ['N2015/07991', ['EÅV 2023/4']],
    ['n2015/7991/mrt', ['EÅV 2023/4']],
    ['spion 2023-4711', ['EÅV 2023/3']],
  ])("finds the sender's number typed as %s", async (q, expected) => expect(await found(q)).toEqual(expected));

  it.each([
    ['trygghet', ['EÅV 2023/4', 'EÅV 2023/1']],
    ['TRYGGHET säker', ['EÅV 2023/1']],
    ['trygghets', ['EÅV 2023/4']],
    ['för', ['EÅV 2023/1']],
    ['for', ['EÅV 2023/2']],
    ['arsta', []],
    ['ÅRSTA', ['EÅV 2023/4']],
    ['årsta trygghetsboende', ['EÅV 2023/4']],
    ['länsst', ['EÅV 2023/2']],
    ['lansst', []],
    ['hästgård', ['EÅV 2023/3']],
    ['remissen', []],
    ['"trygghet', ['EÅV 2023/4', 'EÅV 2023/1']],
    ['trygghet OR skolvägar', []],
    ['NOT trygghet', []],
  ])('finds words, newest first: %s', async (q, expected) => expect(await found(q)).toEqual(expected));

  it('finds words that a correction has brought in, and no longer those it has taken away', async () => {
    const [item] = (await search('skolvägar')).body.items;
    const headers = { 'If-Match': '"1"' };
    const path = `/api/v1/referrals/${item.id}`;
    const options = { token: people.registrar.token, headers };
    expect((await app.patch(path, { title: 'Cykelbanor', note: 'Hör med Åke' }, options)).status).toBe(200);
    expect(await found('cykelb')).toEqual([item.diarienummer]);
    expect(await found('åke')).toEqual([item.diarienummer]);
    expect(await found('skolvägar')).toEqual([]);
  });

  describe('of a secret case', () => {
    const OPENS = ['registrar', 'secretary'] as const;
    const SEES = ['officer', 'manager', 'director', 'reader'] as const;
    const FACTS = ['hästgård', 'hemlig', 'ågren', 'spion', 'SPION 2023/4711', '4711'];

    it.each(OPENS)('finds it by any of its facts for a %s', async (role) => {
      for (const q of FACTS) expect([q, await found(q, people[role])]).toEqual([q, ['EÅV 2023/3']]);
    });

    it.each(SEES)('finds it by its own number alone for a %s, and shows nothing else of it', async (role) => {
      for (const q of FACTS) expect([q, await found(q, people[role])]).toEqual([q, []]);
      for (const q of ['EÅV 2023/3', '3/23', '3']) {
        const { items } = (await search(q, people[role])).body;
        expect(items).toMatchObject([{ diarienummer: 'EÅV 2023/3', secret: true, title: null, sender: null }]);
      }
      expect(await found('EÅV 2023/3', people[role], '&dueBefore=2030-01-01')).toEqual([]);
    });

    it("finds it for its officer, and for the officer's department's manager", async () => {
      const items = (await search('hästgård')).body.items;
      const path = `/api/v1/referrals/${items[0].id}/assignment`;
      const body = { officer: people.officer.email };
      await app.post(path, body, { token: people.registrar.token, headers: { 'If-Match': '"1"' } });
      expect(await found('hästgård', people.officer)).toEqual(['EÅV 2023/3']);
      expect(await found('hästgård', people.manager)).toEqual(['EÅV 2023/3']);
      expect(await found('hästgård', people.reader)).toEqual([]);
    });
  });

  it('keeps to the boards that the person sees', async () => {
    expect(await found('trygghet', other)).toEqual(['KS 2023/1']);
    expect(await found('1', other)).toEqual(['KS 2023/1']);
    expect(await found('trygghet', people.registrar, '&board=KS')).toEqual([]);
    const nobody = await seedPerson(app, { email: 'nils@example.se', name: 'Nils', roles: { EÅV: ['admin'] } });
    for (const q of ['trygghet', '1', 'EÅV 2023/1']) expect(await found(q, nobody)).toEqual([]);
  });

  it('is narrowed by the filters of the list', async () => {
    expect(await found('remiss OR', people.registrar)).toEqual([]);
    expect(await found('trygghet', people.registrar, '&status=registered')).toEqual(['EÅV 2023/4', 'EÅV 2023/1']);
    expect(await found('trygghet', people.registrar, '&status=closed')).toEqual([]);
    expect(await found('cykelb', people.registrar, `&officer=${people.officer.email}`)).toHaveLength(1);
    expect(await found('1', people.registrar, '&status=closed')).toEqual([]);
  });

  it('gives 20 hits at most and a cursor for more, each hit once', async () => {
    for (let n = 0; n < 45; n += 1) {
      await register({ title: `Bullerplank etapp ${n % 3}`, senderReference: n < 25 ? `BUL 2020/${n}` : null });
    }
    const seen: string[] = [];
    let cursor = '';
    let pages = 0;
    do {
      const { body } = await search('bullerplank', people.registrar, `${cursor}&limit=200`);
      expect(body.items.length).toBeLessThanOrEqual(20);
      seen.push(...body.items.map(({ diarienummer }: { diarienummer: string }) => diarienummer));
      pages += 1;
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    expect(pages).toBe(3);
    expect(new Set(seen).size).toBe(45);
    const order = seen.map((one) => Number(one.split('/')[1]));
    expect(order).toEqual([...order].sort((a, b) => b - a));
  });

  it('goes from hits by number on to hits by words, each once', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await search('etapp 1', people.registrar, `${cursor}&limit=4`);
      seen.push(...body.items.map(({ diarienummer }: { diarienummer: string }) => diarienummer));
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(15);
  });

  it('refuses a cursor of another list, and one that is made up', async () => {
    const list = await app.get('/api/v1/referrals?limit=1', { token: people.registrar.token });
    for (const cursor of [
      list.body.next,
      'x',
      'bnVsbA',
      Buffer.from('["q","words","1; DROP"]').toString('base64url'),
    ]) {
      const { status, body } = await search('trygghet', people.registrar, `&cursor=${cursor}`);
      expect([status, body.type]).toEqual([400, '/problems/cursor-invalid']);
    }
  });

  it('lists all for a blank search', async () => {
    expect((await search('   ', people.registrar, '&limit=3')).body.items).toHaveLength(3);
  });

  it.each([
    ['quotes', '"" " \' `'],
    ['operators', 'NEAR( OR AND NOT * ^ :'],
    ['a column filter', 'words : trygghet'],
    ['a star', '*'],
    ['an emoji', '🎉 👩‍👩‍👧‍👦'],
    ['NUL', 'a\0b'],
    ['10,000 characters', 'abc '.repeat(2_500)],
    ['many letters that take six in an address', 'åäö '.repeat(600)],
    ['one word of 10,000 characters', 'x'.repeat(10_000)],
    ['10,000 letters that are longer in an address', 'å'.repeat(10_000)],
    ['many numbers', '1/2/3/4/5/6/7/8/9'],
    ['a huge number', '99999999999999999999999999'],
    ['digits of another script', '٣/٢٠٢٣'],
    ['SQL', `'; DROP TABLE referral; --`],
    ['a private-use character', '\ue000c385'],
    ['a letter that the tokenizer may not know', '𞤀𞤁 ⳡⳢ Ꟑꟑ 𑄃'],
    ['a lone combining mark', '\u0308 \u0308a'],
  ])('answers %s', async (_what, q) => {
    const { status, body } = await search(q);
    expect([status, Array.isArray(body.items)]).toEqual([200, true]);
  });

  it('answers any text at all', async () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 60 }));
    await fc.assert(
      fc.asyncProperty(text, async (q) => {
        const { status, body } = await search(q);
        expect(status).toBe(200);
        for (const { diarienummer } of body.items) expect(diarienummer).toMatch(NUMBERS);
      }),
      { numRuns: 300 },
    );
  });

  it('reads in a thread of its own, where the server is not another process', async () => {
    const { pool } = app.provider(SearchThreads);
    if (engine === 'postgres') return expect(pool).toBeNull();
    expect(pool).toBeInstanceOf(ReadPool);
    expect(pool?.size).toBeGreaterThanOrEqual(1);
  });
});
