import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { localDate } from '../../../src/domain/calendar/local-date.js';
import { instantAt } from '../../../src/domain/calendar/stockholm-time.js';
import { BringInOrganisation } from '../../../src/features/organisation/bring-in-organisation.js';
import { PeopleRepository } from '../../../src/features/people/people.repository.js';
import { MorningJobs } from '../../../src/features/reminders/morning.jobs.js';
import { SendMorningReport } from '../../../src/features/reminders/morning-report.js';
import { Sweep } from '../../../src/features/reminders/sweep.js';
import { change } from '../../../src/platform/database/sql.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { startApp, type TestApp } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import {
  MODEL_REMISS, seedAbsence, seedBoard, seedModelBoard, seedPerson, type ModelBoard, type SeededPerson,
} from '../../support/seed.js'; // prettier-ignore
import { SettableClock } from '../../support/settable-clock.js';
import { startSmtpSink, type ReceivedMail, type SmtpSink } from '../../support/smtp-sink.js';

const MODEL = { ...MODEL_REMISS, officer: 'hanna.handlaggare@example.se' };

let clock: SettableClock;
let app: TestApp;
let sink: SmtpSink;
let people: ModelBoard;
let both: SeededPerson;
let secret: string;

const sql = (text: string, ...params: unknown[]): Promise<number> =>
  app.provider(UnitOfWork).run((tx) => change(tx, text, params));
const at = (day: string, time: string): void => clock.set(instantAt(localDate(day), time).toISOString());
const look = (): Promise<void> => app.provider(MorningJobs).look();
const reports = (): ReceivedMail[] => sink.mails.filter(({ subject }) => subject.startsWith('Påminnelser i morse'));
const to = (who: SeededPerson): ReceivedMail | undefined =>
  reports().findLast(({ envelope }) => envelope.to.includes(who.email));

/** A morning as it goes: compared at 06:45, sent at 07:30, told right after. */
async function morning(day: string): Promise<void> {
  sink.clear();
  at(day, '06:46');
  await look();
  at(day, '07:30');
  await app.provider(Sweep).runOnce();
  await look();
  await app.provider(Sweep).runOnce();
}

beforeAll(async () => {
  clock = new SettableClock('2023-09-11T08:41:00.000Z');
  sink = await startSmtpSink();
  app = await startApp({ clock, smtpUrl: sink.url, process: 'web', env: { MORNING_REPORT: 'on' } });
  people = await seedModelBoard(app);
  await seedBoard(app, 'SÖD', 'Södermalms stadsdelsnämnd');
  both = await seedPerson(app, {
    email: 'ria@example.se',
    name: 'Ria Registrator',
    roles: { EÅV: ['registrar'], SÖD: ['registrar'] },
  });
  const register = async (more: object): Promise<string> => {
    const { status, body } = await app.post(
      '/api/v1/referrals',
      { ...MODEL, ...more },
      { token: people.registrar.token },
    );
    expect(status).toBe(201);
    return body.id;
  };
  await register({ senderReference: 'KS 2023/739' });
  secret = await register({ senderReference: 'KS 2023/740', secrecy: { provision: 'OSL 25 kap. 1 §' } });
  await app.provider(Sweep).runOnce();
});
afterAll(async () => {
  await app.close();
  await sink.stop();
});
afterEach(() => sink.behave({ kind: 'accept' }));

