import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { TestApp } from '../../../support/app.js';
import { seedModelBoard, seedPerson, type ModelBoard, type SeededPerson } from '../../../support/seed.js';
import { PlainBrowser, seedPassword, startPagesApp } from '../../sign-in/pages-app.js';
import { textOf } from '../lista/page-visits.js';

const PATH = '/avdelningar/EÅV/HR';

let app: TestApp;
let people: ModelBoard;
let next: SeededPerson;
const plain = new Map<string, PlainBrowser>();

beforeAll(async () => {
  app = await startPagesApp();
  people = await seedModelBoard(app);
  next = await seedPerson(app, { email: 'gerd@example.se', name: 'Gerd Nästa', roles: { EÅV: ['manager'] } });
  for (const name of ['Ada Admin', 'Bea Admin']) {
    const email = `${name.slice(0, 3).toLowerCase()}@example.se`;
    await seedPassword(app, await seedPerson(app, { email, name, roles: { EÅV: ['admin'] } }));
    const browser = new PlainBrowser(app);
    expect((await browser.signIn(email)).status).toBe(303);
    plain.set(name.slice(0, 3), browser);
  }
});
afterAll(() => app.close());

const at = (who: 'Ada' | 'Bea'): PlainBrowser => {
  const browser = plain.get(who);
  if (browser === undefined) throw new Error(who);
  return browser;
};
const basisOn = (page: string): string =>
  (/name="grund" value="([^"]*)"/.exec(page)?.[1] ?? '').replaceAll('&quot;', '"');
const chosen = (page: string): string | undefined =>
  [...page.matchAll(/<option([^>]*)>/g)].find(([, more]) => more?.includes('selected'))?.[1];

it('two who change a department at once see both versions, and neither undoes what the other did unawares', async () => {
  const opened = basisOn((await at('Bea').get(PATH)).body);
  const grund = basisOn((await at('Ada').get(PATH)).body);
  expect(opened).toBe(grund);
  const changed = { namn: 'Avdelning HR och utveckling', chef: next.email, grund, steg: 'bekrafta' };
  expect((await at('Ada').post(PATH, changed)).status).toBe(303);

  const mine = { namn: 'Personalavdelningen', chef: people.manager.email, grund: opened };
  const conflict = await at('Bea').post(PATH, mine);
  expect(conflict.status).toBe(409);
  const said = textOf(conflict.body);
  expect(said).toContain('Ada Admin ändrade avdelningen medan du hade sidan öppen.');
  expect(said).toMatch(/Namn Avdelning HR och utveckling Personalavdelningen Avdelningschef Gerd Nästa Cesar Chef/);
  expect(conflict.body).toMatch(
    /name="namn"[^>]*value="Personalavdelningen"|value="Personalavdelningen"[^>]*name="namn"/,
  );
  expect(chosen(conflict.body)).toContain(next.email);

  const merged = { namn: 'Personalavdelningen', chef: next.email, grund: basisOn(conflict.body) };
  expect((await at('Bea').post(PATH, merged)).status).toBe(303);
  const now = await at('Bea').get(PATH);
  expect(chosen(now.body)).toContain(next.email);
  expect(textOf(now.body)).toContain('Personalavdelningen');
});
