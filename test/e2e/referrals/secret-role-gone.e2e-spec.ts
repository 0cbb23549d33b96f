import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '../../../src/domain/referral/permissions.js';
import { PeopleRepository } from '../../../src/features/people/people.repository.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { ENGINES, startApp, type TestApp } from '../../support/app.js';
import { seedBoard, seedModelBoard, type ModelBoard, type SeededPerson } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';

describe.each(ENGINES)('a secret case and someone who has only the reader’s role left, on %s', (engine) => {
  let app: TestApp;
  let board: ModelBoard;
  let id = '';

  beforeAll(async () => {
    app = await startApp({ clock: new SettableClock('2023-09-11T08:41:00.000Z'), engine, process: 'web' });
    board = await seedModelBoard(app);
    await seedBoard(app, 'KS', 'Kommunstyrelsen');
    const body = {
      board: 'EÅV', title: 'Om hemligheten', sender: 'Polisen', receivedOn: '2023-09-11', answerDue: '2023-10-27',
      officer: board.officer.email, department: 'HR', secrecy: { provision: 'OSL 18 kap. 1 §' },
    }; // prettier-ignore
    id = (await app.post('/api/v1/referrals', body, { token: board.registrar.token })).body.id;
  });
  afterAll(() => app.close());

  const become = (who: SeededPerson, from: Role, to: Role, there = 'EÅV') =>
    app.provider(UnitOfWork).run(async (tx) => {
      const people = app.provider(PeopleRepository);
      await people.removeRole(tx, who.id, 'EÅV', from);
      await people.addRole(tx, who.id, there, to);
    });

  /** In how many of the ways to find a case it is found, and whether the list shows its title. */
  async function found(who: SeededPerson) {
    const list = async (path: string): Promise<{ id?: string; title?: string | null; referral?: { id: string } }[]> =>
      (await app.get(`/api/v1/${path}`, { token: who.token })).body.items;
    const hits = async (path: string) =>
      (await list(path)).filter((item) => (item.referral?.id ?? item.id) === id).length;
    const officer = encodeURIComponent(board.officer.email);
    return {
      readable: (await app.get(`/api/v1/referrals/${id}`, { token: who.token })).body.readable,
      listed: (await list('referrals')).map((item) => item.title),
      words: await hits('referrals?q=hemligheten'),
      officer: await hits(`referrals?officer=${officer}`),
      due: await hits('referrals?dueBefore=2023-10-28'),
      department: await hits('referrals?department=HR'),
      reminders: (await hits('reminders/upcoming?days=60')) > 0,
    };
  }
  const opened = {
    readable: true, listed: ['Om hemligheten'], words: 1, officer: 1, due: 1, department: 1, reminders: true,
  }; // prettier-ignore
  const closed = { readable: false, listed: [null], words: 0, officer: 0, due: 0, department: 0, reminders: false };

  it('is found by its officer, and no longer when the officer’s role is gone', async () => {
    expect(await found(board.officer)).toEqual(opened);
    await become(board.officer, 'officer', 'reader');
    await become(board.officer, 'registrar', 'officer', 'KS');
    expect(await found(board.officer)).toEqual(closed);
  });

  it('is found by its department’s manager, and no longer when the manager’s role is gone', async () => {
    expect(await found(board.manager)).toEqual(opened);
    await become(board.manager, 'manager', 'reader');
    await become(board.manager, 'registrar', 'manager', 'KS');
    expect(await found(board.manager)).toEqual(closed);
    expect((await app.get('/api/v1/me', { token: board.manager.token })).body.manages).toEqual([]);
  });
});
