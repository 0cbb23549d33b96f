import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { localDate } from '../../../src/domain/calendar/local-date.js';
import { RuleError } from '../../../src/domain/errors.js';
import { ACTS, REFERRAL_STATUSES, type Act, type ReferralStatus } from '../../../src/domain/referral/lifecycle.js';
import { recordOf } from '../../../src/domain/referral/records.js';
import type { Acted, ActRequest } from '../../../src/features/referrals/act-on-referral.js';
import { Acts } from '../../../src/features/referrals/acts/acts.js';
import { CorrectReferral } from '../../../src/features/referrals/acts/correct-referral.js';
import { RegisterReferral } from '../../../src/features/referrals/register-referral.js';
import type { Referral } from '../../../src/features/referrals/referral.js';
import type { Actor } from '../../../src/features/people/actor.js';
import { Actors } from '../../../src/features/people/actors.js';
import { ReadDatabase } from '../../../src/platform/database/read-database.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { startApp, type TestApp } from '../../support/app.js';
import { seedDepartment, seedModelBoard, seedPerson, type ModelBoard } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';

const OPEN: readonly ReferralStatus[] = [
  'registered', 'assigned', 'in-preparation', 'approved', 'on-agenda', 'decided', 'adjusted', 'expedited',
]; // prettier-ignore
const UNDECIDED = OPEN.slice(0, 5);

/**
 * Who may do what, from the table of roles, and in which statuses of the story below, from the table of statuses.
 * Written by hand from the specification; nothing of it is taken from the code that it judges.
 */
const EXPECTED: Readonly<Record<Act, { who: readonly string[]; when: readonly ReferralStatus[] }>> = {
  correct: { who: ['registrar'], when: OPEN },
  'correct-record': { who: ['registrar'], when: OPEN.slice(2) },
  'take-back-record': { who: ['registrar'], when: OPEN.slice(2) },
  assign: { who: ['registrar', 'manager'], when: OPEN },
  start: { who: ['officer', 'manager'], when: ['assigned'] },
  'choose-meeting': { who: ['registrar', 'secretary'], when: UNDECIDED },
  'choose-route': { who: ['registrar'], when: UNDECIDED },
  'request-extension': { who: ['registrar', 'officer', 'manager'], when: OPEN.slice(0, 7) },
  'answer-extension': { who: ['registrar', 'officer', 'manager'], when: [] },
  'confirm-adjustment': { who: ['officer', 'manager'], when: UNDECIDED },
  'decline-adjustment': { who: ['officer', 'manager'], when: UNDECIDED },
  'decide-adjustment': { who: ['secretary'], when: ['on-agenda'] },
  'sign-adjustment': { who: ['secretary'], when: ['decided'] },
  'draft-done': { who: ['officer', 'manager'], when: ['assigned', 'in-preparation'] },
  'approve-manager': { who: ['manager'], when: ['in-preparation'] },
  'approve-director': { who: ['director'], when: [] },
  dispatch: { who: ['secretary'], when: OPEN.slice(0, 4) },
  'record-decision': { who: ['secretary'], when: UNDECIDED },
  'record-ordinary-adjustment': { who: ['secretary'], when: ['decided'] },
  'post-notice': { who: ['secretary'], when: ['adjusted', 'expedited'] },
  'take-down-notice': { who: ['secretary'], when: [] },
  'send-answer': { who: ['registrar', 'secretary', 'officer', 'manager'], when: ['decided', 'adjusted'] },
  close: { who: ['registrar'], when: ['expedited'] },
  reopen: { who: ['registrar'], when: ['closed'] },
  cancel: { who: ['registrar'], when: OPEN },
  'mark-secret': { who: ['registrar'], when: REFERRAL_STATUSES },
  'change-secrecy': { who: ['registrar'], when: [] },
  'lift-secrecy': { who: ['registrar'], when: [] },
  'mark-dormant': { who: ['registrar', 'manager'], when: OPEN },
  wake: { who: ['registrar', 'manager'], when: [] },
};

