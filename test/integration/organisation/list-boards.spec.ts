import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { seedBoard, seedMeeting, seedModelBoard, type ModelBoard } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';

let app: TestApp;
let people: ModelBoard;

beforeAll(async () => {
  app = await startApp({ clock: new SettableClock('2023-09-11T08:00:00Z'), process: 'web' });
  people = await seedModelBoard(app);
  await seedBoard(app, 'KS', 'Kommunstyrelsen');
  await seedMeeting(app, '2023-10-05', 'KS');
  await seedMeeting(app, '2022-01-20');
});

afterAll(() => app.close());

describe('GET /api/v1/boards', () => {
  it('shows the boards where one has a role, with departments, meetings and settings', async () => {
    const { status, body } = await app.get('/api/v1/boards', { token: people.officer.token });
    expect(status).toBe(200);
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({
      code: 'EÅV',
      numberPattern: '{code} {year}/{number}',
      leadTimes: { draft: 16, managerApproval: 14, directorApproval: 13, dispatch: 5, expedite: 1 },
      closedDays: [],
      roles: ['officer'],
      departments: [{ code: 'HR', manager: { name: 'Cesar Chef', email: 'cesar.chef@example.se' } }],
    });
  });

  it('shows planned meetings in date order, from a year back', async () => {
    const cancelled = await app.delete('/api/v1/boards/EÅV/meetings/2023-09-28', { token: people.secretary.token });
    expect(cancelled.status).toBe(200);
    const { body } = await app.get('/api/v1/boards', { token: people.reader.token });
    const meetings = body.items[0].meetings as { date: string }[];
    expect(meetings.map(({ date }) => date)).toEqual(['2023-10-26', '2023-11-23']);
  });

  it('shows nothing without a token', async () => {
    expect((await app.get('/api/v1/boards')).status).toBe(401);
  });
});
