import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { localDate } from '../../../src/domain/calendar/local-date.js';
import { instantAt } from '../../../src/domain/calendar/stockholm-time.js';
import { MorningJobs } from '../../../src/features/reminders/morning.jobs.js';
import { startApp, type TestApp } from '../../support/app.js';
import { seedModelBoard, type ModelBoard } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';

describe('A case whose meeting was held without it', () => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  let app: TestApp;
  let people: ModelBoard;
  const cases: Record<string, string> = {};

  const read = async (name: string) =>
    (await app.get(`/api/v1/referrals/${cases[name]}`, { token: people.registrar.token })).body;
  const events = async (name: string): Promise<string[]> => {
    const path = `/api/v1/referrals/${cases[name]}/journal`;
    const { body } = await app.get(path, { token: people.registrar.token });
    return body.map(({ what }: { what: string }) => what);
  };
  const look = (day: string, time: string): Promise<void> => {
    clock.set(instantAt(localDate(day), time).toISOString());
    return app.provider(MorningJobs).look();
  };

  beforeAll(async () => {
    app = await startApp({ clock, process: 'web' });
    people = await seedModelBoard(app);
    for (const [name, answerDue] of [
      ['late', '2023-10-27'],
      ['in time', '2023-12-15'],
    ] as const) {
      const body = {
        board: 'EÅV',
        sender: name,
        title: name,
        receivedOn: '2023-09-11',
        answerDue,
        officer: people.officer.email,
      };
      const { body: made } = await app.post('/api/v1/referrals', body, { token: people.registrar.token });
      cases[name] = made.id;
    }
    const { version } = await read('in time');
    const chosen = { headers: { 'If-Match': `"${version}"` }, token: people.registrar.token };
    expect(
      (await app.post(`/api/v1/referrals/${cases['in time']}/meeting`, { meeting: '2023-10-26' }, chosen)).status,
    ).toBe(200);
  });
  afterAll(() => app.close());

  it('stays on it on the day itself', async () => {
    await look('2023-10-26', '23:59');
    expect((await read('late')).meeting).toMatchObject({ date: '2023-10-26' });
    expect((await read('late')).warnings).not.toContain('no-meeting-in-time');
  });

  it('has no meeting in time from the next morning on, and says so, once', async () => {
    await look('2023-10-27', '00:06');
    await look('2023-10-27', '00:07');
    const late = await read('late');
    expect(late.meeting).toBeNull();
    expect(late.warnings).toContain('no-meeting-in-time');
    expect(late.adjustment.status).toBe('not-needed');
    expect((await events('late')).filter((what) => what === 'meeting-passed')).toHaveLength(1);
  });

  it('gets the next meeting in time, though a person had chosen the one that has been', async () => {
    expect((await read('in time')).meeting).toMatchObject({ date: '2023-11-23' });
    expect(await events('in time')).toContain('meeting-passed');
  });
});
