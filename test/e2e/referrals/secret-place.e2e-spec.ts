import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ENGINES, startApp, type TestApp } from '../../support/app.js';
import { seedModelBoard, type ModelBoard, type SeededPerson } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';

describe.each(ENGINES)('the place of a secret case in the list by answer date on %s', (engine) => {
  let app: TestApp;
  let people: ModelBoard;
  const numbers: string[] = [];

  beforeAll(async () => {
    app = await startApp({ clock: new SettableClock('2023-09-11T08:41:00.000Z'), engine, process: 'web' });
    people = await seedModelBoard(app);
    const secrecy = { provision: 'OSL 18 kap. 1 §' };
    for (const [answerDue, more] of [
      ['2023-10-27', {}],
      ['2023-10-20', { secrecy }],
      ['2023-11-30', {}],
      ['2023-11-15', { secrecy, officer: people.officer.email }],
      [null, {}],
    ] as const) {
      const body = { board: 'EÅV', title: 'T', sender: 'S', receivedOn: '2023-09-11', answerDue, ...more };
      const answer = await app.post('/api/v1/referrals', body, { token: people.registrar.token });
      expect(answer.status).toBe(201);
      numbers.push(answer.body.diarienummer.split('/')[1]);
    }
    expect(numbers).toEqual(['1', '2', '3', '4', '5']);
  });
  afterAll(() => app.close());

  /** The numbers as they are listed page by page, and the places that the cursors name. */
  async function walk(who: SeededPerson, limit: number, more = ''): Promise<{ listed: string[]; places: string[] }> {
    const listed: string[] = [];
    const places: string[] = [];
    let cursor = '';
    do {
      const answer = await app.get(`/api/v1/referrals?limit=${limit}${more}${cursor}`, { token: who.token });
      expect(answer.status).toBe(200);
      listed.push(...answer.body.items.map((item: { diarienummer: string }) => item.diarienummer.split('/')[1]));
      const next: string | null = answer.body.next;
      if (next !== null) places.push(Buffer.from(next, 'base64url').toString());
      cursor = next === null ? '' : `&cursor=${next}`;
    } while (cursor !== '');
    return { listed, places };
  }

  it.each([1, 2, 3, 4, 50])('is by its date for those who open it, %i a page', async (limit) => {
    expect((await walk(people.registrar, limit)).listed).toEqual(['2', '1', '4', '3', '5']);
  });

  it.each([1, 2, 3, 4, 50])('is after all others for those who do not, %i a page', async (limit) => {
    const { listed, places } = await walk(people.reader, limit);
    expect(listed.slice(0, 3)).toEqual(['1', '3', '5']);
    expect(listed.slice(3).toSorted()).toEqual(['2', '4']);
    expect(places.join()).not.toMatch(/2023-10-20|2023-11-15/);
  });

  it.each([1, 2, 50])('is by its date for its officer alone, %i a page', async (limit) => {
    expect((await walk(people.officer, limit)).listed).toEqual(['1', '4', '3', '5', '2']);
    expect((await walk(people.manager, limit)).listed).toEqual(['1', '4', '3', '5', '2']);
  });

  it('is not found out by a cursor that asks for what comes after a day', async () => {
    const after = (day: string): string => Buffer.from(JSON.stringify(['answerDue', day, ''])).toString('base64url');
    const listed = async (day: string) => {
      const answer = await app.get(`/api/v1/referrals?cursor=${after(day)}`, { token: people.reader.token });
      return answer.body.items.map((item: { diarienummer: string }) => item.diarienummer.split('/')[1]);
    };
    expect(await listed('2023-10-19')).toEqual(await listed('2023-10-21'));
    expect(await listed('2023-11-14')).toEqual(await listed('2023-11-16'));
  });

  it('is that of its registration when the list is by that', async () => {
    expect((await walk(people.reader, 2, '&sort=registeredAt')).listed.toSorted()).toEqual(numbers);
  });
});
