import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { BoardRepository } from '../../../src/features/boards/board.repository.js';
import { insertRows } from '../../../src/platform/database/sql.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { JobQueue } from '../../../src/platform/queue/job-queue.port.js';
import { startApp, type TestApp } from '../../support/app.js';
import { SettableClock } from '../../support/settable-clock.js';

const START = '2026-03-02T08:00:00.000Z';
let clock: SettableClock;
let app: TestApp;

beforeEach(async () => {
  clock = new SettableClock(START);
  app = await startApp({ clock, process: 'web' });
});
afterEach(() => app.close());

const swept = (at: string): Promise<number> =>
  app.provider(UnitOfWork).run(async (tx) => {
    await tx.query(`DELETE FROM "lease" WHERE "name" = 'reminder-sweep'`);
    return insertRows(tx, 'lease', ['name', 'holder', 'until', 'last_done_at'], [['reminder-sweep', 'x', at, at]]);
  });

describe('a process', () => {
  it('that answers is alive', async () => {
    const answer = await app.get('/health/live');
    expect({ status: answer.status, body: answer.body }).toEqual({ status: 200, body: { live: true } });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('is ready when its database answers, and tells how its other parts are', async () => {
    const answer = await app.get('/health/ready');
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      ready: true,
      parts: { database: { state: 'ok' }, queue: { state: 'ok' }, mail: { state: 'ok' }, sweep: { state: 'ok' } },
    });
  });

  it('is not ready when its database does not', async () => {
    await app.provider(DataSource).destroy();
    const answer = await app.get('/health/ready');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(answer.body).toMatchObject({ ready: false, parts: { database: { state: 'failed' } } });
    await app.provider(DataSource).initialize();
  });

  it('tells that the sweep is late, and for how long', async () => {
    await swept(START);
    clock.set('2026-03-02T08:01:00.000Z');
    expect((await app.get('/health/ready')).body.parts.sweep).toEqual({
      state: 'ok',
      lastDoneAt: START,
      ageSeconds: 60,
    });
    clock.set('2026-03-02T08:10:00.000Z');
    const late = await app.get('/health/ready');
    expect(late.status).toBe(200);
    expect(late.body.parts.sweep).toMatchObject({ state: 'degraded', reason: 'late', ageSeconds: 600 });
  });

  it('tells that mail cannot be written, and asks again after a while', async () => {
    const outbox = join(app.dataDir, 'outbox');
    rmSync(outbox, { recursive: true, force: true });
    writeFileSync(outbox, 'a file where the folder should be');
    const { body, status } = await app.get('/health/ready');
    expect(status).toBe(200);
    expect(body.parts.mail).toMatchObject({ state: 'degraded', reason: expect.any(String) });
    rmSync(outbox);
    clock.set('2026-03-02T08:00:40.000Z');
    expect((await app.get('/health/ready')).body.parts.mail).toEqual({ state: 'ok' });
  });

  it('tells that the queue takes nothing', async () => {
    await app.provider(JobQueue).stop();
    expect((await app.get('/health/ready')).body.parts.queue).toMatchObject({ state: 'degraded' });
  });

  describe('before the daily check has ever been made', () => {
    const reminders = async () => (await app.get('/health/ready')).body.parts.reminders;
    const startedAt = async (instant: string): Promise<void> => {
      await app.close();
      clock = new SettableClock(instant);
      app = await startApp({ clock, process: 'web' });
    };
    const plain = { name: 'Kommunstyrelsen', administration: null, numberPattern: '{code} {year}/{number}' };
    const boardAt = (createdAt: string, code = 'KS'): Promise<void> => {
      const row = { ...plain, code, leadTimes: '{}', closedDays: '[]', createdAt };
      return app.provider(UnitOfWork).run((tx) => app.provider(BoardRepository).insertBoard(tx, row));
    };

    it.each([
      ['2026-03-02T02:00:00.000Z', '2026-03-02T02:30:00.000Z', 'ok', 'it is hours until it is time'],
      ['2026-03-02T02:00:00.000Z', '2026-03-02T05:59:00.000Z', 'ok', 'it is not yet time'],
      ['2026-03-02T02:00:00.000Z', '2026-03-02T06:01:00.000Z', 'degraded', 'a quarter of an hour after 06:45'],
      ['2026-07-02T02:00:00.000Z', '2026-07-02T05:01:00.000Z', 'degraded', 'the same in summer'],
      ['2026-03-02T08:00:00.000Z', '2026-03-02T08:14:00.000Z', 'ok', 'it is made soon after a later start'],
      ['2026-03-02T08:00:00.000Z', '2026-03-02T08:16:00.000Z', 'degraded', 'and has not been'],
    ])('a process started at %s says at %s: %s: %s', async (start, now, state) => {
      await startedAt(start);
      await boardAt(start);
      clock.set(now);
      const never = state === 'ok' ? {} : { reason: 'never-done' };
      expect(await reminders()).toEqual({ state, ...never, nothingMissed: false, doneAt: null });
    });

    it('a new process tells that others have not made it since the first board came', async () => {
      await boardAt('2026-03-01T08:00:00.000Z');
      expect(await reminders()).toMatchObject({ state: 'ok' });
      await boardAt('2026-02-28T08:00:00.000Z', 'ÄN');
      expect(await reminders()).toMatchObject({ state: 'degraded', reason: 'never-done' });
    });
  });

  it('says nothing of people, paths or addresses', async () => {
    await app.provider(JobQueue).stop();
    const text = JSON.stringify((await app.get('/health/ready')).body);
    expect(text).not.toMatch(/@|\/tmp|diarium\.db/);
  });
});
