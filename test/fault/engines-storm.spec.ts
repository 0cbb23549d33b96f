import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import type pg from 'pg';
import { startApp } from '../support/app.js';
import { freshFolder } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { askPostgres, describeWithPostgres, startPostgres, type PostgresServer } from '../support/postgres-server.js';
import { describeWithRedis, startRedis, type RedisServer } from '../support/redis-server.js';
import { seedModelBoard, seedPerson } from '../support/seed.js';
import { DIST, ServerProcess } from '../support/server-process.js';
import { SettableClock } from '../support/settable-clock.js';
import { startSmtpSink, type SinkBehaviour, type SmtpSink } from '../support/smtp-sink.js';

const WEBS = 3;
const WORKERS = 3;
const CLIENTS = 16;
const OFFICERS = 300;
const REGISTRATIONS = 2_000;
/** At least so many reminders are sent. */
const REMINDERS = 5_000;
const REDIS_AWAY_MS = 10_000;
/** Later than this is never, also on a machine that does much else at the same time. */
const NEVER_MS = 300_000;

const REGISTERING = '2023-09-11T08:41:00.000Z';
/** Nearly all has fallen due, and in half a minute the clocks go back by an hour, while it is being sent. */
const REMINDING = '2023-10-29T00:59:30.000Z';
/** Every lease and pause of that night has run out. */
const AFTERWARDS = '2023-10-29T02:30:00.000Z';
/** How long the mail server takes for each, so that mails are under way when something fails, on a slow machine too. */
const SLOW: SinkBehaviour = { kind: 'slow', ms: 1_000 };

const ON_ITS_WAY_MS = 2_000;
const LEFT = `SELECT count(*) AS "n" FROM "reminder" WHERE "state" = 'pending' AND "due_at" <= '${REMINDING}'`;
const DEAD = `SELECT count(*) AS "n" FROM "mail" WHERE "state" = 'dead'`;

interface Acknowledged {
  readonly id: string;
  readonly diarienummer: string;
  readonly title: string;
}

