import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays, localDate } from '../../../src/domain/calendar/local-date.js';
import { instantAt } from '../../../src/domain/calendar/stockholm-time.js';
import { ReconcileLedger } from '../../../src/features/reminders/reconcile-ledger.js';
import { LedgerHealth } from '../../../src/features/reminders/reconcile-ledger-health.js';
import type { LedgerVerdict } from '../../../src/features/reminders/reconcile-ledger-verdict.js';
import { Sweep } from '../../../src/features/reminders/sweep.js';
import { ReadDatabase } from '../../../src/platform/database/read-database.js';
import { change, row, rows } from '../../../src/platform/database/sql.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { ENGINES } from '../../support/app.js';
import { seedPerson, type SeededPerson } from '../../support/seed.js';
import { ADOPTED_IN_OCTOBER, Story, does, type Deed } from '../../support/story.js';

const QUIET = { missing: 0, late: 0, stuck: 0, stray: 0, unplanned: 0 };

let story: Story;

const sql = (text: string, ...params: unknown[]): Promise<number> =>
  story.app.provider(UnitOfWork).run((tx) => change(tx, text, params));
const reconcile = (): Promise<LedgerVerdict> => story.app.provider(ReconcileLedger).execute();
const at = (day: string, time: string): void => story.clock.set(instantAt(localDate(day), time).toISOString());
const journal = async (): Promise<string[]> => (await story.journal()).filter((what) => what.startsWith('reminder-'));

