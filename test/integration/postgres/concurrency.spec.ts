import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { VerifyJournal } from '../../../src/features/journal/verify-journal.js';
import { ClaimReminders } from '../../../src/features/reminders/claim-reminders.js';
import { DueAddressees } from '../../../src/features/reminders/due-addressees.js';
import { ReadDatabase } from '../../../src/platform/database/read-database.js';
import { inSnapshot } from '../../../src/platform/database/snapshot.js';
import { change, insertRows, rows } from '../../../src/platform/database/sql.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { JobTable } from '../../../src/platform/queue/job-table.js';
import { Leases } from '../../../src/platform/queue/lease.js';
import { startApp, type TestAnswer, type TestApp } from '../../support/app.js';
import { freshFolder } from '../../support/database.js';
import { describeWithPostgres, freshPostgresUrl } from '../../support/postgres-server.js';
import { seedBoard, seedModelBoard, seedPerson, type ModelBoard, type SeededPerson } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';

const PROCESSES = 3;
const REGISTRATIONS = 240;
const CLIENTS = 24;

interface Registered {
  readonly id: string;
  readonly diarienummer: string;
}

describeWithPostgres('several processes on one PostgreSQL', () => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  const folder = freshFolder();
  let database: Awaited<ReturnType<typeof freshPostgresUrl>>;
  let apps: TestApp[];
  let people: ModelBoard;
  let other: SeededPerson;
  let turn = 0;

  beforeAll(async () => {
    database = await freshPostgresUrl();
    const env = { DATABASE_URL: database.url };
    apps = await Promise.all(
      Array.from({ length: PROCESSES }, () => startApp({ clock, dataDir: folder.path, process: 'web', env })),
    );
    people = await seedModelBoard(app());
    await seedBoard(app(), 'KS', 'Kommunstyrelsen');
    other = await seedPerson(app(), { email: 'kim.ks@example.se', name: 'Kim', roles: { KS: ['registrar'] } });
  });
  afterAll(async () => {
    await Promise.all(apps.map((one) => one.close()));
    await database.drop();
    folder.remove();
  });

  /** One process after the other. */
  const app = (): TestApp => {
    turn += 1;
    const chosen = apps[turn % apps.length];
    if (!chosen) throw new Error('no process');
    return chosen;
  };
  const ask = <T>(sql: string, params: readonly unknown[] = []): Promise<T[]> =>
    rows<T>(app().provider(ReadDatabase).manager, sql, params);
  const register = (more: object = {}, by = people.registrar, headers = {}) =>
    app().post(
      '/api/v1/referrals',
      {
        board: 'EÅV',
        title: 'Remiss',
        sender: 'Kommunstyrelsen',
        receivedOn: '2023-09-11',
        answerDue: '2023-10-27',
        officer: people.officer.email,
        ...more,
      },
      { token: by.token, headers },
    );

  it('number registrations without a gap and without a double, board by board', async () => {
    const answers: TestAnswer[] = [];
    const client = async (): Promise<void> => {
      for (let n = 0; n < REGISTRATIONS / CLIENTS; n += 1) {
        answers.push(await (n % 3 === 0 ? register({ board: 'KS', officer: undefined }, other) : register()));
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    expect([...new Set(answers.map(({ status }) => status))]).toEqual([201]);
    const told = answers.map(({ body }) => body.diarienummer as string).sort();
    const stored = await ask<{ board: string; number: number; diarienummer: string }>(
      'SELECT "board", "number", "diarienummer" FROM "referral" ORDER BY "board", "number"',
    );
    expect(stored.map(({ diarienummer }) => diarienummer).sort()).toEqual(told);
    for (const board of ['EÅV', 'KS']) {
      const numbers = stored.filter((one) => one.board === board).map(({ number }) => number);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    }
  });

  it('answer one key once, whichever process is asked', async () => {
    const before = (await ask('SELECT "id" FROM "referral"')).length;
    const keys = Array.from({ length: 10 }, (_, n) => `key-${n}`);
    const answers = await Promise.all(
      keys.flatMap((key) =>
        Array.from({ length: 6 }, () => register({ title: key }, people.registrar, { 'Idempotency-Key': key })),
      ),
    );
    expect([...new Set(answers.map(({ status }) => status))]).toEqual([201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(keys.length);
    expect(await ask('SELECT "id" FROM "referral"')).toHaveLength(before + keys.length);
  });

  it('let one of two register the same letter, and refuse the other with its number', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => register({ senderReference: `KS 2023/${900 + (n % 4)}` })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array(4).fill(201), ...Array(8).fill(409)]);
  });

  it('leave no case planned by a meeting that has moved meanwhile, and never give up', async () => {
    const secretary = { token: people.secretary.token };
    const cases = (
      await ask<Registered>(`SELECT "id" FROM "referral" WHERE "board" = 'EÅV' ORDER BY "number" LIMIT 15`)
    ).map(({ id }) => id);
    const move = async (): Promise<number[]> => {
      const statuses: number[] = [];
      const days = ['2023-10-26', '2023-10-25', '2023-10-24', '2023-10-26'];
      for (const [from, to] of days.slice(0, -1).map((day, n) => [day, days[n + 1]])) {
        statuses.push((await app().put(`/api/v1/boards/EÅV/meetings/${from}`, { date: to }, secretary)).status);
        await sleep(50);
      }
      return statuses;
    };
    const act = (id: string) =>
      app().post(`/api/v1/referrals/${id}/steps`, { step: 'start' }, { token: people.officer.token });
    const [moves, ...others] = await Promise.all([
      move(),
      ...Array.from({ length: 15 }, async (_, n) => (await sleep(n * 20), [(await register()).status])),
      ...cases.map(async (id, n) => (await sleep(n * 20), [(await act(id)).status])),
    ]);
    expect(moves).toEqual([200, 200, 200]);
    expect(others.flat().filter((status) => status >= 500)).toEqual([]);
    const planned = await ask<{ diarienummer: string; timetable: string; date: string }>(
      `SELECT r."diarienummer", r."timetable", m."date" FROM "referral" r JOIN "meeting" m ON m."id" = r."meeting_id"`,
    );
    expect(planned.length).toBeGreaterThan(100);
    const elsewhere = planned.filter(({ timetable, date }) => {
      const milestones = JSON.parse(timetable) as { milestone: string; date: string }[];
      return milestones.find(({ milestone }) => milestone === 'meeting')?.date !== date;
    });
    expect(elsewhere).toEqual([]);
  });

  it('claim each reminder once, though all sweep at once', async () => {
    clock.set('2023-10-04T06:00:00.000Z');
    const now = clock.now();
    const claimed = await Promise.all(
      apps.map(async (one) => one.provider(ClaimReminders).execute(await one.provider(DueAddressees).at(now), now)),
    );
    const stored = await ask<{ mail: string }>(
      `SELECT "mail_id" AS "mail" FROM "reminder" WHERE "state" = 'claimed' AND "mail_id" IN (SELECT "id" FROM "mail")`,
    );
    expect(stored.length).toBeGreaterThan(500);
    expect(claimed.reduce((sum, { reminders }) => sum + reminders, 0)).toBe(stored.length);
    const left = await ask(`SELECT "id" FROM "reminder" WHERE "state" = 'pending' AND "due_at" <= ?`, [
      now.toISOString(),
    ]);
    expect(left).toEqual([]);
  });

  it('give a lease and a job to one of them', async () => {
    const taken = await Promise.all(
      Array.from({ length: 12 }, (_, n) => app().provider(Leases).tryTake('one-at-a-time', `holder-${n}`, 60_000)),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
    const job = { name: 'greet', key: 'one', payload: {} };
    await app()
      .provider(UnitOfWork)
      .run((tx) => app().provider(JobTable).add(tx, job, clock.now()));
    const claims = await Promise.all(
      Array.from({ length: 12 }, () => {
        const one = app();
        return one.provider(UnitOfWork).run((tx) => one.provider(JobTable).claim(tx, 'greet', 'one', 60_000));
      }),
    );
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });

  it('ask for the same job without waiting for one another, and it sees what both have written', async () => {
    const [one, two] = [app(), app()];
    const job = { name: 'greet', key: 'shared', payload: {} };
    const table = one.provider(JobTable);
    await one.provider(UnitOfWork).run((tx) => table.add(tx, job, clock.now()));
    let order = '';
    await one.provider(UnitOfWork).run(async (tx) => {
      await table.add(tx, job, clock.now());
      await two
        .provider(UnitOfWork)
        .run((other) => table.add(other, job, clock.now()))
        .then(() => (order += 'second '));
      const claim = app()
        .provider(UnitOfWork)
        .run((third) => table.claim(third, 'greet', 'shared', 60_000));
      void claim.then(() => (order += 'claim '));
      await sleep(100);
      order += 'first ';
    });
    await sleep(200);
    expect(order).toBe('second first claim ');
  });

  it('begin a transaction anew that was in the way of another', async () => {
    await app()
      .provider(UnitOfWork)
      .run((tx) => insertRows(tx, 'setting', ['name', 'value'], [['a', '0'], ['b', '0']])); // prettier-ignore
    const raise = (names: readonly string[]): Promise<void> => {
      const one = app();
      return one.provider(UnitOfWork).run(async (tx) => {
        for (const name of names) {
          await change(
            tx,
            `UPDATE "setting" SET "value" = CAST(CAST("value" AS integer) + 1 AS text) WHERE "name" = ?`,
            [name],
          );
          await sleep(50);
        }
      });
    };
    await Promise.all([raise(['a', 'b']), raise(['b', 'a']), raise(['a', 'b']), raise(['b', 'a'])]);
    expect(await ask('SELECT "name", "value" FROM "setting" ORDER BY "name"')).toEqual([
      { name: 'a', value: '4' },
      { name: 'b', value: '4' },
    ]);
  }, 60_000);

  it('leave chains that verify', async () => {
    const verdict = await inSnapshot(app().provider(ReadDatabase).dataSource, (em) => new VerifyJournal().execute(em));
    expect(verdict.faults).toEqual([]);
    expect(verdict.chains).toEqual(expect.arrayContaining(['EÅV', 'KS']));
  });
});
