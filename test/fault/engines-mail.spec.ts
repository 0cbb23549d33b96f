import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import type pg from 'pg';
import { startApp } from '../support/app.js';
import { freshFolder } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { askPostgres, describeWithPostgres, freshPostgresUrl } from '../support/postgres-server.js';
import { describeWithRedis, startRedis, type RedisServer } from '../support/redis-server.js';
import { seedModelBoard, seedPerson } from '../support/seed.js';
import { ServerProcess } from '../support/server-process.js';
import { SettableClock } from '../support/settable-clock.js';
import { startSmtpSink, type SinkBehaviour, type SmtpSink } from '../support/smtp-sink.js';

const OFFICERS = 12;
const REGISTERED = '2023-09-11T08:41:00.000Z';
const DUE = '2023-09-11T08:42:00.000Z';
/** Every lease and pause of the first attempt has run out. */
const AFTERWARDS = '2023-09-11T09:30:00.000Z';
/** Later than this is never, also on a machine that does much else at the same time. */
const NEVER_MS = 150_000;

interface StoredMail {
  readonly messageId: string;
  readonly state: string;
  readonly to: string;
  readonly error: string | null;
}

describeWithPostgres('workers on PostgreSQL', () => {
  describeWithRedis('and Bull whose mail server fails', () => {
    let folder: ReturnType<typeof freshFolder>;
    let database: Awaited<ReturnType<typeof freshPostgresUrl>>;
    let redis: RedisServer;
    let sink: SmtpSink;
    let workers: ServerProcess[] = [];

    const begin = async (clock: string, count = 2): Promise<void> => {
      // Room for all that one sweep has under way, so that a silent server is waited for once.
      const SMTP_URL = `${sink.url}?maxConnections=8`;
      const shared = { DATABASE_URL: database.url, DATA_DIR: folder.path, QUEUE: 'bull', REDIS_URL: redis.url };
      const env = { ...shared, SMTP_URL, DIARIUM_CLOCK: clock };
      workers = Array.from({ length: count }, () => new ServerProcess(env, 'worker.js'));
      await Promise.all(workers.map((one) => one.start()));
    };
    const killAll = async (): Promise<void> => {
      await Promise.all(workers.map((one) => one.kill()));
    };
    const ask = <T extends pg.QueryResultRow>(sql: string): Promise<T[]> => askPostgres<T>(database.url, sql);
    const inTime = (what: string, holds: () => boolean | Promise<boolean>): Promise<void> =>
      eventually(what, holds, NEVER_MS).catch((error: unknown) => {
        throw new Error(workers.map(({ output }) => output).join('\n'), { cause: error });
      });
    /** To the officers; the registrar's morning report may leave as well. */
    const mails = (): Promise<StoredMail[]> =>
      ask(`SELECT "message_id" AS "messageId", "state", "to_email" AS "to", "last_error" AS "error" FROM "mail"
        WHERE "to_email" LIKE 'officer-%' ORDER BY "message_id"`);
    const jobs = (): Promise<{ name: string; state: string }[]> => ask(`SELECT "name", "state" FROM "job"`);
    const dueReminders = async (state: string): Promise<number> =>
      (await ask(`SELECT 1 FROM "reminder" WHERE "due_at" <= '${DUE}' AND "state" = '${state}'`)).length;
    /** Nobody has a reminder or a mail any more, and the job that sent them is done. */
    const atRest = async (): Promise<boolean> =>
      (await dueReminders('pending')) + (await dueReminders('claimed')) === 0 &&
      (await mails()).every(({ state }) => state !== 'claimed') &&
      (await jobs()).length === 0;
    /** Message-IDs of what the server took over, as far as the sender was told. */
    const takenOver = (): string[] =>
      sink.mails.filter(({ acknowledged, to }) => acknowledged && to.includes('officer-')).map(({ messageId }) => messageId).sort(); // prettier-ignore
    const inRedis = async (): Promise<string[]> => {
      const client = new Redis(redis.url);
      const keys = await client.keys('*key=*');
      client.disconnect();
      return keys;
    };

    beforeEach(async () => {
      folder = freshFolder();
      [database, redis, sink] = await Promise.all([freshPostgresUrl(), startRedis(), startSmtpSink()]);
      const app = await startApp({
        clock: new SettableClock(REGISTERED),
        dataDir: folder.path,
        process: 'web',
        env: { DATABASE_URL: database.url },
      });
      const { registrar } = await seedModelBoard(app);
      const letter = { board: 'EÅV', sender: 'KS', receivedOn: '2023-09-11', answerDue: '2023-10-27' };
      for (let n = 0; n < OFFICERS; n += 1) {
        const officer = `officer-${n}@example.se`;
        await seedPerson(app, { email: officer, name: `Officer ${n}`, roles: { EÅV: ['officer'] } });
        const body = { ...letter, title: `Remiss ${n}`, officer };
        expect((await app.post('/api/v1/referrals', body, { token: registrar.token })).status).toBe(201);
      }
      await app.close();
      expect(await jobs()).toEqual([{ name: 'send-due-reminders', state: 'waiting' }]);
    }, NEVER_MS);
    afterEach(async () => {
      await killAll();
      await Promise.all([redis.stop(), sink.stop()]);
      await database.drop();
      folder.remove();
    });

    const passing: [string, SinkBehaviour][] = [
      ['hangs', { kind: 'hang', at: 'data' }],
      ['answers 4xx', { kind: 'fail-after-data', code: 451 }],
      ['drops the line after DATA', { kind: 'drop-after-data' }],
    ];
    it.each(passing)(
      'that %s: none is taken for sent, none stays claimed, and each leaves once when it is mended',
      async (_, behaviour) => {
        sink.behave(behaviour);
        await begin(DUE);
        // Then what failed is tried again after a minute: when nothing is under way any more is not told.
        await inTime(
          'failures are noted',
          async () => (await mails()).filter(({ error }) => error !== null).length >= 5,
        );
        expect((await mails()).filter(({ state }) => state === 'sent')).toEqual([]);
        expect(await dueReminders('sent')).toBe(0);
        await killAll();

        sink.behave({ kind: 'accept' });
        await begin(AFTERWARDS);
        await inTime('all is sent', async () => (await atRest()) && (await dueReminders('failed')) === 0);
        const sent = await mails();
        expect(new Set(sent.map(({ to }) => to)).size).toBe(OFFICERS);
        expect(sent.filter(({ state }) => state !== 'sent')).toEqual([]);
        expect(takenOver()).toEqual(sent.map(({ messageId }) => messageId));
      },
      3 * NEVER_MS,
    );

    it(
      'that answers 5xx for one: it is given up at once, the registrar told once, the others reminded once',
      async () => {
        sink.behave({ kind: 'refuse-recipient', code: 550, only: 'officer-3@example.se' });
        await begin(DUE);
        await inTime('the registrar is told', () => sink.to('rut.registrator@example.se').length > 0);
        await inTime('all is at rest', atRest);
        const stored = await mails();
        const givenUp = stored.filter(({ state }) => state !== 'sent');
        expect(givenUp).toMatchObject([{ state: 'dead', to: 'officer-3@example.se' }]);
        const told = sink.to('rut.registrator@example.se').filter(({ subject }) => subject.includes('kom inte fram'));
        expect(told.map(({ subject }) => subject)).toEqual(['Påminnelsen till Officer 3 kom inte fram']);
        expect(await dueReminders('failed')).toBe(1);
        expect(await dueReminders('sent')).toBe(OFFICERS - 1);
        const ids = stored.filter(({ state }) => state === 'sent').map(({ messageId }) => messageId);
        expect(takenOver()).toEqual(ids);
      },
      3 * NEVER_MS,
    );

    it(
      'or that are killed in the middle of a job: others do it, and repeat only mails that may not have arrived',
      async () => {
        sink.behave({ kind: 'slow', ms: 2 * NEVER_MS });
        // One: of two, one may sweep by itself while the other takes the job, sees that, and has done it.
        await begin(DUE, 1);
        await inTime('mails are under way, in a job', async () => {
          return sink.mails.length > 0 && (await jobs()).some(({ state }) => state === 'running');
        });
        await killAll();
        expect(await dueReminders('claimed')).toBeGreaterThan(0);
        expect(await inRedis()).not.toEqual([]);

        sink.behave({ kind: 'accept' });
        await sink.idle();
        const arrived = new Set(sink.mails.map(({ messageId }) => messageId));
        await begin(AFTERWARDS);
        await inTime('all is sent', async () => (await atRest()) && (await dueReminders('failed')) === 0);
        const sent = await mails();
        expect(new Set(sent.map(({ to }) => to)).size).toBe(OFFICERS);
        for (const { messageId, state } of sent) {
          expect({ state, times: sink.count(messageId) }).toEqual({
            state: 'sent',
            times: arrived.has(messageId) ? 2 : 1,
          });
        }
        // Bull learns by itself that the job has stalled.
        await inTime('Redis is empty of jobs', async () => (await inRedis()).length === 0);
      },
      4 * NEVER_MS,
    );
  });
});