describe.each(ENGINES)('the ledger beside what should have gone, on %s', (engine) => {
  beforeEach(async () => {
    process.env['TEST_ENGINE'] = engine;
    story = await Story.begin();
    await story.register();
    await story.app.provider(Sweep).runOnce();
  });
  afterEach(async () => {
    await story.end();
    delete process.env['TEST_ENGINE'];
  });

  /** Each morning: compared at 06:45, sent at 07:31, and at noon what is done that day. */
  async function walk(until: string, deeds: Readonly<Record<string, readonly Deed[]>>): Promise<void> {
    for (let day = localDate('2023-09-12'); day <= localDate(until); day = addDays(day, 1)) {
      at(day, '06:45');
      expect({ day, ...(await reconcile()) }).toMatchObject({ day, ...QUIET });
      at(day, '07:31');
      await story.app.provider(Sweep).runOnce();
      at(day, '12:00');
      for (const deed of deeds[day] ?? []) await deed(story);
      await story.app.provider(Sweep).runOnce();
    }
  }

  it('is as it should be every morning of the model remiss, from registration to closing', async () => {
    await walk('2023-11-21', ADOPTED_IN_OCTOBER);
  });

  it('is as it should be when nobody does anything, for half a year', async () => {
    await walk('2024-03-11', {});
  });

  it('is as it should be through moves, leave, another officer and another date', async () => {
    const other = await seedPerson(story.app, {
      email: 'olle@example.se',
      name: 'Olle Ombud',
      roles: { EÅV: ['officer'] },
    });
    const token = story.as('registrar');
    const move = (from: string, to: string): Deed => async ({ app }) => {
      const answer = await app.put(`/api/v1/boards/${encodeURIComponent('EÅV')}/meetings/${from}`, { date: to }, story.as('secretary'));
      expect(answer.status).toBe(200);
    }; // prettier-ignore
    expect(token).toBeDefined();
    await walk('2023-11-30', {
      '2023-09-20': [(s) => s.act('registrar', 'assignment', { officer: other.email })],
      '2023-09-25': [move('2023-10-26', '2023-10-25')],
      '2023-10-02': [does('registrar', 'dormancy', { dormant: true })],
      '2023-10-05': [does('registrar', 'dormancy', { dormant: false })],
      '2023-10-10': [does('officer', 'extension', { act: 'request', until: '2023-11-24' })].slice(1),
      '2023-10-12': [(s) => s.correct({ answerDue: '2023-11-24' })],
      '2023-10-16': [(s) => s.correct({ answerDue: '2023-10-27' })],
    });
  });

  it('has what is missing planned anew, sent with the next sweep, told in the journal and kept', async () => {
    at('2023-09-27', '06:00');
    await sql(`DELETE FROM "reminder" WHERE "about" = 'draft' AND "offset" = -5`);
    at('2023-09-28', '06:45');
    const verdict = await reconcile();
    expect(verdict).toMatchObject({ ...QUIET, missing: 1, boards: { EÅV: { missing: 1, cases: 1 } } });
    expect(verdict.found).toMatchObject([
      { board: 'EÅV', diarienummer: 'EÅV 2023/1', about: 'draft', offset: -5, dueAt: '2023-09-27T05:30:00.000Z' },
    ]);
    expect(await story.app.provider(LedgerHealth).latest()).toEqual(verdict);
    expect(await journal()).toEqual(['reminder-found-missing']);
    const before = story.sink.mails.length;
    await story.app.provider(Sweep).runOnce();
    expect(story.sink.mails.slice(before).map(({ subject }) => subject)).toEqual([
      'EÅV 2023/1: utkast till svar senast 4 oktober 2023, 4 arbetsdagar kvar',
    ]);
    expect(await reconcile()).toMatchObject(QUIET);
  });

  it('has a row that was taken away in time put back, without calling it missing', async () => {
    await sql(`DELETE FROM "reminder" WHERE "about" = 'dispatch'`);
    await sql(
      `UPDATE "reminder" SET "due_at" = ? WHERE "about" = 'draft' AND "offset" = 0`,
      '2023-10-20T05:30:00.000Z',
    );
    expect(await reconcile()).toMatchObject({ ...QUIET, unplanned: 3 });
    expect(await reconcile()).toMatchObject(QUIET);
    expect(await journal()).toEqual([]);
  });

  it('has what nobody wants taken out', async () => {
    await sql(`UPDATE "reminder" SET "date" = '2023-10-20' WHERE "about" = 'dispatch' AND "offset" = 0`);
    expect(await reconcile()).toMatchObject({ ...QUIET, stray: 1, unplanned: 1 });
    const em = story.app.provider(ReadDatabase).manager;
    const text = `SELECT "state", "date" FROM "reminder" WHERE "about" = 'dispatch' AND "offset" = 0 ORDER BY "date"`;
    expect(await rows(em, text)).toEqual([
      { state: 'pending', date: '2023-10-19' },
      { state: 'superseded', date: '2023-10-20' },
    ]);
  });

  it('tells of what is due and has not gone, and of what is stuck on the way', async () => {
    at('2023-09-27', '08:00');
    expect(await reconcile()).toMatchObject(QUIET);
    at('2023-09-27', '08:31');
    expect(await reconcile()).toMatchObject({ ...QUIET, late: 1, boards: { EÅV: { late: 1 } } });
    await story.app.provider(Sweep).runOnce();
    expect(await reconcile()).toMatchObject(QUIET);
    await sql(`UPDATE "mail" SET "state" = 'claimed', "next_attempt_at" = ?`, '2023-09-27T05:40:00.000Z');
    await sql(`UPDATE "reminder" SET "state" = 'claimed' WHERE "state" = 'sent'`);
    expect(await reconcile()).toMatchObject({ ...QUIET, stuck: 2 });
  });

  it('takes a secretary who came later as one who was not meant then', async () => {
    at('2023-10-18', '12:00');
    await story.app.provider(Sweep).runOnce();
    const late = await seedPerson(story.app, { email: 'sara@example.se', name: 'Sara', roles: { EÅV: ['secretary'] } });
    await sql(`UPDATE "person" SET "created_at" = ? WHERE "id" = ?`, '2023-10-18T10:00:00.000Z', late.id);
    const verdict = await reconcile();
    expect(verdict).toMatchObject({ missing: 0, late: 0, stuck: 0, stray: 0 });
    expect(verdict.unplanned).toBeGreaterThan(0);
    expect(await reconcile()).toMatchObject(QUIET);
  });

  it('takes what went to an officer or a manager before they left as sent, although nobody wrote down the leaving', async () => {
    const { officer, manager } = story.people;
    const roles = { EÅV: ['manager'] } as const;
    await seedPerson(story.app, { email: 'maud@example.se', name: 'Maud Chef', roles });
    const leaving: Record<string, SeededPerson[]> = { '2023-09-29': [officer], '2023-10-06': [manager] };
    const proved = { missing: 0, late: 0, stuck: 0, stray: 0 };
    const gone: string[] = [];
    for (let day = localDate('2023-09-12'); day <= localDate('2023-10-16'); day = addDays(day, 1)) {
      for (const { id, email } of leaving[day] ?? []) {
        await sql('UPDATE "person" SET "ended_on" = ? WHERE "id" = ?', day, id);
        gone.push(email);
      }
      at(day, '06:45');
      expect({ day, ...(await reconcile()) }).toMatchObject({ day, ...proved });
      at(day, '07:31');
      const before = story.sink.mails.length;
      await story.app.provider(Sweep).runOnce();
      const to = story.sink.mails.slice(before).flatMap(({ envelope }) => envelope.to);
      expect(to.filter((one) => gone.includes(one))).toEqual([]);
    }
    expect(await journal()).toEqual([]);
  });

  it('still misses what should have gone to whoever was meant after the leaving', async () => {
    await sql('UPDATE "person" SET "ended_on" = ? WHERE "id" = ?', '2023-09-26', story.people.officer.id);
    at('2023-09-26', '06:45');
    expect(await reconcile()).toMatchObject({ missing: 0 });
    await sql(`DELETE FROM "reminder" WHERE "about" = 'draft' AND "offset" = -5`);
    at('2023-09-28', '06:45');
    expect(await reconcile()).toMatchObject({ missing: 1 });
  });

  it('keeps results for sixty days', async () => {
    for (const day of ['2023-09-12', '2023-10-12', '2023-11-12']) {
      at(day, '06:45');
      await reconcile();
    }
    const em = story.app.provider(ReadDatabase).manager;
    expect(await row(em, 'SELECT min("done_at") AS "first", count(*) AS "n" FROM "reconciliation"')).toMatchObject({
      first: instantAt(localDate('2023-10-12'), '06:45').toISOString(),
    });
  });
});
