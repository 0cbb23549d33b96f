import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { localDate } from '../../../src/domain/calendar/local-date.js';
import type { ReminderTarget, WantedReminder } from '../../../src/domain/timetable/reminder-plan.js';
import { change } from '../../../src/platform/database/sql.js';
import { EmlMailer } from '../../../src/platform/mail/eml-mailer.js';
import { freshDatabase, type FreshDatabase } from '../../support/database.js';
import { SettableClock } from '../../support/settable-clock.js';
import { Wiring } from '../reminders/wiring.js';

let db: FreshDatabase;
let clock: SettableClock;
let w: Wiring;
let caseId: string;
let hanna: string;

beforeEach(async () => {
  db = await freshDatabase();
  clock = new SettableClock('2023-09-11T08:41:00Z');
  w = new Wiring({ ...db, clock, mailer: new EmlMailer('/nowhere', clock) });
  await w.board();
  hanna = await w.person('Hanna Handläggare', { EÅV: ['officer'] });
  await w.person('Rut Registrator', { EÅV: ['registrar'] });
  await w.person('Rakel Registrator', { EÅV: ['registrar'] });
  await w.person('Gustav Gammal', { EÅV: ['registrar', 'secretary', 'manager', 'director'] }, '2023-09-11');
  await w.person('Annan Nämnd', { EÅV: ['reader'] });
  await w.person('Sixten Sekreterare', { EÅV: ['secretary'] });
  await w.person('Disa Direktör', { EÅV: ['director'] });
  await w.person('Cesar Chef', { EÅV: ['manager'] });
  await w.person('Maria Mittemellan', { EÅV: ['manager'] });
  caseId = (await w.register(hanna)).id;
  await db.work.run((tx) => tx.query('DELETE FROM "reminder"'));
  await db.work.run((tx) => tx.query('DELETE FROM "job"'));
});
afterEach(() => db.close());

const want = (to: ReminderTarget, leaveOn: string = '2023-10-04'): WantedReminder => ({
  about: 'draft',
  date: localDate('2023-10-04'),
  offset: 0,
  to,
  leaveOn: leaveOn === 'at-once' ? leaveOn : localDate(leaveOn),
  recurring: false,
});

async function plan(
  wanted: readonly WantedReminder[],
  officerId: string | null = hanna,
  department: string | null = null,
) {
  const input = { referralId: caseId, board: 'EÅV', officerId, department, wanted };
  return db.work.run((tx) => w.ledger.plan(tx, input, clock.now()));
}

const namesOf = async (): Promise<string[]> =>
  (await w.ledgerOf(caseId)).map((line) => line.split(' ').slice(3).join(' '));

