import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { networkInterfaces } from 'node:os';
import { DataSource } from 'typeorm';
import { ReadDatabase } from '../../../src/platform/database/read-database.js';
import { change } from '../../../src/platform/database/sql.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { startApp, type TestApp } from '../../support/app.js';
import { seedModelBoard, type ModelBoard } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';

const TOKEN = 'a-long-token-for-metrics';

/** Name and labels to value. */
function samplesIn(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const place = line.lastIndexOf(' ');
      return [line.slice(0, place), Number(line.slice(place + 1))];
    }),
  );
}

describe('Metrics', () => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  let app: TestApp;
  let people: ModelBoard;

  const read = async (): Promise<Map<string, number>> => {
    const { status, type, body } = await app.get('/metrics');
    expect([status, type]).toEqual([200, expect.stringContaining('text/plain')]);
    return samplesIn(body);
  };
  const register = (body: object) =>
    app.post(
      '/api/v1/referrals',
      { board: 'EÅV', sender: 'Kommunstyrelsen', title: 'Hemlighet', receivedOn: '2023-09-11', ...body },
      { token: people.registrar.token },
    );

  beforeAll(async () => {
    app = await startApp({ clock, process: 'web', env: { METRICS_TOKEN: TOKEN } });
    people = await seedModelBoard(app);
    await register({ answerDue: '2023-10-27', officer: people.officer.email });
    await register({ answerDue: '2023-09-08' });
    await register({});
  });

  afterAll(() => app.close());

  it('count the work of all boards, and the process', async () => {
    const samples = await read();
    expect(samples.get('diarium_database_up')).toBe(1);
    expect(samples.get('diarium_referrals_open')).toBe(3);
    expect(samples.get('diarium_referrals_overdue')).toBe(1);
    expect(samples.get('diarium_reminders_pending')).toBeGreaterThan(5);
    expect(samples.get('diarium_reminders_claimed')).toBe(0);
    expect(samples.get('diarium_reminders_failed')).toBe(0);
    expect(samples.get('diarium_last_sweep_timestamp_seconds')).toBe(0);
    expect(samples.get('diarium_jobs_waiting')).toBeGreaterThanOrEqual(1);
    expect(samples.get('diarium_jobs_dead')).toBe(0);
    expect(samples.get('process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
  });

  it('are kept for 15 seconds', async () => {
    const before = (await read()).get('diarium_referrals_open') ?? 0;
    await register({ title: 'En till' });
    expect((await read()).get('diarium_referrals_open')).toBe(before);
    clock.advance(15_000);
    expect((await read()).get('diarium_referrals_open')).toBe(before + 1);
  });

  it('tell how old the oldest reminder is that is due, and when the last sweep was', async () => {
    clock.advance(60_000);
    const lease = `INSERT INTO "lease" ("name", "holder", "until", "last_done_at")
      VALUES ('reminder-sweep', 'h', ?, ?)`;
    const at = '2023-09-11T08:40:00.000Z';
    await app.provider(UnitOfWork).run((tx) => change(tx, lease, [at, at]));
    const samples = await read();
    expect(samples.get('diarium_reminders_oldest_due_seconds')).toBe(75);
    expect(samples.get('diarium_last_sweep_timestamp_seconds')).toBe(new Date(at).getTime() / 1_000);
  });

  it('time requests by the pattern of their route, never by address', async () => {
    const { body } = await app.get('/api/v1/referrals', { token: people.registrar.token });
    await app.get(`/api/v1/referrals/${body.items[0].id}`, { token: people.registrar.token });
    await app.get(`/kalender/${'A'.repeat(43)}.ics`);
    await app.get('/no/such/page?q=secret');
    const text = (await app.get('/metrics')).body;
    const samples = samplesIn(text);
    const count = (route: string, status: number): number | undefined =>
      samples.get(`diarium_http_request_duration_seconds_count{method="GET",route="${route}",status="${status}"}`);
    expect(count('/api/v1/referrals/:id', 200)).toBe(1);
    expect(count('/kalender/:file', 404)).toBe(1);
    expect(text).not.toContain(body.items[0].id);
    expect(text).not.toMatch(/AAAA|secret|no\/such/);
  });

  it('name no board, person or case', async () => {
    const text = (await app.get('/metrics')).body;
    expect(text).not.toMatch(/EÅV|Hemlighet|Kommunstyrelsen|example\.se|Rut|2023\/1/);
  });

  it("are for this machine: what a proxy hands on is another's", async () => {
    for (const name of ['X-Forwarded-For', 'Forwarded', 'Via', 'X-Real-IP']) {
      const { status, body } = await app.get('/metrics', { headers: { [name]: '127.0.0.1' } });
      expect([name, status]).toEqual([name, 401]);
      expect(body.type).toBe('/problems/unauthenticated');
    }
  });

  it('are read with the token from elsewhere', async () => {
    const headers = { 'X-Forwarded-For': '10.0.0.1' };
    expect((await app.get('/metrics', { token: TOKEN, headers })).status).toBe(200);
    for (const token of ['x', `${TOKEN}x`, people.registrar.token]) {
      expect((await app.get('/metrics', { token, headers })).status).toBe(401);
      expect((await app.get('/metrics', { token })).status).toBe(401);
    }
  });

  it('are not open at an address of the network', async () => {
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((one) => one && !one.internal && one.family === 'IPv4');
    if (!outside) return;
    const url = `http://${outside.address}:${new URL(app.url).port}/metrics`;
    const statusWith = async (headers: Record<string, string>): Promise<number> => {
      const answer = await fetch(url, { headers });
      await answer.text();
      return answer.status;
    };
    expect(await statusWith({})).toBe(401);
    expect(await statusWith({ Authorization: `Bearer ${TOKEN}` })).toBe(200);
  });

  it('say so when the work cannot be counted', async () => {
    clock.advance(15_000);
    const lost = app.provider(ReadDatabase).dataSource;
    expect(lost).toBeInstanceOf(DataSource);
    await lost.destroy();
    const samples = await read();
    expect(samples.get('diarium_database_up')).toBe(0);
    expect(samples.get('diarium_referrals_open')).toBeNaN();
    await lost.initialize();
    clock.advance(15_000);
    expect((await read()).get('diarium_database_up')).toBe(1);
  });

  describe('without a token', () => {
    it('are refused to whoever shows one, and need 16 characters of it', async () => {
      const plain = await startApp({ clock, process: 'web' });
      expect((await plain.get('/metrics', { token: 'undefined' })).status).toBe(401);
      expect((await plain.get('/metrics', { token: 'null' })).status).toBe(401);
      expect((await plain.get('/metrics')).status).toBe(200);
      await plain.close();
      await expect(startApp({ clock, env: { METRICS_TOKEN: 'short' } })).rejects.toThrow('METRICS_TOKEN');
    });
  });
});
