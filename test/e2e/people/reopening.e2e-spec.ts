import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ReadDatabase } from '../../../src/platform/database/read-database.js';
import { rows } from '../../../src/platform/database/sql.js';
import { ENGINES, type TestApp } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { seedBoard, seedModelBoard, seedPerson, type ModelBoard, type SeededPerson } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.js';
import { PASSWORD, PlainBrowser, seedPassword, startPagesApp } from '../sign-in/pages-app.js';

describe.each(ENGINES)('an account that has ended, on %s', (engine) => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  let sink: SmtpSink;
  let app: TestApp;
  let people: ModelBoard;
  let ada: SeededPerson;
  let otto: SeededPerson;
  let foreign: SeededPerson;

  const as = ({ token }: SeededPerson) => ({ token });
  const end = async (who: SeededPerson, leavesOn: string) => {
    const answer = await app.post('/api/v1/handovers', { from: who.email, to: otto.email, leavesOn }, as(ada));
    expect(answer.status).toBe(201);
  };
  const reopen = (email: string, by: SeededPerson = ada) => app.post('/api/v1/reopenings', { email }, as(by));
  const ask = <T>(sql: string, ...params: unknown[]) => rows<T>(app.provider(ReadDatabase).manager, sql, params);
  const register = async (officer: SeededPerson, title: string): Promise<string> => {
    const body = {
      board: 'EÅV', title, sender: 'Kommunstyrelsen', receivedOn: '2023-09-11', answerDue: '2023-10-27',
      officer: officer.email,
    }; // prettier-ignore
    const answer = await app.post('/api/v1/referrals', body, as(people.registrar));
    expect(answer.status).toBe(201);
    return answer.body.id;
  };
  const signsIn = async ({ email }: SeededPerson, password?: string): Promise<boolean> =>
    (await new PlainBrowser(app).signIn(email, password)).status === 303;

  beforeAll(async () => {
    sink = await startSmtpSink();
    app = await startPagesApp({ clock, engine, smtpUrl: sink.url });
    people = await seedModelBoard(app);
    await seedBoard(app, 'ÄLV', 'Älvsjö stadsdelsnämnd');
    ada = await seedPerson(app, { email: 'ada@example.se', name: 'Ada Admin', roles: { EÅV: ['admin'] } });
    otto = await seedPerson(app, { email: 'otto@example.se', name: 'Otto', roles: { EÅV: ['officer'] } });
    foreign = await seedPerson(app, { email: 'arvid@example.se', name: 'Arvid', roles: { ÄLV: ['admin'] } });
    await seedPassword(app, people.officer);
  });
  afterAll(async () => {
    await app.close();
    await sink.stop();
  });

  it('is opened again by who may end it, and by nobody else', async () => {
    await end(people.reader, '2023-09-11');
    expect(await reopen(people.reader.email, foreign)).toMatchObject({
      status: 422,
      body: { type: '/problems/person-unknown' },
    });
    for (const who of [people.registrar, people.officer]) {
      expect(await reopen(people.reader.email, who)).toMatchObject({ status: 403, body: { act: 'reopen-account' } });
    }
    expect((await reopen('ingen@example.se', people.registrar)).status).toBe(403);
    expect(await reopen('ingen@example.se')).toMatchObject({ status: 422, body: { type: '/problems/person-unknown' } });
    expect((await reopen(people.reader.email)).status).toBe(201);
    expect(await reopen(people.reader.email)).toMatchObject({ status: 409, body: { type: '/problems/already-done' } });
  });

  it('that is still to end is kept as it is', async () => {
    await end(people.officer, '2023-09-20');
    const body = {
      person: { email: people.officer.email, name: 'Hanna Handläggare' },
      roles: { EÅV: ['officer'] },
      invited: false,
    };
    expect(await reopen(people.officer.email)).toMatchObject({ status: 201, body });
    clock.set('2023-09-20T08:00:00.000Z');
    expect((await app.get('/api/v1/me', as(people.officer))).status).toBe(200);
    expect(await signsIn(people.officer)).toBe(true);
  });

  it('has its roles when it is opened, and is let in by a link in the mail alone', async () => {
    const handedOver = await register(people.officer, 'Remiss om torg');
    await end(people.officer, '2023-09-20');
    expect((await app.get('/api/v1/me', as(people.officer))).status).toBe(401);
    clock.set('2023-09-25T08:00:00.000Z');
    sink.clear();
    const opened = await reopen(people.officer.email);
    expect(opened).toMatchObject({ status: 201, body: { roles: { EÅV: ['officer'] }, invited: true } });
    expect((await app.get('/api/v1/me', as(people.officer))).status).toBe(401);
    expect(await signsIn(people.officer)).toBe(false);
    const link = () =>
      /\/losenord\/[\w-]+/.exec(
        sink
          .to(people.officer.email)
          .map(({ text }) => text)
          .join(),
      );
    await eventually('the link has come', () => link() !== null);
    const mail = sink.to(people.officer.email).find(({ text }) => text.includes('/losenord/'));
    expect(mail?.subject).toBe('Ditt konto i Diarium är öppnat igen: välj lösenord senast 26 september 2023 kl. 10.00');
    expect(mail?.text).toContain('Ada Admin har öppnat ditt konto igen. Du arbetar i Diarium hos');
    expect(mail?.text).toContain('Ditt tidigare lösenord gäller inte längre.');
    expect(mail?.text).not.toMatch(/inte bett om|som det var/);
    const [path = ''] = link() ?? [];
    const plain = new PlainBrowser(app);
    expect((await plain.get(path)).status).toBe(200);
    expect((await plain.post(path, { losenord: `${PASSWORD} igen` })).status).toBe(303);
    expect(await signsIn(people.officer, `${PASSWORD} igen`)).toBe(true);
    const { body } = await app.get(`/api/v1/referrals/${handedOver}`, as(otto));
    expect(body.officer.email).toBe(otto.email);
    expect((await register(people.officer, 'Remiss om broar')).length).toBeGreaterThan(0);
    const events = await ask<{ before: string; after: string }>(
      `SELECT "before", "after" FROM "journal" WHERE "subject_id" = ? AND "what" = 'account-reopened' ORDER BY "seq"`,
      people.officer.id,
    );
    expect(events.map(({ before, after }) => [JSON.parse(before), JSON.parse(after)])).toEqual([
      [{ endedOn: '2023-09-20' }, { endedOn: null }],
      [{ endedOn: '2023-09-20' }, { endedOn: null, endedSessions: 1, revokedTokens: 1 }],
    ]);
  });

  it('is reminded of what was planned while it was closed', async () => {
    await end(people.secretary, '2023-09-25');
    const id = await register(otto, 'Remiss om parker');
    const planned = () =>
      ask<{ about: string }>(
        `SELECT DISTINCT "about" FROM "reminder" WHERE "referral_id" = ? AND "person_id" = ? AND "state" = 'pending'`,
        id,
        people.secretary.id,
      );
    expect(await planned()).toEqual([]);
    expect((await reopen(people.secretary.email)).status).toBe(201);
    expect((await planned()).map(({ about }) => about)).toContain('dispatch');
  });

  it('of someone without a role anywhere is any administrator’s to end and to open, and no registrar’s', async () => {
    const { email } = await seedPerson(app, { email: 'rolf@example.se', name: 'Rolf Rolös' });
    const body = { from: email, to: otto.email, leavesOn: '2023-09-25' };
    expect(await app.post('/api/v1/handovers', body, as(people.registrar))).toMatchObject({
      status: 422,
      body: { type: '/problems/person-unknown', field: 'from' },
    });
    expect((await reopen(email, people.registrar)).status).toBe(403);
    const there = { ...body, to: foreign.email };
    expect(await app.post('/api/v1/handovers', there, as(foreign))).toMatchObject({ status: 201, body: { cases: [] } });
    const answer = { person: { email, name: 'Rolf Rolös' }, roles: {}, invited: true };
    expect(await reopen(email, ada)).toMatchObject({ status: 201, body: answer });
  });

  it('answers a repeated request as the first, to who may still ask', async () => {
    await end(people.director, '2023-09-25');
    const headers = { 'Idempotency-Key': 'reopen-1' };
    const ask = () => app.post('/api/v1/reopenings', { email: people.director.email }, { ...as(ada), headers });
    expect((await ask()).status).toBe(201);
    expect((await ask()).status).toBe(201);
  });
});
