import { beforeAll, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import ICAL from 'ical.js';
import { Sweep } from '../../../../src/features/reminders/sweep.js';
import { describeInBrowser } from '../../../support/browser.js';
import { eventually } from '../../../support/eventually.js';
import { seedPerson, type SeededPerson } from '../../../support/seed.js';
import { SettableClock } from '../../../support/settable-clock.js';
import { seedPassword } from '../../sign-in/pages-app.js';
import { app, open, people, setStage, sink } from '../browser-stage.js';
import { enter, expectGood } from './page-visits.js';

const TOO_LONG = 'Ö'.repeat(5000);
/** As many letters as a title may have, in one word. */
const LONGEST = 'Å'.repeat(1000);

describeInBrowser('A title as long as it may be, and longer', () => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  setStage(clock);
  let id: string;
  let ada: SeededPerson;

  beforeAll(async () => {
    const body = {
      board: 'EÅV', title: LONGEST, internalTitle: LONGEST, sender: 'Å'.repeat(300), senderReference: 'Å'.repeat(200),
      receivedOn: '2023-09-11', answerDue: '2023-10-27', officer: people.officer.email,
    }; // prettier-ignore
    const answer = await app.post('/api/v1/referrals', body, { token: people.registrar.token });
    expect({ status: answer.status, why: answer.body.detail }).toEqual({ status: 201, why: undefined });
    id = answer.body.id;
    ada = await seedPerson(app, { email: 'ada.admin@example.se', name: 'Ada Admin', roles: { EÅV: ['admin'] } });
    await seedPassword(app, ada);
  });

  const type = async (fields: Readonly<Record<string, string>>): Promise<void> => {
    for (const [name, text] of Object.entries(fields)) await open.page.locator(`main [name=${name}]`).fill(text);
  };
  const typed = (name: string): Promise<string> => open.page.locator(`main [name=${name}]`).inputValue();
  const press = (name: string) => open.page.getByRole('button', { name, exact: true }).click();
  const faults = async (): Promise<string> =>
    (await open.page.locator('.ds-error-summary li').allTextContents()).join(' ');

  it('is refused when it has 5,000 letters, with everything that was typed kept, and the page whole', async () => {
    const { page, complaints } = open;
    await enter(page, app, people.registrar, '/registrera');
    await page.locator('details.more-fields summary').click();
    const sent = {
      titel: TOO_LONG, avsandare: TOO_LONG, avsandarens: TOO_LONG, svar: '2023-10-27', klockslag: TOO_LONG,
      inkom: '2023-09-11', svartill: TOO_LONG, sekretess: TOO_LONG, interntitel: TOO_LONG,
    }; // prettier-ignore
    await type(sent);
    // As it is inserted, nothing is cut off.
    expect((await typed('titel')).length).toBe(5000);
    await press('Registrera');
    await page.locator('.ds-error-summary').waitFor();
    expect(await faults()).toContain('högst 1000 tecken');
    for (const [name, text] of Object.entries(sent)) {
      expect({ name, kept: (await typed(name)) === text }).toEqual({ name, kept: true });
    }
    await expectGood(page, 'registrera-for-langt');
    expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
  });

  it('is refused in a correction, a search, a meeting, a colleague and a department alike', async () => {
    const { page } = open;
    await enter(page, app, people.registrar, `/arenden/${id}/andra`);
    await type({ title: TOO_LONG, note: TOO_LONG });
    await press('Spara rättelsen');
    expect(await faults()).toContain('högst 1000 tecken');
    expect([await typed('title'), await typed('note')]).toEqual([TOO_LONG, TOO_LONG]);
    await expectGood(page, 'andra-for-langt');
    await page.goto(`${app.url}/arenden?q=${'x'.repeat(5000)}`);
    expect(await faults()).toContain('högst 200 tecken');
    expect((await typed('q')).length).toBe(5000);
    await expectGood(page, 'arenden-for-langt');
    await press('Logga ut');
    await enter(page, app, people.secretary, '/sammantraden');
    await type({ dag: TOO_LONG, tid: TOO_LONG, plats: TOO_LONG });
    await press('Lägg till');
    expect(await faults()).toContain('högst 300 tecken');
    expect([await typed('dag'), await typed('plats')]).toEqual([TOO_LONG, TOO_LONG]);
    await expectGood(page, 'sammantraden-for-langt');
    await press('Logga ut');
    await enter(page, app, ada, '/medarbetare');
    await type({ namn: TOO_LONG, epost: `${'a'.repeat(5000)}@example.se` });
    await page.getByLabel('Läsbehörig', { exact: true }).check();
    await page.locator('form[action="/medarbetare"]').evaluate((form: HTMLFormElement) => form.submit());
    await page.locator('.ds-error-summary').waitFor();
    expect(await faults()).toMatch(/högst \d+ tecken/);
    expect(await typed('namn')).toBe(TOO_LONG);
    await expectGood(page, 'medarbetare-for-langt');
    await page.goto(`${app.url}/avdelningar`);
    await type({ namn: TOO_LONG, kod: TOO_LONG });
    await press('Lägg till');
    expect(await faults()).toMatch(/högst \d+ tecken/);
    expect([await typed('namn'), await typed('kod')]).toEqual([TOO_LONG, TOO_LONG]);
    await expectGood(page, 'avdelningar-for-langt');
  });

  it('is shown whole on every page that names the case when it has 1,000', async () => {
    const { page, complaints } = open;
    await enter(page, app, people.registrar, `/arenden/${id}`);
    const meeting = /\/sammantraden\/[\w-]{36}/;
    for (const path of [
      `/arenden/${id}`,
      `/arenden/${id}/fordela`,
      `/registrera/kvitto/${id}`,
      '/bevakning?visa=namnden',
      '/arenden',
      '/paminnelser',
      '/sammantraden',
    ]) {
      await page.goto(app.url + path);
      await page.evaluate(`document.querySelectorAll('details').forEach((one) => { one.open = true; })`);
      expect({ path, whole: (await page.locator('main').textContent())?.includes(LONGEST) }).toEqual({
        path,
        whole: true,
      });
      await expectGood(page, `lang-${path.split('/')[1] ?? ''}`);
    }
    const held = (await page.locator('.meeting', { hasText: LONGEST }).innerHTML()).match(meeting)?.[0];
    await page.goto(`${app.url}${held ?? ''}`);
    expect(await page.locator('main').textContent()).toContain(LONGEST);
    await expectGood(page, 'lang-sammantrade');
    expect(complaints).toEqual([]);
  });

  it('goes whole into mails, the calendar and the register’s table', async () => {
    await app.provider(Sweep).runOnce();
    await eventually('the mail is sent', () => sink.to(people.officer.email).length > 0);
    for (const { text, html, raw, subject } of sink.to(people.officer.email)) {
      expect(text.replace(/\s/g, '')).toContain(LONGEST);
      expect(html).toContain(LONGEST);
      expect(subject.length).toBeLessThan(150);
      // RFC 5322, 2.1.1: no line of more than 998 octets.
      expect(
        Math.max(
          ...raw
            .toString('latin1')
            .split('\r\n')
            .map(({ length }) => length),
        ),
      ).toBeLessThanOrEqual(998);
    }
    const { body: made } = await app.post('/api/v1/calendars', {}, { token: people.officer.token });
    const { body: file } = await app.get(new URL(made.address).pathname);
    // RFC 5545, 3.1: no line of more than 75 octets.
    const longest = Math.max(...String(file).split('\r\n').map((line) => Buffer.byteLength(line))); // prettier-ignore
    expect(longest).toBeLessThanOrEqual(75);
    const events = new ICAL.Component(ICAL.parse(file)).getAllSubcomponents('vevent');
    expect(events.length).toBeGreaterThan(0);
    const told = events.map((one) => new ICAL.Event(one)).map((one) => `${one.summary} ${one.description ?? ''}`);
    for (const words of told) expect(words).toContain(LONGEST);
    const csv = await app.get(`/api/v1/boards/${encodeURIComponent('EÅV')}/register.csv?columns=diarienummer,title`, {
      token: people.registrar.token,
    });
    const lines: string[][] = parse(String(csv.body), { delimiter: ';', bom: true });
    expect(lines.flat()).toContain(LONGEST);
  });
});
