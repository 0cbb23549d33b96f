import { expect, it } from '@jest/globals';
import { describeInBrowser, expectAccessible, expectReflow, suiteBrowser } from '../../../support/browser.js';
import { caseStage } from './case-stage.js';

const TITLES: readonly (readonly [string, string])[] = [
  ['markup', '<script>document.title="körd"</script><img src=x onerror="document.title=\'körd\'">'],
  ['marks that turn the writing', 'Remiss \u200f\u061cשלום\u200e مرحبا\u200f om trygghet'],
  ['a thousand letters without a blank', 'Å'.repeat(1000)],
  ['marks heaped on one letter', `Z${'\u0351\u0489'.repeat(450)}`],
  ['emoji', '👩‍👩‍👧‍👦🏳️‍🌈 Remiss 🇸🇪'.repeat(20)],
  ['entities', '&lt;script&gt; &amp; "citat" \'apostrof\' </title></h1>'],
];

describeInBrowser('A title of ill will', () => {
  const browser = suiteBrowser();
  const stage = caseStage();

  it.each(TITLES)('of %s neither runs nor breaks the page', async (_, title) => {
    const cut = (most: number): string =>
      title
        .slice(0, most)
        .replace(/[\ud800-\udbff]$/, '')
        .trim();
    const id = await stage.register({
      title, internalTitle: title, sender: cut(290), senderReference: cut(190), answerTo: cut(480),
      officer: stage.people.officer.email,
    }); // prettier-ignore
    await stage.act(id, 'officer', 'extension', { act: 'ask', note: title });
    await stage.correct(id, { note: title, sender: 'Kommunstyrelsen' });
    const { page, complaints, close } = await stage.visitAs(browser, 'registrar');
    for (const path of ['', '/andra', '/makulera']) {
      await page.goto(`${stage.app.url}/arenden/${id}${path}`);
      expect(await page.title()).not.toBe('körd');
      if (path === '') expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(title);
      await page.evaluate(`document.querySelectorAll('details').forEach((one) => { one.open = true; })`);
      await expectReflow(page);
      await expectAccessible(page);
    }
    await page.getByLabel('Skäl').fill(title);
    await page.getByRole('button', { name: 'Makulera' }).click();
    await page.getByRole('heading', { level: 1, name: 'Makulera ärendet?' }).waitFor();
    await expectReflow(page);
    expect(complaints).toEqual([]);
    await close();
  });

  it('of marks heaped on one letter, as the name of a colleague, does not widen the pages with the name', async () => {
    const name = `Z${'\u0351\u0489'.repeat(90)}`;
    const roles = { EÅV: ['admin', 'officer', 'registrar'] } as const;
    const heaped = await stage.person('Zalgo', { name, roles: { EÅV: [...roles.EÅV] } });
    const id = await stage.register({ officer: heaped.email, sender: name });
    const { page, close } = await stage.visitAs(browser, heaped);
    const pages = [
      `/arenden/${id}`,
      `/registrera/kvitto/${id}`,
      '/medarbetare',
      `/medarbetare/${heaped.id}`,
      '/franvaro',
      '/konto',
      '/',
    ];
    for (const path of pages) {
      expect((await page.goto(stage.app.url + path))?.status()).toBe(200);
      await page.evaluate(`document.querySelectorAll('details').forEach((one) => { one.open = true; })`);
      await expectReflow(page);
      // A panel that has the focus shows what stands out from it.
      for (const one of await page.locator('main .panel a:visible').all()) {
        await one.focus();
        await expectReflow(page);
      }
    }
    await close();
  });

  it('weighs less than 100 kB on the way, everything included, after a long story', async () => {
    const id = await stage.register({ officer: stage.people.officer.email });
    for (let n = 0; n < 40; n += 1) await stage.correct(id, { note: `Anteckning ${n} ${'text '.repeat(40)}` });
    const { page, close } = await stage.visitAs(browser, 'registrar');
    const sizes: number[] = [];
    page.on('requestfinished', (request) => {
      void request.sizes().then(({ responseBodySize, responseHeadersSize }) => {
        sizes.push(responseBodySize + responseHeadersSize);
      });
    });
    await page.goto(`${stage.app.url}/arenden/${id}`, { waitUntil: 'networkidle' });
    const total = sizes.reduce((sum, size) => sum + size, 0);
    expect(sizes.length).toBeGreaterThanOrEqual(4);
    expect(total).toBeGreaterThan(20_000);
    expect(total).toBeLessThan(100_000);
    await close();
  });
});
