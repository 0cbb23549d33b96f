import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Journal, PEOPLE_CHAIN } from '../../../src/features/journal/journal.js';
import { JournalRepository } from '../../../src/features/journal/journal.repository.js';
import { VerifyJournal, type JournalVerdict } from '../../../src/features/journal/verify-journal.js';
import { inSnapshot } from '../../../src/platform/database/snapshot.js';
import { freshDatabase, type FreshDatabase } from '../../support/database.js';
import { testEngine } from '../../support/engine.js';
import { SettableClock } from '../../support/settable-clock.js';

const RUT = { personId: '0197-rut', name: 'Rut Registrator' };

let db: FreshDatabase;
let journal: Journal;

const record = (chain: string, count: number): Promise<void> =>
  db.work.run(async (tx) => {
    const event = { chain, by: RUT, subjectType: 'referral' as const, subjectId: 'r1' };
    for (let i = 1; i <= count; i += 1)
      await journal.record(tx, { ...event, what: 'changed', before: { n: i }, after: { n: i + 1 } });
  });

const verify = (): Promise<JournalVerdict> => inSnapshot(db.read, (em) => new VerifyJournal().execute(em));

beforeEach(async () => {
  db = await freshDatabase();
  journal = new Journal(new SettableClock('2026-03-02T08:00:00Z'));
  await record('KS', 5);
  await record('BN', 3);
  await record(PEOPLE_CHAIN, 2);
});

afterEach(() => db.close());

async function withoutTriggers(): Promise<readonly string[]> {
  if (testEngine() === 'postgres')
    return ['journal', 'journal_head'].map((table) => `ALTER TABLE "${table}" DISABLE TRIGGER USER`);
  const found: unknown = await db.write.query(`SELECT "name" FROM "sqlite_schema" WHERE "type" = 'trigger'`);
  return (found as { name: string }[]).map(({ name }) => `DROP TRIGGER "${name}"`);
}

/** What someone who has the database, and knows how, can do. */
async function tamper(...statements: string[]): Promise<void> {
  for (const statement of [...(await withoutTriggers()), ...statements]) await db.write.query(statement);
}

