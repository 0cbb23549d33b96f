import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PreviewReminders } from '../../../src/features/reminders/preview-reminders.js';
import { Sweep } from '../../../src/features/reminders/sweep.js';
import { startApp, type TestApp } from '../../support/app.js';
import {
  MODEL_REMISS, seedAbsence, seedBoard, seedModelBoard, seedPerson, type ModelBoard, type SeededPerson,
} from '../../support/seed.js'; // prettier-ignore
import { SettableClock } from '../../support/settable-clock.js';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.js';

const MODEL = { ...MODEL_REMISS, officer: 'hanna.handlaggare@example.se' };

interface Item {
  readonly about: string;
  readonly offset: number;
  readonly state: string;
  readonly dueAt: string;
  readonly what: string;
  readonly why: string;
  readonly to: { readonly name: string; readonly email: string };
  readonly standIn: { readonly name: string } | null;
  readonly referral: { readonly diarienummer: string; readonly title: string | null };
  readonly mail: { readonly state: string; readonly error: string | null; readonly messageId: string } | null;
}

describe('reminders over the API', () => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  let app: TestApp;
  let sink: SmtpSink;
  let people: ModelBoard;
  let stranger: SeededPerson;
  let open: string;
  let secret: string;

  beforeAll(async () => {
    sink = await startSmtpSink();
    app = await startApp({ clock, smtpUrl: sink.url });
    people = await seedModelBoard(app);
    await seedBoard(app, 'SÖD', 'Södermalms stadsdelsnämnd');
    stranger = await seedPerson(app, { email: 'signe@example.se', name: 'Signe', roles: { SÖD: ['registrar'] } });
    const register = async (more: object): Promise<string> => {
      const { status, body } = await app.post('/api/v1/referrals', { ...MODEL, ...more }, as(people.registrar));
      expect(status).toBe(201);
      return body.id;
    };
    open = await register({ senderReference: 'KS 2023/739' });
    secret = await register({ senderReference: 'KS 2023/740', secrecy: { provision: 'OSL 25 kap. 1 §' } });
  });
  afterAll(async () => {
    await app.close();
    await sink.stop();
  });

  const as = (who: SeededPerson) => ({ token: who.token });
  const upcoming = async (who: SeededPerson, query = ''): Promise<Item[]> => {
    const { status, body } = await app.get(`/api/v1/reminders/upcoming${query}`, as(who));
    expect(status).toBe(200);
    return body.items;
  };

  it('tell the officer right after the registration, without waiting for a sweep', async () => {
    await sink.arrived(1);
    await app.provider(Sweep).runOnce();
    const subjects = sink.mails.map(({ subject }) => subject);
    expect(subjects.join('; ')).toContain('EÅV 2023/1');
    expect(sink.mails.every(({ envelope }) => envelope.to[0] === people.officer.email)).toBe(true);
  });

  it('show what was sent and what is to come, when, to whom, and the mail', async () => {
    const { status, body } = await app.get(`/api/v1/referrals/${open}/reminders`, as(people.reader));
    expect(status).toBe(200);
    const [first, second]: Item[] = body;
    expect(first).toMatchObject({
      about: 'assignment',
      state: 'sent',
      to: { name: 'Hanna Handläggare', email: people.officer.email },
      mail: { state: 'sent', attempts: 1, error: null, messageId: sink.mails[0]?.messageId },
    });
    expect(second).toMatchObject({
      about: 'draft',
      offset: -5,
      state: 'pending',
      dueAt: '2023-09-27T05:30:00.000Z',
      mail: null,
    });
  });

  it('show a failure and what the mail server said', async () => {
    sink.behave({ kind: 'refuse-recipient', code: 450, first: 1 });
    clock.set('2023-09-27T05:30:00.000Z');
    await app.provider(Sweep).runOnce();
    const { body } = await app.get(`/api/v1/referrals/${open}/reminders`, as(people.registrar));
    const failed: Item | undefined = body.find((item: Item) => item.state === 'failed');
    expect(failed).toMatchObject({ about: 'draft', offset: -5, mail: { state: 'failed', attempts: 1 } });
    expect(failed?.mail?.error).toContain('450');
    const journal = await app.get(`/api/v1/referrals/${open}/journal`, as(people.registrar));
    expect(journal.body.map(({ what }: { what: string }) => what)).toContain('reminder-failed');
    clock.advance(60_000);
    await app.provider(Sweep).runOnce();
    const after = await app.get(`/api/v1/referrals/${open}/reminders`, as(people.registrar));
    expect(after.body.filter((item: Item) => item.state === 'failed')).toEqual([]);
  });

  it('of a secret case are shown to those who may open it, and to nobody else', async () => {
    const path = `/api/v1/referrals/${secret}/reminders`;
    for (const who of [people.registrar, people.secretary, people.officer]) {
      expect((await app.get(path, as(who))).status).toBe(200);
    }
    expect((await app.get(path, as(people.reader))).status).toBe(403);
    const numbers = async (who: SeededPerson): Promise<string[]> =>
      [...new Set((await upcoming(who, '?days=60')).map(({ referral }) => referral.diarienummer))].sort();
    expect(await numbers(people.registrar)).toEqual(['EÅV 2023/1', 'EÅV 2023/2']);
    expect(await numbers(people.reader)).toEqual(['EÅV 2023/1']);
    const hidden = (await upcoming(people.registrar, '?days=60')).find(
      ({ referral }) => referral.diarienummer === 'EÅV 2023/2',
    );
    expect(hidden?.referral.title).toBeNull();
  });

  it('of another board are not there', async () => {
    expect((await app.get(`/api/v1/referrals/${open}/reminders`, as(stranger))).status).toBe(404);
    expect(await upcoming(stranger, '?days=366')).toEqual([]);
  });

  it('to come tell what, to whom and why, within the days asked for', async () => {
    const items = await upcoming(people.reader, '?days=9');
    expect(items.map(({ about, offset, to }) => `${about} ${offset} ${to.name}`).sort()).toEqual([
      'directorApproval -1 Disa Direktör', 'draft -1 Hanna Handläggare', 'draft 0 Hanna Handläggare',
      'managerApproval -1 Cesar Chef', 'managerApproval 0 Cesar Chef',
    ]); // prettier-ignore
    expect(items.map(({ dueAt }) => dueAt)).toEqual(items.map(({ dueAt }) => dueAt).sort());
    expect(items[0]).toMatchObject({
      what: 'utkast till svar senast 4 oktober 2023',
      why: '16 arbetsdagar före sammanträdet (nämndens ledtider).',
      referral: { title: 'Förslag till nytt program för trygghet' },
    });
  });

  it('to come name who stands in on that day', async () => {
    const [personId, substituteId] = [people.officer.id, people.manager.id];
    await seedAbsence(app, { personId, substituteId, from: '2023-10-03', to: '2023-10-03' });
    const items = await upcoming(people.reader, '?days=9');
    expect(
      items.filter(({ about }) => about === 'draft').map(({ offset, standIn }) => [offset, standIn?.name ?? null]),
    ).toEqual([
      [-1, 'Cesar Chef'],
      [0, null],
    ]);
  });

  it('to come are given page by page, without gap or repeat', async () => {
    const all = await upcoming(people.reader, '?days=366');
    const seen: string[] = [];
    let cursor = '';
    for (let pages = 0; pages < 50; pages += 1) {
      const { body } = await app.get(`/api/v1/reminders/upcoming?days=366&limit=3${cursor}`, as(people.reader));
      seen.push(...body.items.map((item: Item) => `${item.about} ${item.offset} ${item.to.name}`));
      if (body.next === null) break;
      cursor = `&cursor=${body.next}`;
    }
    expect(seen).toEqual(all.map((item) => `${item.about} ${item.offset} ${item.to.name}`));
    expect((await app.get('/api/v1/reminders/upcoming?cursor=xyz', as(people.reader))).status).toBe(400);
    expect((await app.get('/api/v1/reminders/upcoming?days=soon', as(people.reader))).status).toBe(400);
  });

  it('can be tried out: what would be sent until a day, with nothing written and nothing sent', async () => {
    const before = sink.mails.length;
    const mails = await app.provider(PreviewReminders).execute(new Date('2023-11-15T12:00:00Z'));
    expect(sink.mails.length).toBe(before);
    const overdue = mails.flatMap(({ at, to, reminders }) =>
      reminders.filter(({ about, offset }) => about === 'answerDue' && offset > 0).map(({ diarienummer, offset }) => `${at.slice(0, 10)} ${to.name} ${diarienummer} ${offset}`),
    ); // prettier-ignore
    expect(overdue.filter((line) => line.includes('2023/1 ')).sort()).toEqual([
      '2023-10-30 Cesar Chef EÅV 2023/1 1', '2023-10-30 Hanna Handläggare EÅV 2023/1 1',
      '2023-11-06 Cesar Chef EÅV 2023/1 6', '2023-11-06 Hanna Handläggare EÅV 2023/1 6',
      '2023-11-13 Cesar Chef EÅV 2023/1 11', '2023-11-13 Hanna Handläggare EÅV 2023/1 11',
    ]); // prettier-ignore
    expect(mails.find(({ at }) => at.startsWith('2023-10-03'))?.to.name).toBe('Cesar Chef');
  });
});
