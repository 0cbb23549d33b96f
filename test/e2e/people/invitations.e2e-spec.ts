import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ReadDatabase } from '../../../src/platform/database/read-database.js';
import { rows } from '../../../src/platform/database/sql.js';
import { ENGINES, type TestApp } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { seedBoard, seedModelBoard, seedPerson, type ModelBoard, type SeededPerson } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.js';
import { textOf } from '../pages/lista/page-visits.js';
import { PASSWORD, PlainBrowser, seedPassword, startPagesApp } from '../sign-in/pages-app.js';

describe.each(ENGINES)('someone who was invited and has chosen no password, on %s', (engine) => {
  const clock = new SettableClock('2023-10-09T08:00:00Z');
  let sink: SmtpSink;
  let app: TestApp;
  let people: ModelBoard;
  let ada: SeededPerson;
  let foreign: SeededPerson;

  const as = ({ token }: SeededPerson) => ({ token });
  const invite = (email: string, by: SeededPerson = ada) => app.post('/api/v1/invitations', { email }, as(by));
  const linksTo = (email: string): string[] =>
    sink.to(email).flatMap(({ text }) => /\/losenord\/[\w-]{20,}/.exec(text)?.[0] ?? []);
  const linkOf = async (email: string, nth: number): Promise<string> => {
    await eventually('the link has come', () => linksTo(email).length >= nth);
    return linksTo(email)[nth - 1] ?? '';
  };
  const adas = async (): Promise<PlainBrowser> => {
    const plain = new PlainBrowser(app);
    expect((await plain.signIn(ada.email)).status).toBe(303);
    return plain;
  };
  const keyOn = (body: string): string => /name="nyckel" value="([^"]+)"/.exec(body)?.[1] ?? '';

  beforeAll(async () => {
    sink = await startSmtpSink();
    app = await startPagesApp({ clock, engine, smtpUrl: sink.url });
    people = await seedModelBoard(app);
    await seedBoard(app, 'ÄLV', 'Älvsjö stadsdelsnämnd');
    ada = await seedPerson(app, { email: 'ada@example.se', name: 'Ada Admin', roles: { EÅV: ['admin'] } });
    foreign = await seedPerson(app, { email: 'arvid@example.se', name: 'Arvid', roles: { ÄLV: ['admin'] } });
    await seedPassword(app, ada, people.officer);
  });
  afterAll(async () => {
    await app.close();
    await sink.stop();
  });

  it('is called so on the pages, and is sent another link, once a form and not at once', async () => {
    const email = 'nils.ny@example.se';
    const first = await adas();
    const list = textOf((await first.get('/medarbetare')).body);
    expect(list).toContain(
      'Hanna Handläggare hanna.handlaggare@example.se Handläggare Avdelning HR och utveckling Aktivt',
    );
    expect(list).toMatch(
      /Lena Läsare \S+ Läsbehörig Avdelning HR och utveckling Har inte valt lösenord Ingen länk gäller nu/,
    );
    await first.post('/medarbetare', { namnd: 'EÅV', namn: 'Nils Ny', epost: email, 'roll-reader': 'ja' });
    const old = await linkOf(email, 1);
    const { body } = await first.get('/medarbetare');
    expect(textOf(body)).toContain('Inbjuden – har inte valt lösenord Länken gäller till 10 oktober 2023 kl. 10.00');
    const path = /href="(\/medarbetare\/[0-9a-f-]+)[^"]*">Nils Ny/.exec(body)?.[1] ?? '';
    const early = await first.post(`${path}/skicka-lanken`, { nyckel: keyOn((await first.get(path)).body) });
    expect(early.status).toBe(422);
    expect(textOf(early.body)).toContain('en länk skickades för mindre än fem minuter sedan');

    clock.set('2023-10-10T09:00:00Z');
    const plain = await adas();
    const page = await plain.get(path);
    expect(textOf(page.body)).toContain('Inbjuden – har inte valt lösenord. Länken gick ut 10 oktober 2023 kl. 10.00.');
    const fields = { nyckel: keyOn(page.body) };
    expect(await plain.post(`${path}/skicka-lanken`, fields)).toMatchObject({
      status: 303,
      location: `${path}?meddelande=lanken`,
    });
    const fresh = await linkOf(email, 2);
    expect(sink.to(email).at(-1)?.text).toContain('Ada Admin har lagt till dig i Diarium hos');
    const again = await plain.post(`${path}/skicka-lanken`, fields);
    const told = textOf((await plain.get(again.location ?? '')).body);
    expect(told).toContain('Formuläret skickades redan');
    expect(told).toContain('Länken gäller till 11 oktober 2023 kl. 11.00');
    expect(linksTo(email).length).toBe(2);

    const own = new PlainBrowser(app);
    expect(textOf((await own.get(old)).body)).not.toContain('Nils Ny');
    await own.get(fresh);
    expect((await own.post(fresh, { losenord: PASSWORD })).status).toBe(303);
    const after = textOf((await plain.get(path)).body);
    expect(after).not.toMatch(/har inte valt lösenord|Skicka länken igen/i);
    expect(await invite(email)).toMatchObject({
      status: 409,
      body: { type: '/problems/link-not-resendable', reason: 'has-password' },
    });
  });

  it('gets it from who may end the account, and from nobody else', async () => {
    const { email, id } = people.reader;
    for (const who of [people.registrar, people.officer]) {
      expect(await invite(email, who)).toMatchObject({ status: 403, body: { act: 'invite-again' } });
    }
    expect(await invite(email, foreign)).toMatchObject({ status: 422, body: { type: '/problems/person-unknown' } });
    expect((await invite('ingen@example.se')).status).toBe(422);
    const both = await seedPerson(app, {
      email: 'mats@example.se', name: 'Mats', roles: { EÅV: ['reader'], ÄLV: ['reader'] },
    }); // prettier-ignore
    expect((await invite(both.email)).status).toBe(403);
    const plain = await adas();
    const page = textOf((await plain.get(`/medarbetare/${both.id}`)).body);
    expect(page).toContain('Länken skickas igen av någon som är systemförvaltare i alla nämnder');
    expect(page).not.toContain('En ny länk att välja lösenord med mejlas');
    expect((await plain.post(`/medarbetare/${both.id}/skicka-lanken`)).status).toBe(403);
    expect((await new PlainBrowser(app).post(`/medarbetare/${id}/skicka-lanken`)).status).toBe(403);

    const headers = { 'Idempotency-Key': 'invite-1' };
    const asked = () => app.post('/api/v1/invitations', { email }, { ...as(ada), headers });
    const answer = { status: 201, body: { person: { email, name: 'Lena Läsare' } } };
    expect(await asked()).toMatchObject(answer);
    await linkOf(email, 1);
    expect(await asked()).toMatchObject(answer);
    expect(await invite(email)).toMatchObject({ status: 409, body: { reason: 'just-sent' } });
    expect(linksTo(email).length).toBe(1);
    const sql = `SELECT "actor_id" AS "by" FROM "journal" WHERE "subject_id" = ? AND "what" = 'invited-again'`;
    expect(await rows(app.provider(ReadDatabase).manager, sql, [id])).toEqual([{ by: ada.id }]);
  });

  it('gets none when the account has ended', async () => {
    const { email } = await seedPerson(app, {
      email: 'lage@example.se', name: 'Lage', roles: { EÅV: ['reader'] }, endedOn: '2023-10-02',
    }); // prettier-ignore
    expect(await invite(email)).toMatchObject({ status: 409, body: { reason: 'account-ended' } });
  });
});

describe('where people sign in at an identity provider', () => {
  it('nobody is waited for to choose a password, and no link is sent again', async () => {
    const env = { OIDC_ISSUER: 'http://127.0.0.1:9', OIDC_CLIENT_ID: 'x', OIDC_NAME: 'stadens konto' };
    const app = await startPagesApp({ env, process: 'web' });
    try {
      const { reader } = await seedModelBoard(app);
      const ada = await seedPerson(app, { email: 'ada@example.se', name: 'Ada Admin', roles: { EÅV: ['admin'] } });
      await seedPassword(app, ada);
      const plain = new PlainBrowser(app);
      await plain.signIn(ada.email);
      expect(textOf((await plain.get('/medarbetare')).body)).not.toMatch(/har inte valt lösenord/i);
      const refused = await app.post('/api/v1/invitations', { email: reader.email }, { token: ada.token });
      expect(refused).toMatchObject({ status: 409, body: { reason: 'signs-in-elsewhere' } });
    } finally {
      await app.close();
    }
  });
});
