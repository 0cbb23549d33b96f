import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { localDate } from '../../../../src/domain/calendar/local-date.js';
import { MeetingRepository } from '../../../../src/features/boards/meeting.repository.js';
import { ReadDatabase } from '../../../../src/platform/database/read-database.js';
import type { TestApp } from '../../../support/app.js';
import { seedModelBoard, type ModelBoard } from '../../../support/seed.js';
import { SettableClock } from '../../../support/settable-clock.js';
import { PlainBrowser, seedPassword, startPagesApp } from '../../sign-in/pages-app.js';
import { textOf } from '../lista/page-visits.js';

describe('A form that is sent twice', () => {
  let app: TestApp;
  let people: ModelBoard;
  const clock = new SettableClock('2023-10-09T08:00:00Z');

  beforeAll(async () => {
    app = await startPagesApp({ clock });
    people = await seedModelBoard(app);
    await seedPassword(app, people.secretary, people.officer, people.registrar, people.reader);
  });
  afterAll(() => app.close());

  /** What the form of a meeting starts from. */
  const formOn = async (browser: PlainBrowser, path: string): Promise<Record<string, string>> => {
    const { body } = await browser.get(path);
    const hidden = [...body.matchAll(/name="(version|fran\.\w+)" value(?:="([^"]*)")?/g)];
    return Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]));
  };

  const opened = async (email: string, path: string) => {
    const browser = new PlainBrowser(app);
    await browser.signIn(email);
    const { body } = await browser.get(path);
    return { browser, nyckel: /name="nyckel" value="([^"]+)"/.exec(body)?.[1] ?? '' };
  };

  it('adds one meeting, and another with another day', async () => {
    const { browser, nyckel } = await opened(people.secretary.email, '/sammantraden');
    const sent = { nyckel, namnd: 'EÅV', dag: '2024-02-15' };
    const answers = await Promise.all([1, 2, 3].map(() => browser.post('/sammantraden', sent)));
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(new Set(answers.map(({ location }) => location)).size).toBe(1);
    const other = await browser.post('/sammantraden', { ...sent, dag: '2024-03-14' });
    expect([other.status, other.location === answers[0]?.location]).toEqual([303, false]);
    const again = await opened(people.secretary.email, '/sammantraden');
    const taken = await again.browser.post('/sammantraden', { ...sent, nyckel: again.nyckel });
    expect(taken.body).toContain('Nämnden har redan ett sammanträde den dagen.');
  });

  it('reports one absence', async () => {
    const { browser, nyckel } = await opened(people.officer.email, '/franvaro');
    const sent = { nyckel, ersattare: people.registrar.email, fran: '2023-11-01', till: '2023-11-05' };
    const answers = await Promise.all([1, 2, 3].map(() => browser.post('/franvaro', sent)));
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    const again = await opened(people.officer.email, '/franvaro');
    expect((await again.browser.post('/franvaro', { ...sent, nyckel: again.nyckel })).status).toBe(422);
  });

  it('tells that its meeting has been moved or cancelled since, and not that it is there', async () => {
    const { browser, nyckel } = await opened(people.secretary.email, '/sammantraden');
    const sent = { nyckel, namnd: 'EÅV', dag: '2024-04-11' };
    const { location: added } = await browser.post('/sammantraden', sent);
    const page = (added ?? '').split('?')[0] ?? '';
    const told = async (): Promise<string> => {
      const { location } = await browser.post('/sammantraden', sent);
      expect(location?.startsWith(page)).toBe(true);
      return textOf((await browser.get(location ?? '')).body);
    };
    expect(await told()).toContain('Sammanträdet är tillagt.');
    const started = await formOn(browser, page);
    await browser.post(page, { ...started, dag: '2024-04-18', steg: 'bekrafta' });
    expect(await told()).toMatch(/18 april 2024.*Formuläret skickades redan Sammanträdet har ändrats sedan dess/);
    const moved = await formOn(browser, page);
    await browser.post(`${page}/stall-in`, { ...moved, steg: 'bekrafta' });
    const cancelled = await told();
    expect(cancelled).toContain('Formuläret skickades redan');
    expect(cancelled).toContain('Sammanträdet blir inte av');
    expect(cancelled).not.toContain('Sammanträdet är tillagt');
  });

  it('tells that its absence has been taken back since, and adds none', async () => {
    const { browser, nyckel } = await opened(people.officer.email, '/franvaro');
    const sent = { nyckel, ersattare: people.registrar.email, fran: '2023-12-04', till: '2023-12-05' };
    await browser.post('/franvaro', sent);
    expect((await browser.post('/franvaro', sent)).location).toBe('/franvaro?meddelande=anmald');
    const { body } = await browser.get('/franvaro');
    const ids = [...body.matchAll(/\/franvaro\/([0-9a-f-]+)\/ta-tillbaka/g)].map(([, id]) => id);
    await browser.post(`/franvaro/${ids.at(-1)}/ta-tillbaka`, { steg: 'bekrafta' });
    const again = await browser.post('/franvaro', sent);
    expect(again.status).toBe(200);
    expect(textOf(again.body)).toContain('Formuläret skickades redan Frånvaron har tagits tillbaka sedan dess.');
    expect(again.body).not.toContain('Frånvaron är anmäld.');
    expect(again.body).not.toContain(`/franvaro/${ids.at(-1)}/`);
    const anew = /name="nyckel" value="([^"]+)"/.exec(again.body)?.[1] ?? '';
    expect(anew).not.toBe(nyckel);
    expect(again.body).toContain('value="2023-12-04"');
    expect((await browser.post('/franvaro', { ...sent, nyckel: anew })).status).toBe(303);
    const stands = await browser.post('/franvaro', sent);
    expect(textOf(stands.body)).toContain(
      'Formuläret skickades redan Frånvaron togs tillbaka, men samma dagar har anmälts igen sedan dess och gäller.',
    );
    expect(stands.body).not.toContain('value="2023-12-04"');
  });

  it('tells that its absence is over', async () => {
    const { browser, nyckel } = await opened(people.officer.email, '/franvaro');
    const sent = { nyckel, ersattare: people.registrar.email, fran: '2023-10-09', till: '2023-10-09' };
    expect((await browser.post('/franvaro', sent)).status).toBe(303);
    clock.set('2023-10-10T08:00:00Z');
    await browser.signIn(people.officer.email);
    await browser.get('/franvaro');
    const again = textOf((await browser.post('/franvaro', sent)).body);
    expect(again).toContain('Formuläret skickades redan Frånvaron är över.');
  });

  it('tells that the days of an absence that was taken back have been, and asks for no other', async () => {
    const { browser, nyckel } = await opened(people.officer.email, '/franvaro');
    const sent = { nyckel, ersattare: people.registrar.email, fran: '2023-10-10', till: '2023-10-10' };
    expect((await browser.post('/franvaro', sent)).status).toBe(303);
    const { body } = await browser.get('/franvaro');
    const id = /\/franvaro\/([0-9a-f-]+)\/ta-tillbaka/.exec(body)?.[1];
    await browser.post(`/franvaro/${id}/ta-tillbaka`, { steg: 'bekrafta' });
    clock.set('2023-10-11T08:00:00Z');
    await browser.signIn(people.officer.email);
    await browser.get('/franvaro');
    const again = textOf((await browser.post('/franvaro', sent)).body);
    expect(again).toContain('Formuläret skickades redan Frånvaron togs tillbaka, och dagarna har varit.');
    expect(again).not.toContain('anmäl den igen');
  });

  it('tells on the receipt of its case that it has been cancelled since', async () => {
    const { browser, nyckel } = await opened(people.registrar.email, '/registrera');
    const sent = {
      nyckel, namnd: 'EÅV', titel: 'Remiss om trygghet', avsandare: 'Kommunstyrelsen', inkom: '2023-10-09',
      svar: '2024-01-31', handlaggare: people.officer.email,
    }; // prettier-ignore
    const { location: receipt } = await browser.post('/registrera', sent);
    expect((await browser.get(receipt ?? '')).body).toContain('bereder svaret');
    const id = receipt?.split('/').at(-1) ?? '';
    const as = { token: people.registrar.token, 'if-match': '*' };
    const reason = { reason: 'Felregistrerad' };
    expect((await app.post(`/api/v1/referrals/${id}/cancellation`, reason, as)).status).toBe(200);
    expect((await browser.post('/registrera', sent)).location).toBe(receipt);
    const now = textOf((await browser.get(receipt ?? '')).body);
    expect(now).toContain('Läget nu: makulerat');
    expect(now).not.toContain('bereder svaret');
  });

  it('tells that its calendar address has been revoked since', async () => {
    const { browser, nyckel } = await opened(people.registrar.email, '/konto');
    const made = await browser.post('/konto/kalendrar', { nyckel });
    const kalender = /name="kalender" value="([^"]+)"/.exec(made.body)?.[1] ?? '';
    await browser.post('/konto/kalendrar/sparra', { kalender, steg: 'bekrafta' });
    const again = textOf((await browser.post('/konto/kalendrar', { nyckel })).body);
    expect(again).toContain('kalenderadressen som det gav är spärrad sedan dess');
  });

  it('makes one calendar address, and says that it was shown', async () => {
    const { browser, nyckel } = await opened(people.officer.email, '/konto');
    const first = await browser.post('/konto/kalendrar', { nyckel });
    expect(first.body).toContain('/kalender/');
    const second = await browser.post('/konto/kalendrar', { nyckel });
    expect(textOf(second.body)).toContain('Kalenderadressen är redan skapad');
    expect(second.body).not.toContain('.ics');
    expect(second.body.split('Skapad <').length).toBe(2);
  });

  it('and may not be is refused before it is read', async () => {
    const { manager } = app.provider(ReadDatabase);
    const [meeting] = await app.provider(MeetingRepository).meetingsOfBoards(manager, ['EÅV'], localDate('2023-01-01'));
    const id = meeting?.id ?? '';
    const browser = new PlainBrowser(app);
    await browser.signIn(people.reader.email);
    for (const [path, fields] of [
      [`/sammantraden/${id}`, { dag: 'snart' }],
      [`/sammantraden/${id}`, { dag: '2024-02-15', steg: 'andra' }],
      ['/sammantraden', { dag: 'snart' }],
    ] as const) {
      expect([path, (await browser.post(path, fields)).status]).toEqual([path, 403]);
    }
  });
});
