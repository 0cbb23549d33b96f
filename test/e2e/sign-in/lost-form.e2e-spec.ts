import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { change, insertRows } from '../../../src/platform/database/sql.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { EndSession } from '../../../src/features/accounts/end-session.js';
import type { TestApp } from '../../support/app.js';
import { seedModelBoard, type ModelBoard } from '../../support/seed.js';
import { textOf } from '../pages/lista/page-visits.js';
import { PlainBrowser, seedPassword, startPagesApp, type PageAnswer } from './pages-app.js';

let app: TestApp;
let people: ModelBoard;

beforeAll(async () => {
  app = await startPagesApp();
  people = await seedModelBoard(app);
  await seedPassword(app, people.registrar, people.officer);
});
afterAll(() => app.close());

const signedIn = async (): Promise<PlainBrowser> => {
  const browser = new PlainBrowser(app);
  await browser.signIn(people.registrar.email);
  return browser;
};
const labelsIn = (html: string): string =>
  (/name="_etiketter" value="([^"]*)"/.exec(html)?.[1] ?? '').replace(/&quot;/g, '"').replace(/&amp;/g, '&');
const linkIn = ({ body }: PageAnswer): string =>
  (/href="(\/logga-in[^"]*)"/.exec(body)?.[1] ?? '').replace(/&amp;/g, '&');

const LETTER = { titel: 'Remiss om <b>trygghet</b>', avsandare: 'Kommunstyrelsen', svar: '2023-10-27', avdelning: '' };

/** Fills in the form to register, which is then sent without a session. */
async function registering(end: (browser: PlainBrowser) => Promise<void> | void, headers = {}, fields = {}) {
  const browser = await signedIn();
  const { body } = await browser.get('/registrera');
  await end(browser);
  return browser.post('/registrera', { _etiketter: labelsIn(body), nyckel: 'abc', ...LETTER, ...fields }, headers);
}
const ended = async (): Promise<void> => app.provider(EndSession).allBut(people.registrar.id, null);
const forgotten = (browser: PlainBrowser): void => browser.cookies.clear();

