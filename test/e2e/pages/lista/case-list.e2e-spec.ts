import { expect, it } from '@jest/globals';
import { describeInBrowser } from '../../../support/browser.js';
import { PlainBrowser } from '../../sign-in/pages-app.js';
import { app, open, people, setStage } from '../browser-stage.js';
import { enter, expectGood, textOf } from './page-visits.js';

const COUNT = 120;

describeInBrowser('The list of cases', () => {
  setStage();

  const register = async (n: number, more: object = {}): Promise<void> => {
    const day = `2023-1${n % 3}-${String((n % 28) + 1).padStart(2, '0')}`;
    const body = {
      board: 'EÅV', title: `Remiss nummer ${n} om ${n % 2 === 0 ? 'skolor' : 'parker'}`, sender: 'Kommunstyrelsen',
      senderReference: `KS 2023/${n}`, receivedOn: '2023-10-02', answerDue: day, ...more,
    }; // prettier-ignore
    const answer = await app.post('/api/v1/referrals', body, { token: people.registrar.token });
    expect(answer.status).toBe(201);
  };
  const numbers = (): Promise<string[]> => open.page.locator('#resultat a.dnr').allTextContents();
  const path = (): string => new URL(open.page.url()).pathname + new URL(open.page.url()).search;

  it('says what to do when it is empty', async () => {
    const { page } = open;
    await enter(page, app, people.registrar, '/arenden');
    expect(await page.locator('#resultat').textContent()).toContain('Här finns inga öppna ärenden.');
    await expectGood(page, 'arenden-tom');
    await page.getByRole('link', { name: 'Registrera en remiss', exact: true }).click();
    expect(path()).toBe('/registrera');
  });

  it('goes from page to page and back, each case once', async () => {
    for (let n = 1; n <= COUNT; n += 1) await register(n);
    const { page } = open;
    await enter(page, app, people.reader, '/arenden');
    const first = await numbers();
    expect(first).toHaveLength(50);
    await expectGood(page, 'arenden');
    const next = () => page.getByRole('link', { name: 'Nästa', exact: true });
    await next().click();
    const second = await numbers();
    await next().click();
    const third = await numbers();
    expect(await next().count()).toBe(0);
    expect(new Set([...first, ...second, ...third]).size).toBe(COUNT);
    const back = page.getByRole('link', { name: 'Föregående', exact: true });
    await back.click();
    expect(await numbers()).toEqual(second);
    await back.click();
    expect(await numbers()).toEqual(first);
    expect(path()).toBe('/arenden');
  }, 120_000);

  it('narrows by officer, state and answer date, and remembers it in the address', async () => {
    await register(901, { title: 'Den enda hos Hanna', officer: people.officer.email, answerDue: '2023-10-27' });
    const { page } = open;
    await enter(page, app, people.registrar, '/arenden');
    await page.getByText('Urval', { exact: true }).click();
    await page.locator('[name=handlaggare]').selectOption(people.officer.email);
    await page.getByRole('button', { name: 'Visa', exact: true }).click();
    expect(await numbers()).toEqual([`EÅV 2023/${COUNT + 1}`]);
    await expectGood(page, 'arenden-urval');
    await page.locator('[name=fore]').fill('20231020');
    await page.getByRole('button', { name: 'Visa', exact: true }).click();
    expect(await page.locator('#resultat').textContent()).toContain('Inga ärenden i det här urvalet.');
    await page.getByRole('link', { name: 'Visa alla öppna' }).click();
    expect(await numbers()).toHaveLength(50);
  });

  it('tells of a faulty filter at its field', async () => {
    const { page } = open;
    await enter(page, app, people.registrar, '/arenden?fore=i%20morgon');
    expect(await page.locator('.ds-error-summary').textContent()).toContain(
      'Svarsdagen går inte att läsa. Skriv dagen som ÅÅÅÅ-MM-DD, till exempel 2027-01-29.',
    );
    expect(await page.locator('[name=fore]').inputValue()).toBe('i morgon');
    await expectGood(page, 'arenden-fel');
  });

  it('tells of a faulty search at its field', async () => {
    const { page } = open;
    await enter(page, app, people.registrar, `/arenden?q=${'trygghet'.repeat(30)}`);
    const words = 'Det du söker får vara högst 200 tecken.';
    expect(await page.locator('.ds-error-summary').textContent()).toContain(words);
    expect(await page.locator('#falt-q-fel').textContent()).toBe(words);
    expect(await page.locator('[name=q]').getAttribute('aria-describedby')).toBe('falt-q-hjalp falt-q-fel');
    await expectGood(page, 'arenden-sok-fel');
  });

  it('tells of a state and an order that there are not in the words of the page', async () => {
    const plain = new PlainBrowser(app);
    await plain.signIn(people.reader.email);
    const { status, body } = await plain.get('/arenden?status=hej&ordning=alfabetisk');
    expect(status).toBe(422);
    expect(textOf(body)).toContain('Läget ska vara något av: Öppna; Registrerat, inte fördelat; Fördelat;');
    expect(textOf(body)).toContain('Ordningen ska vara något av: Svarsdag; Senast registrerade.');
    expect(textOf(body)).not.toContain('assigned');
  });

  it('has no order to choose in a search, and says which the hits have', async () => {
    const { page, complaints } = open;
    await enter(page, app, people.registrar, '/arenden?ordning=svar');
    const order = page.locator('[name=ordning]');
    const told = page.getByText('Ordning: träffarna visas med de senast registrerade först.');
    expect([await order.isVisible(), await told.isVisible()]).toEqual([true, false]);
    await page.locator('[name=q]').fill('KS 2023/55');
    await page.locator('#traffar', { hasText: '1 träff visas' }).waitFor({ state: 'attached' });
    expect([await order.isVisible(), await told.isVisible()]).toEqual([false, true]);
    expect(path()).not.toContain('ordning');
    await page.goto(`${app.url}/arenden?q=skolor&ordning=svar`);
    expect([await order.isVisible(), await told.isVisible()]).toEqual([false, true]);
    await expectGood(page, 'arenden-sok-ordning');
    expect(complaints).toEqual([]);
  });

  it('stays as it is at a leap within the page after a search', async () => {
    const { page } = open;
    await enter(page, app, people.registrar, '/arenden');
    await page.locator('[name=q]').fill('KS 2023/55');
    await page.locator('#traffar', { hasText: '1 träff visas' }).waitFor({ state: 'attached' });
    await page.evaluate('window.marked = true');
    await page.locator('.ds-skip-link').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/#innehall$/);
    await page.goBack();
    await page.waitForURL(/q=KS[^#]*$/);
    expect(await page.evaluate('window.marked')).toBe(true);
    expect(await numbers()).toHaveLength(1);
  });

  it('says that the session has ended when a search cannot be made, and keeps what was typed', async () => {
    const { page } = open;
    await enter(page, app, people.registrar, '/arenden');
    await page.context().clearCookies();
    await page.locator('[name=q]').fill('skolor');
    await page.locator('#resultat', { hasText: 'Du är utloggad; det du skrivit står kvar.' }).waitFor();
    expect(await page.locator('#traffar').textContent()).toContain('Logga in i en annan flik.');
    expect(await page.locator('[name=q]').inputValue()).toBe('skolor');
  });

  it('finds by number as it is typed, and by words', async () => {
    const plain = new PlainBrowser(app);
    await plain.signIn(people.reader.email);
    for (const q of ['ks2023-0007', 'KS 2023/7', 'EÅV 2023/7']) {
      expect((await plain.get(`/arenden?q=${encodeURIComponent(q)}`)).body).toContain('>EÅV 2023/7</a>');
    }
    const found = textOf((await plain.get('/arenden?q=skolor')).body);
    expect(found).toContain('20 ärenden på sidan, senast registrerade först');
    const nothing = await plain.get('/arenden?q=%22%27%3B--%20zzzz');
    expect({ status: nothing.status, says: textOf(nothing.body).includes('Inget ärende hittades.') }).toEqual({
      status: 200,
      says: true,
    });
    expect((await plain.get('/arenden?sida=nonsens')).status).toBe(400);
  });

  it('leads the keyboard to the search box, and shows hits while typing', async () => {
    const { page, complaints } = open;
    await enter(page, app, people.registrar, '/bevakning');
    const box = page.locator('[data-search-key]');
    const isThere = () => box.evaluate((node) => node === document.activeElement);
    expect(await box.getAttribute('placeholder')).toContain('(Ctrl+K)');
    expect(await box.getAttribute('aria-keyshortcuts')).toBe('Control+K');
    // A character alone is no shortcut (WCAG 2.1.4).
    for (const key of ['/', 'k', 'K']) await page.keyboard.press(key);
    expect(await isThere()).toBe(false);
    await page.keyboard.press('Control+k');
    expect(await isThere()).toBe(true);
    await page.keyboard.type('Hanna');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/arenden?q=Hanna');
    expect(await numbers()).toEqual([`EÅV 2023/${COUNT + 1}`]);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('KS 2023/55');
    await page.locator('#traffar', { hasText: '1 träff visas' }).waitFor({ state: 'attached' });
    await page.locator('#resultat a.dnr', { hasText: /^EÅV 2023\/55$/ }).waitFor();
    expect(path()).toContain('q=KS+2023%2F55');
    await expectGood(page, 'arenden-sok');
    expect(complaints).toEqual([]);
  });

  it('shows of a secret case its number and day only, to those who may not open it', async () => {
    await register(902, { title: 'Mycket hemligt', sender: 'Okänd avsändare', secrecy: { provision: 'OSL 21:1' } });
    const { page } = open;
    await enter(page, app, people.reader, `/arenden?q=E%C3%85V+2023%2F${COUNT + 2}`);
    expect(await numbers()).toEqual([`EÅV 2023/${COUNT + 2}`]);
    const row = (await page.locator('#resultat tbody tr').first().textContent()) ?? '';
    expect(row).toContain('Sekretess');
    expect(row).not.toMatch(/hemligt|Okänd|Registrerat/);
    await expectGood(page, 'arenden-sekretess');
  });

  it('gives the register as files', async () => {
    const plain = new PlainBrowser(app);
    await plain.signIn(people.reader.email);
    const { body } = await plain.get('/arenden');
    for (const [kind, type] of [
      ['csv', 'text/csv'],
      ['xlsx', 'spreadsheetml'],
    ] as const) {
      const href = new RegExp(`href="([^"]+register\\.${kind})"`).exec(body)?.[1] ?? '';
      const file = await plain.get(href);
      expect({ status: file.status, type: file.headers.get('content-type') }).toEqual({
        status: 200,
        type: expect.stringContaining(type),
      });
    }
  });

  it('weighs less than 100 kB over the wire, all fifty rows', async () => {
    const plain = new PlainBrowser(app);
    await plain.signIn(people.registrar.email);
    for (const path of [
      '/arenden',
      '/bevakning?krav=2&kommande=2',
      '/registrera',
      '/sammantraden',
      '/paminnelser?skickat=alla',
    ]) {
      const response = await fetch(app.url + path, {
        headers: { Accept: 'text/html', Cookie: plain.cookieHeader, 'Accept-Encoding': 'gzip' },
      });
      await response.text();
      const sent = Number(response.headers.get('content-length') ?? 0);
      expect({ path, encoding: response.headers.get('content-encoding') }).toEqual({ path, encoding: 'gzip' });
      expect({ path, small: sent < 100_000 }).toEqual({ path, small: true });
    }
  });
});
