import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Sweep } from '../../../src/features/reminders/sweep.js';
import { change, row } from '../../../src/platform/database/sql.js';
import { ReadDatabase } from '../../../src/platform/database/read-database.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { ENGINES, startApp, type TestApp } from '../../support/app.js';
import {
  MODEL_REMISS, seedAbsence, seedBoard, seedModelBoard, seedPerson, type ModelBoard, type SeededPerson,
} from '../../support/seed.js'; // prettier-ignore
import { SettableClock } from '../../support/settable-clock.js';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.js';

const MODEL = { ...MODEL_REMISS, officer: 'hanna.handlaggare@example.se' };

interface Item {
  readonly id: string;
  readonly about: string;
  readonly offset: number;
  readonly state: string;
  readonly mail: { readonly state: string; readonly error: string | null } | null;
  readonly sentAgain: readonly { readonly by: string; readonly state: string }[];
  readonly referral: { readonly diarienummer: string; readonly title: string | null };
}

describe.each(ENGINES)('sending a reminder again, on %s', (engine) => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  let app: TestApp;
  let sink: SmtpSink;
  let people: ModelBoard;
  let stranger: SeededPerson;
  let open: string;
  let secret: string;

  const as = (who: SeededPerson) => ({ token: who.token });
  const sql = (text: string, ...params: unknown[]): Promise<number> =>
    app.provider(UnitOfWork).run((tx) => change(tx, text, params));
  const sweep = () => app.provider(Sweep).runOnce();
  const remindersOf = async (id: string): Promise<Item[]> =>
    (await app.get(`/api/v1/referrals/${id}/reminders`, as(people.registrar))).body;
  const find = async (id: string, about: string, offset: number): Promise<Item> => {
    const found = (await remindersOf(id)).find((item) => item.about === about && item.offset === offset);
    if (!found) throw new Error(`no ${about} ${offset}`);
    return found;
  };
  const resend = (id: string, who: SeededPerson, headers: Record<string, string> = {}) =>
    app.post(`/api/v1/reminders/${id}/resend`, undefined, { ...as(who), headers });

  beforeAll(async () => {
    sink = await startSmtpSink();
    app = await startApp({ clock, smtpUrl: sink.url, engine, process: 'web' });
    people = await seedModelBoard(app);
    await seedBoard(app, 'SÖD', 'Södermalms stadsdelsnämnd');
    stranger = await seedPerson(app, { email: 'signe@example.se', name: 'Signe', roles: { SÖD: ['registrar'] } });
    const register = async (more: object): Promise<string> =>
      (await app.post('/api/v1/referrals', { ...MODEL, ...more }, as(people.registrar))).body.id;
    open = await register({ senderReference: 'KS 2023/739' });
    secret = await register({ senderReference: 'KS 2023/740', secrecy: { provision: 'OSL 25 kap. 1 §' } });
    await sweep();
    clock.set('2023-09-27T05:30:00.000Z');
    await sweep();
  });
  afterAll(async () => {
    await app.close();
    await sink.stop();
  });

  it('gives a mail of its own, which says who asked and how the case stands; the ledger row stays sent', async () => {
    const { id } = await find(open, 'draft', -5);
    const before = sink.mails.length;
    clock.set('2023-10-02T08:00:00.000Z');
    const { status, body } = await resend(id, people.registrar);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, state: 'sent', mail: { state: 'sent' }, sentAgain: [{ by: 'Rut Registrator', state: 'claimed' }] }); // prettier-ignore
    await sweep();
    const [mail, ...others] = sink.mails.slice(before);
    expect(others).toEqual([]);
    expect(mail?.subject).toBe('EÅV 2023/1: utkast till svar senast 4 oktober 2023, 2 arbetsdagar kvar');
    expect(mail?.envelope.to).toEqual([people.officer.email]);
    expect(mail?.text).toContain(
      'Rut Registrator har skickat den här påminnelsen igen. Den gick ut första gången 27 september 2023.',
    );
    expect(mail?.text).not.toContain('EÅV 2023/2');
    expect(mail?.html).toContain('Rut Registrator har skickat den här påminnelsen igen.');
    expect(new Set(sink.mails.map(({ messageId }) => messageId)).size).toBe(sink.mails.length);
    expect(await find(open, 'draft', -5)).toMatchObject({
      state: 'sent',
      sentAgain: [{ by: 'Rut Registrator', to: { email: people.officer.email }, state: 'sent', error: null }],
    });
    const em = app.provider(ReadDatabase).manager;
    expect(await row(em, `SELECT "kind", "asked_by" FROM "mail" WHERE "kind" = 'resent'`)).toEqual({
      kind: 'resent',
      asked_by: people.registrar.id,
    });
    const journal = await app.get(`/api/v1/referrals/${open}/journal`, as(people.registrar));
    expect(journal.body.at(-1)).toMatchObject({ what: 'reminder-sent-again', after: { reminder: id, about: 'draft' } });
  });

  it('may be asked for by the one who is reminded, and by who stands in, and by nobody else', async () => {
    const { id } = await find(open, 'assignment', 0);
    expect((await resend(id, people.officer)).status).toBe(200);
    await sweep();
    for (const who of [people.reader, people.director, people.secretary]) {
      expect(await resend(id, who)).toMatchObject({ status: 403, body: { type: '/problems/forbidden' } });
    }
    expect((await resend(id, stranger)).status).toBe(404);
    const range = { from: '2023-10-02', to: '2023-10-02' };
    await seedAbsence(app, { personId: people.officer.id, substituteId: people.manager.id, ...range });
    const before = sink.mails.length;
    expect((await resend(id, people.manager)).status).toBe(200);
    await sweep();
    expect(sink.mails.slice(before).map(({ envelope }) => envelope.to)).toEqual([[people.manager.email]]);
  });

  it('of a secret case is not for those who may not open it, and names it by number only', async () => {
    const { id } = await find(secret, 'draft', -5);
    expect((await resend(id, people.reader)).status).toBe(403);
    const before = sink.mails.length;
    expect((await resend(id, people.registrar)).status).toBe(200);
    await sweep();
    expect(sink.mails[before]?.text).toContain('EÅV 2023/2 (sekretessmarkerat)');
    expect(sink.mails[before]?.text).not.toContain('trygghet');
  });

  it('is done once for one Idempotency-Key, and not again while the first is on its way', async () => {
    const { id } = await find(open, 'draft', -5);
    const headers = { 'Idempotency-Key': 'igen-1' };
    const before = sink.mails.length;
    const [first, second] = await Promise.all([
      resend(id, people.registrar, headers),
      resend(id, people.registrar, headers),
    ]);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(await resend(id, people.registrar)).toMatchObject({
      status: 409,
      body: { type: '/problems/reminder-not-resendable', reason: 'under-way' },
    });
    await sweep();
    expect(sink.mails.length).toBe(before + 1);
    expect((await find(open, 'draft', -5)).sentAgain).toHaveLength(2);
  });

  it('is refused for what has not gone, and for what does not exist', async () => {
    const pending = await find(open, 'draft', 0);
    expect(await resend(pending.id, people.registrar)).toMatchObject({ status: 409, body: { state: 'pending' } });
    expect((await resend('0190a000-0000-7000-8000-000000000009', people.registrar)).status).toBe(404);
    expect((await resend('x', people.registrar)).status).toBe(400);
    const said = await app.post(`/api/v1/reminders/${pending.id}/resend`, { now: true }, as(people.registrar));
    expect(said.status).toBe(400);
    const empty = await app.post(`/api/v1/reminders/${pending.id}/resend`, {}, as(people.registrar));
    expect(empty.status).toBe(409);
  });

  it('tries a mail that was given up anew, at the address of today, and its rows are sent', async () => {
    sink.behave({ kind: 'refuse-recipient', code: 550, only: people.officer.email });
    clock.set('2023-10-03T05:30:00.000Z');
    await sweep();
    const failed = await find(open, 'draft', -1);
    expect(failed).toMatchObject({ state: 'failed', mail: { state: 'dead' } });
    const list = await app.get('/api/v1/reminders?state=failed', as(people.registrar));
    expect(list.body.items.map((item: Item) => [item.about, item.referral.diarienummer, item.referral.title]).sort()).toEqual([
      ['draft', 'EÅV 2023/1', MODEL.title],
      ['draft', 'EÅV 2023/2', null],
    ]); // prettier-ignore
    expect(list.body.items[0].mail.error).toContain('550');
    await sql(`UPDATE "person" SET "email" = 'hanna.ny@example.se' WHERE "id" = ?`, people.officer.id);
    const before = sink.mails.length;
    expect((await resend(failed.id, people.registrar)).status).toBe(200);
    await sweep();
    expect(sink.mails.slice(before).map(({ envelope }) => envelope.to)).toContainEqual(['hanna.ny@example.se']);
    expect(await find(open, 'draft', -1)).toMatchObject({ state: 'sent', mail: { state: 'sent' }, sentAgain: [] });
    const journal = await app.get(`/api/v1/referrals/${open}/journal`, as(people.registrar));
    expect(journal.body.map(({ what }: { what: string }) => what)).toContain('reminder-tried-again');
    expect((await app.get('/api/v1/reminders?state=failed', as(people.registrar))).body.items).toEqual([]);
  });

  it('tells when the mail sent again does not get through', async () => {
    sink.behave({ kind: 'refuse-recipient', code: 550, only: 'hanna.ny@example.se' });
    const { id } = await find(open, 'assignment', 0);
    await resend(id, people.registrar);
    await sweep();
    const after = await find(open, 'assignment', 0);
    expect(after).toMatchObject({
      state: 'sent',
      sentAgain: [{}, {}, { state: 'dead', error: expect.stringContaining('550') }],
    });
    sink.behave({ kind: 'accept' });
  });

  it('is refused for someone who has left', async () => {
    const { id } = await find(open, 'assignment', 0);
    await sql(`UPDATE "person" SET "ended_on" = '2023-10-03' WHERE "id" = ?`, people.officer.id);
    expect(await resend(id, people.registrar)).toMatchObject({ status: 409, body: { reason: 'person-left' } });
    await sql(`UPDATE "person" SET "ended_on" = NULL WHERE "id" = ?`, people.officer.id);
  });

  it('is refused for someone who works with the board’s cases no longer', async () => {
    const { id } = await find(open, 'assignment', 0);
    const become = (from: string, to: string) =>
      sql(
        `UPDATE "person_role" SET "role" = ? WHERE "person_id" = ? AND "board" = 'EÅV' AND "role" = ?`,
        to,
        people.officer.id,
        from,
      );
    await become('officer', 'reader');
    const before = sink.mails.length;
    expect(await resend(id, people.registrar)).toMatchObject({
      status: 409,
      body: {
        reason: 'role-gone',
        detail: 'Påminnelsen går inte att skicka igen nu: den påminda arbetar inte längre med nämndens ärenden.',
      },
    });
    await sweep();
    expect(sink.mails.length).toBe(before);
    await become('reader', 'officer');
    expect((await resend(id, people.registrar)).status).toBe(200);
    await sweep();
    expect(sink.mails.length).toBe(before + 1);
  });

  describe('what was sent', () => {
    it('is listed with its case and mail, the latest first, page by page', async () => {
      const all = await app.get('/api/v1/reminders', as(people.registrar));
      expect(all.body.items.every((item: Item) => item.state === 'sent')).toBe(true);
      const seen: string[] = [];
      let cursor = '';
      for (let pages = 0; pages < 20; pages += 1) {
        const { body } = await app.get(`/api/v1/reminders?limit=2${cursor}`, as(people.registrar));
        seen.push(...body.items.map(({ id }: Item) => id));
        if (body.next === null) break;
        cursor = `&cursor=${body.next}`;
      }
      expect(seen).toEqual(all.body.items.map(({ id }: Item) => id));
      expect(seen.length).toBeGreaterThan(4);
      const times = all.body.items.map(({ changedAt }: { changedAt: string }) => changedAt);
      expect(times).toEqual([...times].sort().reverse());
    });

    it('is listed of the boards that one sees, and of secret cases for those who may open them', async () => {
      expect((await app.get('/api/v1/reminders', as(stranger))).body).toEqual({ items: [], next: null });
      const numbers = async (who: SeededPerson): Promise<string[]> => {
        const { body } = await app.get('/api/v1/reminders', as(who));
        return [...new Set<string>(body.items.map(({ referral }: Item) => referral.diarienummer))].sort();
      };
      expect(await numbers(people.reader)).toEqual(['EÅV 2023/1']);
      expect(await numbers(people.registrar)).toEqual(['EÅV 2023/1', 'EÅV 2023/2']);
      expect((await app.get('/api/v1/reminders?board=S%C3%96D', as(people.registrar))).body.items).toEqual([]);
    });

    it('is listed as far back as one asks', async () => {
      clock.set('2023-12-24T08:00:00.000Z');
      expect((await app.get('/api/v1/reminders?days=30', as(people.registrar))).body.items).toEqual([]);
      expect((await app.get('/api/v1/reminders?days=120', as(people.registrar))).body.items.length).toBeGreaterThan(4);
      for (const query of ['state=pending', 'days=0', 'days=400', 'limit=0', 'cursor=x', 'q=1']) {
        expect({ query, status: (await app.get(`/api/v1/reminders?${query}`, as(people.registrar))).status }).toEqual({ query, status: 400 }); // prettier-ignore
      }
    });
  });
});

