import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ReadDatabase } from '../../../../src/platform/database/read-database.js';
import { rows } from '../../../../src/platform/database/sql.js';
import type { TestApp } from '../../../support/app.js';
import { describeInBrowser, suiteBrowser, visit } from '../../../support/browser.js';
import { eventually } from '../../../support/eventually.js';
import { seedBoard, seedModelBoard, seedPerson, type ModelBoard, type SeededPerson } from '../../../support/seed.js';
import { startSmtpSink, type SmtpSink } from '../../../support/smtp-sink.js';
import { PASSWORD, PlainBrowser, seedPassword, startPagesApp } from '../../sign-in/pages-app.js';
import { enter, expectGood, textOf } from '../lista/page-visits.js';
import { formIn } from '../page-forms.js';

describeInBrowser('Correcting a colleague', () => {
  const browser = suiteBrowser();
  let app: TestApp;
  let sink: SmtpSink;
  let people: ModelBoard;
  let ada: SeededPerson;
  let both: SeededPerson;
  let foreign: SeededPerson;

  beforeAll(async () => {
    sink = await startSmtpSink();
    app = await startPagesApp({ smtpUrl: sink.url });
    people = await seedModelBoard(app);
    await seedBoard(app, 'ÄLV', 'Älvsjö stadsdelsnämnd');
    ada = await seedPerson(app, { email: 'ada.admin@example.se', name: 'Ada Admin', roles: { EÅV: ['admin'] } });
    foreign = await seedPerson(app, { email: 'arvid@example.se', name: 'Arvid Admin', roles: { ÄLV: ['admin'] } });
    const roles = { ÄLV: ['officer'], EÅV: ['officer'] } as const;
    both = await seedPerson(app, { email: 'bo@example.se', name: 'Bo Båda', roles });
    await seedPassword(app, ada, foreign, people.registrar, people.officer);
  });
  afterAll(async () => {
    await app.close();
    await sink.stop();
  });

  const signedIn = async (who: SeededPerson): Promise<PlainBrowser> => {
    const plain = new PlainBrowser(app);
    expect((await plain.signIn(who.email)).status).toBe(303);
    return plain;
  };
  const pathOf = ({ id }: SeededPerson): string => `/medarbetare/${id}/uppgifter`;
  const basisOn = (page: string): string =>
    (/name="grund" value="([^"]*)"/.exec(page)?.[1] ?? '').replaceAll('&quot;', '"');
  const events = (id: string) =>
    rows<{ before: string; after: string }>(
      app.provider(ReadDatabase).manager,
      `SELECT "before", "after" FROM "journal" WHERE "subject_id" = ? AND "what" = 'person-changed' ORDER BY "seq"`,
      [id],
    );

  it('is reached from the colleague, by keyboard, and shows in the cases', async () => {
    const { page, complaints, close } = await visit(browser);
    await enter(page, app, ada, `/medarbetare/${people.officer.id}`);
    await page.getByRole('link', { name: 'Rätta namn, e-postadress, titel eller telefon' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Rätta uppgifter' }).waitFor();
    await expectGood(page, 'medarbetare-uppgifter');
    await page.getByLabel('Namn').fill('Hanna Handläggare-Berg');
    await page.getByLabel('Telefon').fill('08-000 00 00');
    await page.getByLabel('Telefon').press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Hanna Handläggare-Berg' }).waitFor();
    expect(await page.getByRole('status').textContent()).toBe('Uppgifterna är sparade.');
    expect(complaints).toEqual([]);
    await close();
    const [event] = await events(people.officer.id);
    expect(JSON.parse(event?.after ?? '')).toMatchObject({ name: 'Hanna Handläggare-Berg', phone: '08-000 00 00' });
    const letter = { board: 'EÅV', title: 'Remiss', sender: 'KS', receivedOn: '2023-10-09', answerDue: '2023-12-01' };
    const officer = people.officer.email;
    const { body } = await app.post('/api/v1/referrals', { ...letter, officer }, { token: people.registrar.token });
    const rut = await signedIn(people.registrar);
    expect((await rut.get(`/arenden/${body.id}`)).body).toContain('08-000 00 00');
  });

  it('tells what is wrong at its field, keeps what was typed, and changes nothing', async () => {
    const plain = await signedIn(ada);
    const path = pathOf(people.officer);
    const grund = basisOn((await plain.get(path)).body);
    const typed = { grund, namn: 'Hanna', epost: 'hanna.handlaggare@example.se', titel: '', telefon: '' };
    for (const [field, value, message] of [
      ['namn', ' ', 'Namnet måste anges.'],
      ['namn', 'x'.repeat(501), 'Namnet får vara högst 500 tecken.'],
      ['epost', 'hanna', 'E-postadress'],
      ['epost', 'BO@example.se', 'Adressen ”bo@example.se” är upptagen.'],
      ['telefon', '0'.repeat(41), 'Telefonnumret får vara högst 40 tecken.'],
    ] as const) {
      const answer = await plain.post(path, { ...typed, [field]: value });
      expect({ field, status: answer.status }).toEqual({ field, status: 422 });
      expect(answer.body).toContain(`href="#falt-${field}"`);
      expect(answer.body).toContain(message);
      if (field !== 'namn') expect(answer.body).toContain('value="Hanna"');
    }
    expect(await events(people.officer.id)).toHaveLength(1);
  });

  it('shows both when someone else was first, and saves one’s own on top when it is sent again', async () => {
    const [one, other] = [await signedIn(ada), await signedIn(ada)];
    const path = pathOf(people.secretary);
    const form = { namn: 'Sixten Sekreterare', epost: people.secretary.email, titel: '', telefon: '' };
    const grund = basisOn((await one.get(path)).body);
    await other.get(path);
    expect((await other.post(path, { ...form, grund, telefon: '08-111' })).location).toContain('meddelande=uppgifter');
    const late = await one.post(path, { ...form, grund, titel: 'Nämndsekreterare' });
    expect(late.status).toBe(409);
    expect(late.body).toContain('Någon ändrade uppgifterna medan du hade sidan öppen.');
    expect(late.body).toMatch(/<th scope="row">Titel<\/th><td>inget<\/td><td>Nämndsekreterare<\/td>/);
    expect(late.body).toMatch(/<th scope="row">Telefon<\/th><td>08-111<\/td><td>inget<\/td>/);
    expect(late.body).toContain('value="08-111"');
    const again = { ...form, grund: basisOn(late.body), titel: 'Nämndsekreterare', telefon: '08-111' };
    expect((await one.post(path, again)).status).toBe(303);
    expect((await one.post(path, { ...again, grund: 'vad som helst' })).status).toBe(409);
    const last = (await events(people.secretary.id)).at(-1);
    expect(JSON.parse(last?.after ?? '')).toMatchObject({ title: 'Nämndsekreterare', phone: '08-111' });
  });

  it('of the address ends what signed in with the old one, and mails a link to the new one', async () => {
    const hanna = await signedIn(people.officer);
    const plain = await signedIn(ada);
    const path = pathOf(people.officer);
    const grund = basisOn((await plain.get(path)).body);
    const epost = 'hanna.berg@example.se';
    const form = { grund, namn: 'Hanna Berg', epost: 'Hanna.Berg@Example.se', titel: '', telefon: '' };
    const asked = await plain.post(path, form);
    expect(asked.status).toBe(200);
    expect(textOf(asked.body)).toMatch(
      /Stämmer det\?.*slutar att gälla genast.*Adress nu hanna\.handlaggare@example\.se Ny adress hanna\.berg@example\.se/,
    );
    expect((await hanna.get('/bevakning')).status).toBe(200);
    const changing = await plain.post(path, { ...form, steg: 'andra' });
    expect(changing.body).toContain('value="Hanna.Berg@Example.se"');
    const saved = await plain.post(path, { ...formIn(asked.body, path), steg: 'bekrafta' });
    expect(saved.location).toBe(`/medarbetare/${people.officer.id}?meddelande=nyadress`);
    expect((await hanna.get('/bevakning')).location).toContain('/logga-in');
    expect((await app.get('/api/v1/me', { token: people.officer.token })).status).toBe(401);
    for (const address of [people.officer.email, epost]) {
      expect((await new PlainBrowser(app).signIn(address, PASSWORD)).status).toBe(422);
    }
    await eventually('the link has come', () => sink.to(epost).some(({ text }) => text.includes('/losenord/')));
    const mail = sink.to(epost).find(({ text }) => text.includes('/losenord/'));
    expect(mail?.subject).toMatch(/^Ny adress i Diarium: välj lösenord senast /);
    expect(mail?.text).not.toMatch(/har begärt|inte bett om/);
    expect(sink.to(people.officer.email).filter(({ text }) => text.includes('/losenord/'))).toEqual([]);
  });

  it('is for administrators of every board of theirs', async () => {
    const path = pathOf(both);
    const fields = { grund: '[]', namn: 'B', epost: 'b@example.se' };
    for (const who of [ada, foreign]) {
      const plain = await signedIn(who);
      const seen = await plain.get(`/medarbetare/${both.id}`);
      expect(seen.status).toBe(200);
      expect(seen.body).not.toContain('/uppgifter');
      expect((await plain.get(path)).status).toBe(403);
      await plain.get('/medarbetare');
      expect((await plain.post(path, fields)).status).toBe(403);
    }
    const stranger = await signedIn(foreign);
    expect((await stranger.get(pathOf(people.secretary))).status).toBe(404);
    await stranger.get('/medarbetare');
    expect((await stranger.post(pathOf(people.secretary), fields)).status).toBe(404);
    const rut = await signedIn(people.registrar);
    expect((await rut.get(pathOf(people.secretary))).status).toBe(403);
    await rut.get('/bevakning');
    expect((await rut.post(pathOf(people.secretary), fields)).status).toBe(403);
    expect(await events(both.id)).toEqual([]);
  });
});
