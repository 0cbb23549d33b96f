import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApp } from '../../../support/app.js';
import { seedModelBoard, type ModelBoard } from '../../../support/seed.js';
import { textOf } from '../lista/page-visits.js';
import { PlainBrowser, seedPassword, startPagesApp } from '../../sign-in/pages-app.js';

/** What every object of the language has; no form has such a field. */
const NAMES = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf', 'isPrototypeOf'];
const FIELDS = Object.fromEntries(NAMES.map((name) => [name, '1']));
const QUERY = new URLSearchParams(NAMES.map((name) => [name, '1'])).toString();

describe('fields that no form has', () => {
  let app: TestApp;
  let people: ModelBoard;
  let browser: PlainBrowser;
  let id: string;

  beforeAll(async () => {
    app = await startPagesApp();
    people = await seedModelBoard(app);
    await seedPassword(app, people.registrar);
    const remiss = { board: 'EÅV', title: 'Remiss', sender: 'KS', receivedOn: '2023-10-09', answerDue: '2023-12-01' };
    const registered = await app.post('/api/v1/referrals', remiss, { token: people.registrar.token });
    expect(registered.status).toBe(201);
    id = registered.body.id;
    browser = new PlainBrowser(app);
    expect((await browser.signIn(people.registrar.email)).status).toBe(303);
  });
  afterAll(() => app.close());

  it.each(['/arenden', '/bevakning', '/paminnelser', '/sammantraden', '/registrera', '/logga-in'])(
    'in the address of %s are left out',
    async (path) => {
      expect((await browser.get(`${path}?${QUERY}`)).status).toBeLessThan(400);
    },
  );

  it.each([
    ['/registrera', 422],
    ['/registrera/forhandsvisa', 200],
    ['/konto/namn', 404],
    ['/installera', 303],
  ])('in a form sent to %s are left out', async (path, status) => {
    await browser.get('/registrera');
    expect((await browser.post(path, FIELDS)).status).toBe(status);
  });

  it('in the form of an act are left out', async () => {
    for (const slug of ['makulera', 'fordela', 'sammantrade', 'sekretess', 'anstand', 'beslutsvag', 'andra']) {
      const page = await browser.get(`/arenden/${id}/${slug}`);
      expect({ slug, status: page.status }).toEqual({ slug, status: 200 });
      const answer = await browser.post(`/arenden/${id}/${slug}`, FIELDS);
      expect({ slug, broke: answer.status >= 500 }).toEqual({ slug, broke: false });
    }
  });

  it('are refused in so many words when they are more than any form has', async () => {
    await browser.get('/registrera');
    const many = (fields: number) => Object.fromEntries(Array.from({ length: fields }, (_, n) => [`falt${n}`, '']));
    expect((await browser.post('/registrera', many(999))).status).toBe(422);
    const answer = await browser.post('/registrera', many(20_000));
    expect(answer.status).toBe(413);
    expect(textOf(answer.body)).toContain('Ett formulär får ha högst 1000 fält. Inget har ändrats.');
    const unread = await browser.post('/registrera', many(20_000), { Accept: 'application/json' });
    expect(JSON.parse(unread.body)).toMatchObject({ type: '/problems/too-many-fields', status: 413, limit: 1_000 });
  });

  it('are refused as forms when they are too large, and not as what the API takes', async () => {
    await browser.get('/registrera');
    const answer = await browser.post('/registrera', { titel: 'x'.repeat(300_000) });
    expect(answer.status).toBe(413);
    const said = textOf(answer.body);
    expect(said).toContain('Formuläret är för stort');
    expect(said).toContain('större än de 256 kB som ett formulär rymmer');
    expect(said).not.toMatch(/1 MB|byte|Begäran/);
    const page = { Accept: 'application/json' };
    const unread = await browser.post('/registrera', { titel: 'x'.repeat(300_000) }, page);
    expect(JSON.parse(unread.body)).toMatchObject({ type: '/problems/form-too-large', limit: 262_144 });
  });

  it('of which one came twice count as the last, in a correction as elsewhere', async () => {
    await browser.get(`/arenden/${id}/andra`);
    const page = await browser.get(`/arenden/${id}/andra`);
    const hidden = [...page.body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
    const base = Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]));
    const fields = new URLSearchParams({ ...base, title: 'Första' });
    fields.append('title', 'Andra');
    const answer = await fetch(`${app.url}/arenden/${id}/andra`, {
      method: 'POST',
      redirect: 'manual',
      headers: { Cookie: browser.cookieHeader, Accept: 'text/html' },
      body: fields,
    });
    expect(answer.status).toBe(303);
    const read = await app.get(`/api/v1/referrals/${id}`, { token: people.registrar.token });
    expect(read.body.title).toBe('Andra');
  });
});
