import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { EndSession } from '../../../../src/features/accounts/end-session.js';
import { describeInBrowser, suiteBrowser, type Visit } from '../../../support/browser.js';
import { seedMeeting } from '../../../support/seed.js';
import { expectGood } from '../lista/page-visits.js';
import { caseStage, type Who } from './case-stage.js';
import { STATES } from './case-states.js';

const MARK = 'window.isStillHere = true';
const IS_MARKED = 'window.isStillHere === true';

/** What has the focus: its role or class, and its words. */
const FOCUSED = `(() => {
  const { role, className, tagName, textContent } = document.activeElement;
  return [role ?? (className || tagName), textContent.trim()];
})()`;

describeInBrowser('An act that is done in the page of its case', () => {
  const browser = suiteBrowser();
  const stage = caseStage();
  let open: Visit;
  let page: Page;
  let id: string;

  beforeEach(async () => {
    stage.noonOf('2023-09-11');
    id = await stage.register();
  });
  afterEach(() => open.close());

  const at = async (who: Who, path = ''): Promise<void> => {
    open = await stage.visitAs(browser, who);
    page = open.page;
    page.setDefaultTimeout(15_000);
    await page.goto(`${stage.app.url}/arenden/${id}${path}`);
    await page.evaluate(MARK);
  };
  const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const choose = (): Promise<unknown> =>
    page.getByLabel('Handläggare', { exact: true }).selectOption(stage.people.officer.email);
  const address = (): string => page.url().slice(stage.app.url.length);
  const stays = async (): Promise<boolean> => (await page.evaluate(IS_MARKED)) === true;
  const focused = async (): Promise<readonly string[]> => page.evaluate(FOCUSED);
  const done = () => page.getByRole('status').waitFor();
  const assigned = async (): Promise<number> => {
    const { body } = await stage.app.get(`/api/v1/referrals/${id}/journal`, { token: stage.people.registrar.token });
    return body.filter(({ what }: { what: string }) => what === 'officer-assigned').length;
  };
  const menuCount = (): Promise<string> => page.locator('.rail nav').innerText();

  it('loads no page: the case as it is now, what was done in focus, and the count of the menu', async () => {
    await at('registrar');
    const before = await menuCount();
    await choose();
    await press('Fördela');
    await done();
    expect(await stays()).toBe(true);
    expect(address()).toBe(`/arenden/${id}?klart=fordela`);
    expect(await focused()).toEqual(['status', 'Ärendet är fördelat. Handläggaren får ett mejl om det.']);
    expect(await page.locator('.case-facts').textContent()).toContain('Hanna Handläggare');
    expect(await menuCount()).not.toBe(before);
    expect(open.complaints).toEqual([]);
    await expectGood(page, 'arende-i-sidan');
    await page.goBack();
    await page.locator('main [role=status]').waitFor({ state: 'detached' });
    expect(address()).toBe(`/arenden/${id}`);
    await page.locator('.case-facts', { hasText: 'Hanna Handläggare' }).waitFor();
    expect(await stays()).toBe(false);
  });

  it('is the next of several, each in the page that the one before left', async () => {
    await stage.act(id, 'registrar', 'assignment', { officer: stage.people.officer.email });
    await at('officer');
    await press('Utkastet är klart');
    await page.getByRole('status').filter({ hasText: 'Utkastet är antecknat som klart' }).waitFor();
    await stage.signIn(page, 'manager');
    await page.reload();
    await page.evaluate(MARK);
    await press('Attestera');
    await page.getByRole('status').filter({ hasText: 'Attesterat' }).waitFor();
    expect(await stays()).toBe(true);
  });

  it('tells at its field and at the top what is wrong, and is done from there', async () => {
    await at('registrar');
    await press('Fördela');
    await page.locator('.ds-error-summary').waitFor();
    expect([await stays(), address(), await page.title()]).toEqual([
      true,
      `/arenden/${id}/fordela`,
      'Fel: Fördela ärendet – Diarium',
    ]);
    expect((await focused())[0]).toBe('ds-error-summary');
    expect(await page.locator('#falt-officer-fel').count()).toBe(1);
    await expectGood(page, 'arende-i-sidan-fel');
    // A leap to the field, and back, is within the page.
    await page.locator('.ds-error-summary a').click();
    expect(await page.evaluate('document.activeElement.name')).toBe('officer');
    await choose();
    await press('Fördela');
    await done();
    expect([await stays(), address(), await page.title()]).toEqual([
      true,
      `/arenden/${id}?klart=fordela`,
      'Remiss av Stockholms stads trygghetsprogram 2024–2027 – Diarium',
    ]);
  });

  it('has Back and Back again show what stood there, also past a page that was asked for by itself', async () => {
    await at('registrar');
    await press('Fördela');
    await page.locator('.ds-error-summary').waitFor();
    await page.reload();
    expect(address()).toBe(`/arenden/${id}/fordela`);
    await page.goBack();
    await page.locator('.case-facts').waitFor();
    expect(address()).toBe(`/arenden/${id}`);
    await page.goForward();
    await page.locator('.case-facts').waitFor({ state: 'detached' });
    expect(address()).toBe(`/arenden/${id}/fordela`);
  });

  it('shows both versions when someone else was first', async () => {
    await at('registrar');
    await choose();
    await stage.correct(id, { sender: 'Stadsledningskontoret' });
    await press('Fördela');
    await page.locator('table.versions').first().waitFor();
    expect(await stays()).toBe(true);
    expect((await focused())[1]).toContain('Ärendet har ändrats');
    await expectGood(page, 'arende-i-sidan-krock');
    await press('Fördela, ovanpå den nya versionen');
    await done();
    expect([await stays(), await assigned()]).toEqual([true, 1]);
  });

  it('is asked about first where it cannot be undone', async () => {
    await seedMeeting(stage.app, '2023-09-11');
    const [, make] = STATES.find(([name]) => name === 'adjusted') ?? [];
    id = (await make?.(stage)) ?? '';
    await at('registrar');
    await press('Anteckna att svaret är skickat');
    await page.getByRole('heading', { name: 'Svaret är skickat?' }).waitFor();
    expect(await focused()).toEqual(['H1', 'Svaret är skickat?']);
    await press('Ja, anteckna att svaret är skickat');
    await done();
    expect([await stays(), (await stage.view(id)).status]).toEqual([true, 'expedited']);
  });

  it('is sent once by a double click', async () => {
    await at('registrar');
    await choose();
    let sent = 0;
    page.on('request', (request) => (sent += request.method() === 'POST' ? 1 : 0));
    await page.getByRole('button', { name: 'Fördela', exact: true }).dblclick();
    await done();
    expect([sent, await assigned()]).toEqual([1, 1]);
  });

  it('is not sent again by itself when the network fails, and the person is told', async () => {
    await at('registrar');
    await choose();
    await page.route('**/fordela', (route) => route.abort());
    await press('Fördela');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('Det kom inget svar. Det du fyllt i står kvar.');
    expect(await focused()).toEqual(['ds-button', 'Fördela']);
    expect([await stays(), await assigned(), address()]).toEqual([true, 0, `/arenden/${id}`]);
    expect(await page.locator('[aria-busy]').count()).toBe(0);
    await expectGood(page, 'arende-i-sidan-utan-svar');
    await page.unroute('**/fordela');
    await press('Fördela');
    await done();
    expect([await stays(), await assigned(), await page.getByRole('alert').count()]).toEqual([true, 1, 0]);
  });

  it('is not done twice when only the answer was lost', async () => {
    await at('registrar');
    await choose();
    await page.route('**/fordela', async (route) => {
      await route.fetch({ maxRedirects: 0 });
      await route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' });
    });
    await press('Fördela');
    await page.getByRole('alert').waitFor();
    await page.unroute('**/fordela');
    await press('Fördela');
    await page.locator('.ds-error-summary').waitFor();
    expect(await page.locator('.ds-error-summary').textContent()).toContain(
      'Se under Under tiden om det redan är gjort',
    );
    expect([await stays(), await assigned()]).toEqual([true, 1]);
  });

  it('loses nothing when the session has ended', async () => {
    await at('registrar');
    await choose();
    await stage.app.provider(EndSession).allBut(stage.people.registrar.id, null);
    await press('Fördela');
    await page.getByRole('heading', { name: 'Du är inte inloggad längre' }).waitFor();
    expect(await page.locator('main').textContent()).toContain('Hanna Handläggare');
    expect([await stays(), await assigned()]).toEqual([true, 0]);
    await expectGood(page, 'arende-i-sidan-utloggad');
  });
});
