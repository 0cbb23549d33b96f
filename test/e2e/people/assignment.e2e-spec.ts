import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PeopleRepository } from '../../../src/features/people/people.repository.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { startApp, type TestApp } from '../../support/app.js';
import {
  seedBoard,
  seedDepartment,
  seedModelBoard,
  seedPerson,
  type ModelBoard,
  type SeededPerson,
} from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';
import { Story } from '../../support/story.js';

describe('a manager who assigns', () => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  let app: TestApp;
  let people: ModelBoard;
  let id: string;

  const assign = (who: SeededPerson, body: object) =>
    app.post(`/api/v1/referrals/${id}/assignment`, body, { token: who.token });

  beforeAll(async () => {
    app = await startApp({ clock, process: 'web' });
    people = await seedModelBoard(app);
    await seedDepartment(app, { code: 'IT', name: 'Avdelning IT' });
    const roles = { EÅV: ['officer'] } as const;
    await seedPerson(app, { email: 'ivar@example.se', name: 'Ivar', roles, department: ['EÅV', 'IT'] });
    await seedPerson(app, { email: 'utan@example.se', name: 'Ulla Utan', roles });
    const body = {
      board: 'EÅV',
      title: 'Förslag',
      sender: 'Kommunstyrelsen',
      receivedOn: '2023-09-11',
      department: 'HR',
    };
    id = (await app.post('/api/v1/referrals', body, { token: people.registrar.token })).body.id;
  });
  afterAll(() => app.close());

  it.each([
    ['an officer of another department', { officer: 'ivar@example.se', department: 'HR' }, 'officer'],
    ['an officer of none', { officer: 'utan@example.se' }, 'officer'],
    ['another department', { officer: 'hanna.handlaggare@example.se', department: 'IT' }, 'department'],
  ])('does not give a case to %s, and is told what is possible', async (_to, body, field) => {
    const answer = await assign(people.manager, body);
    expect(answer).toMatchObject({
      status: 403,
      body: { type: '/problems/forbidden', act: 'assign', field, departments: ['HR'] },
    });
    expect(answer.body.detail).toBe(
      'Din roll tillåter inte detta: fördela. Det kräver att både handläggaren och avdelningen hör till en avdelning som du är chef för. Möjliga avdelningar: HR.',
    );
  });

  it('is told the same of an address that nobody has and of one that only another board knows', async () => {
    await seedBoard(app, 'ÄLV', 'Älvsjö stadsdelsnämnd');
    await seedPerson(app, { email: 'stina@example.se', name: 'Stina', roles: { ÄLV: ['officer'] } });
    const refused = async (officer: string) => {
      const { status, body } = await assign(people.registrar, { officer });
      return { status, ...JSON.parse(JSON.stringify(body).replaceAll(officer.toLowerCase(), 'X')), instance: '' };
    };
    const nobody = await refused('nobody@example.se');
    expect(nobody).toMatchObject({ status: 422, type: '/problems/person-unknown', errors: [{ field: 'officer' }] });
    for (const officer of ['stina@example.se', 'STINA@example.se']) expect(await refused(officer)).toEqual(nobody);
    const reader = await assign(people.registrar, { officer: people.reader.email });
    expect(reader.body).toMatchObject({ type: '/problems/person-lacks-role', errors: [{ field: 'officer' }] });
  });

  it('gives it to the own department, and a registrar to anyone', async () => {
    expect((await assign(people.manager, { officer: people.officer.email })).status).toBe(200);
    expect((await assign(people.registrar, { officer: 'ivar@example.se', department: 'IT' })).status).toBe(200);
  });
});

describe('a manager who is the officer of a case outside the own department', () => {
  it.each([null, 'IT'])(
    '(%s) works with it as its officer, secret or not, and approves nothing there',
    async (department) => {
      const app = await startApp({ clock: new SettableClock('2023-09-11T08:41:00.000Z'), process: 'web' });
      try {
        const { registrar } = await seedModelBoard(app);
        const roles = { EÅV: ['manager'] } as const;
        const manager = await seedPerson(app, { email: 'mona.chef@example.se', name: 'Mona Chef', roles });
        await seedDepartment(app, { code: 'IT', name: 'Avdelning IT' });
        const remiss = { board: 'EÅV', title: 'Hemligheten', sender: 'Polisen', receivedOn: '2023-09-11' };
        const given = { answerDue: '2023-10-27', officer: manager.email, secrecy: { provision: 'OSL 18 kap. 1 §' } };
        const { body } = await app.post(
          '/api/v1/referrals',
          { ...remiss, ...given, ...(department === null ? {} : { department }) },
          { token: registrar.token },
        );
        const as = { token: manager.token };
        const path = `/api/v1/referrals/${body.id}`;
        expect(body.department?.code ?? null).toBe(department);
        expect((await app.get(path, as)).body).toMatchObject({ readable: true, title: 'Hemligheten' });
        for (const search of ['', '?q=hemligheten', `?officer=${manager.email}`, '?status=open']) {
          const { items } = (await app.get(`/api/v1/referrals${search}`, as)).body;
          expect({ search, items }).toMatchObject({ search, items: [{ id: body.id, title: 'Hemligheten' }] });
        }
        const drafted = await app.post(`${path}/steps`, { step: 'draft' }, as);
        expect(drafted).toMatchObject({ status: 200, body: { status: 'in-preparation' } });
        expect(drafted.body.acts).not.toContain('approve-manager');
        expect((await app.post(`${path}/approval`, { level: 'manager' }, as)).status).toBe(403);
      } finally {
        await app.close();
      }
    },
  );
});

describe('a case that is opened again', () => {
  it('says that its officer has left, until someone else has it', async () => {
    const story = await Story.begin();
    try {
      await story.register();
      await story.act('registrar', 'meeting', { route: 'declined', reason: 'Berör oss inte' });
      await story.act('secretary', 'decision', { outcome: 'declined' });
      await story.act('registrar', 'closing', {});
      const { officer, manager } = story.people;
      const { app } = story;
      await app
        .provider(UnitOfWork)
        .run((tx) => app.provider(PeopleRepository).end(tx, officer.id, story.clock.today()));
      expect((await story.view()).warnings).not.toContain('officer-left');
      const path = `/api/v1/referrals/${story.id}/reopening`;
      const reopened = await app.post(path, { reason: 'Tillägg' }, story.as('registrar'));
      expect(reopened).toMatchObject({ status: 200, body: { officer: { email: officer.email } } });
      expect(reopened.body.warnings).toContain('officer-left');
      await story.act('registrar', 'assignment', { officer: manager.email });
      expect((await story.view()).warnings).not.toContain('officer-left');
    } finally {
      await story.end();
    }
  });
});
