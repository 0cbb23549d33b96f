import { beforeAll, expect, it } from '@jest/globals';
import { BoardRow } from '../../../../src/features/boards/board.entity.js';
import { UnitOfWork } from '../../../../src/platform/database/unit-of-work.js';
import { describeInBrowser } from '../../../support/browser.js';
import { seedPerson } from '../../../support/seed.js';
import { eventually } from '../../../support/eventually.js';
import { PlainBrowser } from '../../sign-in/pages-app.js';
import { app, open, people, setStage, sink } from '../browser-stage.js';
import { enter, expectGood, textOf } from '../lista/page-visits.js';

describeInBrowser('The pages of meetings', () => {
  setStage();

  beforeAll(async () => {
    const body = {
      board: 'EÅV', title: 'Remiss om trygghet', sender: 'Kommunstyrelsen', receivedOn: '2023-10-09',
      answerDue: '2023-12-01', officer: people.officer.email,
    }; // prettier-ignore
    expect((await app.post('/api/v1/referrals', body, { token: people.registrar.token })).status).toBe(201);
  });

  const press = (name: string) => open.page.getByRole('button', { name, exact: true }).click();
  const fill = (name: string, value: string) => open.page.locator(`[name=${name}]`).fill(value);
  const status = () => open.page.getByRole('status').textContent();

  it('show what is on each meeting, and those that have been, folded', async () => {
    const { page, complaints } = open;
    await enter(page, app, people.reader, '/sammantraden');
    const main = (await page.locator('main').textContent()) ?? '';
    expect(main).toContain('Torsdag 26 oktober 2023');
    expect(main).toContain('19 oktober 2023 5 arbetsdagar före (nämndens ledtider)');
    expect(main).toContain('9 november 2023 14 dagar efter (KL 5 kap. 69 §)');
    expect(main).toContain('Tidigare sammanträden (1)');
    expect(await page.getByRole('button', { name: 'Lägg till' }).count()).toBe(0);
    await expectGood(page, 'sammantraden');
    await page.getByRole('link', { name: 'Torsdag 23 november 2023' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(
      /^Torsdag 23 november 2023\skl\.\s18\.00$/,
    );
    expect(await page.getByText('Ställ in sammanträdet').count()).toBe(0);
    await expectGood(page, 'sammantrade');
    expect(complaints).toEqual([]);
  });

  it('let a secretary add one, and tell of faults at their fields', async () => {
    const { page } = open;
    await enter(page, app, people.secretary, '/sammantraden');
    await expectGood(page, 'sammantraden-sekreterare');
    await fill('dag', '2023-10-26');
    await press('Lägg till');
    expect(await page.locator('.ds-error-summary').textContent()).toContain('redan ett sammanträde den dagen');
    await fill('dag', '20231214');
    await fill('tid', '18');
    await fill('utskick', '2023-12-20');
    await press('Lägg till');
    expect(await page.locator('.ds-error-summary li').count()).toBe(1);
    expect(await page.locator('[name=utskick]').getAttribute('aria-invalid')).toBe('true');
    await expectGood(page, 'sammantraden-fel');
    await fill('utskick', '2023-12-01');
    await press('Lägg till');
    expect(await status()).toBe('Sammanträdet är tillagt.');
    expect(await page.locator('main').textContent()).toContain('1 december 2023 egen dag för det här sammanträdet');
  });

  it('move one by keyboard after saying which cases are planned anew and who is told', async () => {
    const { page } = open;
    await enter(page, app, people.secretary, '/sammantraden');
    await page.getByRole('link', { name: 'Torsdag 23 november 2023' }).click();
    await fill('dag', '2023-11-22');
    // Enter in a field asks, as the button does: nothing is moved before the answer.
    await page.locator('[name=dag]').press('Enter');
    await page.getByText('Stämmer det?').waitFor();
    const asked = (await page.locator('main').textContent()) ?? '';
    expect(asked).toContain('Sammanträdet flyttas från 23 november 2023 till 22 november 2023.');
    expect(asked).toMatch(/1 öppet ärende planeras om: EÅV 2023\/\d+\./);
    expect(asked).toContain('Hanna Handläggare får besked med e-post.');
    await expectGood(page, 'sammantrade-flytta');
    const { body } = await app.get('/api/v1/boards', { token: people.secretary.token });
    const days = body.items[0].meetings.map(({ date }: { date: string }) => date);
    expect([days.includes('2023-11-23'), days.includes('2023-11-22')]).toEqual([true, false]);
    await page.getByRole('button', { name: 'Ja, ändra sammanträdet' }).press('Enter');
    await page.waitForURL('**?meddelande=flyttat');
    expect(await status()).toContain('omplanerade');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Onsdag 22 november 2023');
    await eventually('Hanna is told', () => sink.mails.some(({ subject }) => /22 november/.test(subject)));
  });

  it('show what another has changed meanwhile, and ask about a day far ahead', async () => {
    const { page } = open;
    const sara = await seedPerson(app, {
      email: 'sara.sekreterare@example.se',
      name: 'Sara Sekreterare',
      roles: { EÅV: ['secretary'] },
    });
    const path = '/api/v1/boards/EÅV/meetings/2023-12-14';
    await enter(page, app, people.secretary, '/sammantraden');
    await page.getByRole('link', { name: 'Torsdag 14 december 2023' }).click();
    await fill('plats', 'Slakthusplan 8');
    expect((await app.put(path, { date: '2023-12-13', time: '17:00' }, { token: sara.token })).status).toBe(200);
    await press('Ändra sammanträdet');
    expect(await page.locator('.ds-error-summary').textContent()).toContain('Sara Sekreterare ändrade sammanträdet');
    expect(await page.locator('table.versions tbody tr').allInnerTexts()).toEqual([
      'Dag\t13 december 2023 (ändrat nu, förut 14 december 2023)\toförändrat',
      'Klockslag\t17:00 (ändrat nu, förut 18:00)\toförändrat',
      'Plats\tinget\tSlakthusplan 8',
    ]);
    await expectGood(page, 'sammantrade-konflikt');
    await fill('dag', '2099-12-13');
    await press('Ändra sammanträdet');
    expect(await page.locator('.ds-error-summary').textContent()).toContain('om mer än två år');
    await expectGood(page, 'sammantrade-langt-fram');
    await fill('dag', '2023-12-13');
    await press('Ändra sammanträdet');
    expect(await status()).toContain('Sammanträdet är ändrat.');
    await fill('tid', '18');
    const moved = path.replace('14', '13');
    expect((await app.delete(moved, { token: sara.token })).status).toBe(200);
    await press('Ändra sammanträdet');
    const main = (await page.locator('main').textContent()) ?? '';
    expect(main).toContain('Sara Sekreterare ställde in sammanträdet');
    await expectGood(page, 'sammantrade-installt-konflikt');
    await press('Lägg till');
    expect(await status()).toBe('Sammanträdet är tillagt.');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/13 december 2023\skl\.\s18\.00$/);
    const dag = page.locator('[name=dag]');
    expect(await dag.inputValue()).toBe('2023-12-13');
    await fill('plats', 'Sal A');
    expect((await app.put(moved, { time: '19:00' }, { token: sara.token })).status).toBe(200);
    await press('Ställ in sammanträdet');
    expect(await page.locator('main').textContent()).toContain('Sammanträdet är inte inställt.');
    await expectGood(page, 'sammantrade-installning-konflikt');
  });

  it('cancel one, which stays readable', async () => {
    const { page } = open;
    await enter(page, app, people.secretary, '/sammantraden');
    await page.getByRole('link', { name: 'Onsdag 22 november 2023' }).click();
    await press('Ställ in sammanträdet');
    await expectGood(page, 'sammantrade-stall-in-fraga');
    await press('Ja, ställ in det');
    expect(await status()).toContain('Sammanträdet är inställt.');
    expect(await page.getByText('Ställ in sammanträdet').count()).toBe(0);
    await expectGood(page, 'sammantrade-installt');
  });

  it("explain a day that the law has moved, by the board's own lead times", async () => {
    const leadTimes = JSON.stringify({ ordinaryAdjustmentDays: 16 });
    await app.provider(UnitOfWork).run((tx) => tx.update(BoardRow, { code: 'EÅV' }, { leadTimes }));
    const plain = new PlainBrowser(app);
    await plain.signIn(people.secretary.email);
    const text = textOf((await plain.get('/sammantraden')).body);
    expect(text).toContain('16 dagar efter (KL 5 kap. 69 §), flyttad från lördag 11 november, lag (1930:173)');
    expect(text).toContain('Annars 16 dagar efter. ÅÅÅÅ-MM-DD');
    expect(text).not.toContain('14 dagar efter');
  });

  it('refuse everyone else', async () => {
    const plain = new PlainBrowser(app);
    await plain.signIn(people.registrar.email);
    const { body } = await plain.get('/sammantraden');
    const href = /href="(\/sammantraden\/[0-9a-f-]+)"/.exec(body)?.[1] ?? '';
    await plain.get(href);
    const fields = { namnd: 'EÅV', dag: '2023-12-07' };
    for (const path of ['/sammantraden', href, `${href}/stall-in`]) {
      expect({ path, status: (await plain.post(path, fields)).status }).toEqual({ path, status: 403 });
    }
  });
});