describe('whom a target means', () => {
  it.each<[ReminderTarget, string[]]>([
    ['officer', ['Hanna Handläggare']],
    ['officer-or-registrars', ['Hanna Handläggare']],
    ['registrars', ['Rakel Registrator', 'Rut Registrator']],
    ['secretaries', ['Sixten Sekreterare']],
    ['directors', ['Disa Direktör']],
    ['managers', ['Cesar Chef', 'Maria Mittemellan']],
    ['department-manager', ['Rakel Registrator', 'Rut Registrator']],
  ])('%s: %p, and nobody who has left', async (target, names) => {
    await plan([want(target)]);
    expect(await namesOf()).toEqual(names);
  });

  it('the registrars, for a case without officer', async () => {
    await plan([want('officer-or-registrars')], null);
    expect(await namesOf()).toEqual(['Rakel Registrator', 'Rut Registrator']);
  });

  it('the registrars, for an officer who has left', async () => {
    await w.ends(hanna, '2023-09-01');
    await plan([want('officer')]);
    expect(await namesOf()).toEqual(['Rakel Registrator', 'Rut Registrator']);
  });

  it('the registrars instead of the manager of a department that has none, and of one who has left', async () => {
    const lars = await w.person('Lars Ledig', { EÅV: ['manager'] });
    await w.department('HR', lars);
    await w.department('IT', null);
    await plan([want('department-manager')], hanna, 'HR');
    expect(await namesOf()).toEqual(['Lars Ledig']);
    await w.ends(lars, '2023-09-11');
    for (const code of ['HR', 'IT']) {
      await plan([want('department-manager')], hanna, code);
      expect((await w.ledgerOf(caseId)).filter((line) => line.startsWith('pending'))).toEqual([
        'pending draft 0 Rakel Registrator',
        'pending draft 0 Rut Registrator',
      ]);
    }
  });

  it('the registrars, for an officer or a manager named by the department whose role at the board is gone', async () => {
    const lars = await w.person('Lars Ledig', { EÅV: ['manager'] });
    await w.department('HR', lars);
    const pending = async () => (await w.ledgerOf(caseId)).filter((line) => line.startsWith('pending'));
    const registrars = ['pending draft 0 Rakel Registrator', 'pending draft 0 Rut Registrator'];
    await plan([want('officer')], lars, 'HR');
    expect(await pending()).toEqual(['pending draft 0 Lars Ledig']);
    const become = (id: string, role: 'manager' | 'officer', to: 'admin' | 'reader') =>
      db.work.run(async (tx) => {
        await w.people.removeRole(tx, id, 'EÅV', role);
        await w.people.addRole(tx, id, 'EÅV', to);
      });
    await become(lars, 'manager', 'admin');
    for (const target of ['officer', 'department-manager'] as const) {
      await plan([want(target)], lars, 'HR');
      expect(await pending()).toEqual(registrars);
    }
    await become(hanna, 'officer', 'reader');
    await plan([want('officer')]);
    expect(await pending()).toEqual(registrars);
  });

  it('the manager whom the department names, before those who have the role in it', async () => {
    const [cesar] = await w.query<{ id: string }>(`SELECT "id" FROM "person" WHERE "name" = 'Cesar Chef'`);
    const [maria] = await w.query<{ id: string }>(`SELECT "id" FROM "person" WHERE "name" = 'Maria Mittemellan'`);
    await w.department('HR', null);
    await db.work.run(async (tx) => {
      await change(tx, `UPDATE "person" SET "department_board" = 'EÅV', "department_code" = 'HR' WHERE "id" = ?`, [
        maria?.id,
      ]);
    });
    await plan([want('department-manager')], hanna, 'HR');
    expect(await namesOf()).toEqual(['Maria Mittemellan']);
    await db.work.run((tx) =>
      w.boards.updateDepartment(tx, { board: 'EÅV', code: 'HR', name: 'HR', managerId: cesar?.id ?? null }),
    );
    await plan([want('managers')], hanna, 'HR');
    expect(await w.ledgerOf(caseId)).toEqual(['pending draft 0 Cesar Chef', 'superseded draft 0 Maria Mittemellan']);
  });

  it('one person once, whatever the targets', async () => {
    await plan([want('officer'), want('officer-or-registrars')]);
    expect(await namesOf()).toEqual(['Hanna Handläggare']);
  });
});

describe('plan', () => {
  it('lets reminders leave at 07:30 in Stockholm, summer and winter', async () => {
    await plan([want('officer', '2023-10-27'), { ...want('officer', '2023-10-30'), offset: 1 }]);
    const due = await w.query<{ dueAt: string }>('SELECT "due_at" AS "dueAt" FROM "reminder" ORDER BY "due_at"');
    expect(due.map(({ dueAt }) => dueAt)).toEqual(['2023-10-27T05:30:00.000Z', '2023-10-30T06:30:00.000Z']);
  });

  it('tells what it did, and does nothing the second time', async () => {
    const wanted = [want('officer'), want('registrars')];
    expect(await plan(wanted)).toEqual({ added: 3, superseded: 0, revived: 0 });
    expect(await plan(wanted)).toEqual({ added: 0, superseded: 0, revived: 0 });
    expect(await plan([])).toEqual({ added: 0, superseded: 3, revived: 0 });
    expect(await plan(wanted)).toEqual({ added: 0, superseded: 0, revived: 3 });
  });

  it('asks for a sweep only when something is due at once', async () => {
    await plan([want('officer')]);
    expect(await w.query('SELECT 1 FROM "job"')).toEqual([]);
    await plan([want('officer'), { ...want('officer', 'at-once'), about: 'assignment' }]);
    expect(await w.query('SELECT "name", "key" FROM "job"')).toEqual([
      { name: 'send-due-reminders', key: 'send-due-reminders' },
    ]);
  });

  it('keeps a reminder that is due and was not yet sent, when the case is planned before the sweep comes', async () => {
    await plan([want('officer', '2023-09-12')]);
    clock.set('2023-09-20T08:00:00Z');
    await plan([want('officer', '2023-09-12')]);
    expect(await w.ledgerOf(caseId)).toEqual(['pending draft 0 Hanna Handläggare']);
  });

  it('supersedes all of a case that has ended', async () => {
    await plan([want('officer'), want('secretaries')]);
    expect(await db.work.run((tx) => w.ledger.supersedeAll(tx, caseId))).toBe(2);
    expect((await db.work.run((tx) => w.ledger.rowsOf(tx, caseId))).map(({ state }) => state)).toEqual([
      'superseded',
      'superseded',
    ]);
  });
});
