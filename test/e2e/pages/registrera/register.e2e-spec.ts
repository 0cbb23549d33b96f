import { expect, it } from '@jest/globals';
import { EndSession } from '../../../../src/features/accounts/end-session.js';
import { describeInBrowser } from '../../../support/browser.js';
import { seedBoard, seedMeeting, seedPerson } from '../../../support/seed.js';
import { SettableClock } from '../../../support/settable-clock.js';
import { PlainBrowser, seedPassword } from '../../sign-in/pages-app.js';
import { app, open, people, reopen, setStage } from '../browser-stage.js';
import { enter, expectGood, HOSTILE } from '../lista/page-visits.js';

const LETTER = {
  titel: 'Remiss av Stockholms stads trygghetsprogram 2024–2027',
  avsandare: 'Kommunstyrelsen',
  avsandarens: 'KS 2023/739',
  svar: '2023-10-27',
  inkom: '2023-09-11',
};

describeInBrowser('Registering in a browser', () => {
  setStage(new SettableClock('2023-09-11T08:41:00.000Z'));

  const told = () => open.page.locator('#plan');
  const list = async (): Promise<string[]> => {
    const { body } = await app.get('/api/v1/referrals?sort=registeredAt', { token: people.registrar.token });
    return body.items.map(({ diarienummer }: { diarienummer: string }) => diarienummer);
  };
  const fill = async (fields: Readonly<Record<string, string>>): Promise<void> => {
    for (const [name, value] of Object.entries(fields)) await open.page.locator(`[name=${name}]`).fill(value);
  };
  const press = (name: string) => open.page.getByRole('button', { name, exact: true }).click();

  it('goes by keyboard alone, with the plan told on the way, to a receipt', async () => {
    const { page, complaints } = open;
    await enter(page, app, people.registrar, '/registrera');
    await expectGood(page, 'registrera-tom');
    expect(await page.evaluate('document.activeElement.name')).toBe('titel');
    const type = async (text: string): Promise<void> => {
      await page.keyboard.type(text);
      await page.keyboard.press('Tab');
    };
    await type(LETTER.titel);
    await type(LETTER.avsandare);
    await type(LETTER.avsandarens);
    await type('20231027');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.name')).toBe('inkom');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Hanna');
    await page
      .locator('#plan-besked', { hasText: 'Sammanträde 26 oktober. Paragrafen behöver justeras omedelbart.' })
      .waitFor();
    expect(await told().textContent()).toContain('4 oktoberUtkastet till svar klart');
    await expectGood(page, 'registrera-plan');
    for (let i = 0; i < 3; i += 1) await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Registrera');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/registrera/kvitto/*');
    expect(await page.locator('.receipt-number').textContent()).toBe('Diarienummer EÅV 2023/1');
    const main = (await page.locator('main').textContent()) ?? '';
    expect(main).toContain('Hanna Handläggare får besked nu med e-post: nytt ärende.');
    expect(main).toContain('Ordinarie justering blir klar senast 9 november 2023 (KL 5 kap. 69 §)');
    await expectGood(page, 'registrera-kvitto');
    expect(complaints).toEqual([]);
    const { body } = await app.get('/api/v1/referrals', { token: people.registrar.token });
    expect(body.items[0]).toMatchObject({ title: LETTER.titel, meeting: '2023-10-26', adjustment: 'proposed' });
  });

  it('shows the case that is there already, and registers all the same with a reason', async () => {
    const { page } = open;
    await enter(page, app, people.registrar, '/registrera');
    await fill({ ...LETTER, avsandarens: 'ks2023-0739' });
    await page.locator('#plan', { hasText: 'Remissen verkar redan vara registrerad' }).waitFor();
    await press('Registrera');
    const summary = page.locator('.ds-error-summary');
    expect(await summary.textContent()).toContain('Remissen finns redan som EÅV 2023/1.');
    await expectGood(page, 'registrera-dubblett');
    await summary.getByRole('link').click();
    expect(await page.evaluate('document.activeElement.name')).toBe('dubblettskal');
    expect(await page.locator('[name=titel]').inputValue()).toBe(LETTER.titel);
    await page.keyboard.type('Ny remissomgång');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/registrera/kvitto/*');
    expect(await list()).toEqual(['EÅV 2023/2', 'EÅV 2023/1']);
  });

  it('says in place of the plan that the session has ended, or that there is no plan just now', async () => {
    const { page } = open;
    await enter(page, app, people.registrar, '/registrera');
    await page.route('**/registrera/forhandsvisa', (route) => route.abort());
    await fill({ titel: 'Utan nät' });
    await page.locator('#plan', { hasText: 'Planen går inte att räkna ut just nu.' }).waitFor();
    await page.unroute('**/registrera/forhandsvisa');
    await fill({ svar: '2023-10-27' });
    await page.locator('#plan', { hasText: 'Paragrafen behöver justeras omedelbart' }).waitFor();
    await app.provider(EndSession).allBut(people.registrar.id, null);
    await fill({ titel: 'Utloggad' });
    const over = page.locator('#plan', { hasText: 'Inloggningen har upphört. Det du skrivit står kvar' });
    await over.waitFor();
    expect(await page.locator('#plan-besked').textContent()).toContain('så får du logga in och öppna formuläret');
    expect(await told().textContent()).not.toContain('Svar senast');
    await expectGood(page, 'registrera-utloggad');
    await page.route('**/registrera/forhandsvisa', (route) => route.abort());
    await fill({ titel: 'Utan nät igen' });
    await page.locator('#plan', { hasText: 'Planen går inte att räkna ut just nu.' }).waitFor();
    await page.unroute('**/registrera/forhandsvisa');
    await page.context().clearCookies();
    await fill({ titel: 'Utan inloggning' });
    await over.waitFor();
    const another = await page.context().newPage();
    await enter(another, app, people.secretary, '/bevakning');
    await fill({ titel: 'Inloggad som någon annan' });
    await page.locator('#plan', { hasText: 'Inloggningen är en annan än när sidan öppnades.' }).waitFor();
    await press('Registrera');
    await page.getByRole('button', { name: 'Öppna det ifyllda formuläret' }).waitFor();
    expect(await page.locator('main').textContent()).toContain('Inloggad som någon annan');
  });

  it('works without JavaScript: the plan on demand, and nothing typed is lost', async () => {
    await reopen({ javaScriptEnabled: false });
    const { page } = open;
    await enter(page, app, people.registrar, '/registrera');
    await fill({ ...LETTER, avsandarens: 'KS 2023/800', svar: '2023-10-13' });
    await press('Visa plan');
    expect(await told().textContent()).toContain('Svar senast fredag 13 oktober 2023');
    expect(await told().textContent()).toContain('28 september 2023');
    expect(await page.locator('[name=avsandare]').inputValue()).toBe(LETTER.avsandare);
    await fill({ titel: '', svar: '2023-13-45', klockslag: 'lunch' });
    await press('Registrera');
    const summary = await page.locator('.ds-error-summary').textContent();
    for (const fault of ['Ärende', 'Svarsdagen ska vara en dag som finns', 'Klockslaget ska vara ett klockslag']) {
      expect(summary).toContain(fault);
    }
    expect(await page.locator('[name=svar]').inputValue()).toBe('2023-13-45');
    expect(await page.locator('[name=avsandarens]').inputValue()).toBe('KS 2023/800');
    await fill({ titel: 'En remiss utan skript', svar: '231013', klockslag: 'kl 9.30' });
    await press('Registrera');
    expect(await page.locator('.receipt-number').textContent()).toContain('EÅV 2023/3');
  });

  it('stands errors at their fields and at the top, also for axe', async () => {
    const { page } = open;
    await enter(page, app, people.registrar, '/registrera');
    await fill({ inkom: '2024-01-01', titel: 'Framtida', avsandare: 'Någon' });
    await press('Registrera');
    await expectGood(page, 'registrera-fel');
    expect(await page.locator('[name=inkom]').getAttribute('aria-invalid')).toBe('true');
    expect(await page.title()).toBe('Fel: Registrera remiss – Diarium');
    await press('Registrera');
    expect((await list()).length).toBe(3);
  });

  it('says what to do when there is no answer date, and when no meeting comes in time', async () => {
    const { page } = open;
    await enter(page, app, people.registrar, '/registrera');
    expect(await told().textContent()).toContain('Ingen svarsdag än.');
    await fill({ svar: '2023-09-15' });
    await page.locator('#plan', { hasText: 'Inget sammanträde hinner före svarsdagen' }).waitFor();
    expect(await told().textContent()).toContain(
      'begär anstånd till 29 september 2023: nämnden sammanträder 28 september 2023',
    );
    await fill({ svar: '2022-10-27' });
    await page.locator('#plan', { hasText: 'Kontrollera årtalet' }).waitFor();
    await fill({ svar: '2023-11-04' });
    await page.locator('#plan', { hasText: 'Svarsdagen är ingen arbetsdag (alla helgons dag)' }).waitFor();
    await expectGood(page, 'registrera-inget-sammantrade');
  });

  it('gives the same case for the same form sent twice', async () => {
    const plain = new PlainBrowser(app);
    await plain.signIn(people.registrar.email);
    const { body } = await plain.get('/registrera');
    const nyckel = /name="nyckel" value="([\w-]+)"/.exec(body)?.[1] ?? '';
    const fields = { ...LETTER, namnd: 'EÅV', avsandarens: '', titel: 'Skickad två gånger', nyckel };
    const first = await plain.post('/registrera', fields);
    const again = await plain.post('/registrera', fields);
    expect(first.status).toBe(303);
    expect(again.location).toBe(first.location);
    const before = await list();
    const changed = { ...fields, titel: 'En annan' };
    const asked = await plain.post('/registrera', changed);
    expect(asked.status).toBe(422);
    expect(asked.body).toContain(`Formuläret har redan gett ${before[0]}.`);
    expect(asked.body).toMatch(/href="\/arenden\/[\w-]+\/andra"/);
    expect(await list()).toEqual(before);
    const other = await plain.post('/registrera', { ...changed, arendetill: 'ja' });
    expect(other.status).toBe(303);
    expect(other.location).not.toBe(first.location);
    expect((await plain.post('/registrera', { ...changed, arendetill: 'ja' })).location).toBe(other.location);
    expect(await list()).toHaveLength(before.length + 1);
  });

  it('asks for a reason when the sender has sent the same title within a year', async () => {
    const plain = new PlainBrowser(app);
    await plain.signIn(people.registrar.email);
    const send = async (more: Readonly<Record<string, string>>) => {
      const nyckel = /name="nyckel" value="([\w-]+)"/.exec((await plain.get('/registrera')).body)?.[1] ?? '';
      const fields = { namnd: 'EÅV', titel: 'Samråd om kvarteret Linde', avsandare: 'Exploateringskontoret' };
      return plain.post('/registrera', { ...fields, inkom: '2023-09-11', nyckel, ...more });
    };
    expect((await send({ avsandarens: 'E2023-1', sekretess: 'OSL 21 kap. 1 §' })).status).toBe(303);
    const [number] = await list();
    const again = { titel: 'SAMRÅD  om kvarteretLinde', avsandare: 'exploateringskontoret' };
    const asked = await send(again);
    expect(asked.status).toBe(422);
    expect(asked.body).toContain(`Samma avsändare har redan skickat ett ärende med samma namn, ${number}.`);
    expect(asked.body).toContain('Samma avsändare har skickat ett ärende med samma namn det senaste året.');
    expect(asked.body).toContain('name="dubblettskal"');
    expect((await list())[0]).toBe(number);
    expect((await send({ ...again, avsandare: 'Någon annan' })).status).toBe(303);
    expect((await send({ ...again, dubblettskal: 'Ny omgång' })).status).toBe(303);
  });

  it.each([
    ['a time of day without a day', { klockslag: '12:00' }, 'Klockslag hör till en svarsdag.'],
    ['an arrival long ago', { inkom: '2013-09-11' }, 'Remissen kom in 11 september 2013, för mer än ett år sedan.'],
    ['a day in words', { svar: '29 januari 2027' }, 'Svarsdagen går inte att läsa. Skriv dagen som 2027-01-29.'],
  ])('does not take %s', async (_, fields, message) => {
    const plain = new PlainBrowser(app);
    await plain.signIn(people.registrar.email);
    await plain.get('/registrera');
    const letter = { namnd: 'EÅV', titel: `Remiss ${message}`, avsandare: 'Någon', inkom: '2023-09-11' };
    const { status, body } = await plain.post('/registrera', { ...letter, ...fields });
    expect(status).toBe(422);
    expect(body.split(message).length).toBeGreaterThanOrEqual(3);
    const shown = await plain.post('/registrera/forhandsvisa', { ...letter, ...fields }, { 'X-Part': 'plan' });
    if ('svar' in fields) {
      expect(shown.body).toContain('Svarsdagen går inte att läsa. Skriv dagen som 2027-01-29.');
      expect(shown.body).not.toContain('Ingen svarsdag än');
    }
    if (!('inkom' in fields)) return;
    expect(shown.body).toContain('Remissen kom in 11 september 2013, för mer än ett år sedan.');
    expect(body).toContain('name="inkomgammal"');
    expect((await plain.post('/registrera', { ...letter, ...fields, inkomgammal: 'ja' })).status).toBe(303);
  });

  it.each([
    ['2023-09-28', {}, 'Svaret måste skickas samma dag som nämnden sammanträder.'],
    [
      '2023-09-08',
      { svardagstammer: 'ja' },
      'Svarsdagen ligger före den dag då remissen kom in. Kontrollera remissen.',
    ],
  ])('says on the receipt what there is to notice of %s', async (svar, ticked, warning) => {
    const plain = new PlainBrowser(app);
    await plain.signIn(people.registrar.email);
    await plain.get('/registrera');
    const letter = { namnd: 'EÅV', titel: `Till ${svar}`, avsandare: 'Någon', inkom: '2023-09-11', klockslag: '12' };
    const { location } = await plain.post('/registrera', { ...letter, svar, ...ticked });
    const { body } = await plain.get(location ?? '');
    expect(body).toContain(warning);
    expect(body).toMatch(/kl\.\u00a012\.00/);
    expect(body).toMatch(/registrerad 11 september 2023 kl\.\u00a010\.41/);
  });

  it('tells the year of a meeting that is next year', async () => {
    await seedMeeting(app, '2024-01-25');
    const plain = new PlainBrowser(app);
    await plain.signIn(people.registrar.email);
    await plain.get('/registrera');
    const letter = { namnd: 'EÅV', titel: 'Nästa år', avsandare: 'Någon', inkom: '2023-09-11', svar: '2024-02-23' };
    const { body } = await plain.post('/registrera/forhandsvisa', letter, { 'X-Part': 'plan' });
    expect(body).toMatch(/data-told="[^"]*Sammanträde 25 januari 2024\./);
  });

  it('tells of errors in the order of the page', async () => {
    const plain = new PlainBrowser(app);
    await plain.signIn(people.registrar.email);
    await plain.get('/registrera');
    const { body } = await plain.post('/registrera', { namnd: 'EÅV', inkom: 'x', svar: 'y', klockslag: 'z' });
    const links = [...body.matchAll(/<a class="ds-link" href="#falt-(\w+)">/g)].map(([, field]) => field);
    expect(links).toEqual(['titel', 'avsandare', 'svar', 'klockslag', 'inkom']);
  });

  it('takes hostile titles as text, and the page holds', async () => {
    const { page, complaints } = open;
    await enter(page, app, people.registrar, '/registrera');
    for (const titel of HOSTILE) {
      await page.goto(`${app.url}/registrera`);
      await fill({ titel, avsandare: `${titel}`.slice(0, 300), svar: '2023-10-27' });
      await press('Registrera');
      await page.waitForURL('**/registrera/kvitto/*');
      expect(await page.locator('.receipt .title').textContent()).toBe(titel.normalize('NFC'));
      await expectGood(page, `registrera-fientlig-${HOSTILE.indexOf(titel)}`);
    }
    for (const path of ['/bevakning', '/arenden', '/sammantraden', '/paminnelser']) {
      await page.goto(app.url + path);
      await expectGood(page, `fientligt${path.replace('/', '-')}`);
      expect(await page.title()).toMatch(/ – Diarium$/);
    }
    expect(complaints).toEqual([]);
  });

  it('takes a title that was copied over several lines as one', async () => {
    const { page } = open;
    await enter(page, app, people.registrar, '/registrera');
    await fill({ titel: 'Remiss av\nen lång\r\n titel', avsandare: 'Någon' });
    await press('Registrera');
    expect(await page.locator('.receipt .title').textContent()).toBe('Remiss av en lång titel');
  });

  it('lets someone who registers for two boards change board without losing what is typed', async () => {
    await seedBoard(app, 'SBN', 'Stadsbyggnadsnämnden');
    const roles = { EÅV: ['registrar'], SBN: ['registrar'] } as const;
    const both = await seedPerson(app, { email: 'bodil.bada@example.se', name: 'Bodil Båda', roles });
    await seedPassword(app, both);
    const { page } = open;
    await enter(page, app, both, '/registrera');
    await expectGood(page, 'registrera-namnder');
    await fill({ titel: 'En detaljplan', avsandare: 'Länsstyrelsen' });
    await page.locator('[name=namnd]').selectOption('SBN');
    await press('Byt nämnd');
    expect(await page.locator('[name=namnd]').inputValue()).toBe('SBN');
    expect(await page.locator('[name=titel]').inputValue()).toBe('En detaljplan');
    await page.locator('[name=avsandare]').press('Enter');
    await page.waitForURL('**/registrera/kvitto/*');
    expect(await page.locator('.receipt-number').textContent()).toContain('SBN 2023/1');
  });
});
