import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type pg from 'pg';
import { startApp } from '../support/app.js';
import { freshFolder } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { askPostgres, describeWithPostgres, freshPostgresUrl } from '../support/postgres-server.js';
import { describeWithRedis, startRedis, type RedisServer } from '../support/redis-server.js';
import { seedModelBoard } from '../support/seed.js';
import { ServerProcess } from '../support/server-process.js';
import { SettableClock } from '../support/settable-clock.js';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink.js';

const CASES = 20;
/** 07:31 on the Monday after the clocks went back, were it still summer time: 06:31 in truth. */
const TOO_EARLY = '2023-10-30T05:31:00.000Z';
/** 07:31 on that Monday. */
const DUE = '2023-10-30T06:31:00.000Z';
/** Later than this is never, also on a machine that does much else at the same time. */
const NEVER_MS = 150_000;

describeWithPostgres('workers over the night in which the clocks go back', () => {
  describeWithRedis('on Bull', () => {
    const folder = freshFolder();
    let database: Awaited<ReturnType<typeof freshPostgresUrl>>;
    let redis: RedisServer;
    let sink: SmtpSink;
    let workers: ServerProcess[] = [];

    const ASK_FOR_SWEEP = `INSERT INTO "job" ("id", "name", "key", "payload", "state", "run_at", "attempts", "created_at")
      SELECT gen_random_uuid(), 'send-due-reminders', 'send-due-reminders', '{}', 'waiting', at, 0, at
        FROM (VALUES ('2023-10-27T08:00:00.000Z')) AS "times" (at)
      ON CONFLICT ("key") WHERE "state" = 'waiting' DO NOTHING`;

    /** Other workers by another clock, and a job that has them sweep at once. */
    const begin = async (clock: string, count = 2): Promise<void> => {
      await Promise.all(workers.map((one) => one.stop()));
      await ask(ASK_FOR_SWEEP);
      const env = { DATABASE_URL: database.url, DATA_DIR: folder.path, QUEUE: 'bull', REDIS_URL: redis.url };
      workers = Array.from(
        { length: count },
        () => new ServerProcess({ ...env, SMTP_URL: sink.url, DIARIUM_CLOCK: clock }, 'worker.js'),
      );
      await Promise.all(workers.map((one) => one.start()));
    };
    const ask = <T extends pg.QueryResultRow>(sql: string): Promise<T[]> => askPostgres<T>(database.url, sql);
    const inTime = (what: string, holds: () => Promise<boolean>): Promise<void> =>
      eventually(what, holds, NEVER_MS).catch((error: unknown) => {
        throw new Error(workers.map(({ output }) => output).join('\n'), { cause: error });
      });
    /** They run, and have done what they were asked, which does not say that the sweep was theirs to do. */
    const atWork = (): Promise<void> =>
      inTime('the job is done', async () => {
        return (await ask(`SELECT 1 FROM "job" WHERE "name" = 'send-due-reminders'`)).length === 0;
      });
    const swept = (after: string): Promise<void> =>
      inTime('a sweep has come to its end', async () => {
        const sql = `SELECT 1 FROM "lease" WHERE "name" = 'reminder-sweep' AND "last_done_at" >= '${after}'`;
        return (await ask(sql)).length === 1;
      });

    beforeAll(async () => {
      [database, redis, sink] = await Promise.all([freshPostgresUrl(), startRedis(), startSmtpSink()]);
      const app = await startApp({
        clock: new SettableClock('2023-10-27T08:00:00.000Z'),
        dataDir: folder.path,
        process: 'web',
        env: { DATABASE_URL: database.url },
      });
      const { registrar, officer } = await seedModelBoard(app);
      // Five working days before the answer date, the first of them gone by summer time: that is the Monday.
      const letter = { board: 'EÅV', sender: 'KS', receivedOn: '2023-10-27', answerDue: '2023-11-06' };
      for (let n = 0; n < CASES; n += 1) {
        const body = { ...letter, title: `Remiss ${n}`, officer: officer.email };
        const { status } = await app.post('/api/v1/referrals', body, { token: registrar.token });
        expect(status).toBe(201);
      }
      await app.close();
      // What is sent at once is none of this test's.
      await begin('2023-10-27T15:00:00.000Z', 1);
      await swept('2023-10-27T15:00:00.000Z');
    }, 3 * NEVER_MS);
    afterAll(async () => {
      await Promise.all(workers.map((one) => one.kill()));
      await Promise.all([redis.stop(), sink.stop()]);
      await database.drop();
      folder.remove();
    });

    const due = `"date" >= '2023-10-30' AND "due_at" = '2023-10-30T06:30:00.000Z'`;

    it(
      'send nothing an hour too early',
      async () => {
        expect(
          (await ask(`SELECT "id" FROM "reminder" WHERE ${due} AND "state" = 'pending'`)).length,
        ).toBeGreaterThanOrEqual(CASES);
        sink.clear();
        await begin(TOO_EARLY);
        await swept(TOO_EARLY);
        await atWork();
        expect(sink.mails).toEqual([]);
      },
      3 * NEVER_MS,
    );

    it(
      'send each once when it is half past seven',
      async () => {
        await begin(DUE);
        await swept(DUE);
        expect(await ask(`SELECT "id" FROM "reminder" WHERE ${due} AND "state" NOT IN ('sent', 'superseded')`)).toEqual(
          [],
        );
        expect(sink.mails.length).toBeGreaterThan(0);
        expect(new Set(sink.mails.map(({ messageId }) => messageId)).size).toBe(sink.mails.length);
      },
      3 * NEVER_MS,
    );

    it(
      'send nothing again when a clock is put back, and go on when it is right',
      async () => {
        const before = sink.mails.length;
        await begin(TOO_EARLY);
        await atWork();
        await begin('2023-10-30T07:00:00.000Z');
        await swept('2023-10-30T07:00:00.000Z');
        expect(sink.mails.length).toBe(before);
      },
      3 * NEVER_MS,
    );
  });
});
