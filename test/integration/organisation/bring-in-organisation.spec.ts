import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { localDate } from '../../../src/domain/calendar/local-date.js';
import { JournalRepository } from '../../../src/features/journal/journal.repository.js';
import { PEOPLE_CHAIN } from '../../../src/features/journal/journal.js';
import { VerifyJournal } from '../../../src/features/journal/verify-journal.js';
import {
  BringInOrganisation,
  type OrganisationReport,
} from '../../../src/features/organisation/bring-in-organisation.js';
import { Actors } from '../../../src/features/people/actors.js';
import { PeopleRepository } from '../../../src/features/people/people.repository.js';
import { RegisterReferral } from '../../../src/features/referrals/register-referral.js';
import { ReadDatabase } from '../../../src/platform/database/read-database.js';
import { rows } from '../../../src/platform/database/sql.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { startApp, type TestApp } from '../../support/app.js';
import { SettableClock } from '../../support/settable-clock.js';

const BY = { personId: null, name: 'diarium setup' };

let app: TestApp;
const clock = new SettableClock('2023-09-11T08:00:00Z');

beforeEach(async () => {
  app = await startApp({ clock, process: 'web' });
});

afterEach(() => app.close());

const bringIn = (file: object): Promise<OrganisationReport> =>
  app.provider(BringInOrganisation).execute(Buffer.from(JSON.stringify(file)), BY);

const query = <T>(sql: string, ...params: unknown[]): Promise<T[]> =>
  rows<T>(app.provider(ReadDatabase).manager, sql, params);

const done = ({ things }: OrganisationReport): string[] =>
  things.map(({ kind, name, done: what, fields }) => [what, kind, name, ...fields].join(' '));

const hanna = { email: 'hanna.handlaggare@example.se', name: 'Hanna Handläggare' };
const cesar = { email: 'cesar.chef@example.se', name: 'Cesar Chef' };
const rut = { email: 'rut.registrator@example.se', name: 'Rut Registrator' };

const file = (
  more: { board?: object; departments?: object[]; meetings?: object[]; people?: object[] } = {},
): object => ({
  boards: [
    {
      code: 'EÅV',
      name: 'Enskede-Årsta-Vantörs stadsdelsnämnd',
      departments: more.departments ?? [{ code: 'HR', name: 'Avdelning HR', manager: cesar.email }],
      meetings: more.meetings ?? [
        { date: '2023-09-28' },
        { date: '2023-10-26', time: '18:00' },
        { date: '2023-11-23' },
      ],
      ...more.board,
    },
  ],
  people: more.people ?? [
    { ...hanna, department: 'EÅV/HR', roles: { EÅV: ['officer'] } },
    { ...cesar, department: 'EÅV/HR', roles: { EÅV: ['manager'] } },
    { ...rut, roles: { EÅV: ['registrar'] } },
  ],
});

