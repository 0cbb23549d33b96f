import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CreatePasswordLink } from '../../../src/features/accounts/create-password-link.js';
import { SYSTEM } from '../../../src/features/people/actor.js';
import { ReadDatabase } from '../../../src/platform/database/read-database.js';
import { rows } from '../../../src/platform/database/sql.js';
import { JobMachine } from '../../../src/platform/queue/job-machine.js';
import { ENGINES, type TestApp } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { seedBoard, seedModelBoard, seedPerson, type ModelBoard, type SeededPerson } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.js';
import { textOf } from '../pages/lista/page-visits.js';
import { PASSWORD, PlainBrowser, seedPassword, startPagesApp } from '../sign-in/pages-app.js';

const MINUTE = 60_000;
const REFUSED = { kind: 'refuse-recipient', code: 451 } as const;

interface JobSeen {
  readonly state: 'waiting' | 'running' | 'dead';
  readonly attempts: number;
}

describe.each(ENGINES)('someone who has no password, on %s', (engine) => {
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
  const asked = <T>(sql: string, params: readonly unknown[]): Promise<T[]> =>
    rows<T>(app.provider(ReadDatabase).manager, sql, [...params]);
  const jobsOf = async (id: string): Promise<JobSeen[]> => {
    const sql = `SELECT "state", "attempts" FROM "job" WHERE "name" = 'send-password-link' AND "payload" LIKE ?`;
    return (await asked<JobSeen>(sql, [`%${id}%`])).map((job) => ({ ...job, attempts: Number(job.attempts) }));
  };
  /** After it, whatever mail with a link was to be sent to this person has been. */
  const allSent = ({ id }: { readonly id: string }): Promise<void> =>
    eventually('no mail with a link waits', async () => (await jobsOf(id)).length === 0);
  const failedTimes = ({ id }: { readonly id: string }, attempts: number): Promise<void> =>
    eventually(`the mail has failed ${attempts} times`, async () =>
      (await jobsOf(id)).some((job) => job.state !== 'running' && job.attempts === attempts),
    );
  const sweep = (): Promise<void> => app.provider(JobMachine).relay.sweep();
  const works = async (link: string | undefined): Promise<boolean> =>
    (await new PlainBrowser(app).get(link ?? '')).status === 200;
  const adas = async (): Promise<PlainBrowser> => {
    const plain = new PlainBrowser(app);
    expect((await plain.signIn(ada.email)).status).toBe(303);
    return plain;
  };
  const page = async ({ id }: { readonly id: string }): Promise<string> =>
    textOf((await (await adas()).get(`/medarbetare/${id}`)).body);
  const keyOn = (body: string): string => /name="nyckel" value="([^"]+)"/.exec(body)?.[1] ?? '';
  const choose = async (link: string | undefined): Promise<void> => {
    const own = new PlainBrowser(app);
    await own.get(link ?? '');
    expect((await own.post(link ?? '', { losenord: PASSWORD })).status).toBe(303);
  };
  const reader = (name: string, more: { readonly endedOn?: string } = {}): Promise<SeededPerson> =>
    seedPerson(app, { email: `${name.toLowerCase()}@example.se`, name, roles: { EÅV: ['reader'] }, ...more });
  const linkBySystem = async ({ email }: SeededPerson): Promise<string> =>
    new URL((await app.provider(CreatePasswordLink).execute(SYSTEM, email)).url).pathname;

  beforeAll(async () => {
    sink = await startSmtpSink();
    app = await startPagesApp({ clock, engine, smtpUrl: sink.url });
    people = await seedModelBoard(app);
    await seedBoard(app, 'ÄLV', 'Älvsjö stadsdelsnämnd');
    ada = await seedPerson(app, { email: 'ada@example.se', name: 'Ada Admin', roles: { EÅV: ['admin'] } });
    foreign = await seedPerson(app, { email: 'arvid@example.se', name: 'Arvid', roles: { ÄLV: ['admin'] } });
    await seedPassword(app, ada, people.officer, people.registrar);
  });
  beforeEach(() => {
    clock.set('2023-10-09T08:00:00Z');
    sink.behave({ kind: 'accept' });
  });
  afterAll(async () => {
    await app.close();
    await sink.stop();
  });

  it('is called so on the pages, and is sent another link, once a form and not at once', async () => {
    const email = 'nils.ny@example.se';
    const plain = await adas();
    const list = textOf((await plain.get('/medarbetare')).body);
    expect(list).toContain(
      'Hanna Handläggare hanna.handlaggare@example.se Handläggare Avdelning HR och utveckling Aktivt',
    );
    expect(list).toMatch(
      /Lena Läsare \S+ Läsbehörig Avdelning HR och utveckling Har inget lösenord Ingen länk gäller nu/,
    );
    await plain.post('/medarbetare', { namnd: 'EÅV', namn: 'Nils Ny', epost: email, 'roll-reader': 'ja' });
    const { body } = await plain.get('/medarbetare');
    const path = /href="(\/medarbetare\/[0-9a-f-]+)[^"]*">Nils Ny/.exec(body)?.[1] ?? '';
    const nils = { id: path.split('/').at(-1) ?? '' };
    await allSent(nils);
    expect(sink.to(email).at(-1)?.text).toContain('Ada Admin har lagt till dig i Diarium hos');
    expect(textOf((await plain.get('/medarbetare')).body)).toContain(
      'Har inget lösenord Länken gäller till 10 oktober 2023 kl. 10.00',
    );

    clock.advance(6 * MINUTE);
    const fields = { nyckel: keyOn((await plain.get(path)).body) };
    const send = (sent: Readonly<Record<string, string>>) => plain.post(`${path}/skicka-lanken`, sent);
    expect(await send(fields)).toMatchObject({ status: 303, location: `${path}?meddelande=lanken` });
    await allSent(nils);
    const [old, fresh, ...more] = linksTo(email);
    expect(more).toEqual([]);
    const { text = '', subject } = sink.to(email).at(-1) ?? {};
    expect(subject).toBe('Ny länk till Diarium: välj lösenord senast 10 oktober 2023 kl. 10.06');
    expect(text).toContain('Ada Admin har skickat en ny länk till dig, för du har inget lösenord som gäller.');
    expect(text).not.toMatch(/har lagt till dig|gäller det fortfarande/);
    expect([await works(old), await works(fresh)]).toEqual([false, true]);

    const again = await send(fields);
    const told = textOf((await plain.get(again.location ?? '')).body);
    expect(told).toContain('Formuläret skickades redan');
    expect(told).toContain('Har inget lösenord. Länken gäller till 10 oktober 2023 kl. 10.06.');
    const early = await send({ nyckel: keyOn((await plain.get(path)).body) });
    expect(early.status).toBe(422);
    expect(textOf(early.body)).toContain('det begärdes för mindre än fem minuter sedan');
    await allSent(nils);
    expect(linksTo(email).length).toBe(2);

    clock.set('2023-10-10T09:00:00Z');
    expect(await page(nils)).toContain('Har inget lösenord. Länken gick ut 10 oktober 2023 kl. 10.06.');
    expect((await invite(email)).status).toBe(201);
    await allSent(nils);
    await choose(linksTo(email)[2]);
    expect(await page(nils)).not.toMatch(/Har inget lösenord|Skicka länken igen/);
    clock.advance(6 * MINUTE);
    expect(await invite(email)).toMatchObject({
      status: 409,
      body: { type: '/problems/link-not-resendable', reason: 'has-password' },
    });
  });

  it('gets it from who may end the account, and from nobody else', async () => {
    const { email, id } = people.reader;
    for (const who of [people.registrar, people.officer]) {
      expect(await invite(email, who)).toMatchObject({ status: 403, body: { act: 'invite-again' } });
      const plain = new PlainBrowser(app);
      await plain.signIn(who.email);
      await plain.get('/konto');
      const answer = await plain.post(`/medarbetare/${id}/skicka-lanken`, {}, { Accept: 'application/json' });
      expect(JSON.parse(answer.body)).toMatchObject({ type: '/problems/not-found', status: 404 });
    }
    expect(await invite(email, foreign)).toMatchObject({ status: 422, body: { type: '/problems/person-unknown' } });
    expect((await invite('ingen@example.se')).status).toBe(422);
    expect((await new PlainBrowser(app).post(`/medarbetare/${id}/skicka-lanken`)).status).toBe(403);
    await allSent(people.reader);
    expect(linksTo(email)).toEqual([]);

    const headers = { 'Idempotency-Key': 'invite-1' };
    const ask = () => app.post('/api/v1/invitations', { email }, { ...as(ada), headers });
    const answer = { status: 201, body: { person: { email, name: 'Lena Läsare' } } };
    expect(await ask()).toMatchObject(answer);
    expect(await ask()).toMatchObject(answer);
    expect(await invite(email)).toMatchObject({ status: 409, body: { reason: 'just-sent' } });
    await allSent(people.reader);
    expect(linksTo(email).length).toBe(1);
    const sql = `SELECT "actor_id" AS "by" FROM "journal" WHERE "subject_id" = ? AND "what" = 'invited-again'`;
    expect(await asked(sql, [id])).toEqual([{ by: ada.id }]);
  });

  it('with a role at another board too is sent it by who looks after both, and others are told no times', async () => {
    const roles = { EÅV: ['reader'], ÄLV: ['reader'] } as const;
    const both = await seedPerson(app, { email: 'mats@example.se', name: 'Mats', roles });
    await linkBySystem(both);
    expect((await invite(both.email)).status).toBe(403);
    const plain = await adas();
    const list = textOf((await plain.get('/medarbetare')).body);
    expect(list).toMatch(/Mats mats@example.se Läsbehörig Ingen Har inget lösenord (?!Länken|Ingen länk)/);
    const told = textOf((await plain.get(`/medarbetare/${both.id}`)).body);
    expect(told).toContain(
      'Har inget lösenord. Länken skickas igen av någon som är systemförvaltare i alla nämnder där personen har roller.' +
        ' Personen kan också själv begära en på inloggningssidan, under Glömt lösenordet.',
    );
    expect(told).not.toMatch(/gäller till|En ny länk/);
    expect((await plain.post(`/medarbetare/${both.id}/skicka-lanken`)).status).toBe(403);
  });

  it('is sent one link when two administrators ask at once', async () => {
    const tva = await reader('Tvåa');
    const answers = await Promise.all([invite(tva.email), invite(tva.email), invite(tva.email)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    for (const { status, body } of answers) if (status === 409) expect(body.reason).toBe('just-sent');
    await allSent(tva);
    expect(linksTo(tva.email).length).toBe(1);
  });

  it('is sent one whatever a stranger asks for', async () => {
    const frida = await reader('Frida');
    const stranger = new PlainBrowser(app);
    await stranger.get('/losenord');
    expect((await stranger.post('/losenord', { epost: frida.email })).status).toBe(200);
    await allSent(frida);
    expect(linksTo(frida.email).length).toBe(1);
    expect((await invite(frida.email)).status).toBe(201);
    await allSent(frida);
    expect(linksTo(frida.email).length).toBe(2);
  });

  it('keeps the link that works while the mail with the next one fails, and is told of', async () => {
    const mia = await reader('Mia');
    const old = await linkBySystem(mia);
    sink.behave(REFUSED);
    expect((await invite(mia.email)).status).toBe(201);
    await failedTimes(mia, 1);
    expect(await works(old)).toBe(true);
    expect(await page(mia)).toContain(
      'Har inget lösenord. Länken gäller till 10 oktober 2023 kl. 10.00. Mejlet med en länk har inte gått att skicka än,' +
        ' och försöks igen.',
    );

    clock.advance(6 * MINUTE);
    expect(await invite(mia.email)).toMatchObject({ status: 409, body: { reason: 'on-its-way' } });
    expect(await jobsOf(mia.id)).toEqual([{ state: 'waiting', attempts: 1 }]);
    for (let attempts = 2; attempts <= 12; attempts += 1) {
      clock.advance(61 * MINUTE);
      await sweep();
      await failedTimes(mia, attempts);
    }
    expect(await jobsOf(mia.id)).toEqual([{ state: 'dead', attempts: 12 }]);
    expect(await works(old)).toBe(true);
    expect(await page(mia)).toContain('Mejlet med en länk gick inte att skicka.');
    clock.set('2023-10-10T08:30:00Z');
    expect(await page(mia)).toContain(
      'Länken gick ut 10 oktober 2023 kl. 10.00. Mejlet med en länk gick inte att skicka.',
    );

    sink.behave({ kind: 'accept' });
    expect((await invite(mia.email)).status).toBe(201);
    await allSent(mia);
    expect(linksTo(mia.email).length).toBe(1);
    expect(await page(mia)).toContain('Har inget lösenord. Länken gäller till 11 oktober 2023 kl. 10.30. En ny länk');
  });

  it('who chooses one while the mail is on its way gets no link', async () => {
    const vera = await reader('Vera');
    const old = await linkBySystem(vera);
    sink.behave(REFUSED);
    expect((await invite(vera.email)).status).toBe(201);
    await failedTimes(vera, 1);
    await choose(old);
    sink.behave({ kind: 'accept' });
    clock.advance(MINUTE);
    await sweep();
    await allSent(vera);
    expect(linksTo(vera.email)).toEqual([]);
    const sql = 'SELECT "hash" FROM "sign_in_link" WHERE "person_id" = ? AND "used_at" IS NULL';
    expect(await asked(sql, [vera.id])).toEqual([]);
  });

  it('any more, with an account that was opened again, is told the truth of it in the mail', async () => {
    const rolf = await reader('Rolf');
    await choose(await linkBySystem(rolf));
    await app.post(
      '/api/v1/handovers',
      { from: rolf.email, to: people.officer.email, leavesOn: '2023-10-09' },
      as(ada),
    );
    expect(await invite(rolf.email)).toMatchObject({ status: 409, body: { reason: 'account-ended' } });
    sink.behave(REFUSED);
    expect((await app.post('/api/v1/reopenings', { email: rolf.email }, as(ada))).body).toMatchObject({
      invited: true,
    });
    await failedTimes(rolf, 1);
    expect(await page(rolf)).toContain(
      'Har inget lösenord. Ingen länk gäller nu. Mejlet med en länk har inte gått att skicka än, och försöks igen.',
    );
    expect(await invite(rolf.email)).toMatchObject({ status: 409, body: { reason: 'on-its-way' } });
    sink.behave({ kind: 'accept' });
    clock.advance(MINUTE);
    await sweep();
    await allSent(rolf);
    expect(sink.to(rolf.email).at(-1)?.text).toContain('Ditt tidigare lösenord gäller inte längre.');
    expect((await invite(rolf.email)).status).toBe(201);
    await allSent(rolf);
    const { text = '' } = sink.to(rolf.email).at(-1) ?? {};
    expect(text).toContain('du har inget lösenord som gäller');
    expect(text).not.toMatch(/har lagt till dig|gäller det fortfarande/);
    const links = linksTo(rolf.email);
    expect([links.length, await works(links[0]), await works(links[1])]).toEqual([2, false, true]);
  });

  it('and is to leave on a later day is sent it until then', async () => {
    const lage = await reader('Lage', { endedOn: '2023-10-31' });
    const plain = await adas();
    expect(textOf((await plain.get('/medarbetare')).body)).toContain(
      'Avslutas 31 oktober 2023 Har inget lösenord. Ingen länk gäller nu',
    );
    const { body } = await plain.get(`/medarbetare/${lage.id}`);
    expect(textOf(body)).toContain('Skicka länken igen');
    expect((await plain.post(`/medarbetare/${lage.id}/skicka-lanken`, { nyckel: keyOn(body) })).status).toBe(303);
    await allSent(lage);
    expect(linksTo(lage.email).length).toBe(1);
    const gone = await reader('Gösta', { endedOn: '2023-10-02' });
    expect(await invite(gone.email)).toMatchObject({ status: 409, body: { reason: 'account-ended' } });
    expect(await page(gone)).not.toContain('Har inget lösenord');
  });
});

describe('where people also sign in at an identity provider', () => {
  it('nobody is waited for to choose a password, and a link is sent again all the same', async () => {
    const env = { OIDC_ISSUER: 'http://127.0.0.1:9', OIDC_CLIENT_ID: 'x', OIDC_NAME: 'stadens konto' };
    const app = await startPagesApp({ env, process: 'web' });
    try {
      const { reader } = await seedModelBoard(app);
      const ada = await seedPerson(app, { email: 'ada@example.se', name: 'Ada Admin', roles: { EÅV: ['admin'] } });
      await seedPassword(app, ada);
      const plain = new PlainBrowser(app);
      await plain.signIn(ada.email);
      expect(textOf((await plain.get('/medarbetare')).body)).toMatch(
        /Lena Läsare \S+ Läsbehörig Avdelning HR och utveckling Aktivt Har inget lösenord (?!Ingen länk)/,
      );
      expect((await app.post('/api/v1/invitations', { email: reader.email }, { token: ada.token })).status).toBe(201);
      expect(textOf((await plain.get(`/medarbetare/${reader.id}`)).body)).toContain(
        'Ett mejl med en länk är på väg. Den som loggar in med stadens konto behöver inget.',
      );
    } finally {
      await app.close();
    }
  });
});
