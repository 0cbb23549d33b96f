import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { insertRows, row } from '../../../src/platform/database/sql.js';
import { freshDatabase, type FreshDatabase } from '../../support/database.js';

/** As SQLite says it, and as PostgreSQL does. */
const BROKEN = /constraint failed|violates [a-z -]+ constraint/;

const AT = '2026-01-01T00:00:00.000Z';

const BOARD = { code: 'KS', name: 'Kommunstyrelsen', number_pattern: '{code} {year}/{number}', lead_times: '{}', closed_days: '[]', created_at: AT }; // prettier-ignore
const PERSON = { id: 'p1', email: 'rut@example.se', name: 'Rut', created_at: AT };
const OTHER = { id: 'p2', email: 'hanna@example.se', name: 'Hanna', created_at: AT };
const DEPARTMENT = { board: 'KS', code: 'HR', name: 'HR' };
const MEETING = { id: 'm1', board: 'KS', date: '2026-03-02', state: 'planned', created_at: AT };
const SERIES = { board: 'KS', year: 2026, last: 1 };
const REFERRAL = {
  id: 'r1', version: 1, board: 'KS', year: 2026, number: 1, diarienummer: 'KS 2026/1', number_key: 'ks-2026-1',
  title: 'T', sender: 'S', sender_key: 's', received_on: '2026-01-01', registered_at: AT, registered_on: '2026-01-01',
  registered_by: 'p1', due_key: '9999-12-31', route: 'meeting', route_chosen: 0, status: 'registered',
  adjustment: 'not-needed', timetable: '[]', steps: '[]', planned_on: '2026-01-01', meeting_id: 'm1',
}; // prettier-ignore
const MAIL = {
  id: 'ma1', message_id: '<1@x>', kind: 'reminder', person_id: 'p1', to_email: 'rut@example.se', to_name: 'Rut', subject: 'S',
  text: 't', html: 'h', state: 'claimed', attempts: 0, next_attempt_at: AT, created_at: AT,
}; // prettier-ignore
const REMINDER = {
  id: 're1', referral_id: 'r1', about: 'draft', date: '2026-01-01', offset: 0, person_id: 'p1', due_at: AT, state: 'pending',
  created_at: AT, changed_at: AT,
}; // prettier-ignore
const EXTENSION = { id: 'e1', referral_id: 'r1', state: 'asked', asked_on: '2026-01-01', asked_by: 'p1' };
const JOB = { id: 'j1', name: 'n', key: 'k', payload: '{}', state: 'waiting', run_at: AT, attempts: 0, created_at: AT };
const TOKEN = { id: 't1', person_id: 'p1', hash: 'h1', created_at: AT };
const ABSENCE = { id: 'a1', person_id: 'p1', substitute_id: 'p2', from_day: '2026-01-01', to_day: '2026-01-02', created_at: AT }; // prettier-ignore

const ALL = { board: BOARD, person: PERSON, department: DEPARTMENT, meeting: MEETING, series: SERIES, referral: REFERRAL, mail: MAIL, reminder: REMINDER, extension: EXTENSION, job: JOB, api_token: TOKEN, absence: ABSENCE }; // prettier-ignore

let db: FreshDatabase;

const insert = (tx: EntityManager, table: string, row: object): Promise<number> =>
  insertRows(tx, table, Object.keys(row), [Object.values(row) as unknown[]]);

beforeAll(async () => {
  db = await freshDatabase();
  await db.work.run(async (tx) => {
    await insert(tx, 'person', OTHER);
    for (const [table, row] of Object.entries(ALL)) await insert(tx, table, row);
  });
});

afterAll(() => db.close());

