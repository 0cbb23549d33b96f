import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ENGINES, startApp, type TestApp } from '../../support/app.js';
import {
  MODEL_REMISS as MODEL,
  seedModelBoard,
  seedPerson,
  type ModelBoard,
  type SeededPerson,
} from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';

const PLAN = [
  ['draft', '2023-10-04', '16 arbetsdagar före sammanträdet'],
  ['managerApproval', '2023-10-06', '14 arbetsdagar före sammanträdet'],
  ['directorApproval', '2023-10-09', '13 arbetsdagar före sammanträdet'],
  ['dispatch', '2023-10-19', '5 arbetsdagar före sammanträdet'],
  ['meeting', '2023-10-26', 'nämndens sammanträde'],
  ['adjustment', '2023-10-26', 'omedelbar justering, vid sammanträdet'],
  ['notice', '2023-10-30', 'senast andra dagen efter justeringen'],
  ['expedite', '2023-10-27', '1 arbetsdag efter justeringen'],
  ['answerDue', '2023-10-27', 'dagen som avsändaren har satt, flyttas aldrig'],
  ['appealEnds', '2023-11-20', 'tre veckor från anslaget'],
];

interface LedgerRow {
  readonly about: string;
  readonly date: string;
  readonly offset: number;
  readonly state: string;
  readonly to: { readonly email: string };
}

