import { afterAll, beforeAll, afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { ReadDatabase } from '../../../../src/platform/database/read-database.js';
import { change, rows } from '../../../../src/platform/database/sql.js';
import { UnitOfWork } from '../../../../src/platform/database/unit-of-work.js';
import type { TestApp } from '../../../support/app.js';
import { describeInBrowser, startBrowser, visit, type Visit } from '../../../support/browser.js';
import { eventually } from '../../../support/eventually.js';
import {
  seedBoard, seedDepartment, seedModelBoard, seedPerson, type ModelBoard, type SeededPerson,
} from '../../../support/seed.js'; // prettier-ignore
import { startSmtpSink, type SmtpSink } from '../../../support/smtp-sink.js';
import { PlainBrowser, seedPassword, startPagesApp } from '../../sign-in/pages-app.js';
import { enter, expectGood, textOf } from '../lista/page-visits.js';

describeInBrowser('The page of colleagues', () => {
  let browser: Browser;
  let app: TestApp;
  let people: ModelBoard;
  let ada: SeededPerson;
  let open: Visit;
  let sink: SmtpSink;

  beforeAll(async () => {
    browser = await startBrowser();
    sink = await startSmtpSink();
    app = await startPagesApp({ smtpUrl: sink.url });
    people = await seedModelBoard(app);
    await seedBoard(app, 'ÄLV', 'Älvsjö stadsdelsnämnd');
    const seed = (email: string, name: string, roles: Parameters<typeof seedPerson>[1]['roles']) =>
      seedPerson(app, { email, name, ...(roles ? { roles } : {}) });
    ada = await seed('ada.admin@example.se', 'Ada Admin', { EÅV: ['admin'] });
    await seed('stina@example.se', 'Stina Annorstädes', { ÄLV: ['officer'] });
    await seed('bo@example.se', 'Bo Båda', { ÄLV: ['officer'], EÅV: ['officer'] });
    await seedPassword(app, ada, people.registrar, people.officer, people.manager);
    const body = {
      board: 'EÅV', title: 'Remiss om trygghet', sender: 'Kommunstyrelsen', receivedOn: '2023-10-09',
      answerDue: '2023-12-01', officer: people.officer.email,
    }; // prettier-ignore
    expect((await app.post('/api/v1/referrals', body, { token: people.registrar.token })).status).toBe(201);
  });
  afterAll(async () => {
    await app.close();
    await sink.stop();
    await browser.close();
  });
  beforeEach(async () => {
    open = await visit(browser);
  });
  afterEach(() => open.close());

  const press = (name: string) => open.page.getByRole('button', { name, exact: true }).click();
  const fill = (name: string, value: string) => open.page.locator(`[name=${name}]`).fill(value);
  const choose = (name: string, value: string) => open.page.locator(`select[name=${name}]`).selectOption(value);
  const tick = (label: string) => open.page.getByLabel(label, { exact: true }).check();
  const status = () => open.page.getByRole('status').textContent();
  const errors = () => open.page.locator('.ds-error-summary li').allTextContents();
  /** What the form of roles of someone starts from, as a browser sends it along. */
  const basisOf = async (plain: PlainBrowser, id: string | undefined): Promise<string> =>
    /name="grund" value="([^"]*)"/.exec((await plain.get(`/medarbetare/${id}`)).body)?.[1] ?? '';
  const cells = (name: string) => open.page.locator('tbody tr', { hasText: name }).locator('td').allTextContents();

  it('is where an administrator without other roles is led, by the watch list too', async () => {
    const { page } = open;
    await enter(page, app, ada, '/bevakning');
    expect(await page.locator('main').textContent()).toContain('Som systemförvaltare ser du inga ärenden');
    await expectGood(page, 'bevakning-systemforvaltare');
    await page.getByRole('link', { name: 'Till Medarbetare' }).click();
    expect(await cells('Cesar Chef')).toEqual([
      'Cesar Chefcesar.chef@example.se',
      'Avdelningschef',
      'Avdelning HR och utveckling',
      'Aktivt',
    ]);
    const main = (await page.locator('main').textContent()) ?? '';
    expect(main).not.toContain('Stina Annorstädes');
    await expectGood(page, 'medarbetare');
    await page.goto(app.url);
    expect(new URL(page.url()).pathname).toBe('/medarbetare');
  });

  it('adds a colleague, who gets a link by mail, and tells of faults at their fields', async () => {
    const { page, complaints } = open;
    await enter(page, app, ada, '/medarbetare');
    await fill('namn', 'Nils Ny');
    await fill('epost', 'ingen adress');
    await press('Lägg till');
    expect(await errors()).toEqual(['E-postadressen ska vara en e-postadress.', 'Välj minst en roll.']);
    await tick('Avdelningschef');
    await fill('epost', 'Nils.Ny@example.se');
    await press('Lägg till');
    expect(await errors()).toEqual([expect.stringContaining('En avdelningschef behöver en avdelning')]);
    await expectGood(page, 'medarbetare-fel');
    await choose('avdelning', 'EÅV/HR');
    await press('Lägg till');
    expect(await status()).toContain('Medarbetaren är tillagd.');
    expect((await cells('Nils Ny'))[1]).toBe('Avdelningschef');
    await eventually('the link has come', () => sink.to('nils.ny@example.se').length === 1);
    const [mail] = sink.to('nils.ny@example.se');
    expect(mail?.text).toContain('/losenord/');
    expect(mail?.subject).toMatch(/^Inbjudan till Diarium, .*: välj lösenord senast \d+ \w+ \d{4} kl\. /);
    expect(mail?.text).toContain('Ada Admin har lagt till dig i Diarium hos');
    expect(mail?.text).toContain('som avdelningschef.');
    expect(mail?.text).toContain('Hör av dig till Ada Admin, ada');
    expect(mail?.text).not.toMatch(/inte bett om|som det var/);
    await fill('namn', 'Nils Ny');
    await fill('epost', 'nils.ny@example.se');
    await tick('Läsbehörig');
    await press('Lägg till');
    expect(await errors()).toEqual([expect.stringContaining('är upptagen. Se efter om personen redan står')]);
    expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
  });

  it('gives and takes roles, but not the last administrator’s', async () => {
    const { page } = open;
    await enter(page, app, ada, '/medarbetare');
    await page.getByRole('link', { name: 'Nils Ny' }).click();
    await tick('Handläggare');
    await page.getByLabel('Avdelningschef', { exact: true }).uncheck();
    await press('Spara roller');
    expect(await status()).toBe('Rollerna är sparade.');
    await expectGood(page, 'medarbetare-en');
    await page.getByRole('link', { name: 'Medarbetare' }).last().click();
    expect((await cells('Nils Ny'))[1]).toBe('Handläggare');
    await page.getByRole('link', { name: 'Hanna Handläggare' }).click();
    await page.getByLabel('Handläggare', { exact: true }).uncheck();
    await tick('Läsbehörig');
    await press('Spara roller');
    expect(await errors()).toEqual([
      expect.stringMatching(/öppna ärenden.*EÅV 2023\/1.*en registrator fördelar om dem/),
    ]);
    await page.goto(`${app.url}/medarbetare`);
    await page.getByRole('link', { name: 'Ada Admin', exact: true }).click();
    await page.getByLabel('Systemförvaltare', { exact: true }).uncheck();
    await tick('Läsbehörig');
    await press('Spara roller');
    expect(await errors()).toEqual([expect.stringContaining('skulle stå utan systemförvaltare')]);
    const sql = `SELECT "what", "actor_name" AS "by" FROM "journal" WHERE "subject_type" = 'person'
      AND "what" LIKE 'person-%' ORDER BY "seq"`;
    expect(await rows(app.provider(ReadDatabase).manager, sql)).toEqual([
      { what: 'person-added', by: 'Ada Admin' },
      { what: 'person-changed', by: 'Ada Admin' },
    ]);
  });

  it.each(['EÅV/ZZ', 'EÅV/'])('takes no department that the board does not have: %s', async (avdelning) => {
    const plain = new PlainBrowser(app);
    await plain.signIn(ada.email);
    const path = `/medarbetare/${people.reader.id}/roller`;
    const grund = await basisOf(plain, people.reader.id);
    const answer = await plain.post(path, { namnd: 'EÅV', grund, 'roll-officer': 'ja', avdelning });
    expect(answer.status).toBe(422);
    expect(textOf(answer.body)).toContain('har ingen avdelning med koden');
  });

  it('leaves a department without its manager when the role is taken away, for the next one to have it', async () => {
    const plain = new PlainBrowser(app);
    await plain.signIn(ada.email);
    await plain.get('/medarbetare');
    const { id } = await seedPerson(app, { email: 'maja@example.se', name: 'Maja Chef', roles: { EÅV: ['reader'] } });
    const become = async (who: string, role: string) => {
      const grund = await basisOf(plain, who);
      const fields = { namnd: 'EÅV', grund, [`roll-${role}`]: 'ja', avdelning: 'EÅV/HR', steg: 'bekrafta' };
      expect((await plain.post(`/medarbetare/${who}/roller`, fields)).status).toBe(303);
    };
    const managers = async () => {
      const sql = `SELECT p."email" FROM "department" d LEFT JOIN "person" p ON p."id" = d."manager_id"`;
      return rows(app.provider(ReadDatabase).manager, sql);
    };
    await become(people.manager.id, 'reader');
    expect(await managers()).toEqual([{ email: null }]);
    await become(id, 'manager');
    await become(people.manager.id, 'manager');
    expect(await managers()).toEqual([{ email: 'maja@example.se' }]);
    await become(id, 'reader');
    await become(people.manager.id, 'manager');
    expect(await managers()).toEqual([{ email: people.manager.email }]);
  });

  it('asks for the next manager of a department, and says plainly when it has none', async () => {
    const { page } = open;
    await seedDepartment(app, { code: 'IT', name: 'Digitalisering' });
    const { id } = await seedPerson(app, {
      email: 'mona@example.se', name: 'Mona Mellanchef', roles: { EÅV: ['manager', 'reader'] }, department: ['EÅV', 'IT'],
    }); // prettier-ignore
    await seedDepartment(app, { code: 'IT', name: 'Digitalisering', managerId: id });
    const managerOfIt = async () => {
      const sql = `SELECT p."email" FROM "department" d LEFT JOIN "person" p ON p."id" = d."manager_id" WHERE d."code" = 'IT'`;
      return rows(app.provider(ReadDatabase).manager, sql);
    };
    const callout = page.locator('.callout', { hasText: 'har ingen chef' });
    await enter(page, app, ada, '/medarbetare');
    expect(await callout.count()).toBe(0);
    await page.getByRole('link', { name: 'Mona Mellanchef' }).click();
    expect(await page.locator('[name=nychef] option').allTextContents()).toEqual(['Ingen än', 'Cesar Chef']);
    await expectGood(page, 'medarbetare-chef');
    await choose('nychef', people.manager.email);
    await press('Spara roller');
    expect(await page.locator('main').textContent()).toContain('Avdelningen Digitalisering får Cesar Chef som chef.');
    await expectGood(page, 'medarbetare-roller-fraga');
    expect(await managerOfIt()).toEqual([{ email: 'mona@example.se' }]);
    await press('Ja, spara rollerna');
    expect(await managerOfIt()).toEqual([{ email: people.manager.email }]);
    expect(await page.getByLabel('Avdelningschef', { exact: true }).isChecked()).toBe(true);
    expect(await page.locator('[name=nychef]').count()).toBe(0);
    await seedDepartment(app, { code: 'IT', name: 'Digitalisering', managerId: id });
    await page.reload();

    await page.getByLabel('Avdelningschef', { exact: true }).uncheck();
    await choose('nychef', people.manager.email);
    await press('Spara roller');
    await press('Ja, spara rollerna');
    expect(await status()).toBe('Rollerna är sparade.');
    expect(await managerOfIt()).toEqual([{ email: people.manager.email }]);
    expect(await callout.count()).toBe(0);
    await seedDepartment(app, { code: 'IT', name: 'Digitalisering', managerId: id });

    await page.getByLabel('Avdelningschef', { exact: true }).check();
    await press('Spara roller');
    await page.getByLabel('Avdelningschef', { exact: true }).uncheck();
    await press('Spara roller');
    await press('Ja, spara rollerna');
    expect(await managerOfIt()).toEqual([{ email: null }]);
    expect(await callout.textContent()).toContain('Avdelningen Digitalisering har ingen chef');
    await callout.getByRole('link', { name: 'Medarbetare' }).click();
    expect(await callout.textContent()).toContain('Ingen kan attestera dess ärenden förrän den har en chef.');
    await expectGood(page, 'medarbetare-utan-chef');
    await page.goto(`${app.url}/bevakning`);
    expect(await callout.textContent()).toContain('Ge någon rollen avdelningschef med avdelningen på Medarbetare.');
    await page.getByRole('button', { name: 'Logga ut' }).click();

    await enter(page, app, people.registrar, '/bevakning');
    expect(await callout.textContent()).toContain('Be en systemförvaltare att ge avdelningen en chef.');
    await expectGood(page, 'bevakning-utan-chef');
    await callout.getByRole('link', { name: 'Ärenden på Digitalisering' }).click();
    expect(new URL(page.url()).searchParams.get('avdelning')).toBe('EÅV:IT');
    await page.getByRole('button', { name: 'Logga ut' }).click();
    await enter(page, app, people.officer, '/bevakning');
    expect(await callout.count()).toBe(0);
    await seedDepartment(app, { code: 'IT', name: 'Digitalisering', managerId: people.manager.id });
  });

  it('gives the departments of a manager who leaves to the next one, or tells in the receipt that they have none', async () => {
    const plain = new PlainBrowser(app);
    await plain.signIn(ada.email);
    const leaves = async (name: string, chef: string) => {
      const code = name.slice(0, 2).toUpperCase();
      const seed = { email: `${name.toLowerCase()}@example.se`, name, roles: { EÅV: ['manager'] } } as const;
      const { id } = await seedPerson(app, seed);
      await seedDepartment(app, { code, name: `${name}s avdelning`, managerId: id });
      await plain.get(`/medarbetare/${id}`);
      const fields = { till: people.manager.email, dag: '2023-10-31', chef, steg: 'bekrafta' };
      return { id, answer: await plain.post(`/medarbetare/${id}/sluta`, fields) };
    };
    const refused = await leaves('Runa', people.reader.email);
    expect(refused.answer.status).toBe(422);
    expect(textOf(refused.answer.body)).toMatch(
      /lena\.lasare@example\.se.* har inte rollen som behövs.*avdelningschef/,
    );
    const given = await leaves('Gerd', people.manager.email);
    expect(given.answer.status).toBe(303);
    const page = textOf((await plain.get(`/medarbetare/${given.id}?meddelande=slutar`)).body);
    expect(page).toContain('Avdelningen Gerds avdelning har Cesar Chef som chef.');
    const left = await leaves('Vera', '');
    expect(left.answer.status).toBe(303);
    expect(textOf((await plain.get(`/medarbetare/${left.id}?meddelande=slutar`)).body)).toContain(
      'Avdelningen Veras avdelning har ingen chef från och med 31 oktober 2023. Ingen kan attestera dess ärenden förrän någon har fått rollen.',
    );
    const em = app.provider(ReadDatabase).manager;
    const sql = `SELECT "what", "before", "after", "actor_name" AS "by" FROM "journal" WHERE "subject_id" = 'EÅV/GE'`;
    expect(await rows(em, sql)).toEqual([
      {
        what: 'department-changed',
        before: JSON.stringify({ manager: 'gerd@example.se' }),
        after: JSON.stringify({ manager: people.manager.email }),
        by: 'Ada Admin',
      },
    ]);
    await app.provider(UnitOfWork).run((tx) => change(tx, `DELETE FROM "department" WHERE "code" NOT IN ('HR', 'IT')`));
  });

  it('leaves a manager with open cases one of the roles that cases are had by', async () => {
    const body = {
      board: 'EÅV', title: 'Remiss om lekplatser', sender: 'Stadsledningskontoret', receivedOn: '2023-10-09',
      answerDue: '2023-12-01', officer: people.manager.email,
    }; // prettier-ignore
    expect((await app.post('/api/v1/referrals', body, { token: people.registrar.token })).status).toBe(201);
    const plain = new PlainBrowser(app);
    await plain.signIn(ada.email);
    const path = `/medarbetare/${people.manager.id}/roller`;
    const grund = await basisOf(plain, people.manager.id);
    const refused = await plain.post(path, { namnd: 'EÅV', grund, 'roll-reader': 'ja', avdelning: 'EÅV/HR' });
    expect(refused.status).toBe(422);
    expect(textOf(refused.body)).toMatch(/öppna ärenden.*EÅV 2023\/2/);
    const both = { namnd: 'EÅV', grund, 'roll-manager': 'ja', 'roll-reader': 'ja', avdelning: 'EÅV/HR' };
    expect((await plain.post(path, both)).status).toBe(303);
  });

  it('registers who is away, and who stands in, for others and for oneself', async () => {
    const { page } = open;
    await enter(page, app, ada, '/franvaro');
    await choose('person', people.secretary.email);
    await choose('ersattare', people.secretary.email);
    await fill('fran', '20231012');
    await fill('till', '20231013');
    await press('Anmäl frånvaro');
    expect(await errors()).toEqual(['Ersättaren måste vara någon annan.']);
    await choose('ersattare', people.registrar.email);
    await fill('fran', '20231012');
    await fill('till', '20231010');
    await press('Anmäl frånvaro');
    expect(await page.locator('[name=till]').getAttribute('aria-invalid')).toBe('true');
    await expectGood(page, 'franvaro-fel');
    await fill('till', '20231013');
    await press('Anmäl frånvaro');
    expect(await status()).toBe('Frånvaron är anmäld.');
    expect(await page.locator('ul.rows').textContent()).toContain('12 oktober 2023 till och med 13 oktober 2023');
    await expectGood(page, 'franvaro');
    await page.getByRole('button', { name: 'Logga ut' }).click();

    await enter(page, app, people.registrar, '/konto');
    await page.getByRole('link', { name: 'Frånvaro och ersättare' }).click();
    expect(await page.locator('ul.rows').textContent()).toContain('Sixten Sekreterare');
    expect(await page.getByRole('button', { name: 'Ta tillbaka' }).count()).toBe(0);
    expect(await page.locator('select[name=person]').count()).toBe(0);
    const offered = await page.locator('[name=ersattare] option').allTextContents();
    expect([offered.includes('Hanna Handläggare'), offered.includes('Rut Registrator')]).toEqual([true, false]);
    await choose('ersattare', people.officer.email);
    await fill('fran', '2023-10-16');
    await fill('till', '2023-10-17');
    await press('Anmäl frånvaro');
    await page.getByRole('button', { name: 'Ta tillbaka' }).click();
    expect(await page.locator('main').textContent()).toContain('Hanna Handläggare får då inte påminnelserna');
    await expectGood(page, 'franvaro-fraga');
    await press('Ja, ta tillbaka frånvaron');
    expect(await status()).toBe('Frånvaron är tillbakatagen.');
  });

  it('ends an account by handing over, with a receipt', async () => {
    const { page } = open;
    await enter(page, app, ada, '/medarbetare');
    await page.getByRole('link', { name: 'Bo Båda' }).click();
    expect(await page.locator('#sluta').textContent()).toContain('roller även i andra nämnder');
    await expectGood(page, 'medarbetare-flera-namnder');
    await page.goto(`${app.url}/medarbetare`);
    await page.getByRole('link', { name: 'Hanna Handläggare' }).click();
    await choose('till', 'nils.ny@example.se');
    await fill('dag', '2023-10-06');
    await press('Lämna över och avsluta');
    expect(await page.locator('[name=dag]').getAttribute('aria-invalid')).toBe('true');
    await expectGood(page, 'medarbetare-sluta-fel');
    await fill('dag', '2023-10-31');
    // Enter in a field is what the button is: it asks, and nothing is done before the answer.
    await page.locator('[name=dag]').press('Enter');
    await page.getByText('Stämmer det?').waitFor();
    const asked = await page.locator('main').textContent();
    expect(asked).toContain('1 öppet ärende får Nils Ny som handläggare genast: EÅV 2023/1.');
    expect(asked).toContain('Från och med 31 oktober 2023 går kontot inte att logga in med.');
    await expectGood(page, 'medarbetare-sluta-fraga');
    const endedOn = async () =>
      (
        await rows<{ endedOn: string | null }>(
          app.provider(ReadDatabase).manager,
          `SELECT "ended_on" AS "endedOn" FROM "person" WHERE "email" = 'hanna.handlaggare@example.se'`,
        )
      )[0]?.endedOn ?? null;
    expect(await endedOn()).toBe(null);
    await press('Ändra');
    expect(await page.locator('[name=dag]').inputValue()).toBe('2023-10-31');
    expect(await page.locator('select[name=till]').inputValue()).toBe('nils.ny@example.se');
    await press('Lämna över och avsluta');
    await press('Ja, lämna över och avsluta kontot');
    expect(await endedOn()).toBe('2023-10-31');
    expect(await status()).toContain('Det som fanns att lämna över är överlämnat');
    const receipt = await page.locator('#kvitto').textContent();
    expect(receipt).toContain('Till Nils Ny, av Ada Admin');
    expect(receipt).toContain('EÅV 2023/1');
    await expectGood(page, 'medarbetare-kvitto');
    await page.goto(`${app.url}/medarbetare`);
    expect((await cells('Hanna Handläggare'))[3]).toBe('Avslutas 31 oktober 2023');
  });

  it('lets someone with a role at another board leave this one, once no open case is theirs here', async () => {
    const body = {
      board: 'EÅV', title: 'Remiss om cykelbanor', sender: 'Trafikkontoret', receivedOn: '2023-10-09',
      answerDue: '2023-12-01', officer: 'bo@example.se',
    }; // prettier-ignore
    const as = { token: people.registrar.token };
    const { id } = (await app.post('/api/v1/referrals', body, as)).body;
    const [bo] = await rows<{ id: string }>(
      app.provider(ReadDatabase).manager,
      `SELECT "id" FROM "person" WHERE "email" = 'bo@example.se'`,
    );
    const plain = new PlainBrowser(app);
    await plain.signIn(ada.email);
    const leave = async (who = '', steg = 'bekrafta') => {
      const grund = await basisOf(plain, who);
      return plain.post(`/medarbetare/${who}/roller`, { namnd: 'EÅV', grund, avdelning: 'EÅV/HR', steg });
    };
    const refused = await leave(bo?.id);
    expect(refused.status).toBe(422);
    expect(textOf(refused.body)).toMatch(/öppna ärenden.*en registrator fördelar om dem/);
    const cancelled = await app.post(`/api/v1/referrals/${id}/cancellation`, { reason: 'Felregistrerad' }, as);
    expect(cancelled.status).toBe(200);
    expect(textOf((await leave(bo?.id, '')).body)).toContain('Bo Båda har sedan ingen roll i Enskede');
    expect(await leave(bo?.id)).toMatchObject({ status: 303 });
    const list = textOf((await plain.get('/medarbetare?meddelande=lamnat')).body);
    expect(list).toContain('Medarbetaren har inte längre någon roll i nämnden.');
    expect(list).not.toContain('Bo Båda');
    const left = `SELECT "board", "role" FROM "person_role" WHERE "person_id" = ?`;
    expect(await rows(app.provider(ReadDatabase).manager, left, [bo?.id])).toEqual([{ board: 'ÄLV', role: 'officer' }]);
    const only = await leave(people.reader.id);
    expect(only.status).toBe(422);
    expect(textOf(only.body)).toContain('Välj minst en roll.');
  });

  it('tells of roles that another has set meanwhile, and keeps what was chosen', async () => {
    const { page } = open;
    const { id } = await seedPerson(app, { email: 'kim@example.se', name: 'Kim Kollega', roles: { EÅV: ['reader'] } });
    const alma = await seedPerson(app, { email: 'alma@example.se', name: 'Alma Admin', roles: { EÅV: ['admin'] } });
    await seedPassword(app, alma);
    await enter(page, app, ada, `/medarbetare/${id}`);
    const other = new PlainBrowser(app);
    await other.signIn(alma.email);
    const path = `/medarbetare/${id}/roller`;
    const theirs = { namnd: 'EÅV', grund: await basisOf(other, id), 'roll-reader': 'ja', 'roll-secretary': 'ja' };
    expect((await other.post(path, theirs)).status).toBe(303);
    await tick('Handläggare');
    await page.getByLabel('Läsbehörig', { exact: true }).uncheck();
    await press('Spara roller');
    const main = page.locator('main');
    expect(await main.textContent()).toContain('Alma Admin ändrade rollerna medan du hade sidan öppen');
    expect(await page.locator('tbody tr', { hasText: 'Roller' }).locator('td').allTextContents()).toEqual([
      'Nämndsekreterare och läsbehörig',
      'Handläggare',
    ]);
    await expectGood(page, 'medarbetare-andrad');
    const rolesOf = async () => {
      const sql = `SELECT "role" FROM "person_role" WHERE "person_id" = ? ORDER BY "role"`;
      return (await rows<{ role: string }>(app.provider(ReadDatabase).manager, sql, [id])).map(({ role }) => role);
    };
    expect(await rolesOf()).toEqual(['reader', 'secretary']);
    await press('Spara roller');
    expect(await status()).toBe('Rollerna är sparade.');
    expect(await rolesOf()).toEqual(['officer', 'secretary']);

    // A form that does not say what it started from overwrites nothing; one that wants what is there already is no conflict.
    const plain = { namnd: 'EÅV', 'roll-reader': 'ja' };
    expect((await other.post(path, plain)).status).toBe(409);
    expect((await other.post(path, { ...theirs, grund: 'reader/', 'roll-reader': 'ja' })).status).toBe(409);
    const same = { namnd: 'EÅV', grund: 'reader/', 'roll-officer': 'ja', 'roll-secretary': 'ja' };
    expect((await other.post(path, same)).status).toBe(303);
    expect(await rolesOf()).toEqual(['officer', 'secretary']);
  });

  it('opens an account again that has ended, and keeps one that is to end', async () => {
    const { page } = open;
    const { id, ...lage } = await seedPerson(app, {
      email: 'lage@example.se', name: 'Lage Lämnar', roles: { EÅV: ['reader'] }, endedOn: '2023-10-02',
    }); // prettier-ignore
    await enter(page, app, ada, '/medarbetare');
    expect((await cells('Lage Lämnar'))[3]).toBe('Avslutat 2 oktober 2023');
    await page.getByRole('link', { name: 'Lage Lämnar' }).click();
    expect(await page.locator('#roller').count()).toBe(0);
    await press('Återöppna kontot');
    expect(await page.locator('main').textContent()).toContain('rollerna det hade: Läsbehörig i Enskede');
    await expectGood(page, 'medarbetare-ateroppna');
    await press('Ja, återöppna och mejla länken');
    expect(await status()).toContain('Kontot är återöppnat.');
    expect(await page.locator('#losenord').textContent()).toContain('Har inget lösenord');
    expect(await page.getByLabel('Läsbehörig', { exact: true }).isChecked()).toBe(true);
    await expectGood(page, 'medarbetare-ateroppnad');
    await eventually('the link has come', () => sink.to(lage.email).some(({ text }) => text.includes('/losenord/')));

    await choose('till', 'nils.ny@example.se');
    await fill('dag', '2023-10-31');
    await press('Lämna över och avsluta');
    await press('Ja, lämna över och avsluta kontot');
    await press('Låt kontot vara kvar');
    await expectGood(page, 'medarbetare-lat-vara-kvar');
    await press('Ja, låt kontot vara kvar');
    expect(await status()).toBe('Kontot blir kvar.');

    const plain = new PlainBrowser(app);
    await plain.signIn(ada.email);
    await plain.get(`/medarbetare/${id}`);
    const again = await plain.post(`/medarbetare/${id}/ateroppna`);
    expect([again.status, textOf(again.body).includes('Det är redan gjort')]).toEqual([422, true]);
  });

  it('says who opens an account of someone with roles at other boards too', async () => {
    const { id } = await seedPerson(app, {
      email: 'mats@example.se', name: 'Mats', roles: { EÅV: ['reader'], ÄLV: ['reader'] }, endedOn: '2023-10-02',
    }); // prettier-ignore
    const plain = new PlainBrowser(app);
    await plain.signIn(ada.email);
    expect(textOf((await plain.get(`/medarbetare/${id}`)).body)).toContain('systemförvaltare i alla nämnder där');
    expect((await plain.post(`/medarbetare/${id}/ateroppna`)).status).toBe(403);
  });

  it('lists those who have no role anywhere, who are any administrator’s to give roles or to end', async () => {
    const { page } = open;
    const { id } = await seedPerson(app, { email: 'rolf@example.se', name: 'Rolf Rolös' });
    const beata = await seedPerson(app, { email: 'beata@example.se', name: 'Beata', roles: { ÄLV: ['admin'] } });
    await seedPerson(app, { email: 'ronja@example.se', name: 'Ronja Rolös' });
    await seedPassword(app, beata);
    await enter(page, app, ada, '/medarbetare');
    expect(await page.locator('#utan-roll').textContent()).toContain('Rolf Rolös');
    await expectGood(page, 'medarbetare-utan-roll');
    await page.getByRole('link', { name: 'Rolf Rolös' }).click();
    await tick('Läsbehörig');
    await press('Spara roller');
    expect(await status()).toBe('Rollerna är sparade.');
    const theirs = new PlainBrowser(app);
    await theirs.signIn(beata.email);
    expect((await theirs.get(`/medarbetare/${id}`)).status).toBe(404);

    await page.goto(`${app.url}/medarbetare`);
    await page.getByRole('link', { name: 'Ronja Rolös' }).click();
    await choose('till', 'nils.ny@example.se');
    await fill('dag', '2023-10-09');
    await press('Lämna över och avsluta');
    await press('Ja, lämna över och avsluta kontot');
    expect(await status()).toContain('Det som fanns att lämna över är överlämnat');
    await page.goto(`${app.url}/medarbetare`);
    expect(await page.locator('#utan-roll').textContent()).toContain('Avslutat 9 oktober 2023');
  });

  it('is shown to nobody else, in the menu or by its address', async () => {
    const plain = new PlainBrowser(app);
    await plain.signIn(people.registrar.email);
    expect(textOf((await plain.get('/bevakning')).body)).not.toContain('Medarbetare');
    expect((await plain.get('/medarbetare')).status).toBe(403);
    expect((await plain.get(`/medarbetare/${people.officer.id}`)).status).toBe(403);
    await plain.get('/konto');
    const fields = { namnd: 'EÅV', namn: 'X', epost: 'x@example.se', 'roll-admin': 'ja' };
    expect((await plain.post('/medarbetare', fields)).status).toBe(403);
    expect((await plain.post(`/medarbetare/${people.reader.id}/roller`, fields)).status).toBe(403);
    const leave = { till: people.manager.email, dag: '2023-12-01' };
    expect((await plain.post(`/medarbetare/${people.reader.id}/sluta`, leave)).status).toBe(404);
    const admin = new PlainBrowser(app);
    await admin.signIn(ada.email);
    await admin.get('/medarbetare');
    expect((await admin.post('/medarbetare', { ...fields, namnd: 'ÄLV' })).status).toBe(403);
  });
});