/** Acts that no case of the story is ready for: what is done first, by whom, and where it can then be done. */
const ONCE_READY: Partial<Record<Act, { first: readonly (readonly [Act, Who])[]; when: readonly ReferralStatus[] }>> = {
  'answer-extension': { first: [['request-extension', 'registrar']], when: OPEN.slice(0, 7) },
  'approve-director': {
    first: [['draft-done', 'officer'], ['approve-manager', 'manager']],
    when: ['assigned', 'in-preparation'],
  },
  'take-down-notice': { first: [['post-notice', 'secretary']], when: ['adjusted', 'expedited'] },
  'change-secrecy': { first: [['mark-secret', 'registrar']], when: REFERRAL_STATUSES },
  'lift-secrecy': { first: [['mark-secret', 'registrar']], when: REFERRAL_STATUSES },
  wake: { first: [['mark-dormant', 'manager']], when: OPEN },
}; // prettier-ignore

const PEOPLE = [
  'registrar', 'officer', 'manager', 'director', 'secretary', 'reader', 'admin', 'other officer', 'other manager',
  'registrar elsewhere',
] as const; // prettier-ignore
type Who = (typeof PEOPLE)[number];

const ROLLBACK = new Error('rolled back');

describe('every act, by everyone, in every status', () => {
  const clock = new SettableClock('2023-10-26T16:00:00.000Z');
  let app: TestApp;
  let board: ModelBoard;
  const actors = new Map<Who, Actor>();
  const cases = new Map<ReferralStatus, Referral>();

  type Perform = (tx: EntityManager, actor: Actor, request: ActRequest) => Promise<Acted>;
  const performers = (): Record<Act, Perform> => {
    const acts = app.provider(Acts);
    const correct = app.provider(CorrectReferral);
    return {
      correct: (tx, a, r) => correct.inTransaction(tx, a, r, { title: 'Rättad' }),
      'correct-record': (tx, a, r) =>
        acts.correctRecord(tx, a, r, { record: 'started', on: localDate('2023-10-25'), reason: 'Fel dag' }),
      'take-back-record': (tx, a, r) => {
        const referral = [...cases.values()].find(({ id }) => id === r.referralId);
        const latest = referral?.steps.at(-1);
        const record = latest === undefined ? 'draft' : recordOf(latest);
        return acts.takeBack.inTransaction(tx, a, r, { record, reason: 'Fel ärende' });
      },
      assign: (tx, a, r) => acts.assign.inTransaction(tx, a, r, { officer: board.officer.email }),
      start: (tx, a, r) => acts.step.inTransaction(tx, a, r, { step: 'start' }),
      'choose-meeting': (tx, a, r) => acts.way.inTransaction(tx, a, r, { meeting: localDate('2023-11-23') }),
      'choose-route': (tx, a, r) => acts.way.inTransaction(tx, a, r, { route: 'chair', reason: 'Brådskande' }),
      'request-extension': (tx, a, r) => acts.extension(tx, a, r, { act: 'ask' }),
      'answer-extension': (tx, a, r) => acts.extension(tx, a, r, { act: 'granted', newDue: localDate('2023-12-01') }),
      'confirm-adjustment': (tx, a, r) => acts.adjustment(tx, a, r, { act: 'confirm' }),
      'decline-adjustment': (tx, a, r) =>
        acts.adjustment(tx, a, r, { act: 'decline', reason: 'Anstånd begärs', way: 'extension' }),
      'decide-adjustment': (tx, a, r) => acts.adjustment(tx, a, r, { act: 'decide' }),
      'sign-adjustment': (tx, a, r) => acts.adjustment(tx, a, r, { act: 'sign' }),
      'draft-done': (tx, a, r) => acts.step.inTransaction(tx, a, r, { step: 'draft' }),
      'approve-manager': (tx, a, r) => acts.approve.inTransaction(tx, a, r, { level: 'manager' }),
      'approve-director': (tx, a, r) => acts.approve.inTransaction(tx, a, r, { level: 'director' }),
      dispatch: (tx, a, r) => acts.step.inTransaction(tx, a, r, { step: 'dispatch' }),
      'record-decision': (tx, a, r) => acts.decide.inTransaction(tx, a, r, { outcome: 'adopted' }),
      'record-ordinary-adjustment': (tx, a, r) => acts.step.inTransaction(tx, a, r, { step: 'ordinary-adjustment' }),
      'post-notice': (tx, a, r) => acts.step.inTransaction(tx, a, r, { step: 'notice-posted' }),
      'take-down-notice': (tx, a, r) => acts.step.inTransaction(tx, a, r, { step: 'notice-taken-down', confirm: true }),
      'send-answer': (tx, a, r) => acts.answer.inTransaction(tx, a, r, {}),
      close: (tx, a, r) => acts.end.close(tx, a, r, true),
      reopen: (tx, a, r) => acts.end.reopen(tx, a, r, 'Nytt i ärendet'),
      cancel: (tx, a, r) => acts.end.cancel(tx, a, r, 'Felregistrerad'),
      'mark-secret': (tx, a, r) => correct.inTransaction(tx, a, r, { secrecy: { provision: 'OSL 21 kap. 7 §' } }),
      'change-secrecy': (tx, a, r) => correct.inTransaction(tx, a, r, { secrecy: { provision: 'OSL 18 kap. 8 §' } }),
      'lift-secrecy': (tx, a, r) => correct.inTransaction(tx, a, r, { secrecy: null }),
      'mark-dormant': (tx, a, r) => acts.rest.inTransaction(tx, a, r, { dormant: true }),
      wake: (tx, a, r) => acts.rest.inTransaction(tx, a, r, { dormant: false }),
    };
  };

  /** The story that leads to each status. */
  const STORY: readonly (readonly [ReferralStatus, readonly (readonly [Act, Who])[]])[] = [
    ['assigned', [['assign', 'registrar']]],
    ['in-preparation', [['start', 'officer']]],
    ['approved', [['draft-done', 'officer'], ['approve-manager', 'manager'], ['approve-director', 'director']]],
    ['on-agenda', [['dispatch', 'secretary']]],
    ['decided', [['record-decision', 'secretary'], ['decide-adjustment', 'secretary']]],
    ['adjusted', [['sign-adjustment', 'secretary']]],
    ['expedited', [['send-answer', 'registrar']]],
    ['closed', [['close', 'registrar']]],
  ]; // prettier-ignore

  const actor = (who: Who): Actor => {
    const found = actors.get(who);
    if (!found) throw new Error(who);
    return found;
  };

  const told = async (status: ReferralStatus): Promise<Referral> => {
    const work = app.provider(UnitOfWork);
    clock.set('2023-09-11T08:41:00.000Z');
    const input = { board: 'EÅV', title: `Remiss ${status}`, sender: 'Kommunstyrelsen' };
    const days = { receivedOn: localDate('2023-09-11'), answerDue: localDate('2023-10-27') };
    let referral = await app
      .provider(RegisterReferral)
      .execute(actor('registrar'), { ...input, ...days, department: 'HR' });
    clock.set('2023-10-26T16:00:00.000Z');
    const request = { referralId: referral.id };
    if (status === 'cancelled') {
      return (await work.run((tx) => performers().cancel(tx, actor('registrar'), request))).referral;
    }
    for (const [reached, acts] of STORY) {
      if (referral.status === status) break;
      for (const [act, who] of acts)
        ({ referral } = await work.run((tx) => performers()[act](tx, actor(who), request)));
      expect(referral.status).toBe(reached);
    }
    return referral;
  };

  beforeAll(async () => {
    app = await startApp({ clock, process: 'web' });
    board = await seedModelBoard(app);
    const others = {
      admin: await seedPerson(app, { email: 'ada.admin@example.se', name: 'Ada Admin', roles: { EÅV: ['admin'] } }),
      'other officer': await seedPerson(app, { email: 'o@example.se', name: 'O', roles: { EÅV: ['officer'] } }),
      'other manager': await seedPerson(app, { email: 'm@example.se', name: 'M', roles: { EÅV: ['manager'] } }),
      'registrar elsewhere': await seedPerson(app, { email: 'e@example.se', name: 'E' }),
    };
    await seedDepartment(app, { code: 'KULT', name: 'Kultur', managerId: others['other manager'].id });
    for (const [who, { id, email }] of Object.entries({ ...board, ...others })) {
      const found = PEOPLE.find((one) => one === who);
      if (!found) throw new Error(who);
      const em = app.provider(ReadDatabase).manager;
      actors.set(found, await app.provider(Actors).actorOf(em, { id, email, name: who }, clock.today()));
    }
    for (const status of REFERRAL_STATUSES) cases.set(status, await told(status));
  }, 120_000);
  afterAll(() => app.close());

  type First = readonly (readonly [Act, Who])[];
  const outcomeOf = async (act: Act, who: Who, status: ReferralStatus, first: First = []): Promise<string> => {
    const referral = cases.get(status);
    if (!referral) throw new Error(status);
    try {
      await app.provider(UnitOfWork).run(async (tx) => {
        const request = { referralId: referral.id };
        for (const [one, by] of first) await performers()[one](tx, actor(by), request);
        await performers()[act](tx, actor(who), request);
        throw ROLLBACK;
      });
      return 'never';
    } catch (error) {
      if (error === ROLLBACK) return 'done';
      if (!(error instanceof RuleError)) throw error;
      if (error.code === 'not-found') return error.code;
      expect(error.facts['possible']).toBeInstanceOf(Array);
      if (error.code === 'act-not-allowed')
        expect(error.facts).toMatchObject({ act, status, reason: expect.any(String) });
      return error.code;
    }
  };

  const expected = (act: Act, who: Who, status: ReferralStatus, ready = EXPECTED[act].when): string => {
    if (who === 'admin' || who === 'registrar elsewhere') return 'not-found';
    const { who: may } = EXPECTED[act];
    // Nobody is the officer of a case that has none.
    const isOwn = who !== 'officer' || (status !== 'registered' && status !== 'cancelled');
    if (!may.includes(who) || !isOwn) return 'forbidden';
    return ready.includes(status) ? 'done' : 'act-not-allowed';
  };

  // On a case that is not marked, what changes a provision marks it.
  it.each(ACTS.filter((act) => act !== 'change-secrecy'))('%s', async (act) => {
    for (const who of PEOPLE) {
      for (const status of REFERRAL_STATUSES) {
        const outcome = await outcomeOf(act, who, status);
        expect({ act, who, status, outcome }).toEqual({ act, who, status, outcome: expected(act, who, status) });
      }
    }
  });

  it.each(ACTS.filter((act) => ONCE_READY[act] !== undefined))('%s, once the case is ready for it', async (act) => {
    const { first, when } = ONCE_READY[act] ?? { first: [], when: [] };
    for (const who of PEOPLE) {
      for (const status of when) {
        const outcome = await outcomeOf(act, who, status, first);
        expect({ act, who, status, outcome }).toEqual({ act, who, status, outcome: expected(act, who, status, when) });
      }
    }
  });

  it('leaves no act that was never done', () => {
    const done = ACTS.filter((act) => EXPECTED[act].when.length > 0 || (ONCE_READY[act]?.when.length ?? 0) > 0);
    expect(done).toEqual(ACTS);
  });

  it('says to each what is possible instead', async () => {
    const id = cases.get('assigned')?.id;
    const refused = await app.post(`/api/v1/referrals/${id}/answer`, {}, { token: board.officer.token });
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ type: '/problems/act-not-allowed', reason: 'step-order' });
    expect(refused.body.possible).toEqual([
      'start', 'request-extension', 'confirm-adjustment', 'decline-adjustment', 'draft-done',
    ]); // prettier-ignore
    const forbidden = await app.post(`/api/v1/referrals/${id}/answer`, {}, { token: board.reader.token });
    expect(forbidden.status).toBe(403);
    expect(forbidden.body.possible).toEqual([]);
  });
});