describe('An organisation that is new', () => {
  it('is brought in whole', async () => {
    const report = await bringIn(file());
    expect(done(report)).toEqual([
      'added board EÅV',
      'added department EÅV/HR',
      'added meeting EÅV 2023-09-28',
      'added meeting EÅV 2023-10-26',
      'added meeting EÅV 2023-11-23',
      'added person hanna.handlaggare@example.se',
      'added person cesar.chef@example.se',
      'added person rut.registrator@example.se',
    ]);
    expect(report).toMatchObject({ replanned: [], warnings: [] });
    expect(await query(`SELECT "code", "number_pattern", "lead_times", "closed_days" FROM "board"`)).toEqual([
      { code: 'EÅV', number_pattern: '{code} {year}/{number}', lead_times: '{}', closed_days: '[]' },
    ]);
    const departments = `SELECT d."code", p."email" FROM "department" d JOIN "person" p ON p."id" = d."manager_id"`;
    expect(await query(departments)).toEqual([{ code: 'HR', email: cesar.email }]);
    const roles = `SELECT p."email", r."role", p."department_code" AS "department" FROM "person" p
      JOIN "person_role" r ON r."person_id" = p."id" ORDER BY p."email"`;
    expect(await query(roles)).toEqual([
      { email: cesar.email, role: 'manager', department: 'HR' },
      { email: hanna.email, role: 'officer', department: 'HR' },
      { email: rut.email, role: 'registrar', department: null },
    ]);
  });

  it('is told in the journal, thing by thing', async () => {
    await bringIn(file());
    const told = await query<{ chain: string; what: string; n: number }>(
      `SELECT "chain", "what", count(*) AS "n" FROM "journal" GROUP BY "chain", "what" ORDER BY "chain", "what"`,
    );
    expect(told.map(({ chain, what, n }) => `${chain} ${what} ${n}`)).toEqual([
      `${PEOPLE_CHAIN} person-added 3`,
      'EÅV board-added 1',
      'EÅV department-added 1',
      'EÅV meeting-added 3',
    ]);
    const events = await app.provider(JournalRepository).eventsOf(app.provider(ReadDatabase).manager, 'EÅV/HR');
    expect(events).toMatchObject([
      { actorName: 'diarium setup', before: null, after: { name: 'Avdelning HR', manager: cesar.email } },
    ]);
    expect((await app.provider(VerifyJournal).execute(app.provider(ReadDatabase).manager)).faults).toEqual([]);
  });

  it('is brought in whole or not at all', async () => {
    const faulty = file({ people: [{ ...hanna, department: 'EÅV/XX' }] });
    await expect(bringIn(faulty)).rejects.toMatchObject({ code: 'organisation-invalid' });
    for (const table of ['board', 'person', 'department', 'meeting', 'journal']) {
      expect(await query(`SELECT * FROM "${table}"`)).toEqual([]);
    }
  });

  it('may be large', async () => {
    const people = Array.from({ length: 3_000 }, (_, i) => ({
      email: `p${i}@example.se`,
      name: `P ${i}`,
      roles: { EÅV: ['reader'] },
    }));
    const report = await bringIn(file({ people, departments: [] }));
    expect(report.things).toHaveLength(3_004);
    const again = await bringIn(file({ people, departments: [] }));
    expect(again.things.every((thing) => thing.done === 'unchanged')).toBe(true);
  });
});

