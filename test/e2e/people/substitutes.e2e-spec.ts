import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WatchList } from '../../../src/features/pages/bevakning/watch-list.js';
import { Actors } from '../../../src/features/people/actors.js';
import { PeopleRepository } from '../../../src/features/people/people.repository.js';
import { SendMorningReport } from '../../../src/features/reminders/morning-report.js';
import { TellOfChange } from '../../../src/features/reminders/tell-of-change.js';
import { Sweep } from '../../../src/features/reminders/sweep.js';
import { ReadDatabase } from '../../../src/platform/database/read-database.js';
import { rows } from '../../../src/platform/database/sql.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { ENGINES, startApp, type TestApp } from '../../support/app.js';
import {
  seedAbsence, seedBoard, seedMeeting, seedModelBoard, seedPerson, type ModelBoard, type SeededPerson,
} from '../../support/seed.js'; // prettier-ignore
import { SettableClock } from '../../support/settable-clock.js';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.js';

const TEN = { from: 0, length: 10 };

describe.each(ENGINES)('a substitute who works at one of two boards, on %s', (engine) => {
  let clock: SettableClock;
  let sink: SmtpSink;
  let app: TestApp;
  let people: ModelBoard;
  let ragna: SeededPerson;
  let anna: SeededPerson;
  let sven: SeededPerson;
  let cilla: SeededPerson;
  let here: string;
  let there: string;

  const as = ({ token }: SeededPerson) => ({ token });
  const seed = (name: string, roles: Parameters<typeof seedPerson>[1]['roles']) =>
    seedPerson(app, { email: `${name.toLowerCase()}@example.se`, name, ...(roles ? { roles } : {}) });

  const SECRET = { secrecy: { provision: 'OSL 21 kap. 7 §' } };
  async function register(board: string, by: SeededPerson, more: object = SECRET): Promise<string> {
    const body = {
      board, title: `Remiss till ${board}`, sender: 'Kommunstyrelsen', receivedOn: '2023-09-11', answerDue: '2023-10-27',
      officer: anna.email, ...more,
    }; // prettier-ignore
    const answer = await app.post('/api/v1/referrals', body, as(by));
    expect(answer.status).toBe(201);
    return answer.body.id;
  }

  /** Whether each of the two cases can be read, by itself and in the list. */
  async function read(who: SeededPerson): Promise<unknown> {
    const one = async (id: string) => (await app.get(`/api/v1/referrals/${id}`, as(who))).body.readable;
    const listed = await app.get('/api/v1/referrals', as(who));
    const titles = listed.body.items.map(({ diarienummer, title }: Record<string, unknown>) => [diarienummer, title]);
    return { here: await one(here), there: await one(there), titles: titles.sort() };
  }

  async function sweepAt(instant: string): Promise<void> {
    clock.set(instant);
    sink.clear();
    await app.provider(Sweep).runOnce();
  }
  const textsTo = ({ email }: SeededPerson) => sink.to(email).map(({ subject, text }) => `${subject}\n${text}`);

  beforeAll(async () => {
    clock = new SettableClock('2023-09-11T08:41:00.000Z');
    sink = await startSmtpSink();
    app = await startApp({ clock, engine, smtpUrl: sink.url, process: 'web', env: { MORNING_REPORT: 'on' } });
    people = await seedModelBoard(app);
    await seedBoard(app, 'ÄLV', 'Älvsjö stadsdelsnämnd');
    await seedMeeting(app, '2023-10-26', 'ÄLV');
    ragna = await seed('Ragna', { ÄLV: ['registrar'] });
    anna = await seed('Anna', { EÅV: ['officer'] });
    sven = await seed('Sven', { EÅV: ['officer'], ÄLV: ['reader'] });
    cilla = await seed('Cilla', { EÅV: ['officer'], ÄLV: ['officer'] });
    const days = { from: '2023-09-25', to: '2023-10-27' };
    await seedAbsence(app, { personId: anna.id, substituteId: sven.id, ...days });
    // The other board's administrator gives the one who is away a role there, which is no matter of this board's.
    await app.provider(UnitOfWork).run((tx) => app.provider(PeopleRepository).addRole(tx, anna.id, 'ÄLV', 'officer'));
    here = await register('EÅV', people.registrar);
    there = await register('ÄLV', ragna);
    await sweepAt('2023-09-11T08:42:00.000Z');
  });
  afterAll(async () => {
    await app.close();
    await sink.stop();
  });

  it('has the rights of the one who is away at that board, and at the other nothing but one’s own', async () => {
    clock.set('2023-09-25T08:00:00.000Z');
    expect((await app.get('/api/v1/me', as(sven))).body).toMatchObject({
      roles: { EÅV: ['officer'], ÄLV: ['reader'] },
      actsFor: [anna.id],
    });
    expect(await read(sven)).toEqual({
      here: true,
      there: false,
      titles: [
        ['EÅV 2023/1', 'Remiss till EÅV'],
        ['ÄLV 2023/1', null],
      ],
    });
    expect((await app.post(`/api/v1/referrals/${there}/steps`, { step: 'start' }, as(sven))).status).toBe(403);
    expect((await app.post(`/api/v1/referrals/${here}/steps`, { step: 'start' }, as(sven))).status).toBe(200);
  });

  it('gets the mails about that board’s cases; those about the other’s go where they went', async () => {
    await sweepAt('2023-09-27T05:30:00.000Z');
    const [toSven, ...moreToSven] = textsTo(sven);
    const [toAnna, ...moreToAnna] = textsTo(anna);
    expect([moreToSven, moreToAnna]).toEqual([[], []]);
    expect([toSven?.includes('EÅV 2023/1'), toSven?.includes('ÄLV')]).toEqual([true, false]);
    expect(toSven).toContain('i stället för Anna');
    expect([toAnna?.includes('ÄLV 2023/1'), toAnna?.includes('EÅV')]).toEqual([true, false]);
    const sql = `SELECT count(*) AS "rows", count(DISTINCT "mail_id") AS "mails" FROM "reminder"
      WHERE "about" = 'draft' AND "state" = 'sent' AND "person_id" = ?`;
    const [sent] = await rows<Record<string, unknown>>(app.provider(ReadDatabase).manager, sql, [anna.id]);
    expect([Number(sent?.['rows']), Number(sent?.['mails'])]).toEqual([2, 2]);
    await sweepAt('2023-09-27T05:31:00.000Z');
    expect(sink.mails).toEqual([]);
  });

  it('is named among what will be sent at that board alone, and may send it again there alone', async () => {
    const standIns = async (who: SeededPerson, board: string) => {
      const { body } = await app.get(`/api/v1/reminders/upcoming?days=14&board=${encodeURIComponent(board)}`, as(who));
      type Item = { to: { name: string }; standIn: { name: string } | null };
      const ofAnna = body.items.filter(({ to }: Item) => to.name === 'Anna');
      return [...new Set(ofAnna.map(({ standIn }: Item) => standIn?.name ?? null))];
    };
    expect(await standIns(people.registrar, 'EÅV')).toEqual(['Sven']);
    expect(await standIns(ragna, 'ÄLV')).toEqual([null]);
    const sentOf = async (id: string, who: SeededPerson): Promise<string> => {
      const { body } = await app.get(`/api/v1/referrals/${id}/reminders`, as(who));
      return body.find(({ about, state }: Record<string, unknown>) => about === 'draft' && state === 'sent').id;
    };
    const again = async (id: string) => (await app.post(`/api/v1/reminders/${id}/resend`, {}, as(sven))).status;
    expect(await again(await sentOf(there, ragna))).toBe(403);
    expect(await again(await sentOf(here, people.registrar))).toBe(200);
    await sweepAt('2023-09-27T05:32:00.000Z');
    expect([textsTo(sven).length, textsTo(anna).length]).toEqual([1, 0]);
  });

  /** What a worker does of the jobs that the requests have left. */
  async function tellOfChanges(): Promise<void> {
    const sql = `SELECT "name", "key", "payload" FROM "job" WHERE "name" = 'tell-of-change' ORDER BY "run_at"`;
    for (const job of await rows<Record<'name' | 'key' | 'payload', string>>(app.provider(ReadDatabase).manager, sql)) {
      await app.provider(TellOfChange).execute({ ...job, payload: JSON.parse(job.payload) });
    }
  }

  it('is told of a moved meeting of that board, and not of the other’s', async () => {
    const move = (board: string, by: SeededPerson) =>
      app.put(`/api/v1/boards/${encodeURIComponent(board)}/meetings/2023-10-26`, { date: '2023-10-25' }, as(by));
    const secretary = await seed('Sara', { ÄLV: ['secretary'] });
    const told = async (board: string, by: SeededPerson) => {
      sink.clear();
      expect((await move(board, by)).status).toBe(200);
      await tellOfChanges();
      await app.provider(Sweep).runOnce();
      return { anna: textsTo(anna).length, sven: textsTo(sven).length };
    };
    expect(await told('ÄLV', secretary)).toEqual({ anna: 1, sven: 0 });
    expect(await told('EÅV', people.secretary)).toEqual({ anna: 0, sven: 1 });
  });

  it('tells a registrar’s substitute of the morning at the board where that one works', async () => {
    await app.provider(UnitOfWork).run(async (tx) => {
      const repository = app.provider(PeopleRepository);
      await repository.addRole(tx, ragna.id, 'EÅV', 'registrar');
    });
    await seedAbsence(app, { personId: ragna.id, substituteId: sven.id, from: '2023-09-28', to: '2023-09-28' });
    clock.set('2023-09-28T05:50:00.000Z');
    sink.clear();
    await app.provider(SendMorningReport).execute();
    await app.provider(Sweep).runOnce();
    const report = (who: SeededPerson) => textsTo(who).find((text) => text.startsWith('Påminnelser i morse'));
    const [toSven, toRagna] = [report(sven), report(ragna)];
    expect([toSven?.includes('ENSKEDE'), toSven?.includes('ÄLVSJÖ')]).toEqual([true, false]);
    expect([toRagna?.includes('ENSKEDE'), toRagna?.includes('ÄLVSJÖ')]).toEqual([false, true]);
  });

  it('at the end of a chain has nothing at a board where the one in between does not work', async () => {
    await seedAbsence(app, { personId: sven.id, substituteId: cilla.id, from: '2023-10-02', to: '2023-10-02' });
    clock.set('2023-10-02T08:00:00.000Z');
    expect(await read(cilla)).toEqual({
      here: true,
      there: false,
      titles: [
        ['EÅV 2023/1', 'Remiss till EÅV'],
        ['ÄLV 2023/1', null],
      ],
    });
    await register('ÄLV', ragna, { title: 'Remiss om torg' });
    const mine = async () => {
      const em = app.provider(ReadDatabase).manager;
      const actor = await app.provider(Actors).actorOf(em, { ...cilla, name: 'Cilla' }, clock.today());
      const watched = { scope: 'mine', boards: ['EÅV', 'ÄLV'], departments: [] } as const;
      const { inNeed, toCome } = await app.provider(WatchList).execute(actor, watched, { inNeed: TEN, toCome: TEN });
      return [...inNeed.cases, ...toCome.cases].map(({ diarienummer }) => diarienummer).sort();
    };
    expect(await mine()).toEqual(['EÅV 2023/1']);
    await app.provider(UnitOfWork).run((tx) => app.provider(PeopleRepository).addRole(tx, sven.id, 'ÄLV', 'officer'));
    expect(await read(cilla)).toMatchObject({ here: true, there: true });
    expect(await mine()).toEqual(['EÅV 2023/1', 'ÄLV 2023/1', 'ÄLV 2023/2']);
  });
});