describe('the morning mail', () => {
  it('comes when there is nothing to remind of, too, and says that nothing is missing', async () => {
    await morning('2023-09-12');
    expect(reports().map(({ to: one, subject }) => `${one}: ${subject}`).sort()).toEqual([
      '"Ria Registrator" <ria@example.se>: Påminnelser i morse: inget att påminna om, inget saknas',
      '"Rut Registrator" <rut.registrator@example.se>: Påminnelser i morse: inget att påminna om, inget saknas',
    ]); // prettier-ignore
    const mail = to(people.registrar);
    expect(mail?.text).toContain('Så här gick det med påminnelserna tisdag 12 september 2023.');
    expect(mail?.text).toContain('Inget att påminna om i dag.\nKontrollen kl. 06.46: inget saknas (2 öppna ärenden, ');
    expect(mail?.html).toContain('Inget att påminna om i dag.');
    expect(mail?.text).not.toContain('SÖDERMALM');
    expect(to(both)?.text).toContain('SÖDERMALMS STADSDELSNÄMND\n\nInget att påminna om i dag.');
  });

  it('comes once a day, however often it is looked whether it is time', async () => {
    for (const time of ['07:31', '07:50', '12:00', '23:59']) {
      at('2023-09-12', time);
      await look();
      await app.provider(SendMorningReport).execute();
    }
    await app.provider(Sweep).runOnce();
    expect(reports()).toHaveLength(2);
  });

  it('does not come before 07:30, nor on a Saturday', async () => {
    sink.clear();
    at('2023-09-13', '07:29');
    await look();
    at('2023-09-16', '08:00');
    await look();
    await app.provider(Sweep).runOnce();
    expect(reports()).toEqual([]);
  });

  it('tells what went out, to how many, and what needs an eye, by number only', async () => {
    await morning('2023-09-27');
    const mail = to(people.registrar);
    expect(mail?.subject).toBe('Påminnelser i morse: ett mejl skickat, inget saknas');
    expect(mail?.text).toContain('Skickat i morse: ett mejl till en person om 2 ärenden.');
    at('2023-09-27', '09:00');
    await app.post('/api/v1/referrals', { board: 'EÅV', title: 'Utan datum', sender: 'Region Stockholm', receivedOn: '2023-09-27' }, { token: people.registrar.token }); // prettier-ignore
    await morning('2023-11-01');
    const late = to(people.registrar);
    expect(late?.text).toContain(`* 2 ärenden där svarsdagen har gått:\n  EÅV 2023/1, svar senast 27 oktober 2023\n`);
    expect(late?.text).toContain(`https://diarium.example.se/arenden/${secret}`);
    expect(late?.text).toContain('* Ett ärende utan handläggare:\n  EÅV 2023/3\n');
    expect(late?.text).toContain('* Ett ärende utan svarsdag:\n  EÅV 2023/3\n');
    expect(late?.text).not.toContain('trygghet');
    expect(late?.html).not.toContain('trygghet');
  });

  it('goes to the substitute of a registrar who is away, over the boards of both', async () => {
    const { id: substituteId } = people.registrar;
    await app
      .provider(UnitOfWork)
      .run((tx) => app.provider(PeopleRepository).addRole(tx, substituteId, 'SÖD', 'officer'));
    await seedAbsence(app, {
      personId: both.id,
      substituteId,
      from: '2023-11-02',
      to: '2023-11-02',
    });
    await morning('2023-11-02');
    expect(reports().map(({ envelope }) => envelope.to)).toEqual([[people.registrar.email]]);
    expect(to(people.registrar)?.text).toContain('SÖDERMALMS STADSDELSNÄMND');
    expect(to(people.registrar)?.text.match(/ENSKEDE-ÅRSTA-VANTÖRS STADSDELSNÄMND/g)).toHaveLength(1);
  });

  it('tells what was missing, and that it goes now', async () => {
    at('2023-11-02', '20:00');
    await sql(`DELETE FROM "reminder" WHERE "about" = 'answerDue' AND "offset" = 6 AND "referral_id" = ?`, secret);
    await morning('2023-11-07');
    const mail = to(people.registrar);
    expect(mail?.subject).toMatch(/^Påminnelser i morse: .* påminnelser saknades$/);
    expect(mail?.text).toContain('2 påminnelser saknades och är planerade på nytt');
    expect(mail?.text).toContain(`  EÅV 2023/2\n  https://diarium.example.se/arenden/${secret}`);
  });

  it('tells what did not get through', async () => {
    sink.behave({ kind: 'refuse-recipient', code: 550, only: people.officer.email });
    await morning('2023-11-13');
    expect(to(people.registrar)?.text).toMatch(/Ges upp: ett mejl som e-postservern inte tar emot/);
    expect(to(people.registrar)?.subject).toContain('allt har inte kommit fram');
  });

  it('waits for the morning sweep, but not for ever', async () => {
    sink.clear();
    at('2023-11-14', '07:30');
    await look();
    expect(await app.provider(SendMorningReport).whenItIsTime()).toBe('too-early');
    at('2023-11-14', '07:45');
    expect(await app.provider(SendMorningReport).whenItIsTime()).toBe('done');
    expect(await app.provider(SendMorningReport).whenItIsTime()).toBe('done-before');
  });

  it('says that the comparison has not been made', async () => {
    sink.clear();
    at('2023-11-22', '07:30');
    await app.provider(Sweep).runOnce();
    await app.provider(SendMorningReport).whenItIsTime();
    await app.provider(Sweep).runOnce();
    expect(to(people.registrar)?.text).toContain('Kontrollen av att inget har glömts är inte gjord i dag.');
    expect(to(people.registrar)?.subject).toContain('kontrollen är inte gjord');
  });

  it('is not sent for a board that does without', async () => {
    const off = { boards: [{ code: 'SÖD', name: 'Södermalms stadsdelsnämnd', morningReport: false }] };
    const report = await app.provider(BringInOrganisation).execute(Buffer.from(JSON.stringify(off)), {
      personId: null,
      name: 'test',
    });
    expect(report.things).toMatchObject([{ kind: 'board', done: 'changed', fields: ['morningReport'] }]);
    await morning('2023-11-23');
    expect(to(both)?.text).not.toContain('SÖDERMALM');
    await sql('UPDATE "board" SET "morning_report" = 0');
    await morning('2023-11-24');
    expect(reports()).toEqual([]);
  });

  it('is sent by the process itself, without anyone asking, and shows in readiness', async () => {
    const { body } = await app.get('/health/ready');
    expect(body.parts.reminders).toMatchObject({ state: 'ok', nothingMissed: true, missing: 0, cases: 3 });
    await sql(`UPDATE "reconciliation" SET "missing" = 1`);
    expect((await app.get('/health/ready')).body).toMatchObject({
      ready: true,
      parts: { reminders: { state: 'degraded', reason: 'missing', nothingMissed: false, missing: 1 } },
    });
    clock.advance(3 * 24 * 3_600_000);
    await sql(`UPDATE "reconciliation" SET "missing" = 0`);
    expect((await app.get('/health/ready')).body.parts.reminders).toMatchObject({ state: 'degraded', reason: 'late' });
  });
});

describe('an installation without the morning mail', () => {
  it('sends none, and compares the ledger all the same', async () => {
    const own = new SettableClock('2023-09-11T08:41:00.000Z');
    const other = await startApp({ clock: own, env: { MORNING_REPORT: 'off' } });
    await seedModelBoard(other);
    await other.provider(Sweep).runOnce();
    await other.provider(MorningJobs).look();
    expect(await other.provider(SendMorningReport).whenItIsTime()).toBe('off');
    await eventually(
      'it is compared',
      async () => (await other.get('/health/ready')).body.parts.reminders.doneAt !== null,
    );
    await other.close();
  });
});