describe('An organisation that is there', () => {
  beforeEach(() => bringIn(file()));

  it('is left alone by the same file, and the journal with it', async () => {
    const [{ n: before } = { n: 0 }] = await query<{ n: number }>('SELECT count(*) AS "n" FROM "journal"');
    const report = await bringIn(file());
    expect(new Set(report.things.map((thing) => thing.done))).toEqual(new Set(['unchanged']));
    expect(report.replanned).toEqual([]);
    expect(await query('SELECT count(*) AS "n" FROM "journal"')).toEqual([{ n: before }]);
  });

  it('loses nothing because a file does not name it', async () => {
    await bringIn({ boards: [{ code: 'EÅV', name: 'Enskede-Årsta-Vantörs stadsdelsnämnd' }] });
    await bringIn({});
    expect(await query('SELECT "date" FROM "meeting"')).toHaveLength(3);
    expect(await query('SELECT "id" FROM "person"')).toHaveLength(3);
    expect(await query('SELECT "role" FROM "person_role"')).toHaveLength(3);
    expect(await query('SELECT "time" FROM "meeting" WHERE "time" IS NOT NULL')).toEqual([{ time: '18:00' }]);
  });

  it('is changed where it differs, and only there', async () => {
    const report = await bringIn(
      file({
        board: { administration: 'Förvaltningen', leadTimes: { draft: 20 } },
        departments: [{ code: 'HR', name: 'Avdelning HR och utveckling' }],
        meetings: [{ date: '2023-10-26', time: '17:00', place: 'Sal B' }, { date: '2023-12-14' }],
        people: [{ ...hanna, name: 'Hanna Ny-Handläggare', phone: '08-1' }],
      }),
    );
    expect(done(report)).toEqual([
      'changed board EÅV administration leadTimes',
      'changed department EÅV/HR name',
      'changed meeting EÅV 2023-10-26 time place',
      'added meeting EÅV 2023-12-14',
      'changed person hanna.handlaggare@example.se name phone',
    ]);
    expect(await query('SELECT "lead_times" FROM "board"')).toEqual([{ lead_times: '{"draft":20}' }]);
    const manager = `SELECT p."email" FROM "department" d JOIN "person" p ON p."id" = d."manager_id"`;
    expect(await query(manager)).toEqual([{ email: cesar.email }]);
    const [event] = await query<{ before: string; after: string }>(
      `SELECT "before", "after" FROM "journal" WHERE "what" = 'meeting-changed'`,
    );
    expect(JSON.parse(event?.before ?? '')).toEqual({ time: '18:00', place: null });
    expect(JSON.parse(event?.after ?? '')).toEqual({ time: '17:00', place: 'Sal B' });
  });

  it('has taken away what a file says is null', async () => {
    await bringIn(
      file({
        departments: [{ code: 'HR', name: 'Avdelning HR', manager: null }],
        meetings: [{ date: '2023-10-26', time: null }],
        people: [{ ...hanna, department: null }],
      }),
    );
    expect(await query('SELECT "manager_id" FROM "department"')).toEqual([{ manager_id: null }]);
    expect(await query('SELECT "time" FROM "meeting" WHERE "time" IS NOT NULL')).toEqual([]);
    expect(await query(`SELECT "department_code" AS "d" FROM "person" WHERE "name" LIKE 'Hanna%'`)).toEqual([
      { d: null },
    ]);
  });

  it('gets exactly the roles that are named for a board, and keeps those of other boards', async () => {
    await bringIn({
      boards: [{ code: 'KS', name: 'Kommunstyrelsen' }],
      people: [{ ...hanna, roles: { KS: ['reader'] } }],
    });
    await bringIn({ people: [{ ...hanna, roles: { EÅV: ['manager', 'secretary', 'manager'] } }] });
    const held = `SELECT r."board", r."role" FROM "person_role" r JOIN "person" p ON p."id" = r."person_id"
      WHERE p."email" = ? ORDER BY r."board", r."role"`;
    expect(await query(held, hanna.email)).toEqual([
      { board: 'EÅV', role: 'manager' },
      { board: 'EÅV', role: 'secretary' },
      { board: 'KS', role: 'reader' },
    ]);
    const [event] = await query<{ before: string; after: string }>(
      `SELECT "before", "after" FROM "journal" WHERE "chain" = '#people' ORDER BY "seq" DESC LIMIT 1`,
    );
    expect(JSON.parse(event?.before ?? '')).toEqual({ roles: { EÅV: ['officer'] } });
    expect(JSON.parse(event?.after ?? '')).toEqual({ roles: { EÅV: ['manager', 'secretary'] } });
    await bringIn({ people: [{ ...hanna, roles: { EÅV: [] } }] });
    expect(await query(held, hanna.email)).toEqual([{ board: 'KS', role: 'reader' }]);
  });

  it('finds people whatever the case of their address', async () => {
    const report = await bringIn({ people: [{ ...hanna, email: 'HANNA.Handlaggare@Example.SE' }] });
    expect(done(report)).toEqual(['unchanged person hanna.handlaggare@example.se']);
  });

  it('warns of a manager without the role, and brings it in', async () => {
    const report = await bringIn(file({ departments: [{ code: 'HR', name: 'Avdelning HR', manager: hanna.email }] }));
    expect(report.warnings).toEqual([
      'Chefen för EÅV/HR, hanna.handlaggare@example.se, har inte rollen manager i EÅV.',
    ]);
  });

  it('warns of a department whose manager loses the role, though the file does not name it', async () => {
    const report = await bringIn({ people: [{ ...cesar, roles: { EÅV: ['reader'] } }] });
    expect(report.warnings).toEqual(['Chefen för EÅV/HR, cesar.chef@example.se, har inte rollen manager i EÅV.']);
  });

  it('does not bring back a meeting that was cancelled', async () => {
    await app
      .provider(UnitOfWork)
      .run((tx) => tx.query(`UPDATE "meeting" SET "state" = 'cancelled' WHERE "date" = '2023-11-23'`));
    const report = await bringIn(file());
    expect(report.warnings).toEqual(['Sammanträdet 2023-11-23 i EÅV är inställt och läggs inte till igen.']);
    expect(await query(`SELECT "state" FROM "meeting" WHERE "date" = '2023-11-23'`)).toEqual([{ state: 'cancelled' }]);
  });

  describe('with an open case', () => {
    let id: string;

    const milestone = async (name: string): Promise<string | undefined> => {
      const [row] = await query<{ timetable: string }>('SELECT "timetable" FROM "referral" WHERE "id" = ?', id);
      const timetable = JSON.parse(row?.timetable ?? '[]') as { milestone: string; date: string }[];
      return timetable.find((one) => one.milestone === name)?.date;
    };

    const remindedOf = async (about: string): Promise<string[]> => {
      const sql = `SELECT DISTINCT p."email" FROM "reminder" r JOIN "person" p ON p."id" = r."person_id"
        WHERE r."about" = ? AND r."state" = 'pending' ORDER BY 1`;
      return (await query<{ email: string }>(sql, about)).map(({ email }) => email);
    };

    beforeEach(async () => {
      const em = app.provider(ReadDatabase).manager;
      const registrar = await app.provider(PeopleRepository).byEmail(em, rut.email, clock.today());
      const actor = await app.provider(Actors).actorOf(em, registrar, clock.today());
      const input = {
        board: 'EÅV',
        title: 'Remiss av program',
        sender: 'Kommunstyrelsen',
        receivedOn: localDate('2023-09-11'),
        answerDue: localDate('2023-10-27'),
        officer: hanna.email,
      };
      ({ id } = await app.provider(RegisterReferral).execute(actor, input));
    });

    it('plans it again when lead times change', async () => {
      expect(await milestone('draft')).toBe('2023-10-04');
      const report = await bringIn(file({ board: { leadTimes: { draft: 17 } } }));
      expect(report.replanned).toEqual(['EÅV']);
      expect(await milestone('draft')).toBe('2023-10-03');
    });

    it('plans it again when closed days change', async () => {
      await bringIn(file({ board: { closedDays: ['2023-10-25'] } }));
      expect(await milestone('draft')).toBe('2023-10-03');
      await bringIn(file({ board: { closedDays: [] } }));
      expect(await milestone('draft')).toBe('2023-10-04');
    });

    it("plans it again when a meeting's own days change", async () => {
      expect(await milestone('dispatch')).toBe('2023-10-19');
      await bringIn(file({ meetings: [{ date: '2023-10-26', dispatchOn: '2023-10-17' }] }));
      expect(await milestone('dispatch')).toBe('2023-10-17');
    });

    it('reminds a new secretary', async () => {
      expect(await remindedOf('dispatch')).toEqual([]);
      const sixten = { email: 'sixten@example.se', name: 'Sixten', roles: { EÅV: ['secretary'] } };
      const report = await bringIn({ people: [sixten] });
      expect(report.replanned).toEqual(['EÅV']);
      expect(await remindedOf('dispatch')).toEqual(['sixten@example.se']);
    });

    it('warns of cases left with someone who can have none, and reminds the registrars of them', async () => {
      expect(await remindedOf('draft')).toEqual([hanna.email]);
      const report = await bringIn({ people: [{ ...hanna, roles: { EÅV: ['reader'] } }] });
      expect(report.warnings).toEqual([
        expect.stringMatching(/^hanna\.handlaggare@example\.se är kvar som handläggare av EÅV 2023\/1 utan rollen/),
      ]);
      expect(await remindedOf('draft')).toEqual([rut.email]);
      expect((await bringIn({ people: [{ ...hanna, roles: { EÅV: ['manager'] } }] })).warnings).toEqual([]);
      expect(await remindedOf('draft')).toEqual([hanna.email]);
    });

    it('is not planned again for a new place or a name', async () => {
      const report = await bringIn(
        file({ board: { name: 'Nämnden' }, meetings: [{ date: '2023-10-26', place: 'Sal C' }] }),
      );
      expect(report.replanned).toEqual([]);
    });
  });
});