describe('A form that is sent when', () => {
  it.each([
    ['the session has ended', ended, 401],
    ['the browser has forgotten it', forgotten, 403],
  ])('%s is shown as it was typed, with the way back to it', async (_, end, status) => {
    const answer = await registering(end, { Referer: `${app.url}/registrera?namnd=E%C3%85V` });
    expect(answer.status).toBe(status);
    const text = textOf(answer.body);
    expect(text).toContain('Det du fyllde i');
    expect(text).toContain('Ärendemening Remiss om <b>trygghet</b>');
    expect(text).toContain('Avsändare Kommunstyrelsen');
    expect(text).toContain('Svar senast 2023-10-27');
    expect(text).not.toMatch(/titel|avsandare|nyckel|abc|Avdelning/);
    expect(linkIn(answer)).toBe(`/logga-in?vidare=${encodeURIComponent('/registrera?namnd=E%C3%85V')}`);
    const again = await signedIn();
    expect((await again.get(linkIn(answer))).location).toBe('/registrera?namnd=E%C3%85V');
  });

  it('the role is gone meanwhile is shown as it was typed', async () => {
    const role = (turn: 'DELETE' | 'INSERT'): Promise<unknown> =>
      app
        .provider(UnitOfWork)
        .run((tx) =>
          turn === 'DELETE'
            ? change(tx, 'DELETE FROM "person_role" WHERE "person_id" = ?', [people.registrar.id])
            : insertRows(
                tx,
                'person_role',
                ['person_id', 'board', 'role'],
                [[people.registrar.id, 'EÅV', 'registrar']],
              ),
        );
    try {
      const answer = await registering(async () => void (await role('DELETE')));
      expect(answer.status).toBe(403);
      expect(textOf(answer.body)).toContain('Du saknar behörighet');
      expect(textOf(answer.body)).toContain('Ärendemening Remiss om <b>trygghet</b>');
    } finally {
      await role('INSERT');
    }
  });

  it('its page is of something that the person no longer sees is shown as it was typed', async () => {
    const browser = await signedIn();
    const { body } = await browser.get('/franvaro');
    const gone = '/arenden/018f0000-0000-7000-8000-000000000000/anstand';
    const answer = await browser.post(gone, { _etiketter: labelsIn(body), version: '1', till: '2027-03-01' });
    expect(answer.status).toBe(404);
    expect(textOf(answer.body)).toMatch(/Det du fyllde i.*2027-03-01/);
  });

  it.each([
    ['the session has ended', ended],
    ['the browser has forgotten it', forgotten],
  ])('%s comes back filled in for who signs in again, and nothing is done by that', async (_, end) => {
    const browser = await signedIn();
    const { body } = await browser.get('/registrera');
    const fill = /name="_ifyllt" value="([^"]*)"/.exec(body)?.[1] ?? '';
    await Promise.resolve(end(browser));
    const sent = { _etiketter: labelsIn(body), _ifyllt: fill, nyckel: 'abc', ...LETTER };
    const lost = await browser.post('/registrera', sent);
    expect(textOf(lost.body)).toContain('Du är inte inloggad längre');
    const action = /<form action="([^"]*)" method="post" class="refill">/.exec(lost.body)?.[1];
    expect(action).toBe('/registrera/forhandsvisa');
    const carried = Object.fromEntries(
      [...lost.body.matchAll(/<input type="hidden" name="([^"]*)" value(?:="([^"]*)")?/g)].map(
        ([, name = '', value = '']) => [
          name,
          value
            .replace(/&lt;/g, '<')
            .replace(/&quot;/g, '"')
            .replace(/&amp;/g, '&'),
        ],
      ),
    );
    expect(carried).toEqual({ _token: expect.stringMatching(/^[\w-]{86}$/), ...sent });
    // Before signing in it is the same page again, and nothing is lost.
    expect(textOf((await browser.post(action ?? '', carried)).body)).toContain('Du är inte inloggad längre');
    await browser.signIn(people.registrar.email);
    const again = await browser.post(action ?? '', { ...carried, _token: 'x' });
    expect(again.status).toBe(200);
    expect(again.body).toContain('>Remiss om &lt;b>trygghet&lt;/b></textarea>');
    expect(again.body).toContain('value="Kommunstyrelsen"');
    const { body: list } = await app.get('/api/v1/referrals', { token: people.registrar.token });
    expect(list.items).toEqual([]);
  });

  it.each(['https://evil.example/x', '//evil.example', '/finns-inte', '/arenden', '/logga-in'])(
    'it says that %s shows it filled in goes nowhere',
    async (fill) => {
      const answer = await registering(ended, {}, { _ifyllt: fill });
      expect(answer.body).not.toContain('class="refill"');
    },
  );

  it('another site sends it to be shown filled in is refused', async () => {
    const browser = await signedIn();
    const answer = await browser.post('/registrera/forhandsvisa', LETTER, { 'Sec-Fetch-Site': 'cross-site' });
    expect([answer.status, answer.body.includes('Kommunstyrelsen')]).toEqual([403, false]);
  });

  it.each([
    ['another site', 'https://evil.example/registrera', '/logga-in?vidare=%2Fregistrera'],
    ['nowhere', undefined, '/logga-in?vidare=%2Fregistrera'],
    ['a path that browsers misread', '//evil.example', '/logga-in?vidare=%2Fregistrera'],
  ])('the way back is asked for from %s leads to its own page', async (_, referer, link) => {
    const answer = await registering(ended, referer === undefined ? {} : { Referer: referer });
    expect(linkIn(answer)).toBe(link);
  });

  it('its page is no page to go to leads to the one it was on', async () => {
    const browser = await signedIn();
    await browser.get('/konto');
    await ended();
    const answer = await browser.post('/konto/losenord', {}, { Referer: `${app.url}/konto/losenord` });
    expect([answer.status, linkIn(answer)]).toEqual([401, '/logga-in']);
  });

  it.each([
    ['Sec-Fetch-Site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['Origin', { Origin: 'https://evil.example' }],
  ])('another site sends it, by its %s, shows nothing of it', async (_, headers) => {
    const answer = await registering(forgotten, headers);
    expect(answer.status).toBe(403);
    expect(answer.body).not.toContain('Kommunstyrelsen');
  });

  it.each(['{', '{"titel":1}', '[[1,2],["titel"],null,["titel",{}]]', '"x"', ''])(
    'its labels are %j shows nothing, and harms nothing',
    async (labels) => {
      const answer = await registering(ended, {}, { _etiketter: labels });
      expect(answer.status).toBe(401);
      expect(answer.body).not.toContain('Det du fyllde i');
    },
  );

  it.each([
    ['without a token', ''],
    ['with a token that was not made here', 'x'.repeat(86)],
  ])('a program sends it %s shows nothing of it', async (_, _token) => {
    const sent = { _token, _etiketter: '[["titel","Ärende"]]', _ifyllt: '/registrera/forhandsvisa', ...LETTER };
    for (const path of ['/registrera', '/losenord/x', '/finns-inte']) {
      const { body } = await new PlainBrowser(app).post(path, sent);
      expect([path, /Kommunstyrelsen|trygghet|class="refill"/.test(body)]).toEqual([path, false]);
    }
  });

  it.each(['/registrera', '/losenord/x', '/finns-inte'])(
    'it names a field again and again to %s is answered with each once, and hardly longer than it was',
    async (path) => {
      const browser = new PlainBrowser(app);
      await browser.get('/logga-in');
      const _etiketter = JSON.stringify([
        ...Array.from({ length: 5_000 }, () => ['a', 'b']),
        ...['_token', '_ifyllt', '_etiketter', 'steg'].map((name) => [name, `Kallad ${name}`]),
      ]);
      const sent = { a: '<'.repeat(5_000), steg: 'andra', _ifyllt: '/registrera/forhandsvisa', _etiketter };
      const { body } = await browser.post(path, sent);
      expect(body.split('<dt>')).toHaveLength(path === '/losenord/x' ? 1 : 2);
      expect(body).not.toContain('<dt>Kallad');
      expect(body.length).toBeLessThan(8 * new URLSearchParams(sent).toString().length);
    },
  );

  it('it holds passwords shows none of them', async () => {
    const browser = await signedIn();
    const { body } = await browser.get('/konto');
    expect(body).toContain('name="nuvarande"');
    expect(body).not.toMatch(/_etiketter" value="[^"]*(nuvarande|nytt)/);
    await browser.get('/logga-in');
  });
});

describe('A page', () => {
  it.each([
    ['/registrera', 403, 'Din roll tillåter inte detta.'],
    ['/sammantraden/x', 400, 'Något i adressen eller i formuläret går inte att läsa.'],
  ])('%s refuses in words of its own', async (path, status, words) => {
    const browser = new PlainBrowser(app);
    await browser.signIn(people.officer.email);
    const answer = await browser.get(path);
    expect(answer.status).toBe(status);
    expect(answer.body).toContain(words);
    expect(answer.body).not.toMatch(/register\.|errors|ETag/);
  });

  it.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencodedx'])(
    'takes no %s, and says so in Swedish, whoever asks',
    async (type) => {
      const browser = await signedIn();
      await browser.get('/registrera');
      for (const Accept of ['text/html', '*/*', 'application/json']) {
        const answer = await browser.post('/registrera', LETTER, { 'Content-Type': type, Accept });
        expect([answer.status, answer.headers.get('content-type')]).toEqual([415, 'text/html; charset=utf-8']);
        expect(answer.body).toContain('Sidorna tar bara emot det som skickas från deras egna formulär.');
        expect(answer.body).not.toContain('application/json');
      }
    },
  );
});