describe('The schema refuses', () => {
  it.each<[string, keyof typeof ALL, object]>([
    ['a second board of a code', 'board', BOARD],
    ['a second person of an address', 'person', { ...PERSON, id: 'p9' }],
    ['a person in a department that is not there', 'person', { ...PERSON, id: 'p9', email: 'x', department_board: 'KS', department_code: 'XX' }],
    ['a department of an unknown board', 'department', { ...DEPARTMENT, board: 'BN' }],
    ['a department led by no one known', 'department', { ...DEPARTMENT, code: 'X', manager_id: 'p9' }],
    ['two planned meetings on a day', 'meeting', { ...MEETING, id: 'm2' }],
    ['a meeting in another state', 'meeting', { ...MEETING, id: 'm2', date: '2026-03-03', state: 'postponed' }],
    ['a series that counts down', 'series', { ...SERIES, year: 2027, last: -1 }],
    ['a second series of a year', 'series', SERIES],
    ['a number given twice', 'referral', { ...REFERRAL, id: 'r2', number_key: 'other' }],
    ['a diarienummer that only looks different', 'referral', { ...REFERRAL, id: 'r2', number: 2 }],
    ['number nought', 'referral', { ...REFERRAL, id: 'r2', number: 0, number_key: 'other' }],
    ['an unknown status', 'referral', { ...REFERRAL, id: 'r2', number: 2, number_key: 'o', status: 'lost' }],
    ['an unknown route', 'referral', { ...REFERRAL, id: 'r2', number: 2, number_key: 'o', route: 'post' }],
    ['an unknown adjustment', 'referral', { ...REFERRAL, id: 'r2', number: 2, number_key: 'o', adjustment: 'maybe' }],
    ['an officer on a case that is only registered', 'referral', { ...REFERRAL, id: 'r2', number: 2, number_key: 'o', officer_id: 'p1' }],
    ['makulering without a reason', 'referral', { ...REFERRAL, id: 'r2', number: 2, number_key: 'o', status: 'cancelled' }],
    ['a reason for makulering of a living case', 'referral', { ...REFERRAL, id: 'r2', number: 2, number_key: 'o', cancellation: '{}' }],
    ['a meeting that is not there', 'referral', { ...REFERRAL, id: 'r2', number: 2, number_key: 'o', meeting_id: 'm9' }],
    ['a department of another board', 'referral', { ...REFERRAL, id: 'r2', number: 2, number_key: 'o', department: 'XX' }],
    ['a case without a title', 'referral', { ...REFERRAL, id: 'r2', number: 2, number_key: 'o', title: null }],
    ['the same reminder twice', 'reminder', { ...REMINDER, id: 're2' }],
    ['a sent reminder without a mail', 'reminder', { ...REMINDER, id: 're2', offset: -1, state: 'sent' }],
    ['a waiting reminder with a mail', 'reminder', { ...REMINDER, id: 're2', offset: -1, mail_id: 'ma1' }],
    ['a Message-ID used twice', 'mail', { ...MAIL, id: 'ma2' }],
    ['an extension in another state', 'extension', { ...EXTENSION, id: 'e2', state: 'perhaps' }],
    ['two waiting jobs of a key', 'job', { ...JOB, id: 'j2' }],
    ['a token hash used twice', 'api_token', { ...TOKEN, id: 't2' }],
    ['an absence that ends before it begins', 'absence', { ...ABSENCE, id: 'a2', to_day: '2025-12-31' }],
    ['someone who stands in for oneself', 'absence', { ...ABSENCE, id: 'a2', substitute_id: 'p1' }],
  ])('%s', async (_, table, row) => {
    const inserting = db.work.run((tx) => insert(tx, table, row));
    await expect(inserting).rejects.toThrow(BROKEN);
  }); // prettier-ignore

  it('an unknown role', async () => {
    const role = { person_id: 'p1', board: 'KS', role: 'boss' };
    await expect(db.work.run((tx) => insert(tx, 'person_role', role))).rejects.toThrow(BROKEN);
  });

  it.each(['board', 'person', 'meeting', 'referral'])('to delete a %s that others point at', async (table) => {
    const deleting = db.work.run((tx) => tx.query(`DELETE FROM "${table}"`));
    await expect(deleting).rejects.toThrow(/FOREIGN KEY constraint failed|violates foreign key constraint/);
  });

  it('nothing that is as it should be: a cancelled meeting gives its day free, a running job its key', async () => {
    await db.work.run(async (tx) => {
      await insert(tx, 'meeting', { ...MEETING, id: 'm3', state: 'cancelled' });
      await insert(tx, 'job', { ...JOB, id: 'j3', state: 'running' });
    });
    const counted = await row<{ n: number }>(db.read.manager, 'SELECT count(*) AS "n" FROM "meeting"');
    expect(Number(counted?.n)).toBe(2);
  });
});
