import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, suiteBrowser, visit, type Visit } from '../../../support/browser.js';
import { caseStage, pathOf, type Who } from './case-stage.js';
import { PASSWORD, seedPassword } from '../../sign-in/pages-app.js';
import { enterAs, keyboard, mouse, type Hands } from './hands.js';

describeInBrowser('The model remiss, from sign-in and registering to closing by its pages', () => {
  const browser = suiteBrowser();
  const stage = caseStage();
  let open: Visit;
  let page: Page;
  let id: string;
  let hands: Hands;
  let walks = 0;

  /** Opens a page as someone, at noon of a day: asked for it without a session, as by a link in a mail. */
  const enter = async (who: Who, day: string, path: string): Promise<void> => {
    stage.noonOf(day);
    if (await page.getByRole('button', { name: 'Logga ut', exact: true }).isVisible()) await press('Logga ut');
    await page.goto(stage.app.url + path);
    if (pathOf(page) === '/logga-in') await enterAs(hands, stage.people[who].email, PASSWORD);
    expect(pathOf(page)).toBe(path);
  };
  /** Opens the case as someone, at noon of a day. */
  const as = (who: Who, day: string): Promise<void> => enter(who, day, `/arenden/${id}`);
  const press = (name: string): Promise<void> => hands.press(name);
  const follow = (name: string): Promise<void> => hands.follow(name);
  /** What the page says was done, the next step, and where the case stands. */
  const told = async (receipt: string, status: string): Promise<void> => {
    expect(pathOf(page)).toBe(`/arenden/${id}`);
    expect(await page.getByRole('status').textContent()).toBe(receipt);
    expect(await page.locator('.lede').first().textContent()).toContain(status);
  };
  const next = (): Promise<string | null> => page.locator('#nasta').textContent();

  beforeAll(() => seedPassword(stage.app, ...Object.values(stage.people)));

  const STEPS: readonly (readonly [string, () => Promise<void>])[] = [
    ['is registered', async () => {
      // In the form once: the form has tests of its own, by keyboard and without scripts too.
      if (walks > 1) {
        stage.noonOf('2023-09-11');
        id = await stage.register();
        return;
      }
      await enter('registrar', '2023-09-11', '/registrera');
      await hands.write('Ärende', 'Remiss av Stockholms stads trygghetsprogram 2024–2027');
      await hands.write('Avsändare', 'Kommunstyrelsen');
      await hands.write('Avsändarens diarienummer', 'KS 2023/739');
      await hands.write('Svar senast', '2023-10-27');
      await hands.write('Inkom', '2023-09-11');
      await press('Registrera');
      expect(await page.locator('.ds-error-summary').allTextContents()).toEqual([]);
      expect(await page.locator('.receipt-number').textContent()).toMatch(/^Diarienummer EÅV 2023\/\d+$/);
      id = pathOf(page).split('/').at(-1) ?? '';
    }],
    ['is assigned', async () => {
      await as('registrar', '2023-09-12');
      expect(await next()).toBe('Fördela ärendet till en handläggare');
      await hands.pick('Handläggare', 'Hanna Handläggare');
      await press('Fördela');
      await told('Ärendet är fördelat. Handläggaren får ett mejl om det.', 'Fördelat');
    }],
    ['is begun', async () => {
      await as('officer', '2023-09-13');
      expect(await next()).toBe('Utkastet till svar');
      await follow('Påbörja beredningen');
      await press('Påbörja beredningen');
      await told('Beredningen är påbörjad.', 'Under beredning');
    }],
    ['is drafted', async () => {
      await as('officer', '2023-10-04');
      await press('Utkastet är klart');
      await told('Utkastet är antecknat som klart. Avdelningschefen står på tur.', 'Under beredning');
      expect(await next()).toBe('Avdelningschefens attest');
    }],
    ['is approved by the manager', async () => {
      await as('manager', '2023-10-06');
      await press('Attestera');
      await told('Attesterat. Förvaltningschefen står på tur.', 'Under beredning');
    }],
    ['has its immediate adjustment confirmed', async () => {
      await as('officer', '2023-10-09');
      await follow('Bekräfta omedelbar justering');
      await press('Bekräfta omedelbar justering');
      await told('Omedelbar justering är bekräftad. Nämnden beslutar om den vid sammanträdet.', 'Under beredning');
    }],
    ['is approved by the director', async () => {
      await as('director', '2023-10-09');
      await press('Attestera');
      await told('Attesterat. Utkastet kan gå till nämnden.', 'Attesterat');
    }],
    ['goes out with the agenda', async () => {
      await as('secretary', '2023-10-19');
      await press('Anteckna utskicket');
      await told('Utskicket är antecknat.', 'På kallelsen');
    }],
    ['is decided, when asked once more', async () => {
      await as('secretary', '2023-10-26');
      await follow('Anteckna beslutet');
      await hands.choose('Svaret antogs');
      await hands.write('Paragraf', '§ 14');
      await press('Anteckna beslutet');
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Anteckna beslutet?');
      expect(await page.locator('dl.facts').first().textContent()).toContain('26 oktober 2023');
      await press('Ändra');
      expect(await page.getByLabel('Paragraf').inputValue()).toBe('§ 14');
      expect(await page.getByLabel('Svaret antogs').isChecked()).toBe(true);
      await press('Anteckna beslutet');
      await press('Ja, anteckna beslutet');
      await told('Beslutet är antecknat.', 'Beslutat');
    }],
    ['is adjusted immediately', async () => {
      expect(await next()).toBe('Paragrafen justeras');
      await press('Anteckna nämndens beslut');
      await told('Beslutet om omedelbar justering är antecknat. Underskrifterna återstår.', 'Beslutat');
      await hands.write('Klockan', '11:45');
      await press('Anteckna underskriften');
      await told('Underskriften är antecknad. Svaret kan skickas, och justeringen ska anslås.', 'Justerat');
    }],
    ['is announced', async () => {
      await as('secretary', '2023-10-27');
      await follow('Justeringen är anslagen');
      await press('Anteckna anslaget');
      await told('Anslaget är antecknat. Tiden för överklagande löper.', 'Justerat');
    }],
    ['is answered, when asked once more', async () => {
      await as('registrar', '2023-10-27');
      await hands.write('Hur', 'e-post');
      await press('Anteckna att svaret är skickat');
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Svaret är skickat?');
      await press('Ja, anteckna att svaret är skickat');
      await told('Svaret är antecknat som skickat.', 'Svaret skickat');
    }],
    ['is closed, when asked once more', async () => {
      await as('registrar', '2023-11-21');
      expect(await next()).toBe('Avsluta ärendet');
      await follow('Avsluta ärendet');
      await press('Avsluta ärendet');
      await press('Ja, avsluta ärendet');
      await told('Ärendet är avslutat.', 'Avslutat');
    }],
    ['is reopened, and closed again', async () => {
      await hands.unfold('Fler åtgärder');
      await follow('Återuppta ärendet');
      await hands.write('Skäl', 'Avsändaren vill ha ett förtydligande');
      await press('Återuppta');
      await told('Ärendet är återupptaget.', 'Svaret skickat');
    }],
  ]; // prettier-ignore

  it.each([
    ['with scripts', true, mouse],
    ['without scripts', false, mouse],
    ['by keyboard alone', true, keyboard],
  ])('goes well %s', async (_, javaScriptEnabled, by) => {
    walks += 1;
    open = await visit(browser, { javaScriptEnabled });
    page = open.page;
    hands = by(page);
    page.setDefaultTimeout(15_000);
    for (const [what, walk] of STEPS) {
      try {
        await walk();
      } catch (error) {
        throw new Error(`that it ${what}`, { cause: error });
      }
    }
    const { body } = await stage.app.get(`/api/v1/referrals/${id}/journal`, { token: stage.people.registrar.token });
    expect(body.map(({ what, by }: { what: string; by: string }) => `${what} av ${by}`)).toEqual([
      'referral-registered av Rut Registrator',
      'officer-assigned av Rut Registrator',
      'preparation-started av Hanna Handläggare',
      'draft-done av Hanna Handläggare',
      'manager-approved av Cesar Chef',
      'adjustment-confirmed av Hanna Handläggare',
      'director-approved av Disa Direktör',
      'agenda-dispatched av Sixten Sekreterare',
      'decision-adopted av Sixten Sekreterare',
      'adjustment-decided av Sixten Sekreterare',
      'adjustment-signed av Sixten Sekreterare',
      'notice-posted av Sixten Sekreterare',
      'answer-sent av Rut Registrator',
      'referral-closed av Rut Registrator',
      'referral-reopened av Rut Registrator',
    ]);
    const signed = body.find(({ what }: { what: string }) => what === 'adjustment-signed');
    expect(signed.after.adjustmentSignedAt).toBe('2023-10-26T09:45:00.000Z');
    expect(open.complaints).toEqual([]);
    await open.close();
  });

  it('takes the other ways by keyboard alone: anstånd, a chosen meeting, a route, rest, secrecy and makulering', async () => {
    stage.noonOf('2023-09-11');
    id = await stage.register({ answerDue: '2023-09-20', officer: stage.people.officer.email });
    open = await stage.visitAs(browser, 'registrar');
    page = open.page;
    hands = keyboard(page);
    page.setDefaultTimeout(15_000);
    await page.goto(`${stage.app.url}/arenden/${id}`);
    await follow('Begär till 13 okt');
    expect(await page.getByLabel('Begärt till').inputValue()).toBe('2023-10-13');
    await hands.write('Anteckning', 'Talade med avsändarens handläggare');
    await press('Anteckna att anstånd är begärt');
    await press('Ja, anteckna att anstånd är begärt');
    await told(
      'Anståndet är antecknat som begärt. Du påminns var tredje arbetsdag tills svaret är antecknat.',
      'Fördelat',
    );
    await follow('Anteckna svaret om anstånd');
    await hands.choose('Beviljat');
    await press('Anteckna svaret');
    expect(await page.locator('#falt-newDue-fel').textContent()).toContain('måste anges när anståndet är beviljat');
    expect(await page.getByLabel('Beviljat').isChecked()).toBe(true);
    await hands.write('Ny svarsdag', '2023-09-19');
    await press('Anteckna svaret');
    expect(await page.locator('#falt-newDue-fel').textContent()).toBe(
      'Den nya svarsdagen ska vara senare än den gamla, 20 september 2023.',
    );
    await hands.write('Ny svarsdag', '2023-11-24');
    await press('Anteckna svaret');
    expect(await page.locator('main').textContent()).toContain('Svarsdagen flyttas till 24 november 2023');
    await press('Ja, anteckna svaret');
    await told('Svaret om anstånd är antecknat.', 'Fördelat');
    expect(await page.locator('section', { hasText: 'Svarsdag då: 20 september 2023' }).count()).toBeGreaterThan(0);
    await press('Välj sammanträdet 26 oktober 2023');
    await told('Sammanträdet är valt och tidplanen omräknad.', 'Fördelat');
    await hands.unfold('Fler åtgärder');
    await follow('Välj beslutsväg');
    await hands.choose('Ordförandebeslut');
    await press('Välj beslutsvägen');
    expect(await page.locator('#falt-reason-fel').textContent()).toBe('Skälet måste anges.');
    await hands.write('Skäl', 'Nämnden kan inte inväntas');
    await press('Välj beslutsvägen');
    await told('Beslutsvägen är vald och tidplanen omräknad.', 'Fördelat');
    await hands.unfold('Fler åtgärder');
    await follow('Lägg ärendet vilande');
    await press('Lägg vilande');
    await told('Ärendet är vilande. Bara svarsdagen påminns om.', 'Vilande sedan 11 september 2023');
    await follow('Väck ärendet');
    await press('Väck ärendet');
    await hands.unfold('Fler åtgärder');
    await follow('Sekretessmarkera');
    await press('Sekretessmarkera');
    expect(await page.locator('#falt-provision-fel').textContent()).toBe('Bestämmelsen måste anges.');
    await hands.write('Bestämmelse', 'OSL 21 kap. 7 §');
    await press('Sekretessmarkera');
    await told('Ärendet är sekretessmarkerat.', 'Sekretessmarkerat');
    await hands.unfold('Fler åtgärder');
    await follow('Häv sekretessmarkeringen');
    await press('Häv markeringen');
    await press('Ja, häv markeringen');
    await hands.unfold('Fler åtgärder');
    await follow('Rätta uppgifter');
    await hands.write('Avsändare', '');
    await hands.write('Svaret skickas till', 'registrator@example.se');
    await press('Spara rättelsen');
    expect(await page.locator('#falt-sender-fel').textContent()).toBe('Avsändaren får inte vara tom.');
    expect(await page.getByLabel('Svaret skickas till').inputValue()).toBe('registrator@example.se');
    await hands.write('Avsändare', 'Kommunstyrelsen');
    await press('Spara rättelsen');
    await told('Uppgifterna är rättade. Händelserna visar vad som stod där förut.', 'Fördelat');
    await hands.unfold('Fler åtgärder');
    await follow('Makulera ärendet');
    await hands.write('Skäl', 'Dubblett');
    await press('Makulera');
    await press('Ja, makulera');
    await told('Ärendet är makulerat. Numret och skälet står kvar.', 'Makulerat');
    expect((await stage.view(id)).cancellation.reason).toBe('Dubblett');
    await open.close();
  });
});