describe.each(ENGINES)('the model remiss on %s', (engine) => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  let app: TestApp;
  let people: ModelBoard;
  let other: SeededPerson;
  let reference = 0;

  beforeAll(async () => {
    app = await startApp({ clock, engine, process: 'web' });
    people = await seedModelBoard(app);
    other = await seedPerson(app, {
      email: 'otto.handlaggare@example.se',
      name: 'Otto Handläggare',
      roles: { EÅV: ['officer'] },
      department: ['EÅV', 'HR'],
    });
  });
  afterAll(() => app.close());

  const as = (who: SeededPerson) => ({ token: who.token });
  const register = async (more: object = {}) => {
    reference += 1;
    const senderReference = reference === 1 ? MODEL.senderReference : `KS 2023/${739 + reference}`;
    const answer = await app.post('/api/v1/referrals', { ...MODEL, senderReference, ...more }, as(people.registrar));
    expect({ status: answer.status, problem: answer.body.detail }).toEqual({ status: 201, problem: undefined });
    return answer;
  };
  const ledger = async (id: string, states = ['pending']): Promise<string[]> => {
    const { status, body } = await app.get(`/api/v1/referrals/${id}/reminders`, as(people.registrar));
    expect(status).toBe(200);
    const items: LedgerRow[] = body;
    return items
      .filter(({ state }) => states.includes(state))
      .map(({ about, date, offset, to }) => `${about} ${date} ${offset} ${to.email.split('.')[0]}`)
      .sort();
  };
  const story = async (id: string): Promise<string[]> => {
    const { body } = await app.get(`/api/v1/referrals/${id}/journal`, as(people.reader));
    return body.map(({ what, by }: { what: string; by: string }) => `${what} av ${by}`);
  };

  it('gives number, plan and proposal', async () => {
    const { body, headers } = await register({ officer: people.officer.email });
    expect(body).toMatchObject({
      diarienummer: 'EÅV 2023/1',
      status: 'assigned',
      workBy: '2023-10-27',
      meeting: { date: '2023-10-26', time: '18:00' },
      recommended: '2023-10-26',
      adjustment: {
        status: 'proposed',
        reason:
          'Nämnden sammanträder 26 oktober 2023 och svaret ska vara inne 27 oktober 2023. Ordinarie justering blir ' +
          'klar senast 9 november 2023 (KL 5 kap. 69 §) och svaret kan gå först 10 november 2023.',
      },
      officer: { email: 'hanna.handlaggare@example.se' },
      department: { code: 'HR' },
      warnings: [],
      none: null,
    });
    expect(body.timetable.map((row: Record<string, string>) => [row['milestone'], row['date'], row['rule']])).toEqual(
      PLAN,
    );
    expect(body.options).toHaveLength(3);
    expect(headers.get('location')).toBe(`/api/v1/referrals/${body.id}`);
    expect(headers.get('etag')).toBe('"1"');
  });

  it('plans its reminders, those already passed left out', async () => {
    const { body } = await register({ officer: people.officer.email });
    expect(await ledger(body.id)).toEqual(
      [
        'answerDue 2023-10-27 -10 hanna',
        'answerDue 2023-10-27 -2 hanna',
        'answerDue 2023-10-27 -5 hanna',
        'answerDue 2023-10-27 0 hanna',
        'answerDue 2023-10-27 1 cesar',
        'answerDue 2023-10-27 1 hanna',
        'adjustment 2023-10-26 0 sixten',
        'assignment 2023-09-11 0 hanna',
        'directorApproval 2023-10-09 -1 disa',
        'directorApproval 2023-10-09 0 disa',
        'dispatch 2023-10-19 -2 sixten',
        'dispatch 2023-10-19 0 sixten',
        'draft 2023-10-04 -1 hanna',
        'draft 2023-10-04 -5 hanna',
        'draft 2023-10-04 0 hanna',
        'expedite 2023-10-27 0 hanna',
        'expedite 2023-10-27 0 sixten',
        'immediate-adjustment 2023-10-26 -1 sixten',
        'managerApproval 2023-10-06 -1 cesar',
        'managerApproval 2023-10-06 0 cesar',
        'notice 2023-10-30 0 sixten',
      ].sort(),
    );
  });

  it('is planned anew when its meeting moves, and restored when it moves back', async () => {
    const { body } = await register({ officer: people.officer.email });
    const before = await ledger(body.id);
    const path = '/api/v1/boards/E%C3%85V/meetings/';
    const moved = await app.put(`${path}2023-10-26`, { date: '2023-10-24' }, as(people.secretary));
    expect(moved.status).toBe(200);
    expect(moved.body.replanned.map((one: { diarienummer: string }) => one.diarienummer)).toContain(body.diarienummer);
    const after = await app.get(`/api/v1/referrals/${body.id}`, as(people.officer));
    expect(after.body).toMatchObject({ meeting: { date: '2023-10-24' }, version: 2 });
    expect(await ledger(body.id)).toContain('dispatch 2023-10-17 0 sixten');
    expect(await ledger(body.id)).not.toContain('dispatch 2023-10-19 0 sixten');
    expect(await ledger(body.id, ['superseded'])).toContain('dispatch 2023-10-19 0 sixten');
    const back = await app.put(`${path}2023-10-24`, { date: '2023-10-26' }, as(people.secretary));
    expect(back.status).toBe(200);
    expect(await ledger(body.id)).toEqual(before);
    expect(await story(body.id)).toEqual([
      'referral-registered av Rut Registrator',
      'meeting-moved av Sixten Sekreterare',
      'meeting-moved av Sixten Sekreterare',
    ]);
  });

  it('reminds the new officer and not the old one when it is reassigned', async () => {
    const { body } = await register({ officer: people.officer.email });
    const path = `/api/v1/referrals/${body.id}/assignment`;
    const answer = await app.post(path, { officer: other.email }, as(people.manager));
    expect(answer.body).toMatchObject({ officer: { name: 'Otto Handläggare' }, status: 'assigned' });
    const pending = await ledger(body.id);
    expect(pending.filter((row) => row.endsWith('hanna'))).toEqual([]);
    expect(pending).toContain('draft 2023-10-04 0 otto');
    expect(await story(body.id)).toContain('officer-assigned av Cesar Chef');
  });

  it('reminds nobody of it once it is cancelled, and keeps its number', async () => {
    const { body } = await register({ officer: people.officer.email });
    const path = `/api/v1/referrals/${body.id}/cancellation`;
    const answer = await app.post(path, { reason: 'Felregistrerad' }, as(people.registrar));
    expect(answer.body).toMatchObject({
      status: 'cancelled',
      diarienummer: body.diarienummer,
      cancellation: { reason: 'Felregistrerad', by: 'Rut Registrator' },
    });
    expect(await ledger(body.id)).toEqual([]);
    const next = await register();
    expect(Number(next.body.diarienummer.split('/')[1])).toBe(Number(body.diarienummer.split('/')[1]) + 1);
  });

  it('reminds no more of the answer once it is sent', async () => {
    const { body } = await register({ officer: people.officer.email });
    const act = async (path: string, payload: object, who: SeededPerson) => {
      const answer = await app.post(`/api/v1/referrals/${body.id}/${path}`, payload, as(who));
      expect({ path, status: answer.status, why: answer.body.detail }).toEqual({ path, status: 200, why: undefined });
      return answer.body;
    };
    await act('steps', { step: 'start' }, people.officer);
    await act('steps', { step: 'draft' }, people.officer);
    await act('approval', { level: 'manager' }, people.manager);
    await act('approval', { level: 'director' }, people.director);
    await act('adjustment', { act: 'confirm' }, people.officer);
    await act('steps', { step: 'dispatch' }, people.secretary);
    clock.set('2023-10-26T18:00:00.000Z');
    await act('decision', { outcome: 'adopted', paragraph: '§ 14' }, people.secretary);
    await act('adjustment', { act: 'decide' }, people.secretary);
    await act('adjustment', { act: 'sign' }, people.secretary);
    await act('steps', { step: 'notice-posted' }, people.secretary);
    const sent = await act('answer', { how: 'e-post' }, people.registrar);
    clock.set('2023-09-11T08:41:00.000Z');
    expect(sent).toMatchObject({ status: 'expedited', answer: { on: '2023-10-26', how: 'e-post' } });
    expect(await ledger(body.id)).toEqual([]);
    expect(await story(body.id)).toEqual([
      'referral-registered av Rut Registrator',
      'preparation-started av Hanna Handläggare',
      'draft-done av Hanna Handläggare',
      'manager-approved av Cesar Chef',
      'director-approved av Disa Direktör',
      'adjustment-confirmed av Hanna Handläggare',
      'agenda-dispatched av Sixten Sekreterare',
      'decision-adopted av Sixten Sekreterare',
      'adjustment-decided av Sixten Sekreterare',
      'adjustment-signed av Sixten Sekreterare',
      'notice-posted av Sixten Sekreterare',
      'answer-sent av Rut Registrator',
    ]);
  });

  it('is refused the second time unless a reason is given', async () => {
    const first = await register({ senderReference: 'KS 2023/9999' });
    const again = { ...MODEL, sender: ' kommunstyrelsen', senderReference: 'ks 2023-9999' };
    const refused = await app.post('/api/v1/referrals', again, as(people.registrar));
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      type: '/problems/duplicate-referral',
      existing: { id: first.body.id, diarienummer: first.body.diarienummer },
    });
    const reasoned = await app.post(
      '/api/v1/referrals',
      { ...again, duplicateReason: 'Ny remissomgång med samma nummer' },
      as(people.registrar),
    );
    expect(reasoned.status).toBe(201);
    expect(reasoned.body.duplicateReason).toBe('Ny remissomgång med samma nummer');
  });
});
