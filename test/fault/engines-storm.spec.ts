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
const OFFICERS = 120;
const REGISTRATIONS = 2_000;
/** At least so many reminders are sent. */
const REMINDERS = 5_000;
/** Mails that one process may have handed over and not yet noted when it is killed. */
const IN_FLIGHT = 8 + 64;
const REDIS_AWAY_MS = 10_000;
/** Later than this is never, also on a machine that does much else at the same time. */
const NEVER_MS = 300_000;

const REGISTERING = '2023-09-11T08:41:00.000Z';
/** Drafts, approvals and the first words about the answer have fallen due. */
const REMINDING = '2023-10-20T08:00:00.000Z';
/** Every lease and pause of that day has run out. */
const AFTERWARDS = '2023-10-20T09:30:00.000Z';

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
    let kills = 0;

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

    const killAndRestart = async (these: readonly ServerProcess[]): Promise<void> => {
      kills += these.length;
      await Promise.all(these.map((one) => one.kill()));
      await Promise.all(these.map((one) => one.start()));
    };
    const inRedis = async (act: (client: Redis) => Promise<unknown>): Promise<void> => {
      const client = new Redis(redis.url);
      await act(client);
      client.disconnect();
    };
    const faults: [number, () => Promise<void>][] = [
      [0.1, () => killAndRestart(workers.slice(0, 1))],
      [0.2, () => inRedis((client) => client.flushall())],
      [
        0.3,
        async () => {
          await redis.kill();
          await sleep(REDIS_AWAY_MS);
          await redis.restart();
        },
      ],
      [0.45, async () => (await postgres.kill(), await postgres.start())],
      [0.6, () => killAndRestart(webs.slice(0, 1))],
      [0.7, () => inRedis((client) => client.config('SET', 'maxmemory', '1mb', 'maxmemory-policy', 'noeviction'))],
      [0.8, () => inRedis((client) => client.config('SET', 'maxmemory', '0'))],
      [0.9, () => killAndRestart(workers)],
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

    it(
      'send every reminder, though the mail server fails, and workers and database are killed meanwhile',
      async () => {
        kills += workers.length;
        await Promise.all(workers.map((one) => one.kill()));
        workers = await processes(WORKERS, 'worker.js', REMINDING);
        const before = sink.mails.length;
        await eventually('mails are under way', () => sink.mails.length > before + 10, NEVER_MS);
        for (const fault of mailFaults) {
          sink.behave(fault);
          await eventually(`the mail server does ${fault.kind}`, () => sink.times(fault.kind) > 0, NEVER_MS);
        }
        await killAndRestart(workers.slice(0, 2));
        await sleep(500);
        await postgres.kill();
        await postgres.start();
        await sleep(3_000);
        kills += workers.length;
        await Promise.all(workers.map((one) => one.kill()));
        workers = await processes(1, 'worker.js', AFTERWARDS);
        const unsent = `SELECT 'mail' AS "what", "id", "state" FROM "mail" WHERE "state" <> 'sent'
        UNION ALL SELECT 'reminder', "id", "state" FROM "reminder" WHERE "state" IN ('claimed', 'failed')
             OR ("state" = 'pending' AND "due_at" <= '${AFTERWARDS}')
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
      const mails = await ask<{ message_id: string }>('SELECT "message_id" FROM "mail"');
      const taken = new Map<string, number>();
      for (const { messageId, acknowledged: told } of sink.mails) {
        if (told) taken.set(messageId, (taken.get(messageId) ?? 0) + 1);
      }
      expect([...taken.keys()].sort()).toEqual(mails.map(({ message_id }) => message_id).sort());
      const repeats = [...taken.values()].reduce((sum, times) => sum + times - 1, 0);
      expect(repeats).toBeLessThanOrEqual((kills + 2) * IN_FLIGHT);
      const reminders = await count(
        `SELECT count(*) AS "n" FROM "reminder" WHERE "state" = 'sent' AND "mail_id" IS NOT NULL`,
      );
      expect(reminders).toBeGreaterThanOrEqual(REMINDERS);
      process.stderr.write(
        `storm: ${reminders} reminders in ${mails.length} mails, ${repeats} repeated, ${kills} kills\n`,
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
