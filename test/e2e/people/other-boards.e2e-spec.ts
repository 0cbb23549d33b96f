import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROLES, type Role } from '../../../src/domain/referral/permissions.js';
import type { TestApp } from '../../support/app.js';
import { startApp } from '../../support/app.js';
import {
  seedAbsence, seedBoard, seedDepartment, seedModelBoard, seedPerson, type ModelBoard, type SeededPerson,
} from '../../support/seed.js'; // prettier-ignore
import { SettableClock } from '../../support/settable-clock.js';

const NOBODY = 'ingen@example.se';
const NO_ID = '018b2f00-0000-7000-8000-000000000000';

/** What an answer says, whoever it was about. */
const said = ({ status, body }: { status: number; body: object }, ...about: readonly string[]): unknown => {
  const text = about.reduce((so, one) => so.replaceAll(one, 'X'), JSON.stringify(body));
  return { status, ...JSON.parse(text === '' ? '{}' : text), instance: '', requestId: '' };
};

/** Every board is an authority of its own: what is asked about somebody of another is answered as if there were nobody. */
describe('somebody of another board', () => {
  let app: TestApp;
  let people: ModelBoard;
  let otto: SeededPerson;
  let arvid: SeededPerson;
  const byRole = new Map<Role, SeededPerson>();
  /** At the other board: with a role, managing, with none but a department, and one who has left. */
  const others = new Map<string, SeededPerson>();
  let absence: string;

  const as = ({ token }: SeededPerson) => ({ token });

  beforeAll(async () => {
    app = await startApp({ clock: new SettableClock('2023-09-11T08:41:00.000Z'), process: 'web' });
    people = await seedModelBoard(app);
    await seedBoard(app, 'ÄLV', 'Älvsjö stadsdelsnämnd');
    await seedDepartment(app, { board: 'ÄLV', code: 'SK', name: 'Skolavdelningen' });
    for (const role of ROLES) {
      byRole.set(role, await seedPerson(app, { email: `${role}@example.se`, name: role, roles: { EÅV: [role] } }));
    }
    const there = (email: string, seed: Omit<Parameters<typeof seedPerson>[1], 'email' | 'name'>) =>
      seedPerson(app, { email: `${email}@example.se`, name: email, ...seed });
    otto = await there('otto', { roles: { EÅV: ['officer'] } });
    arvid = await there('arvid', { roles: { ÄLV: ['admin'] } });
    others.set('officer', await there('alva', { roles: { ÄLV: ['officer'] } }));
    others.set('manager', await there('moa', { roles: { ÄLV: ['manager'] }, department: ['ÄLV', 'SK'] }));
    others.set('without a role', await there('rolf', { department: ['ÄLV', 'SK'] }));
    others.set('left', await there('lage', { roles: { ÄLV: ['officer'] }, endedOn: '2023-09-01' }));
    const [personId, substituteId] = [others.get('officer')?.id ?? '', others.get('manager')?.id ?? ''];
    absence = await seedAbsence(app, { personId, substituteId, from: '2023-09-10', to: '2023-09-20' });
  });
  afterAll(() => app.close());

  const ACTS: readonly (readonly [string, (who: SeededPerson, address: string) => ReturnType<TestApp['post']>])[] = [
    [
      'hands over',
      (who, from) => app.post('/api/v1/handovers', { from, to: otto.email, leavesOn: '2023-09-30' }, as(who)),
    ],
    ['hands over to nobody', (who, from) => app.post('/api/v1/handovers', { from, to: 'X@example.se' }, as(who))],
    ['takes over', (who, to) => app.post('/api/v1/handovers', { from: people.officer.email, to }, as(who))],
    [
      'manages next',
      (who, manager) => app.post('/api/v1/handovers', { from: people.manager.email, to: otto.email, manager }, as(who)),
    ],
    ['is opened again', (who, email) => app.post('/api/v1/reopenings', { email }, as(who))],
    ['is invited again', (who, email) => app.post('/api/v1/invitations', { email }, as(who))],
    [
      'manages a department',
      (who, manager) => app.put('/api/v1/boards/EÅV/departments/HR', { name: 'HR', manager }, as(who)),
    ],
    [
      'is away',
      (who, person) =>
        app.post('/api/v1/absences', { person, substitute: otto.email, from: '2023-10-02', to: '2023-10-03' }, as(who)),
    ],
    [
      'stands in',
      (who, substitute) => app.post('/api/v1/absences', { substitute, from: '2023-10-02', to: '2023-10-03' }, as(who)),
    ],
  ];

  it.each(ACTS)('who %s is answered as an address that nobody has, whatever the role of who asks', async (_, act) => {
    for (const [role, who] of byRole) {
      const nobody = said(await act(who, NOBODY), NOBODY);
      for (const [what, { email }] of others) {
        expect({ role, what, answer: said(await act(who, email), email) }).toEqual({ role, what, answer: nobody });
      }
    }
  });

  it('who is away: the absence is answered as one that there is none of', async () => {
    for (const [role, who] of byRole) {
      const none = await app.delete(`/api/v1/absences/${NO_ID}`, as(who));
      const theirs = await app.delete(`/api/v1/absences/${absence}`, as(who));
      expect({ role, status: none.status }).toEqual({ role, status: 404 });
      expect({ role, answer: said(theirs, absence) }).toEqual({ role, answer: said(none, NO_ID) });
    }
  });

  it('with a department and no role is for the administrators of its board to end and to open', async () => {
    const { email } = others.get('without a role') ?? arvid;
    const alva = others.get('officer')?.email;
    const ended = await app.post('/api/v1/handovers', { from: email, to: alva, leavesOn: '2023-09-11' }, as(arvid));
    expect([ended.status, ended.body.leavesOn]).toEqual([201, '2023-09-11']);
    const administrator = byRole.get('admin') ?? arvid;
    expect((await app.post('/api/v1/reopenings', { email }, as(administrator))).status).toBe(422);
    expect((await app.post('/api/v1/reopenings', { email }, as(arvid))).status).toBe(201);
  });
});