describe('The last administrator of a board', () => {
  const withRoles = (hannas: string[], ruts: string[]): object =>
    file({
      people: [
        { ...hanna, roles: { EÅV: hannas } },
        { ...cesar, roles: { EÅV: ['manager'] } },
        { ...rut, roles: { EÅV: ruts } },
      ],
    });

  it('is not taken away by a file, which names the board; nothing is then brought in', async () => {
    await bringIn(withRoles(['admin'], ['registrar']));
    const refused = await bringIn(withRoles(['officer'], ['secretary'])).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'organisation-invalid',
      faults: [{ path: 'people[0].roles.EÅV', reason: expect.stringContaining('nämnden EÅV skulle stå utan') }],
    });
    expect(await query(`SELECT "role" FROM "person_role" ORDER BY "role"`)).toMatchObject([
      { role: 'admin' },
      { role: 'manager' },
      { role: 'registrar' },
    ]);
  });

  it('may give way to another of the same file, but not to one who has a day of leaving', async () => {
    await bringIn(withRoles(['admin'], ['admin']));
    await app
      .provider(UnitOfWork)
      .run((tx) => tx.query(`UPDATE "person" SET "ended_on" = '2023-12-31' WHERE "email" = '${rut.email}'`));
    expect(await bringIn(withRoles(['officer'], ['admin'])).catch(() => 'refused')).toBe('refused');
    await app.provider(UnitOfWork).run((tx) => tx.query('UPDATE "person" SET "ended_on" = NULL'));
    expect(await bringIn(withRoles(['officer'], ['admin']))).toMatchObject({ warnings: [] });
  });
});