describe('An untouched journal', () => {
  it('holds, in all its chains', async () => {
    expect(await verify()).toEqual({ events: 10, chains: ['#people', 'BN', 'KS'], faults: [] });
  });

  it('holds when it is empty', async () => {
    const empty = await freshDatabase();
    expect(await inSnapshot(empty.read, (em) => new VerifyJournal().execute(em))).toEqual({
      events: 0,
      chains: [],
      faults: [],
    });
    await empty.close();
  });

  it('holds over many slices, and tells how far it has come', async () => {
    await record('KS', 2_100);
    const told: number[] = [];
    const verdict = await inSnapshot(db.read, (em) => new VerifyJournal().execute(em, (events) => told.push(events)));
    expect(verdict).toMatchObject({ events: 2_110, faults: [] });
    expect(told.length).toBeGreaterThan(3);
  });

  it('holds while others write', async () => {
    const [verdict] = await Promise.all([verify(), record('KS', 50)]);
    expect(verdict.faults).toEqual([]);
  });

  it('numbers each chain from 1 by itself, and keeps several events of one call in order', async () => {
    const by = { personId: null, name: 'Diarium' };
    const event = { by, subjectType: 'board' as const, subjectId: 'GN', chain: 'GN' };
    await db.work.run((tx) =>
      journal.record(
        tx,
        { ...event, what: 'one' },
        { ...event, chain: 'AN', what: 'two' },
        { ...event, what: 'three' },
      ),
    );
    const sql = `SELECT "chain", "seq", "what" FROM "journal" WHERE "chain" IN ('GN', 'AN') ORDER BY "chain", "seq"`;
    expect(await db.read.query(sql)).toEqual([
      { chain: 'AN', seq: 1, what: 'two' },
      { chain: 'GN', seq: 1, what: 'one' },
      { chain: 'GN', seq: 2, what: 'three' },
    ]);
    expect((await verify()).faults).toEqual([]);
  });

  it('loses nothing but what is rolled back', async () => {
    const failing = db.work.run(async (tx) => {
      await journal.record(tx, { chain: 'KS', by: RUT, what: 'x', subjectType: 'referral', subjectId: 'r1' });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await verify()).toEqual({ events: 10, chains: ['#people', 'BN', 'KS'], faults: [] });
  });

  it('tells what happened to one thing, oldest first', async () => {
    const events = await new JournalRepository().eventsOf(db.read.manager, 'r1');
    expect(events).toHaveLength(10);
    expect(events[0]).toMatchObject({
      seq: 1,
      actorName: 'Rut Registrator',
      what: 'changed',
      before: { n: 1 },
      after: { n: 2 },
    });
    expect(await new JournalRepository().eventsOf(db.read.manager, 'r2')).toEqual([]);
  });
});

describe('A journal that has been tampered with', () => {
  const CONTENT = 'innehållet stämmer inte med sitt sigill';
  const FOLLOWS = 'följer inte på händelsen före, som är utbytt';

  it.each([
    ['"at"', `'2020-01-01T00:00:00.000Z'`],
    ['"actor_id"', 'NULL'],
    ['"actor_name"', `'Någon Annan'`],
    ['"what"', `'other'`],
    ['"subject_type"', `'person'`],
    ['"subject_id"', `'r2'`],
    ['"before"', 'NULL'],
    ['"after"', `'{"n":9}'`],
    ['"id"', `'another'`],
  ])('shows an edited %s', async (column, value) => {
    await tamper(`UPDATE "journal" SET ${column} = ${value} WHERE "chain" = 'KS' AND "seq" = 3`);
    expect((await verify()).faults).toEqual([{ chain: 'KS', seq: 3, reason: CONTENT }]);
  });

  it('shows an edited seal', async () => {
    await tamper(`UPDATE "journal" SET "hash" = 'f' WHERE "chain" = 'KS' AND "seq" = 3`);
    expect((await verify()).faults).toEqual([
      { chain: 'KS', seq: 3, reason: CONTENT },
      { chain: 'KS', seq: 4, reason: FOLLOWS },
    ]);
  });

  it('shows an event that was edited and sealed again, by the one that follows', async () => {
    await tamper(
      `UPDATE "journal" SET "after" = '{"n":9}' WHERE "chain" = 'KS' AND "seq" = 3`,
      `UPDATE "journal" SET ("prev_hash", "hash") = (SELECT "prev_hash", "hash" FROM "journal" WHERE "chain" = 'BN' AND "seq" = 3)
       WHERE "chain" = 'KS' AND "seq" = 3`,
    );
    const faults = (await verify()).faults;
    expect(faults).toContainEqual({ chain: 'KS', seq: 3, reason: CONTENT });
    expect(faults).toContainEqual({ chain: 'KS', seq: 4, reason: FOLLOWS });
  });

  it('shows an event taken out of the middle', async () => {
    await tamper(`DELETE FROM "journal" WHERE "chain" = 'KS' AND "seq" = 3`);
    expect((await verify()).faults).toEqual([{ chain: 'KS', seq: 4, reason: 'händelse 3 saknas' }]);
  });

  it('shows an event taken out where the rest was moved up', async () => {
    await tamper(
      `DELETE FROM "journal" WHERE "chain" = 'KS' AND "seq" = 3`,
      `UPDATE "journal" SET "seq" = "seq" - 1 WHERE "chain" = 'KS' AND "seq" > 3`,
      `UPDATE "journal_head" SET "count" = 4 WHERE "chain" = 'KS'`,
    );
    expect((await verify()).faults).toEqual([
      { chain: 'KS', seq: 3, reason: FOLLOWS },
      { chain: 'KS', seq: 3, reason: CONTENT },
      { chain: 'KS', seq: 4, reason: CONTENT },
    ]);
  });

  it('shows the first event taken away', async () => {
    await tamper(`DELETE FROM "journal" WHERE "chain" = 'KS' AND "seq" = 1`);
    expect((await verify()).faults).toEqual([{ chain: 'KS', seq: 2, reason: 'händelse 1 saknas' }]);
  });

  it('shows a cut tail', async () => {
    await tamper(`DELETE FROM "journal" WHERE "chain" = 'KS' AND "seq" > 3`);
    expect((await verify()).faults).toEqual([
      { chain: 'KS', seq: null, reason: 'slutet saknas: kedjan slutar vid 3, ska ha 5 händelser' },
    ]);
  });

  it('shows a cut tail whose head was counted down', async () => {
    await tamper(
      `DELETE FROM "journal" WHERE "chain" = 'KS' AND "seq" > 3`,
      `UPDATE "journal_head" SET "count" = 3 WHERE "chain" = 'KS'`,
    );
    expect((await verify()).faults).toEqual([
      { chain: 'KS', seq: null, reason: 'den sista händelsen är inte den som kedjans huvud pekar på' },
    ]);
  });

  it('shows a cut tail and head', async () => {
    await tamper(
      `DELETE FROM "journal" WHERE "chain" = 'KS' AND "seq" > 3`,
      `DELETE FROM "journal_head" WHERE "chain" = 'KS'`,
    );
    expect((await verify()).faults).toEqual([
      { chain: 'KS', seq: null, reason: 'kedjans huvud saknas, men den har händelser till och med 3' },
    ]);
  });

  it('shows a chain that was emptied', async () => {
    await tamper(`DELETE FROM "journal" WHERE "chain" = 'KS'`);
    expect((await verify()).faults).toEqual([
      { chain: 'KS', seq: null, reason: 'slutet saknas: kedjan slutar vid 0, ska ha 5 händelser' },
    ]);
  });

  it('shows two events that changed places', async () => {
    await tamper(
      `UPDATE "journal" SET "seq" = -2 WHERE "chain" = 'KS' AND "seq" = 2`,
      `UPDATE "journal" SET "seq" = 2 WHERE "chain" = 'KS' AND "seq" = 4`,
      `UPDATE "journal" SET "seq" = 4 WHERE "chain" = 'KS' AND "seq" = -2`,
    );
    const places = (await verify()).faults.map(({ seq }) => seq);
    expect(new Set(places)).toEqual(new Set([2, 3, 4, 5]));
  });

  it('shows an event put in at the end', async () => {
    await tamper(
      `INSERT INTO "journal" SELECT "chain", 6, 'new', "at", "actor_id", "actor_name", "what", "subject_type", "subject_id",
       "before", "after", "hash", 'made-up' FROM "journal" WHERE "chain" = 'KS' AND "seq" = 5`,
    );
    expect((await verify()).faults).toEqual([
      { chain: 'KS', seq: 6, reason: CONTENT },
      { chain: 'KS', seq: null, reason: 'kedjan har 6 händelser, ska sluta vid 5' },
    ]);
  });

  it('shows an event put in between two others, and before the first', async () => {
    const copy = (seq: string, id: string): string =>
      `INSERT INTO "journal" SELECT "chain", ${seq}, '${id}', "at", "actor_id", "actor_name", "what", "subject_type",
       "subject_id", "before", "after", "prev_hash", "hash" FROM "journal" WHERE "chain" = 'KS' AND "seq" = 2`;
    // PostgreSQL has whole numbers alone in that column.
    const made = testEngine() === 'postgres' ? [0] : [2.5, 0];
    await tamper(...made.map((seq) => copy(String(seq), `copy ${seq}`)));
    expect((await verify()).faults.map(({ seq }) => seq)).toEqual(expect.arrayContaining(made));
  });

  it('shows an event moved to another chain', async () => {
    await tamper(`UPDATE "journal" SET "chain" = 'BN', "seq" = 4 WHERE "chain" = 'KS' AND "seq" = 5`);
    const faults = (await verify()).faults;
    expect(faults.map(({ chain, seq }) => [chain, seq])).toEqual([
      ['BN', 4],
      ['BN', 4],
      ['BN', null],
      ['KS', null],
    ]);
  });

  it('shows a chain that came from nowhere', async () => {
    await tamper(`INSERT INTO "journal_head" ("chain", "count", "hash") VALUES ('XX', 2, 'f')`);
    expect((await verify()).faults).toEqual([
      { chain: 'XX', seq: null, reason: 'slutet saknas: kedjan slutar vid 0, ska ha 2 händelser' },
    ]);
  });

  it('shows every fault, in several chains at once', async () => {
    await tamper(
      `UPDATE "journal" SET "what" = 'x' WHERE "chain" = 'KS' AND "seq" IN (1, 5)`,
      `DELETE FROM "journal" WHERE "chain" = 'BN' AND "seq" = 2`,
      `UPDATE "journal" SET "actor_name" = 'x' WHERE "chain" = '#people' AND "seq" = 2`,
    );
    expect((await verify()).faults.map(({ chain, seq }) => `${chain} ${seq}`)).toEqual([
      '#people 2',
      'BN 3',
      'KS 1',
      'KS 5',
    ]);
  });
});