describeWithPostgres('three web and three worker processes', () => {
  describeWithRedis('while everything around them fails', () => {
    const folder = freshFolder();
    const acknowledged: Acknowledged[] = [];
    const refused: string[] = [];
    let postgres: PostgresServer;
    let redis: RedisServer;
    let sink: SmtpSink;
    let env: Record<string, string>;
    let webs: ServerProcess[] = [];
    let workers: ServerProcess[] = [];
    let token: string;
    /** Message-IDs that at a kill had not been noted as sent: a mail may leave once more for each that it is in. */
    const unnoted: ReadonlySet<string>[] = [];

    const processes = (count: number, entry: string, clock: string): Promise<ServerProcess[]> =>
      Promise.all(
        Array.from({ length: count }, async () => {
          const port = entry === 'main.js' ? { PORT: String(await freePort()) } : {};
          const made = new ServerProcess({ ...env, ...port, DIARIUM_CLOCK: clock }, entry);
          await made.start();
          return made;
        }),
      );
    const ask = <T extends pg.QueryResultRow>(sql: string): Promise<T[]> =>
      askPostgres<T>(postgres.url('diarium'), sql);
    const count = async (sql: string): Promise<number> => Number((await ask<{ n: string }>(sql))[0]?.n);

    beforeAll(async () => {
      [postgres, redis, sink] = await Promise.all([startPostgres({ fsync: true }), startRedis(), startSmtpSink()]);
      await postgres.run('postgres', 'CREATE DATABASE diarium');
      const database = { DATABASE_URL: postgres.url('diarium') };
      const app = await startApp({
        clock: new SettableClock(REGISTERING),
        dataDir: folder.path,
        process: 'web',
        env: database,
      });
      token = (await seedModelBoard(app)).registrar.token;
      for (let n = 0; n < OFFICERS; n += 1) {
        await seedPerson(app, { email: `officer-${n}@example.se`, name: `Officer ${n}`, roles: { EÅV: ['officer'] } });
      }
      await app.close();
      env = { ...database, DATA_DIR: folder.path, QUEUE: 'bull', REDIS_URL: redis.url, SMTP_URL: sink.url };
      [webs, workers] = await Promise.all([
        processes(WEBS, 'main.js', REGISTERING),
        processes(WORKERS, 'worker.js', REGISTERING),
      ]);
    }, NEVER_MS);
    afterAll(async () => {
      await Promise.all([...webs, ...workers].map((one) => one.kill()));
      await Promise.all([postgres.stop(), redis.stop(), sink.stop()]);
      folder.remove();
    });

    /** One letter, sent again under the same key until it is answered, by whichever process. */
    const registerOnce = async (n: number): Promise<void> => {
      const title = `Remiss ${n}`;
      const officer = `officer-${n % OFFICERS}@example.se`;
      const body = { board: 'EÅV', title, sender: 'KS', receivedOn: '2023-09-11', answerDue: '2023-10-27', officer };
      for (let attempt = n; ; attempt += 1) {
        const web = webs[attempt % webs.length];
        try {
          const answer = await fetch(`${web?.url}/api/v1/referrals`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}`, 'Idempotency-Key': title },
            body: JSON.stringify(body),
            signal: AbortSignal.timeout(30_000),
          });
          const told = await answer.json();
          if (answer.status === 201)
            return void acknowledged.push({ id: told.id, diarienummer: told.diarienummer, title });
          if (answer.status !== 503) return void refused.push(`${answer.status} ${JSON.stringify(told)}`);
        } catch {
          // Killed under the request, or not up again yet.
        }
        await sleep(200);
      }
    };

    /** What has arrived and may not have been noted: what was on its way is given the time to arrive. */
    const noteUnnoted = async (): Promise<void> => {
      const open = `SELECT "message_id" AS "id" FROM "mail" WHERE "state" IN ('claimed', 'failed')`;
      const ids = (await ask<{ id: string }>(open)).map(({ id }) => id);
      await sleep(ON_ITS_WAY_MS);
      const counts = sink.counts();
      unnoted.push(new Set(ids.filter((id) => counts.has(id))));
    };
    const killAll = async (these: readonly ServerProcess[]): Promise<void> => {
      await Promise.all(these.map((one) => one.kill()));
    };
    const startAll = async (these: readonly ServerProcess[]): Promise<void> => {
      await Promise.all(these.map((one) => one.start()));
    };
    const killWorkers = async (these: readonly ServerProcess[]): Promise<void> => {
      await killAll(these);
      await noteUnnoted();
    };
    const restartWorkers = async (these: readonly ServerProcess[]): Promise<void> => {
      await killWorkers(these);
      await startAll(these);
    };
    const restartWebs = async (these: readonly ServerProcess[]): Promise<void> => {
      await killAll(these);
      await startAll(these);
    };
    const restartPostgres = async (): Promise<void> => {
      await postgres.kill();
      await postgres.start();
      await noteUnnoted();
    };
    const killRedis = async (): Promise<void> => {
      await redis.kill();
      await sleep(REDIS_AWAY_MS);
      await redis.restart();
    };
    const inRedis = async (act: (client: Redis) => Promise<unknown>): Promise<void> => {
      const client = new Redis(redis.url);
      await act(client);
      client.disconnect();
    };
    const faults: [number, () => Promise<void>][] = [
      [0.1, () => restartWorkers(workers.slice(0, 1))],
      [0.2, () => inRedis((client) => client.flushall())],
      [0.3, killRedis],
      [0.45, restartPostgres],
      [0.6, () => restartWebs(webs.slice(0, 1))],
      [0.7, () => inRedis((client) => client.config('SET', 'maxmemory', '1mb', 'maxmemory-policy', 'noeviction'))],
      [0.8, () => inRedis((client) => client.config('SET', 'maxmemory', '0'))],
      [0.9, () => restartWorkers(workers)],
    ];

    const mailFaults: SinkBehaviour[] = [
      { kind: 'fail-after-data', code: 451, first: 3 },
      { kind: 'refuse-recipient', code: 451, first: 3 },
      { kind: 'drop-after-data', first: 3 },
      { kind: 'hang', at: 'data', first: 1 },
    ];

    it(
      'acknowledge every letter',
      async () => {
        let next = 0;
        const clients = Array.from({ length: CLIENTS }, async () => {
          while (next < REGISTRATIONS) await registerOnce((next += 1));
        });
        for (const [share, fault] of faults) {
          while (acknowledged.length + refused.length < share * REGISTRATIONS) await sleep(10);
          await fault();
        }
        await Promise.all(clients);
        expect(refused).toEqual([]);
        expect(new Set(acknowledged.map(({ title }) => title)).size).toBeGreaterThanOrEqual(REGISTRATIONS);
      },
      2 * NEVER_MS,
    );

    /** So many more mails arrive. */
    const underWay = (mails: number): Promise<void> => {
      const before = sink.mails.length;
      return eventually('mails are under way', () => sink.mails.length >= before + mails, NEVER_MS);
    };

    it(
      'send every reminder in the night of the clocks, though the mail server, Redis, PostgreSQL and processes fail',
      async () => {
        await killWorkers(workers);
        await killAll(webs);
        [webs, workers] = await Promise.all([
          processes(WEBS, 'main.js', REMINDING),
          processes(WORKERS, 'worker.js', REMINDING),
        ]);
        await underWay(10);
        for (const fault of mailFaults) {
          sink.behave(fault);
          await eventually(`the mail server does ${fault.kind}`, () => sink.times(fault.kind) > 0, NEVER_MS);
        }
        sink.behave({ kind: 'refuse-recipient', code: 550, first: 1 });
        await eventually('one is refused for good', async () => (await count(DEAD)) === 1, NEVER_MS);
        sink.behave(SLOW);
        await inRedis((client) => client.flushall());
        await underWay(10);
        await restartWorkers(workers.slice(0, 2));
        await underWay(10);
        // Started without Redis it would end at once, and say why.
        await killAll(webs.slice(1, 2));
        await killRedis();
        await startAll(webs.slice(1, 2));
        await inRedis((client) => client.config('SET', 'maxmemory', '1mb', 'maxmemory-policy', 'noeviction'));
        await underWay(10);
        await restartPostgres();
        await inRedis((client) => client.config('SET', 'maxmemory', '0'));
        await underWay(10);
        await killWorkers(workers);
        expect(await count(LEFT)).toBeGreaterThan(0);
        sink.behave({ kind: 'accept' });
        workers = await processes(1, 'worker.js', AFTERWARDS);
        const unsent = `SELECT 'mail' AS "what", "id", "state" FROM "mail" WHERE "state" NOT IN ('sent', 'dead')
        UNION ALL SELECT 'reminder', r."id", r."state" FROM "reminder" r WHERE r."state" = 'claimed'
             OR (r."state" = 'failed' AND NOT EXISTS (SELECT 1 FROM "mail" m WHERE m."id" = r."mail_id" AND m."state" = 'dead'))
             OR (r."state" = 'pending' AND r."due_at" <= '${AFTERWARDS}')
        UNION ALL SELECT "name", "id", "state" FROM "job" WHERE "state" <> 'waiting' OR "run_at" <= '${AFTERWARDS}'`;
        let left: unknown[] = [];
        const allSent = async (): Promise<boolean> => (left = await ask(unsent).catch(() => [null])).length === 0;
        await eventually('nothing is left to send', allSent, NEVER_MS).catch(() => expect(left).toEqual([]));
      },
      2 * NEVER_MS,
    );

    it('leave no gap, no double and nothing acknowledged lost', async () => {
      const stored = await ask<Acknowledged & { number: number }>(
        'SELECT "id", "number", "diarienummer", "title" FROM "referral" ORDER BY "number"',
      );
      expect(stored.map(({ number }) => number)).toEqual(stored.map((_, index) => index + 1));
      expect(new Set(stored.map(({ title }) => title)).size).toBe(stored.length);
      const byId = new Map(stored.map((row) => [row.id, row]));
      for (const told of acknowledged) expect(byId.get(told.id)).toMatchObject(told);
      expect(await ask('SELECT "last" FROM "series"')).toEqual([{ last: stored.length }]);
    });

    it('have handed over each mail once, and again under its Message-ID only what a kill kept from being noted', async () => {
      expect(await count(DEAD)).toBe(1);
      const mails = await ask<{ message_id: string; state: string }>(`SELECT "message_id", "state" FROM "mail"`);
      // What was refused for good in the end may have arrived before, and not have been noted.
      const dead = new Set(mails.filter(({ state }) => state === 'dead').map(({ message_id }) => message_id));
      const sent = mails.filter(({ state }) => state === 'sent').map(({ message_id }) => message_id);
      const taken = new Map<string, number>();
      for (const { messageId, acknowledged: told } of sink.mails) {
        if (told) taken.set(messageId, (taken.get(messageId) ?? 0) + 1);
      }
      expect([...taken.keys()].filter((id) => !dead.has(id)).sort()).toEqual(sent.sort());
      const mayRepeat = (id: string): number => unnoted.filter((ids) => ids.has(id)).length;
      expect([...taken].filter(([id, times]) => times - 1 > mayRepeat(id))).toEqual([]);
      const repeats = [...taken.values()].reduce((sum, times) => sum + times - 1, 0);
      const reminders = await count(
        `SELECT count(*) AS "n" FROM "reminder" WHERE "state" = 'sent' AND "mail_id" IS NOT NULL`,
      );
      expect(reminders).toBeGreaterThanOrEqual(REMINDERS);
      const could = new Set(unnoted.flatMap((ids) => [...ids])).size;
      process.stderr.write(
        `storm: ${reminders} reminders in ${mails.length} mails, ${could} arrived and open at a kill, ${repeats} repeated\n`,
      );
    });

    it(
      'leave Redis empty of jobs, and a journal that verifies',
      async () => {
        const client = new Redis(redis.url);
        // A killed worker's job is found stalled by Bull within half a minute or so, and then done.
        const isEmpty = async (): Promise<boolean> => (await client.keys('diarium:jobs:key=*')).length === 0;
        await eventually('no job lies in Redis', isEmpty, 150_000);
        client.disconnect();
        const verify = promisify(execFile)(process.execPath, [join(DIST, 'cli.js'), 'verify'], {
          env: { PATH: process.env['PATH'], ...env },
        });
        await expect(verify).resolves.toMatchObject({ stdout: expect.stringContaining('inga fel') });
      },
      NEVER_MS,
    );
  });
});
