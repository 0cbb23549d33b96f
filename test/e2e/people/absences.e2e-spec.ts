import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PeopleRepository } from '../../../src/features/people/people.repository.js';
import { Sweep } from '../../../src/features/reminders/sweep.js';
import { ReadDatabase } from '../../../src/platform/database/read-database.js';
import { rows } from '../../../src/platform/database/sql.js';
import { startApp, type TestApp } from '../../support/app.js';
import { seedBoard, seedModelBoard, seedPerson, type ModelBoard, type SeededPerson } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.js';

describe('people who are away or leave', () => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  let sink: SmtpSink;
  let app: TestApp;
  let people: ModelBoard;
  let otto: SeededPerson;
  let stranger: SeededPerson;
  let ada: SeededPerson;
  let foreign: SeededPerson;
  let id: string;

  const as = ({ token }: SeededPerson) => ({ token });
  const away = (who: SeededPerson, body: object) => app.post('/api/v1/absences', body, as(who));

  beforeAll(async () => {
    sink = await startSmtpSink();
    app = await startApp({ clock, smtpUrl: sink.url, process: 'web' });
    people = await seedModelBoard(app);
    await seedBoard(app, 'ÄLV', 'Älvsjö stadsdelsnämnd');
    const roles = { EÅV: ['officer'] } as const;
    otto = await seedPerson(app, { email: 'otto@example.se', name: 'Otto Handläggare', roles });
    stranger = await seedPerson(app, { email: 'stina@example.se', name: 'Stina', roles: { ÄLV: ['officer'] } });
    const admin = (email: string, board: string) =>
      seedPerson(app, { email, name: 'Ada Admin', roles: { [board]: ['admin', 'officer'] } });
    ada = await admin('ada@example.se', 'EÅV');
    foreign = await admin('arvid@example.se', 'ÄLV');
    const registered = await app.post(
      '/api/v1/referrals',
      {
        board: 'EÅV',
        title: 'Förslag till program',
        sender: 'Kommunstyrelsen',
        receivedOn: '2023-09-11',
        answerDue: '2023-10-27',
        officer: people.officer.email,
        secrecy: { provision: 'OSL 21 kap. 7 §' },
      },
      as(people.registrar),
    );
    id = registered.body.id;
  });
  afterAll(async () => {
    await app.close();
    await sink.stop();
  });

  it('is refused in words that say what is wrong', async () => {
    const substitute = otto.email;
    const days = { from: '2023-10-02', to: '2023-10-06' };
    const cases: [SeededPerson, object, number, string, string?][] = [
      [people.officer, { substitute, from: '2023-10-06', to: '2023-10-02' }, 422, 'date-out-of-order', 'to'],
      [people.officer, { substitute, from: '2023-09-01', to: '2023-09-05' }, 422, 'date-out-of-order', 'to'],
      [people.officer, { substitute: 'nobody@example.se', ...days }, 422, 'person-lacks-role', 'substitute'],
      [people.officer, { substitute: people.officer.email, ...days }, 422, 'person-lacks-role', 'substitute'],
      [people.officer, { substitute: stranger.email, ...days }, 422, 'person-lacks-role', 'substitute'],
      [people.officer, { substitute: people.reader.email, ...days }, 422, 'person-lacks-role', 'substitute'],
      [people.reader, { person: people.officer.email, substitute, ...days }, 403, 'forbidden'],
      [people.reader, { person: 'nobody@example.se', substitute, ...days }, 403, 'forbidden'],
      [people.manager, { person: people.officer.email, substitute, ...days }, 403, 'forbidden'],
      [foreign, { person: people.officer.email, substitute, ...days }, 403, 'forbidden'],
      [ada, { person: people.registrar.email, substitute: ada.email, ...days }, 409, 'own-substitute', 'substitute'],
    ];
    for (const [who, body, status, code, field] of cases) {
      const answer = await away(who, body);
      expect({ body, status: answer.status, type: answer.body.type }).toEqual({
        body,
        status,
        type: `/problems/${code}`,
      });
      if (field) expect(answer.body.errors).toEqual([{ field, reason: expect.any(String) }]);
    }
    expect((await app.get('/api/v1/absences', as(people.officer))).body).toEqual([]);
  });

  it('is refused alike for an address that nobody has and for one that is no fit substitute', async () => {
    const days = { from: '2023-10-02', to: '2023-10-06' };
    const refused = async (substitute: string) => {
      const { status, body } = await away(people.officer, { substitute, ...days });
      return { status, ...JSON.parse(JSON.stringify(body).replaceAll(substitute, 'X')), instance: '' };
    };
    const unknown = await refused('nobody@example.se');
    expect(unknown).toMatchObject({ status: 422, boards: ['EÅV'] });
    for (const { email } of [stranger, people.reader]) expect(await refused(email)).toEqual(unknown);
  });

  it('is one at a time, and no chain of substitutes leads back to the one who is away', async () => {
    const days = { from: '2023-11-06', to: '2023-11-10' };
    const made: { id: string; by: SeededPerson }[] = [];
    const register = async (who: SeededPerson, substitute: SeededPerson, when: object): Promise<void> => {
      const { status, body } = await away(who, { substitute: substitute.email, ...when });
      expect({ status, detail: body.detail }).toEqual({ status: 201, detail: undefined });
      made.push({ id: body.id, by: who });
    };
    await register(people.officer, otto, days);
    const again = { substitute: ada.email, from: '2023-11-10', to: '2023-11-12' };
    expect(await away(people.officer, again)).toMatchObject({
      status: 409,
      body: { type: '/problems/absence-overlaps', absence: made[0]?.id, from: '2023-11-06', to: '2023-11-10' },
    });
    await register(people.officer, ada, { from: '2023-11-11', to: '2023-11-12' });
    await register(otto, people.secretary, { from: '2023-11-08', to: '2023-11-09' });
    const back = { substitute: people.officer.email, from: '2023-11-01', to: '2023-11-30' };
    expect(await away(people.secretary, back)).toMatchObject({
      status: 409,
      body: { type: '/problems/absence-circle', from: '2023-11-08', to: '2023-11-09' },
    });
    await register(people.secretary, people.officer, { from: '2023-11-10', to: '2023-11-30' });

    const listed = async (who: SeededPerson) =>
      (await app.get('/api/v1/absences', as(who))).body.map(({ person }: { person: { name: string } }) => person.name);
    expect(await listed(ada)).toEqual([
      'Hanna Handläggare',
      'Otto Handläggare',
      'Sixten Sekreterare',
      'Hanna Handläggare',
    ]);
    expect(await listed(otto)).toEqual(['Hanna Handläggare', 'Otto Handläggare']);
    expect(await listed(foreign)).toEqual([]);
    for (const { id: one, by } of made) expect((await app.delete(`/api/v1/absences/${one}`, as(by))).status).toBe(204);
  });

  it('gives mail and rights to the substitute on the days away, and on no other', async () => {
    const before = await app.get(`/api/v1/referrals/${id}`, as(otto));
    expect(before.body).toMatchObject({ readable: false, title: null, acts: [] });
    const body = { person: people.officer.email, substitute: otto.email, from: '2023-10-02', to: '2023-10-06' };
    const registered = await away(ada, body);
    expect(registered).toMatchObject({ status: 201, body: { substitute: { name: 'Otto Handläggare' } } });

    clock.set('2023-10-04T05:31:00.000Z');
    sink.clear();
    await app.provider(Sweep).runOnce();
    const mails = sink.to(otto.email);
    expect(
      mails.some(({ text }) =>
        text.includes('i stället för Hanna Handläggare som är borta till och med 6 oktober 2023'),
      ),
    ).toBe(true);
    expect(sink.to(people.officer.email)).toEqual([]);
    const during = await app.get(`/api/v1/referrals/${id}`, as(otto));
    expect(during.body).toMatchObject({ readable: true, title: 'Förslag till program' });
    expect(during.body.acts).toContain('draft-done');

    clock.set('2023-10-09T05:31:00.000Z');
    const after = await app.get(`/api/v1/referrals/${id}`, as(otto));
    expect(after.body).toMatchObject({ readable: false, acts: [] });
  });

  it('can be taken back, by those who may', async () => {
    const substitute = otto.email;
    const { body } = await away(people.officer, { substitute, from: '2023-10-10', to: '2023-10-12' });
    expect((await app.delete(`/api/v1/absences/${body.id}`, as(people.reader))).status).toBe(403);
    expect((await app.delete(`/api/v1/absences/${body.id}`, as(people.officer))).status).toBe(204);
    expect((await app.delete(`/api/v1/absences/${body.id}`, as(people.officer))).status).toBe(409);
    clock.set('2023-10-11T05:31:00.000Z');
    expect((await app.get(`/api/v1/referrals/${id}`, as(otto))).body.readable).toBe(false);
  });

  it('hands over nothing for those who may not, whether anybody has the address or not', async () => {
    for (const [from, to] of [
      [people.officer.email, otto.email],
      [stranger.email, otto.email],
      ['nobody@example.se', otto.email],
      [people.officer.email, 'nobody@example.se'],
      [people.reader.email, people.reader.email],
    ] as const) {
      const { status, body } = await app.post('/api/v1/handovers', { from, to }, as(people.reader));
      expect({ from, to, status, type: body.type }).toEqual({ from, to, status: 403, type: '/problems/forbidden' });
    }
    const byRegistrar = await app.post(
      '/api/v1/handovers',
      { from: 'nobody@example.se', to: otto.email },
      as(people.registrar),
    );
    expect(byRegistrar).toMatchObject({ status: 422, body: { type: '/problems/person-unknown' } });
    for (const from of [stranger.email, stranger.email.toUpperCase()]) {
      const { status, body } = await app.post('/api/v1/handovers', { from, to: otto.email }, as(people.registrar));
      expect({ status, ...JSON.parse(JSON.stringify(body).replaceAll(from.toLowerCase(), 'X')), instance: '' }).toEqual(
        {
          status: 422,
          ...JSON.parse(JSON.stringify(byRegistrar.body).replaceAll('nobody@example.se', 'X')),
          instance: '',
        },
      );
    }
  });

  it('hands over every open case in one act, with a receipt, or none of them', async () => {
    const refused = await app.post(
      '/api/v1/handovers',
      { from: people.officer.email, to: stranger.email },
      as(people.registrar),
    );
    expect(refused).toMatchObject({ status: 422, body: { type: '/problems/person-unknown', field: 'to' } });
    const toReader = { from: people.officer.email, to: people.reader.email };
    expect(await app.post('/api/v1/handovers', toReader, as(people.registrar))).toMatchObject({
      status: 422,
      body: { type: '/problems/person-lacks-role', field: 'to' },
    });
    const byOfficer = await app.post('/api/v1/handovers', { from: people.officer.email, to: otto.email }, as(otto));
    expect(byOfficer.status).toBe(403);
    const body = { from: people.officer.email, to: otto.email, leavesOn: '2023-10-12' };
    const byRegistrar = await app.post('/api/v1/handovers', body, as(people.registrar));
    expect(byRegistrar).toMatchObject({ status: 403, body: { act: 'end-account' } });
    const done = await app.post('/api/v1/handovers', body, as(ada));
    expect(done).toMatchObject({
      status: 201,
      body: { cases: [{ id, diarienummer: 'EÅV 2023/1' }], leavesOn: '2023-10-12' },
    });
    expect((await app.get(`/api/v1/referrals/${id}`, as(otto))).body).toMatchObject({
      readable: true,
      officer: { email: otto.email },
    });
    clock.set('2023-10-12T08:00:00.000Z');
    expect((await app.get('/api/v1/me', as(people.officer))).status).toBe(401);
    const journal = await app.get(`/api/v1/referrals/${id}/journal`, as(otto));
    expect(journal.body.at(-1)).toMatchObject({
      what: 'officer-assigned',
      after: { handedOverFrom: 'Hanna Handläggare' },
    });
  });

  it('hands over the departments of a manager to the next, or tells which ones have none', async () => {
    const mia = await seedPerson(app, { email: 'mia@example.se', name: 'Mia Chef', roles: { EÅV: ['manager'] } });
    const body = {
      board: 'EÅV', title: 'Avdelningens', sender: 'Kommunstyrelsen', receivedOn: '2023-10-12', answerDue: '2023-12-01',
      officer: otto.email, department: 'HR',
    }; // prettier-ignore
    const referral = await app.post('/api/v1/referrals', body, as(people.registrar));
    expect(referral.status).toBe(201);
    const approver = async (): Promise<string[]> => {
      const reminders = await app.get(`/api/v1/referrals/${referral.body.id}/reminders`, as(people.registrar));
      type Item = { about: string; state: string; to: { name: string } };
      const pending = (reminders.body as Item[]).filter(
        (one) => one.about === 'managerApproval' && one.state === 'pending',
      );
      return [...new Set(pending.map(({ to }) => to.name))];
    };
    expect(await approver()).toEqual(['Cesar Chef']);

    const handOver = (by: SeededPerson, manager: string) =>
      app.post('/api/v1/handovers', { from: people.manager.email, to: otto.email, manager }, as(by));
    expect(await handOver(people.registrar, mia.email)).toMatchObject({ status: 403, body: { act: 'people' } });
    for (const manager of [otto.email, people.manager.email]) {
      expect(await handOver(ada, manager)).toMatchObject({
        status: 422,
        body: { type: '/problems/person-lacks-role', field: 'manager', value: manager },
      });
    }
    expect(await handOver(ada, 'nobody@example.se')).toMatchObject({ status: 422, body: { field: 'manager' } });
    expect(await approver()).toEqual(['Cesar Chef']);
    const department = { board: 'EÅV', code: 'HR', name: 'Avdelning HR och utveckling' };
    const done = await handOver(ada, mia.email);
    expect(done).toMatchObject({ status: 201, body: { cases: [], leavesOn: null } });
    expect(done.body.departments).toEqual([{ ...department, manager: { email: mia.email, name: 'Mia Chef' } }]);
    expect(await approver()).toEqual(['Mia Chef']);

    const left = await app.post(
      '/api/v1/handovers',
      { from: mia.email, to: otto.email, leavesOn: '2023-10-12' },
      as(ada),
    );
    expect(left.body).toMatchObject({ departments: [{ ...department, manager: null }] });
    const told = await rows<{ after: string }>(
      app.provider(ReadDatabase).manager,
      `SELECT "after" FROM "journal" WHERE "subject_id" = ? AND "what" = 'cases-handed-over'`,
      [mia.id],
    );
    expect(told.map(({ after }) => JSON.parse(after).departments)).toEqual([[{ ...department, manager: null }]]);
    const vacant = await app
      .provider(PeopleRepository)
      .vacantDepartments(app.provider(ReadDatabase).manager, ['EÅV', 'ÄLV'], clock.today());
    expect(vacant).toEqual([department]);
  });

  it('end an account on a sane day, once, and never the last that administers a board', async () => {
    const ended = (from: string, leavesOn: string, by: SeededPerson = ada) =>
      app.post('/api/v1/handovers', { from, to: otto.email, leavesOn }, as(by));
    const leaver = await seedPerson(app, { email: 'lage@example.se', name: 'Lage', roles: { EÅV: ['reader'] } });
    for (const day of ['2023-10-11', '2123-10-12']) {
      const answer = await ended(leaver.email, day);
      expect(answer).toMatchObject({ status: 422, body: { type: '/problems/date-out-of-order', field: 'leavesOn' } });
    }
    expect(await ended(leaver.email, '2023-10-13', foreign)).toMatchObject({
      status: 422,
      body: { type: '/problems/person-unknown' },
    });
    expect(await ended(leaver.email, '2023-10-13')).toMatchObject({ status: 201, body: { cases: [] } });
    expect(await ended(leaver.email, '2023-10-12')).toMatchObject({ status: 201 });
    expect(await ended(leaver.email, '2023-10-14')).toMatchObject({ status: 409, body: { doneOn: '2023-10-12' } });

    const last = await ended(ada.email, '2023-12-31');
    expect(last).toMatchObject({ status: 409, body: { type: '/problems/last-admin', board: 'EÅV' } });
    expect(last.body.detail).toBe('Nämnden EÅV skulle stå utan systemförvaltare. Ge rollen till någon annan först.');
    await seedPerson(app, { email: 'alma@example.se', name: 'Alma', roles: { EÅV: ['admin'] } });
    expect(await ended(ada.email, '2023-12-31')).toMatchObject({ status: 201 });
    expect(await ended('alma@example.se', '2023-11-30')).toMatchObject({ status: 409 });

    const events = await rows<{ what: string; before: string; after: string }>(
      app.provider(ReadDatabase).manager,
      `SELECT "what", "before", "after" FROM "journal" WHERE "subject_id" = ? AND "what" = 'account-ended' ORDER BY "seq"`,
      [leaver.id],
    );
    expect(events.map(({ before, after }) => [JSON.parse(before), JSON.parse(after)])).toEqual([
      [{ endedOn: null }, { endedOn: '2023-10-13' }],
      [{ endedOn: '2023-10-13' }, { endedOn: '2023-10-12' }],
    ]);
  });
});
