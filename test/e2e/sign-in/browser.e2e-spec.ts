import { expect, it } from '@jest/globals';
import { CreatePasswordLink } from '../../../src/features/accounts/create-password-link.js';
import { SetupCode } from '../../../src/features/pages/frame/setup/setup-code.js';
import { SYSTEM } from '../../../src/features/people/actor.js';
import { describeInBrowser } from '../../support/browser.js';
import { seedModelBoard } from '../../support/seed.js';
import { app, open, openAnother, people, reopen, setStage } from '../pages/browser-stage.js';
import { expectGood } from '../pages/lista/page-visits.js';
import { PASSWORD, startPagesApp } from './pages-app.js';

describeInBrowser('Signing in, in a browser', () => {
  setStage();

  const go = (path: string) => open.page.goto(app.url + path);
  const fill = (label: string, text: string) => open.page.getByLabel(label, { exact: true }).fill(text);
  const press = (name: string) => open.page.getByRole('button', { name, exact: true }).click();
  const path = (): string => new URL(open.page.url()).pathname;

  const signIn = async (email: string, password = PASSWORD): Promise<void> => {
    await go('/logga-in');
    await fill('E-postadress', email);
    await fill('Lösenord', password);
    await press('Logga in');
  };

  it('goes by keyboard alone, and leads on to the page that was asked for', async () => {
    const { page, complaints } = open;
    await go('/konto');
    expect(path()).toBe('/logga-in');
    await expectGood(page, 'logga-in');
    await page.keyboard.type(people.registrar.email);
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/konto');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Mitt konto');
    await expectGood(page, 'konto');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Hoppa till innehållet');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('location.hash')).toBe('#innehall');
    expect(complaints).toEqual([]);
  });

  it('tells a wrong password at the top, with the focus, and keeps the address', async () => {
    const { page } = open;
    await signIn(people.registrar.email, 'fel lösenord alltså');
    const summary = page.getByRole('region', { name: 'Du är inte inloggad' });
    expect(await summary.textContent()).toContain('Adressen eller lösenordet stämmer inte.');
    expect(await page.evaluate('document.activeElement.className')).toBe('ds-error-summary');
    expect(await page.title()).toBe('Fel: Logga in – Diarium');
    await expectGood(page, 'logga-in-fel');
    const field = page.getByLabel('E-postadress');
    expect(await field.inputValue()).toBe(people.registrar.email);
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await summary.getByRole('link').click();
    expect(await page.evaluate('document.activeElement.name')).toBe('epost');
  });

  it('works with JavaScript off', async () => {
    await reopen({ javaScriptEnabled: false });
    await signIn(people.registrar.email);
    expect(path()).toBe('/bevakning');
    await press('Logga ut');
    expect(await open.page.getByRole('status').textContent()).toBe('Du är utloggad.');
    await go('/konto');
    expect(path()).toBe('/logga-in');
  });

  it('lists the browsers signed in with, and ends another', async () => {
    await signIn(people.secretary.email);
    const { page } = open;
    await openAnother();
    await signIn(people.secretary.email);
    await go('/konto');
    await expectGood(open.page, 'konto-inloggningar');
    await open.page.getByText('Avsluta alla andra', { exact: true }).click();
    await expectGood(open.page, 'konto-avsluta');
    await press('Ja, avsluta dem');
    expect(await open.page.getByRole('status').textContent()).toBe('Alla andra inloggningar är avslutade.');
    await page.reload();
    expect(new URL(page.url()).pathname).toBe('/logga-in');
  });

  it('changes a password, telling what is wrong with a weak one', async () => {
    const { page } = open;
    await signIn(people.secretary.email);
    await go('/konto');
    await fill('Nuvarande lösenord', PASSWORD);
    await fill('Nytt lösenord', 'Sommar2023!!');
    await press('Byt lösenord');
    await expectGood(page, 'konto-fel');
    expect(await page.locator('#falt-nytt-fel').textContent()).toContain('gissas först');
    await fill('Nuvarande lösenord', PASSWORD);
    await fill('Nytt lösenord', 'tolv ärtor i en gryta');
    await press('Byt lösenord');
    expect(await page.getByRole('status').textContent()).toContain('Lösenordet är bytt.');
  });

  it('makes, shows once and revokes a calendar address, without scripts too', async () => {
    for (const javaScriptEnabled of [true, false]) {
      await reopen({ javaScriptEnabled });
      const { page } = open;
      await signIn(people.registrar.email);
      await go('/konto');
      await page.getByLabel('Kalendern visar').selectOption('EÅV');
      await press('Skapa kalenderadress');
      const address = await page.getByLabel('Kalenderadress', { exact: true }).inputValue();
      if (javaScriptEnabled) await expectGood(page, 'konto-kalender');
      expect((await app.get(new URL(address).pathname)).type).toBe('text/calendar; charset=utf-8');
      await go('/konto');
      expect(await page.content()).not.toContain(address);
      await page.getByRole('button', { name: /^Spärra Enskede.*, skapad / }).click();
      if (javaScriptEnabled) await expectGood(page, 'konto-kalender-sparra');
      await press('Ja, spärra adressen');
      expect(await page.getByRole('status').textContent()).toBe('Kalenderadressen är spärrad.');
      expect((await app.get(new URL(address).pathname)).status).toBe(404);
    }
  });

  it('sets a password with a link', async () => {
    const { page } = open;
    await go('/losenord');
    await expectGood(page, 'losenord');
    await fill('E-postadress', people.officer.email);
    await press('Skicka länken');
    await expectGood(page, 'losenord-skickat');
    const { url } = await app.provider(CreatePasswordLink).execute(SYSTEM, people.officer.email);
    await page.goto(url);
    await expectGood(page, 'losenord-valj');
    await fill('Nytt lösenord', 'kort');
    await press('Spara och logga in');
    await expectGood(page, 'losenord-valj-fel');
    await fill('Nytt lösenord', PASSWORD);
    await press('Spara och logga in');
    expect(await page.getByRole('status').textContent()).toContain('Välkommen.');
    await page.goto(url);
    await expectGood(page, 'losenord-forbrukad');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Länken fungerar inte längre');
  });

  it('has error pages with a way on', async () => {
    await signIn(people.registrar.email);
    await go('/finns-inte');
    await expectGood(open.page, 'fel-404');
    await open.page.evaluate(
      `document.body.insertAdjacentHTML('beforeend', '<form id="f" method="post" action="/konto/losenord"></form>')`,
    );
    await Promise.all([
      open.page.waitForURL('**/konto/losenord'),
      open.page.evaluate(`document.getElementById('f').submit()`),
    ]);
    await expectGood(open.page, 'fel-403');
    expect(await open.page.getByRole('heading', { level: 1 }).textContent()).toBe('Formuläret gäller inte längre');
  });

  it('offers an identity provider, and says when it does not answer', async () => {
    const env = { OIDC_ISSUER: 'http://127.0.0.1:9', OIDC_CLIENT_ID: 'x', OIDC_NAME: 'stadens konto' };
    const other = await startPagesApp({ env });
    try {
      await seedModelBoard(other);
      await open.page.goto(`${other.url}/logga-in`);
      await expectGood(open.page, 'logga-in-extern');
      await open.page.getByRole('link', { name: 'Logga in med stadens konto' }).click();
      await expectGood(open.page, 'extern-svarar-inte');
      expect(await open.page.getByRole('heading', { level: 1 }).textContent()).toBe('Inloggningen svarar inte');
    } finally {
      await other.close();
    }
  });

  it('sends less than 100 kB for the first page', async () => {
    const sizes: number[] = [];
    open.page.on('requestfinished', (request) => {
      void request.sizes().then(({ responseBodySize, responseHeadersSize }) => {
        sizes.push(responseBodySize + responseHeadersSize);
      });
    });
    await open.page.goto(`${app.url}/logga-in`, { waitUntil: 'networkidle' });
    const total = sizes.reduce((sum, size) => sum + size, 0);
    expect(sizes.length).toBeGreaterThanOrEqual(4);
    expect(total).toBeGreaterThan(20_000);
    expect(total).toBeLessThan(100_000);
  });

  it('sets an empty system up', async () => {
    const empty = await startPagesApp();
    try {
      const { page, complaints } = open;
      await page.goto(`${empty.url}/`);
      expect(path()).toBe('/installera');
      await page.goto(`${empty.url}/installera?kod=${empty.provider(SetupCode).code}`);
      await expectGood(page, 'installera');
      await press('Lägg upp nämnden');
      await expectGood(page, 'installera-fel');
      await fill('Lösenord', PASSWORD);
      await fill('Nämndens namn', 'Provnämnden');
      await fill('Kod', 'PN');
      await fill('Namn', 'Frida Förvaltare');
      await fill('E-postadress', 'frida.forvaltare@example.se');
      await press('Lägg upp nämnden');
      await page.waitForURL('**/medarbetare?meddelande=installerad');
      await expectGood(page, 'installerad');
      expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
    } finally {
      await empty.close();
    }
  });
});
