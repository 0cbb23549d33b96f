import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { localDate } from '../../../../src/domain/calendar/local-date.js';
import { MeetingRepository } from '../../../../src/features/boards/meeting.repository.js';
import { ReadDatabase } from '../../../../src/platform/database/read-database.js';
import type { TestApp } from '../../../support/app.js';
import { seedModelBoard, type ModelBoard } from '../../../support/seed.js';
import { PlainBrowser, seedPassword, startPagesApp } from '../../sign-in/pages-app.js';
import { textOf } from '../lista/page-visits.js';

describe('A form that is sent twice', () => {
  let app: TestApp;
  let people: ModelBoard;

  beforeAll(async () => {
    app = await startPagesApp();
    people = await seedModelBoard(app);
    await seedPassword(app, people.secretary, people.officer, people.registrar, people.reader);
  });
  afterAll(() => app.close());

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