describe('what is to be sent to someone who will have left', () => {
  it('is shown with those who get it in their stead, one line each', async () => {
    const clock = new SettableClock('2023-09-11T08:41:00.000Z');
    const app = await startApp({ clock, process: 'web' });
    const people = await seedModelBoard(app);
    const as = { token: people.registrar.token };
    await seedPerson(app, { email: 'ria@example.se', name: 'Ria Registrator', roles: { EÅV: ['registrar'] } });
    await app.post('/api/v1/referrals', MODEL, as);
    await app
      .provider(UnitOfWork)
      .run((tx) => change(tx, `UPDATE "person" SET "ended_on" = '2023-10-01' WHERE "id" = ?`, [people.officer.id]));
    const { body } = await app.get('/api/v1/reminders/upcoming?days=24', as);
    const drafts = body.items.filter(({ about }: Item) => about === 'draft');
    const line = (item: { offset: number; to: { name: string }; standIn: { name: string } | null }): string =>
      `${item.offset} ${item.to.name} → ${item.standIn?.name ?? ''}`;
    expect(drafts.map(line).sort()).toEqual([
      '-1 Hanna Handläggare → Ria Registrator',
      '-1 Hanna Handläggare → Rut Registrator',
      '-5 Hanna Handläggare → ',
      '0 Hanna Handläggare → Ria Registrator',
      '0 Hanna Handläggare → Rut Registrator',
    ]);
    await app.close();
  });
});
