import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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

/** A weekend in which the clocks are changed. */
interface Night {
  readonly registered: string;
  /** Later that Friday. */
  readonly friday: string;
  /** Five working days before the answer date, the first of them gone by the old time: that is the Monday. */
  readonly answerDue: string;
  readonly monday: string;
  /** 07:30 on the Monday. */
  readonly dueAt: string;
  readonly tooEarly: string;
  readonly due: string;
  readonly afterwards: string;
}

const NIGHTS: readonly (readonly [string, Night])[] = [
  [
    'back: 06:31 is not 07:31, as it were by summer time',
    {
      registered: '2023-10-27T08:00:00.000Z', friday: '2023-10-27T15:00:00.000Z', answerDue: '2023-11-06',
      monday: '2023-10-30', dueAt: '2023-10-30T06:30:00.000Z', tooEarly: '2023-10-30T05:31:00.000Z',
      due: '2023-10-30T06:31:00.000Z', afterwards: '2023-10-30T07:00:00.000Z',
    },
  ],
  [
    'forward: 07:31 is not 06:31, as it were by winter time',
    {
      registered: '2023-03-24T08:00:00.000Z', friday: '2023-03-24T15:00:00.000Z', answerDue: '2023-04-03',
      monday: '2023-03-27', dueAt: '2023-03-27T05:30:00.000Z', tooEarly: '2023-03-27T05:29:00.000Z',
      due: '2023-03-27T05:31:00.000Z', afterwards: '2023-03-27T06:00:00.000Z',
    },
  ],
]; // prettier-ignore

/** Later than this is never, also on a machine that does much else at the same time. */
const NEVER_MS = 150_000;

describeWithPostgres('workers over the night in which the clocks go', () => {
  describeWithRedis('on Bull', () => {
    describe.each(NIGHTS)('%s', (_, night) => {
      const folder = freshFolder();
      let database: Awaited<ReturnType<typeof freshPostgresUrl>>;
      let redis: RedisServer;
      let sink: SmtpSink;
      let workers: ServerProcess[] = [];

      const ASK_FOR_SWEEP = `INSERT INTO "job" ("id", "name", "key", "payload", "state", "run_at", "attempts", "created_at")
      SELECT gen_random_uuid(), 'send-due-reminders', 'send-due-reminders', '{}', 'waiting', at, 0, at
        FROM (VALUES ('${night.registered}')) AS "times" (at)
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
          clock: new SettableClock(night.registered),
          dataDir: folder.path,
          process: 'web',
          env: { DATABASE_URL: database.url },
        });
        const { registrar, officer } = await seedModelBoard(app);
        const receivedOn = night.registered.slice(0, 10);
        const letter = { board: 'EÅV', sender: 'KS', receivedOn, answerDue: night.answerDue };
        for (let n = 0; n < CASES; n += 1) {
          const body = { ...letter, title: `Remiss ${n}`, officer: officer.email };
          const { status } = await app.post('/api/v1/referrals', body, { token: registrar.token });
          expect(status).toBe(201);
        }
        await app.close();
        // What is sent at once is none of this test's.
        await begin(night.friday, 1);
        await swept(night.friday);
      }, 3 * NEVER_MS);
      afterAll(async () => {
        await Promise.all(workers.map((one) => one.kill()));
        await Promise.all([redis.stop(), sink.stop()]);
        await database.drop();
        folder.remove();
      });

      const due = `"date" >= '${night.monday}' AND "due_at" = '${night.dueAt}'`;

      it(
        'send nothing too early',
        async () => {
          expect(
            (await ask(`SELECT "id" FROM "reminder" WHERE ${due} AND "state" = 'pending'`)).length,
          ).toBeGreaterThanOrEqual(CASES);
          sink.clear();
          await begin(night.tooEarly);
          await swept(night.tooEarly);
          await atWork();
          expect(sink.mails).toEqual([]);
        },
        3 * NEVER_MS,
      );

      it(
        'send each once when it is half past seven',
        async () => {
          await begin(night.due);
          await swept(night.due);
          expect(
            await ask(`SELECT "id" FROM "reminder" WHERE ${due} AND "state" NOT IN ('sent', 'superseded')`),
          ).toEqual([]);
          expect(sink.mails.length).toBeGreaterThan(0);
          expect(new Set(sink.mails.map(({ messageId }) => messageId)).size).toBe(sink.mails.length);
        },
        3 * NEVER_MS,
      );

      it(
        'send nothing again when a clock is put back, and go on when it is right',
        async () => {
          const before = sink.mails.length;
          await begin(night.tooEarly);
          await atWork();
          await begin(night.afterwards);
          await swept(night.afterwards);
          expect(sink.mails.length).toBe(before);
        },
        3 * NEVER_MS,
      );
    });
  });
});
