import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { CreatePasswordLink } from '../../../src/features/accounts/create-password-link.js';
import { SetupCode } from '../../../src/features/pages/frame/setup/setup-code.js';
import { SYSTEM } from '../../../src/features/people/actor.js';
import { Sweep } from '../../../src/features/reminders/sweep.js';
import { describeInBrowser } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { seedPerson, type SeededPerson } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';
import { PASSWORD, PlainBrowser, seedPassword, startAppWithOidc, startPagesApp } from '../sign-in/pages-app.js';
import { enterAs, keyboard, tabTo, type Hands } from './arende/hands.js';
import { app, open, people, setStage, sink } from './browser-stage.js';

describeInBrowser('By keyboard alone', () => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  setStage(clock);

  let hands: Hands;
  let ada: SeededPerson;

  beforeAll(async () => {
    ada = await seedPerson(app, { email: 'ada.admin@example.se', name: 'Ada Admin', roles: { EÅV: ['admin'] } });
    await seedPassword(app, ada);
  });
  beforeEach(() => {
    open.page.setDefaultTimeout(15_000);
    hands = keyboard(open.page);
  });

  const enter = async (who: SeededPerson, path: string): Promise<void> => {
    await open.page.goto(app.url + path);
    await enterAs(hands, who.email, PASSWORD);
    expect(new URL(open.page.url()).pathname).toBe(path);
  };
  const told = (): Promise<string | null> => open.page.getByRole('status').first().textContent();
  const faults = (): Promise<string[]> => open.page.locator('.ds-error-summary li').allTextContents();

  it('a meeting is added, moved and cancelled', async () => {
    await enter(people.secretary, '/sammantraden');
    await hands.write('Dag', '2023-12-14');
    await hands.write('Klockslag', '18');
    await hands.write('Plats', 'Slakthusplan 8');
    await hands.press('Lägg till');
    expect(await told()).toBe('Sammanträdet är tillagt.');
    await hands.write('Dag', '2023-12-13');
    await hands.press('Ändra sammanträdet');
    expect(await told()).toContain('Sammanträdet är ändrat.');
    await hands.press('Ställ in sammanträdet');
    await hands.press('Ja, ställ in det');
    expect(await told()).toContain('Sammanträdet är inställt.');
  });

  it('a colleague is added, given another role, corrected, and ended', async () => {
    await enter(ada, '/medarbetare');
    await hands.write('Namn', 'Nils Ny');
    await hands.write('E-postadress', 'nils.ny');
    await hands.choose('Läsbehörig');
    await hands.press('Lägg till');
    expect(await faults()).toEqual(['E-postadressen ska vara en e-postadress.']);
    await hands.write('E-postadress', 'nils.ny@example.se');
    await hands.press('Lägg till');
    expect(await told()).toContain('Medarbetaren är tillagd.');
    await hands.follow('Nils Ny');
    await hands.choose('Handläggare');
    await hands.press('Spara roller');
    expect(await told()).toBe('Rollerna är sparade.');
    await hands.press('Skicka länken igen');
    expect(await told()).toBe('Ett mejl med en ny länk att välja lösenord med är på väg.');
    const [id = ''] = new URL(open.page.url()).pathname.split('/').slice(-1);
    await open.page.goto(`${app.url}/medarbetare/${id}/uppgifter`);
    await hands.write('Namn', 'Nils Nyman');
    await hands.press('Spara uppgifterna');
    expect(await told()).toBe('Uppgifterna är sparade.');
    await hands.pick('Vem tar över ärendena', 'Hanna');
    await hands.write('Första dagen utan konto', '2023-09-11');
    await hands.press('Lämna över och avsluta');
    await hands.press(await open.page.getByRole('button', { name: /^Ja, / }).innerText());
    expect(await told()).toMatch(/överlämna/);
  });

  it('an account that has ended is opened again', async () => {
    const gone = await seedPerson(app, {
      email: 'lage.lamnat@example.se', name: 'Lage Lämnat', roles: { EÅV: ['reader'] }, endedOn: '2023-09-04',
    }); // prettier-ignore
    await enter(ada, '/medarbetare');
    await hands.follow('Lage Lämnat');
    expect(new URL(open.page.url()).pathname).toBe(`/medarbetare/${gone.id}`);
    await hands.press('Återöppna kontot');
    await hands.press('Ja, återöppna och mejla länken');
    expect(await told()).toContain('Kontot är återöppnat.');
  });

  it('an absence is registered and taken back', async () => {
    await enter(people.officer, '/franvaro');
    await hands.pick('Ersättare', 'Cesar');
    await hands.write('Från och med', '2023-09-18');
    await hands.write('Till och med', '2023-09-22');
    await hands.press('Anmäl frånvaro');
    expect(await told()).toBe('Frånvaron är anmäld.');
    await hands.press('Ta tillbaka frånvaron för Hanna Handläggare');
    const yes = open.page.getByRole('button', { name: /^Ja, / });
    if ((await yes.count()) > 0) await hands.press(await yes.innerText());
    expect(await told()).toBe('Frånvaron är tillbakatagen.');
  });

  it('a department is added and renamed', async () => {
    await enter(ada, '/avdelningar');
    await hands.write('Namn', 'Digitalisering');
    await hands.write('Kod', 'IT');
    await hands.press('Lägg till');
    expect(await told()).toBe('Avdelningen är tillagd.');
    await open.page.goto(`${app.url}/avdelningar/E%C3%85V/IT`);
    await hands.write('Namn', 'Digital utveckling');
    await hands.press('Spara');
    expect(await told()).toBe('Avdelningen är ändrad.');
  });

  it('sessions are ended, a calendar address is made and revoked, and the password is changed', async () => {
    await new PlainBrowser(app).signIn(people.reader.email);
    await new PlainBrowser(app).signIn(people.reader.email);
    await enter(people.reader, '/konto');
    const named = async (name: RegExp): Promise<string> =>
      (await open.page.getByRole('button', { name }).first().innerText()).trim();
    await hands.press(await named(/^Avsluta .*, inloggad /));
    await hands.press('Ja, avsluta den');
    expect(await told()).toMatch(/avslutad/);
    await hands.press('Avsluta alla andra');
    await hands.press('Ja, avsluta dem');
    expect(await told()).toBe('Alla andra inloggningar är avslutade.');
    await hands.press('Skapa kalenderadress');
    expect(await open.page.getByLabel('Kalenderadress', { exact: true }).inputValue()).toContain('/kalender/');
    await open.page.goto(`${app.url}/konto`);
    await hands.press(await named(/^Spärra .*, skapad /));
    await hands.press('Ja, spärra adressen');
    expect(await told()).toBe('Kalenderadressen är spärrad.');
    await hands.write('Nuvarande lösenord', PASSWORD);
    await hands.write('Nytt lösenord', 'tolv ärtor i en gryta');
    await hands.press('Byt lösenord');
    expect(await told()).toContain('Lösenordet är bytt.');
    await hands.press('Logga ut');
    expect(await told()).toBe('Du är utloggad.');
  });

  it('a password is asked for and chosen by its link', async () => {
    await open.page.goto(`${app.url}/losenord`);
    await hands.write('E-postadress', people.director.email);
    await hands.press('Skicka länken');
    const { url } = await app.provider(CreatePasswordLink).execute(SYSTEM, people.director.email);
    await open.page.goto(url);
    await hands.write('Nytt lösenord', 'sju stugor vid sjön');
    await hands.press('Spara och logga in');
    expect(await told()).toContain('Välkommen.');
  });

  it('a case is found, and a reminder of it is sent again', async () => {
    const body = {
      board: 'EÅV', title: 'Remiss om trygghet', sender: 'Kommunstyrelsen', receivedOn: '2023-09-11',
      answerDue: '2023-10-27', officer: people.officer.email,
    }; // prettier-ignore
    expect((await app.post('/api/v1/referrals', body, { token: people.registrar.token })).status).toBe(201);
    await app.provider(Sweep).runOnce();
    await eventually('the mail is sent', () => sink.to(people.officer.email).length > 0);
    const before = sink.mails.length;
    await enter(people.registrar, '/paminnelser');
    const again = open.page.getByRole('button', { name: /^Skicka igen EÅV 2023\/1/ }).first();
    await hands.press(await again.innerText());
    expect(await told()).toBe('Påminnelsen skickas igen nu.');
    await eventually('it is sent again', () => sink.mails.length > before);
    await open.page.goto(`${app.url}/bevakning`);
    await hands.write('Sök', 'trygghet');
    await Promise.all([open.page.waitForEvent('load'), open.page.keyboard.press('Enter')]);
    expect(new URL(open.page.url()).search).toBe('?q=trygghet');
    expect(await open.page.locator('main tbody').textContent()).toContain('Remiss om trygghet');
  });

  it('an empty system is set up', async () => {
    const empty = await startPagesApp();
    try {
      await open.page.goto(`${empty.url}/installera?kod=${empty.provider(SetupCode).code}`);
      await hands.write('Lösenord', PASSWORD);
      await hands.write('Nämndens namn', 'Provnämnden');
      await hands.write('Kod', 'PN');
      await hands.write('Namn', 'Frida Förvaltare');
      await hands.write('E-postadress', 'frida.forvaltare@example.se');
      await hands.choose('Jag registrerar också remisser');
      await hands.press('Lägg upp nämnden');
      expect(new URL(open.page.url()).pathname).toBe('/medarbetare');
    } finally {
      await empty.close();
    }
  });

  it('the demo is brought in, and opened', async () => {
    const empty = await startPagesApp();
    try {
      await open.page.goto(`${empty.url}/installera?kod=${empty.provider(SetupCode).code}`);
      await hands.write('Lösenord', PASSWORD);
      await hands.press('Läs in demodata');
      expect(await open.page.getByRole('heading', { level: 1 }).textContent()).toBe('Demodata är inläst');
      await hands.follow('Öppna Diarium');
      expect(new URL(open.page.url()).pathname).toBe('/bevakning');
    } finally {
      await empty.close();
    }
  });

  it('an identity provider is signed in with', async () => {
    const { app: there, oidc } = await startAppWithOidc();
    oidc.accounts.set('rut', { email: 'rut.registrator@example.se', emailVerified: true });
    try {
      const { page } = open;
      await page.goto(`${there.url}/konto`);
      await tabTo(page, (name) => name.startsWith('Logga in med '), 'the provider’s button');
      await page.keyboard.press('Enter');
      // From here on it is the provider's own pages, which are not ours to judge.
      await page.locator('[name=login]').fill('rut');
      await page.locator('[name=password]').fill('x');
      await page.locator('button[type=submit]').click();
      await page.locator('button[type=submit]').click();
      await page.waitForURL(`${there.url}/konto`);
      expect(await page.locator('.rail .who').textContent()).toContain('Rut Registrator');
    } finally {
      await there.close();
      await oidc.close();
    }
  });
});
