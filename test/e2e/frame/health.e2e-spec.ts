import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
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

  it('says nothing of people, paths or addresses', async () => {
    await app.provider(JobQueue).stop();
    const text = JSON.stringify((await app.get('/health/ready')).body);
    expect(text).not.toMatch(/@|\/tmp|diarium\.db/);
  });
});
