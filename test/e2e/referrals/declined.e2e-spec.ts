import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ReplanDeclined } from '../../../src/features/reminders/replan-declined.js';
import { MorningReportRepository } from '../../../src/features/reminders/morning-report.repository.js';
import { ReadDatabase } from '../../../src/platform/database/read-database.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { change } from '../../../src/platform/database/sql.js';
import { ENGINES, startApp, type TestApp } from '../../support/app.js';
import { MODEL_REMISS, seedModelBoard, type ModelBoard } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';

describe.each(ENGINES)('a case whose immediate adjustment has been declined, on %s', (engine) => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  let app: TestApp;
  let people: ModelBoard;
  let id = '';

  const act = async (who: keyof ModelBoard, path: string, body: object): Promise<void> => {
    const { status } = await app.post(`/api/v1/referrals/${id}/${path}`, body, { token: people[who].token });
    expect({ path, status }).toEqual({ path, status: 200 });
  };
  const view = async (who: keyof ModelBoard = 'registrar') =>
    (await app.get(`/api/v1/referrals/${id}`, { token: people[who].token })).body;
  const register = async (more: object = {}): Promise<void> => {
    clock.set('2023-09-11T08:41:00.000Z');
    const senderReference = `KS 2023/${Math.floor(Math.random() * 1e9)}`;
    const body = { ...MODEL_REMISS, officer: people.officer.email, senderReference, ...more };
    id = (await app.post('/api/v1/referrals', body, { token: people.registrar.token })).body.id;
    await act('officer', 'adjustment', { act: 'decline', reason: 'Justeraren är borta', way: 'other-meeting' });
  };

  beforeAll(async () => {
    app = await startApp({ clock, engine, process: 'web' });
    people = await seedModelBoard(app);
  });
  beforeEach(() => register());
  afterAll(() => app.close());

  const asItStands = {
    meeting: { date: '2023-10-26' },
    adjustment: { status: 'declined', reason: 'Justeraren är borta' },
    nextStep: { step: 'draft', on: '2023-10-04' },
  };
  const days = ({ timetable }: { timetable: readonly { milestone: string; date: string }[] }) =>
    Object.fromEntries(timetable.map(({ milestone, date }) => [milestone, date]));

  it('is shown as too late on its meeting, with the one that is recommended instead', async () => {
    const shown = await view();
    expect(shown).toMatchObject({ ...asItStands, recommended: '2023-09-28', none: null });
    expect(shown.warnings).toContain('no-meeting-in-time');
    expect(shown.warnings).not.toContain('meeting-too-late');
    expect(days(shown)).toMatchObject({ adjustment: '2023-11-09', expedite: '2023-11-10' });
    const option = shown.options.find(({ meeting }: { meeting: string }) => meeting === '2023-10-26');
    expect(option).toMatchObject({ adjustment: 'too_late', adjustsOn: '2023-11-09', leavesOn: '2023-11-10' });
  });

  it.each([
    ['planned on what was declined', `"no_meeting_since" = NULL`],
    ['with choosing another way as its next step', `"next_step" = 'choose-route', "next_step_on" = '2023-09-11'`],
  ])('is planned anew where an earlier release left it %s, once', async (_how, left) => {
    const set = `UPDATE "referral" SET ${left} WHERE "id" = ?`;
    await app.provider(UnitOfWork).run((tx) => change(tx, set, [id]));
    await app.provider(ReplanDeclined).execute();
    const planned = await view();
    expect(planned).toMatchObject(asItStands);
    await app.provider(ReplanDeclined).execute();
    expect((await view()).version).toBe(planned.version);
  });

  it('comes to its director all the same when it is secret, and can be approved', async () => {
    await register({ secrecy: { provision: 'OSL 18 kap. 1 §' } });
    await act('officer', 'steps', { step: 'draft' });
    expect((await view('director')).readable).toBe(false);
    await act('manager', 'approval', { level: 'manager' });
    expect(await view('director')).toMatchObject({ readable: true, nextStep: { step: 'directorApproval' } });
    const list = (await app.get('/api/v1/referrals', { token: people.director.token })).body.items;
    expect(list.find((item: { id: string }) => item.id === id)?.title).toBe(MODEL_REMISS.title);
    await act('director', 'approval', { level: 'director' });
    expect((await view()).status).toBe('approved');
  });

  it('needs another way until its meeting has been held, for the one who looks and for the morning mail', async () => {
    const { manager } = app.provider(ReadDatabase);
    const counted = async () =>
      (await app.provider(MorningReportRepository).attention(manager, 'EÅV', 'no-meeting', clock.today())).cases;
    await act('officer', 'steps', { step: 'draft' });
    clock.set('2023-10-26T21:00:00.000Z');
    expect((await view()).warnings).toContain('no-meeting-in-time');
    expect((await counted()).map((one) => one.id)).toContain(id);
    clock.set('2023-10-27T06:00:00.000Z');
    expect((await view()).warnings).not.toContain('no-meeting-in-time');
    expect(await counted()).toEqual([]);
  });

  it.each(['adopted', 'declined', 'noted'])(
    'sends its answer by the answer day once it is decided: %s',
    async (outcome) => {
      await act('officer', 'steps', { step: 'draft' });
      await act('manager', 'approval', { level: 'manager' });
      await act('director', 'approval', { level: 'director' });
      await act('secretary', 'steps', { step: 'dispatch' });
      clock.set('2023-10-26T18:00:00.000Z');
      await act('secretary', 'decision', { outcome, paragraph: '§ 14' });
      const decided = await view();
      expect(days(decided)).toMatchObject({ adjustment: '2023-11-09', expedite: '2023-10-27' });
      expect(decided.warnings).not.toContain('no-meeting-in-time');
      const reminders = (await app.get(`/api/v1/referrals/${id}/reminders`, { token: people.registrar.token })).body;
      const about = reminders.filter(
        (one: { about: string; state: string }) => one.about === 'expedite' && one.state === 'pending',
      );
      expect(new Set(about.map(({ date }: { date: string }) => date))).toEqual(new Set(['2023-10-27']));
      await act('secretary', 'adjustment', { act: 'decide' });
      expect(days(await view())).toMatchObject({ adjustment: '2023-10-26', expedite: '2023-10-27' });
    },
  );
});
