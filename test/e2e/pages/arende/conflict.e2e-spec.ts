import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, expectAccessible, picture, suiteBrowser, type Visit } from '../../../support/browser.js';
import { caseStage, type Who } from './case-stage.js';

describeInBrowser('Two at the same case', () => {
  const browser = suiteBrowser();
  const stage = caseStage();
  let open: Visit;
  let id: string;

  beforeAll(async () => {
    await stage.person('Olle Ombud', { roles: { EÅV: ['officer'] } });
  });
  beforeEach(async () => {
    stage.noonOf('2023-09-11');
    id = await stage.register();
  });
  afterEach(() => open.close());

  const at = async (who: Who, path: string): Promise<Page> => {
    open = await stage.visitAs(browser, who);
    open.page.setDefaultTimeout(15_000);
    await open.page.goto(`${stage.app.url}/arenden/${id}${path}`);
    return open.page;
  };
  const rows = (page: Page): Promise<string[]> => page.locator('table.versions tbody tr').allInnerTexts();

  it('see both versions of a correction, keep each what the other has not touched, and save on top', async () => {
    const page = await at('registrar', '/andra');
    await page.getByLabel('Ärendemening', { exact: true }).fill('Remiss om tryggheten');
    await page.getByLabel('Svar senast').fill('2023-11-30');
    await page.getByLabel('Anteckning').fill('Rad ett\nRad två');
    await stage.correct(id, { sender: 'Stadsledningskontoret', answerDue: '2023-11-24' });
    await page.getByRole('button', { name: 'Spara rättelsen' }).click();
    expect(await page.evaluate('document.activeElement.className')).toBe('ds-error-summary');
    expect(await page.locator('.ds-error-summary').textContent()).toContain(
      'Du själv ändrade ärendet medan du hade det öppet: i ett annat fönster, eller',
    );
    expect(await rows(page)).toEqual([
      'Ärendemening\tRemiss av Stockholms stads trygghetsprogram 2024–2027\tRemiss om tryggheten',
      'Avsändare\tStadsledningskontoret (ändrat nu)\toförändrat',
      'Svar senast\t24 november 2023 (ändrat nu)\t30 november 2023',
      'Anteckning\tinget\tRad ett Rad två',
    ]);
    await expectAccessible(page);
    expect((await stage.view(id)).title).toBe('Remiss av Stockholms stads trygghetsprogram 2024–2027');
    expect(await page.getByLabel('Ärendemening', { exact: true }).inputValue()).toBe('Remiss om tryggheten');
    expect(await page.getByLabel('Avsändare', { exact: true }).inputValue()).toBe('Stadsledningskontoret');
    await page.getByRole('button', { name: 'Spara ovanpå den nya versionen' }).click();
    await page.getByRole('status').waitFor();
    expect(await stage.view(id)).toMatchObject({
      title: 'Remiss om tryggheten',
      sender: 'Stadsledningskontoret',
      answerDue: '2023-11-30',
      note: 'Rad ett\nRad två',
    });
  });

  it('are told when the other assigned it first, and may assign it anew', async () => {
    const page = await at('registrar', '/fordela');
    await page.getByLabel('Handläggare', { exact: true }).selectOption('olle.ombud@example.se');
    await stage.act(id, 'manager', 'assignment', { officer: stage.people.officer.email });
    await page.getByRole('button', { name: 'Fördela', exact: true }).click();
    expect(await page.locator('.ds-error-summary').textContent()).toContain('Cesar Chef ändrade ärendet');
    expect(await rows(page)).toEqual([
      'Svar senast\t27 oktober 2023\toförändrat',
      'Sammanträde\t26 oktober 2023\toförändrat',
      'Omedelbar justering\tFöreslagen, inte bekräftad\toförändrat',
      'Handläggare\tingen\tHanna Handläggare',
      'Läge\tRegistrerat, inte fördelat\tFördelat',
      'Handläggare\tHanna Handläggare\tOlle Ombud',
    ]);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Fördela, ovanpå den nya versionen' }).click();
    await page.getByRole('status').waitFor();
    expect((await stage.view(id)).officer.name).toBe('Olle Ombud');
  });

  it('see by name what was chosen, when the other has made it impossible to choose', async () => {
    await stage.act(id, 'registrar', 'assignment', { officer: stage.people.officer.email });
    const page = await at('registrar', '/beslutsvag');
    await page.getByRole('radio', { name: 'Ordförandebeslut' }).check();
    await page.getByLabel('Skäl').fill('Brådskar');
    await stage.act(id, 'registrar', 'meeting', { route: 'chair', reason: 'Nämnden hinner inte' });
    await page.getByRole('button', { name: 'Välj beslutsvägen' }).click();
    expect((await rows(page)).slice(-2)).toEqual([
      'Beslutsväg\tOrdförandebeslut\tOrdförandebeslut',
      'Skäl\tinget\tBrådskar',
    ]);
    await expectAccessible(page);
  });

  it('see by name whom was chosen, though that person can have no cases any longer', async () => {
    stage.clock.set('2023-09-11T21:50:00.000Z');
    const nina = await stage.person('Nina Nyss', { roles: { EÅV: ['officer'] }, endedOn: '2023-09-12' });
    const page = await at('registrar', '/fordela');
    await page.getByLabel('Handläggare', { exact: true }).selectOption(nina.email);
    await stage.correct(id, { note: 'En rad' });
    stage.clock.set('2023-09-11T22:05:00.000Z');
    await page.getByRole('button', { name: 'Fördela', exact: true }).click();
    expect((await rows(page)).at(-1)).toMatch(/^Handläggare\tIngen\tNina Nyss/);
  });

  it('see what the act rests on, before and now, when another moved its meeting', async () => {
    await stage.act(id, 'registrar', 'assignment', { officer: stage.people.officer.email });
    const page = await at('officer', '/bekrafta-justering');
    await stage.correct(id, { answerDue: '2023-11-30' });
    await page.getByRole('button', { name: 'Bekräfta omedelbar justering' }).click();
    expect(await rows(page)).toEqual([
      'Svar senast\t27 oktober 2023\t30 november 2023',
      'Sammanträde\t26 oktober 2023\t23 november 2023',
      expect.stringMatching(/^Omedelbar justering\t/),
      'Handläggare\tHanna Handläggare\toförändrat',
      'Läge\tFördelat\toförändrat',
    ]);
    expect(await page.locator('.story').textContent()).not.toContain('13 ändrade uppgifter');
    await expectAccessible(page);
    await picture(page, 'krock-justering');
  });

  it('are told when it can no longer be done, with what was typed', async () => {
    const page = await at('registrar', '/makulera');
    await page.getByLabel('Skäl').fill('Samma som EÅV 2023/1');
    await stage.act(id, 'registrar', 'cancellation', { reason: 'Dubblett' });
    await page.getByRole('button', { name: 'Makulera', exact: true }).click();
    const text = await page.locator('main').textContent();
    expect(text).toContain('Makulerat: Dubblett.');
    expect(text).toContain('Samma som EÅV 2023/1');
    expect(text).toContain('Det går inte nu');
    await expectAccessible(page);
    expect((await stage.view(id)).cancellation.reason).toBe('Dubblett');
  });

  it('does nothing twice when a form is sent again', async () => {
    await stage.act(id, 'registrar', 'assignment', { officer: stage.people.officer.email });
    const first = await at('officer', '');
    const page = await first.context().newPage();
    await page.goto(first.url());
    await first.getByRole('button', { name: 'Utkastet är klart' }).click();
    await first.getByRole('status').waitFor();
    await page.getByRole('button', { name: 'Utkastet är klart' }).click();
    await page.locator('.ds-error-summary').waitFor();
    const { body } = await stage.app.get(`/api/v1/referrals/${id}/journal`, { token: stage.people.officer.token });
    expect(body.filter(({ what }: { what: string }) => what === 'draft-done')).toHaveLength(1);
  });
});
