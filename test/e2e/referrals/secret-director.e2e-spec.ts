import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { Actors } from '../../../src/features/people/actors.js';
import { WatchList } from '../../../src/features/pages/bevakning/watch-list.js';
import { ReadDatabase } from '../../../src/platform/database/read-database.js';
import { ENGINES, startApp, type TestApp } from '../../support/app.js';
import { seedBoard, seedModelBoard, seedPerson, type ModelBoard, type SeededPerson } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';

const TEN = { from: 0, length: 10 };

const BOARD = encodeURIComponent('EÅV');

describe.each(ENGINES)('a secret case and the director who approves it, on %s', (engine) => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  let app: TestApp;
  let board: ModelBoard;
  let elsewhere: SeededPerson;
  let id = '';
  let calendar = '';

  const act = async (who: keyof ModelBoard, path: string, body: object): Promise<number> =>
    (await app.post(`/api/v1/referrals/${id}/${path}`, body, { token: board[who].token })).status;
  const get = (path: string, by = board.director) => app.get(`/api/v1/${path}`, { token: by.token });

  beforeAll(async () => {
    app = await startApp({ clock, engine, process: 'web' });
    board = await seedModelBoard(app);
    await seedBoard(app, 'KS', 'Kommunstyrelsen');
    elsewhere = await seedPerson(app, {
      email: 'd@example.se',
      name: 'D',
      roles: { KS: ['director'], EÅV: ['reader'] },
    });
    const days = { receivedOn: '2023-09-11', answerDue: '2023-10-27' };
    const secret = { title: 'Om hemligheten', sender: 'Polisen', secrecy: { provision: 'OSL 18 kap. 1 §' } };
    const body = { board: 'EÅV', ...days, ...secret, officer: board.officer.email, department: 'HR' };
    id = (await app.post('/api/v1/referrals', body, { token: board.registrar.token })).body.id;
    const open = { board: 'EÅV', ...days, title: 'Det öppna', sender: 'S' };
    expect((await app.post('/api/v1/referrals', open, { token: board.registrar.token })).status).toBe(201);
    calendar = (await app.post('/api/v1/calendars', {}, { token: board.director.token })).body.address;
  });
  afterAll(() => app.close());

  /** What of the case the director is shown, in every way there is to come to it. */
  async function shown(by = board.director): Promise<Record<string, boolean>> {
    const view = (await get(`referrals/${id}`, by)).body;
    const has = (answer: { body: { items: { id?: string; title?: string | null }[] } }): boolean =>
      answer.body.items.some((item) => item.id === id && item.title === 'Om hemligheten');
    const csv = parse((await get(`boards/${BOARD}/register.csv?columns=title`, by)).body, {
      delimiter: ';',
      bom: true,
    });
    const list: { body: { items: { id: string }[] } } = await get('referrals', by);
    // Each case once, opened or hidden, whichever of the two ways it is listed in.
    expect(list.body.items).toHaveLength(2);
    return {
      view: view.readable,
      journal: (await get(`referrals/${id}/journal`, by)).status === 200,
      list: has(await get('referrals', by)),
      filtered: has(await get('referrals?department=HR', by)),
      words: has(await get('referrals?q=hemligheten', by)),
      file: csv.some(([title]: string[]) => title === 'Om hemligheten'),
    };
  }
  const all = (opened: boolean) => ({
    view: opened, journal: opened, list: opened, filtered: opened, words: opened, file: opened,
  }); // prettier-ignore

  const isWatched = async (): Promise<boolean> => {
    const { id: personId, email } = board.director;
    const em = app.provider(ReadDatabase).manager;
    const actor = await app.provider(Actors).actorOf(em, { id: personId, email, name: 'D' }, clock.today());
    const watched = { scope: 'mine', boards: ['EÅV'], departments: [] } as const;
    const { inNeed } = await app.provider(WatchList).execute(actor, watched, { inNeed: TEN, toCome: TEN });
    return JSON.stringify(inNeed.cases).includes(id);
  };

  it('is closed to the director while others prepare it', async () => {
    expect(await shown()).toEqual(all(false));
    expect(await act('director', 'approval', { level: 'director' })).toBe(403);
    clock.set('2023-10-04T10:00:00.000Z');
    expect(await act('officer', 'steps', { step: 'draft' })).toBe(200);
    expect(await shown()).toEqual(all(false));
  });

  it('is opened once the manager has approved it, and can be approved', async () => {
    clock.set('2023-10-06T10:00:00.000Z');
    expect(await act('manager', 'approval', { level: 'manager' })).toBe(200);
    expect(await shown()).toEqual(all(true));
    expect(await shown(elsewhere)).toEqual(all(false));
    expect((await get(`referrals/${id}`)).body.acts).toEqual(['approve-director']);
    expect((await app.get(new URL(calendar).pathname)).body).toMatch(
      /Förvaltningschefens godkännande: EÅV 2023\/1\r\n/,
    );
    expect(await isWatched()).toBe(true);
    expect(await act('director', 'approval', { level: 'director' })).toBe(200);
    expect(await shown()).toEqual(all(true));
  });

  it('is closed again while it is sent back to preparation, and when it has ended', async () => {
    const taken = { record: 'directorApproval', reason: 'Fel ärende' };
    expect(await act('registrar', 'taking-back', taken)).toBe(200);
    expect(await shown()).toEqual(all(true));
    expect(await act('registrar', 'taking-back', { ...taken, record: 'managerApproval' })).toBe(200);
    expect(await shown()).toEqual(all(false));
    expect(await act('manager', 'approval', { level: 'manager' })).toBe(200);
    expect(await act('registrar', 'cancellation', { reason: 'Felregistrerad' })).toBe(200);
    expect(await shown()).toEqual(all(false));
  });
});
