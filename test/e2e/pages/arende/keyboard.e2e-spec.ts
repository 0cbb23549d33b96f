import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, suiteBrowser } from '../../../support/browser.js';
import { caseStage } from './case-stage.js';
import { keyboard, tabTo as reach } from './hands.js';

describeInBrowser('The page of a case, by keyboard alone', () => {
  const browser = suiteBrowser();
  const stage = caseStage();

  const tabTo = (page: Page, name: string): Promise<void> => reach(page, (found) => found.startsWith(name), name);

  it('has the decision recorded, confirmed and told of', async () => {
    const id = await stage.register({ officer: stage.people.officer.email });
    stage.noonOf('2023-10-26');
    const { page, complaints, close } = await stage.visitAs(browser, 'secretary');
    await page.goto(`${stage.app.url}/arenden/${id}`);
    await tabTo(page, 'Fler åtgärder');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Anteckna beslutet');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/beslut');
    await tabTo(page, 'Svaret antogs');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    expect(await page.getByLabel('Nämnden avstår från att svara').isChecked()).toBe(true);
    await tabTo(page, 'Paragraf');
    await page.keyboard.type('§ 14');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Anteckna beslutet?' }).waitFor();
    await tabTo(page, 'Ja, anteckna beslutet');
    await page.keyboard.press('Enter');
    await page.getByRole('status').waitFor();
    expect(await stage.view(id)).toMatchObject({
      status: 'decided',
      decision: { outcome: 'declined', paragraph: '§ 14' },
    });
    expect(complaints).toEqual([]);
    await close();
  });

  it('has what was noted corrected, and taken back', async () => {
    const id = await stage.assigned();
    await stage.act(id, 'officer', 'steps', { step: 'draft' });
    stage.noonOf('2023-09-12');
    const { page, complaints, close } = await stage.visitAs(browser, 'registrar');
    const hands = keyboard(page);
    const told = () => page.getByRole('status').first().textContent();
    for (const [link, slug] of [
      ['Rätta en anteckning', 'ratta-anteckning'],
      ['Ta tillbaka en anteckning', 'ta-tillbaka'],
    ]) {
      await page.goto(`${stage.app.url}/arenden/${id}`);
      await tabTo(page, 'Fler åtgärder');
      await page.keyboard.press('Enter');
      await hands.follow(link ?? '');
      expect(new URL(page.url()).pathname).toBe(`/arenden/${id}/${slug}`);
      await hands.choose('Utkast');
      if (slug === 'ratta-anteckning') {
        await hands.write('Rätt dag', '2023-09-12');
        await hands.write('Skäl', 'Fel dag');
        await hands.press('Rätta anteckningen');
        await hands.press('Ja, rätta anteckningen');
        expect(await told()).toContain('Anteckningen är rättad.');
        expect((await stage.view(id)).records).toMatchObject([{ on: '2023-09-12' }]);
      } else {
        await hands.write('Skäl', 'Fel ärende');
        await hands.press('Ta tillbaka anteckningen');
        await hands.press('Ja, ta tillbaka anteckningen');
        expect(await told()).toContain('Anteckningen är tillbakatagen');
        expect((await stage.view(id)).records).toEqual([]);
      }
    }
    expect(complaints).toEqual([]);
    await close();
  });

  it('has a fault told first, and leads from it to its field', async () => {
    stage.noonOf('2023-09-11');
    const id = await stage.register();
    const { page, close } = await stage.visitAs(browser, 'registrar');
    await page.goto(`${stage.app.url}/arenden/${id}/makulera`);
    await tabTo(page, 'Makulera');
    await page.keyboard.press('Enter');
    await page.locator('.ds-error-summary').waitFor();
    expect(await page.title()).toBe('Fel: Makulera ärendet – Diarium');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.name')).toBe('reason');
    await page.keyboard.type('Dubblett');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Makulera ärendet?' }).waitFor();
    await close();
  });
});
