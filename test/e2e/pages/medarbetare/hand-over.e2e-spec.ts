import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { TestApp } from '../../../support/app.js';
import { describeInBrowser, suiteBrowser, visit } from '../../../support/browser.js';
import {
  seedAbsence,
  seedBoard,
  seedModelBoard,
  seedPerson,
  type ModelBoard,
  type SeededPerson,
} from '../../../support/seed.js';
import { PlainBrowser, seedPassword, startPagesApp } from '../../sign-in/pages-app.js';
import { enter, expectGood, textOf } from '../lista/page-visits.js';

const PATH = '/overlamna';

describeInBrowser('Handing over all cases of somebody', () => {
  const browser = suiteBrowser();
  let app: TestApp;
  let people: ModelBoard;
  let ada: SeededPerson;
  let both: SeededPerson;
  let stranger: SeededPerson;

  beforeAll(async () => {
    app = await startPagesApp();
    people = await seedModelBoard(app);
    await seedBoard(app, 'ÄLV', 'Älvsjö stadsdelsnämnd');
    ada = await seedPerson(app, { email: 'ada.admin@example.se', name: 'Ada Admin', roles: { EÅV: ['admin'] } });
    stranger = await seedPerson(app, { email: 'arvid@example.se', name: 'Arvid Annan', roles: { ÄLV: ['registrar'] } });
    const roles = { ÄLV: ['officer'], EÅV: ['officer'] } as const;
    both = await seedPerson(app, { email: 'bo@example.se', name: 'Bo Båda', roles });
    await seedPassword(app, ada, stranger, ...Object.values(people));
  });
  afterAll(() => app.close());

  const signedIn = async (who: SeededPerson): Promise<PlainBrowser> => {
    const plain = new PlainBrowser(app);
    expect((await plain.signIn(who.email)).status).toBe(303);
    return plain;
  };
  const register = async (officer: SeededPerson): Promise<string> => {
    const letter = { board: 'EÅV', title: 'Remiss', sender: 'KS', receivedOn: '2023-10-09', answerDue: '2023-12-01' };
    const { token } = people.registrar;
    const { body } = await app.post(
      '/api/v1/referrals',
      { ...letter, title: `${officer.email} ${Math.random()}`, officer: officer.email },
      { token },
    );
    return body.id;
  };
  const officerOf = async (id: string): Promise<string> =>
    (await app.get(`/api/v1/referrals/${id}`, { token: people.registrar.token })).body.officer.email;

  it('is reached by a registrar from the case, asks first, and says that it is done', async () => {
    const ids = [await register(people.officer), await register(people.officer)];
    const { page, complaints, close } = await visit(browser);
    await enter(page, app, people.registrar, `/arenden/${ids[0]}`);
    await page.getByRole('link', { name: 'Lämna över alla handläggarens ärenden' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Lämna över ärenden' }).waitFor();
    expect(await page.getByLabel('Vem lämnar över').inputValue()).toBe(people.officer.email);
    await expectGood(page, 'overlamna');
    await page.getByLabel('Vem tar över').selectOption(people.manager.email);
    await page.getByLabel('Vem tar över').press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Lämna över allt från Hanna Handläggare?' }).waitFor();
    expect(await page.locator('main').textContent()).toContain('2 öppna ärenden får Cesar Chef som handläggare genast');
    await expectGood(page, 'overlamna-fraga');
    expect(await officerOf(ids[0] ?? '')).toBe(people.officer.email);
    await page.getByRole('button', { name: 'Ja, lämna över ärendena' }).press('Enter');
    await page.getByRole('status').waitFor();
    expect(await page.getByRole('status').textContent()).toContain('Ärendena är överlämnade.');
    for (const id of ids) expect(await officerOf(id)).toBe(people.manager.email);
    expect(complaints).toEqual([]);
    await close();
  });

  it('tells what is wrong at its field, with what was chosen still there, and does nothing', async () => {
    const id = await register(people.officer);
    await register(both);
    const plain = await signedIn(people.registrar);
    await plain.get(PATH);
    for (const [fran, till, message] of [
      ['', people.manager.email, 'Den som lämnar över måste anges.'],
      [people.officer.email, '', 'Den som tar över måste anges.'],
      [people.officer.email, people.reader.email, 'har inte rollen som behövs'],
      [people.officer.email, people.officer.email, 'Den som tar över måste vara någon annan.'],
      [people.reader.email, people.officer.email, 'har inga öppna ärenden att lämna över'],
      [both.email, people.officer.email, 'hör också till en nämnd där du inte lämnar över ärenden'],
      ['ingen@example.se', people.officer.email, 'ingen@example.se'],
    ] as const) {
      for (const steg of ['', 'bekrafta']) {
        if (steg === 'bekrafta' && fran === people.reader.email) continue;
        const { status, body } = await plain.post(PATH, { fran, till, steg });
        expect({ fran, till, status, says: textOf(body).includes(message) }).toEqual({
          fran,
          till,
          status: 422,
          says: true,
        });
      }
    }
    expect(await officerOf(id)).toBe(people.officer.email);
    const changed = await plain.post(PATH, { fran: people.officer.email, till: people.manager.email, steg: 'andra' });
    expect(changed.body).toMatch(
      new RegExp(
        `<option[^>]*selected[^>]*value="${people.manager.email}"|value="${people.manager.email}"[^>]*selected`,
      ),
    );
  });

  it('is for registrars and administrators, of their own boards', async () => {
    const id = await register(people.officer);
    for (const who of ['officer', 'manager', 'director', 'secretary', 'reader'] as const) {
      const plain = await signedIn(people[who]);
      expect((await plain.get(PATH)).status).toBe(403);
      await plain.get('/konto');
      const fields = { fran: people.officer.email, till: people.manager.email, steg: 'bekrafta' };
      expect({ who, status: (await plain.post(PATH, fields)).status }).toEqual({ who, status: 403 });
      expect((await plain.get(`/arenden/${id}`)).body).not.toContain('Lämna över alla');
    }
    const other = await signedIn(stranger);
    const page = await other.get(PATH);
    expect(page.status).toBe(200);
    expect(page.body).not.toMatch(/Hanna|Cesar/);
    const foreign = await other.post(PATH, { fran: people.officer.email, till: both.email, steg: 'bekrafta' });
    expect({ status: foreign.status, names: foreign.body.includes('Hanna') }).toEqual({ status: 422, names: false });
    expect(await officerOf(id)).toBe(people.officer.email);
    const admin = await signedIn(ada);
    expect((await admin.get(`/medarbetare/${people.officer.id}`)).body).toContain(`href="${PATH}?fran=`);
    await admin.get(PATH);
    const done = await admin.post(PATH, { fran: people.officer.email, till: people.manager.email, steg: 'bekrafta' });
    expect(done.status).toBe(303);
    expect(await officerOf(id)).toBe(people.manager.email);
  });

  it('says who of those to choose from is away, or is to leave, on both pages alike', async () => {
    const [personId, substituteId] = [people.manager.id, people.officer.id];
    await seedAbsence(app, { personId, substituteId, from: '2023-10-09', to: '2023-10-20' });
    await seedPerson(app, {
      email: 'sara@example.se', name: 'Sara Slutar', roles: { EÅV: ['officer'] }, endedOn: '2023-12-01',
    }); // prettier-ignore
    await register(people.officer);
    const plain = await signedIn(ada);
    for (const path of [`/medarbetare/${people.officer.id}`, PATH]) {
      const { body } = await plain.get(path);
      const [, options = ''] = /<select[^>]*name="till"[^>]*>(.*?)<\/select>/s.exec(body) ?? [];
      expect(textOf(options)).toContain('Cesar Chef (borta till och med 20 oktober 2023)');
      expect(textOf(options)).toContain('Sara Slutar, slutar 1 december 2023');
      if (path !== PATH) expect(options).not.toContain(people.officer.email);
    }
  });

  it('says the same of those to choose as the manager of a department', async () => {
    const mira = await seedPerson(app, { email: 'mira@example.se', name: 'Mira Chef', roles: { EÅV: ['manager'] } });
    const [personId, substituteId] = [mira.id, people.officer.id];
    await seedAbsence(app, { personId, substituteId, from: '2023-10-09', to: '2023-10-20' });
    const plain = await signedIn(ada);
    for (const [path, name] of [
      ['/avdelningar/E%C3%85V/HR', 'chef'],
      [`/medarbetare/${people.manager.id}`, 'nychef'],
    ] as const) {
      const { body } = await plain.get(path);
      const [, options = ''] = new RegExp(`<select[^>]*name="${name}"[^>]*>(.*?)</select>`, 's').exec(body) ?? [];
      expect(textOf(options)).toContain('Mira Chef (borta till och med 20 oktober 2023)');
    }
  });
});
