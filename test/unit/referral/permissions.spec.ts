import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ACTS, REFERRAL_STATUSES } from '../../../src/domain/referral/lifecycle.js';
import type { Act, ReferralStatus } from '../../../src/domain/referral/lifecycle.js';
import {
  hasReachedDirector,
  mayAct,
  mayAssignTo,
  mayOpenSecret,
  maySee,
  ROLES,
  worksWithCases,
} from '../../../src/domain/referral/permissions.js';
import type { Actor, Role } from '../../../src/domain/referral/permissions.js';

const actor = (roles: readonly Role[], own = false, managed = false, withDirector = false): Actor => ({
  roles: new Set(roles),
  isOfficerOfCase: own,
  isManagerOfDepartment: managed,
  isWithDirector: withDirector,
});
const actsOf = (who: Actor): Act[] => ACTS.filter((act) => mayAct(act, who));

/** What an officer may on own cases, and the manager on the department's. */
const OFFICER: readonly Act[] = [
  'start',
  'request-extension',
  'answer-extension',
  'confirm-adjustment',
  'decline-adjustment',
  'draft-done',
  'send-answer',
];

const TABLE: readonly (readonly [string, Actor, readonly Act[]])[] = [
  [
    'a registrar',
    actor(['registrar']),
    [
      'correct',
      'correct-record',
      'take-back-record',
      'assign',
      'choose-meeting',
      'choose-route',
      'request-extension',
      'answer-extension',
      'cancel',
      'send-answer',
      'mark-secret',
      'change-secrecy',
      'lift-secrecy',
      'close',
      'reopen',
      'mark-dormant',
      'wake',
    ],
  ],
  ['an officer on an own case', actor(['officer'], true), OFFICER],
  ['an officer on another case', actor(['officer']), []],
  ['a manager who has the case, of another department', actor(['manager'], true), OFFICER],
  [
    'the manager of the department',
    actor(['manager'], false, true),
    ['assign', 'approve-manager', 'mark-dormant', 'wake', ...OFFICER],
  ],
  ['the manager of another department', actor(['manager']), []],
  ['a director', actor(['director']), ['approve-director']],
  [
    'a secretary',
    actor(['secretary']),
    [
      'dispatch',
      'record-decision',
      'decide-adjustment',
      'sign-adjustment',
      'record-ordinary-adjustment',
      'post-notice',
      'take-down-notice',
      'send-answer',
      'choose-meeting',
    ],
  ],
  ['a reader', actor(['reader'], true, true), []],
  ['an admin', actor(['admin'], true, true), []],
  ['nobody', actor([], true, true), []],
];

describe('mayAct', () => {
  it.each(TABLE)('%s may exactly this', (_, who, acts) => expect(actsOf(who).sort()).toEqual([...acts].sort()));

  it('leaves no act that nobody may do', () => {
    const everyone = actor(ROLES, true, true);
    expect(actsOf(everyone)).toEqual(ACTS);
  });

  it('gives two roles what each of them has, and no more', () => {
    const role = fc.constantFrom(...ROLES);
    fc.assert(
      fc.property(role, role, fc.boolean(), fc.boolean(), (a, b, own, managed) => {
        const both = actsOf(actor([a, b], own, managed)).sort();
        const each = new Set([...actsOf(actor([a], own, managed)), ...actsOf(actor([b], own, managed))]);
        expect(both).toEqual([...each].sort());
      }),
    );
  });
});

describe('who sees what', () => {
  it.each<readonly [readonly Role[], boolean, boolean, string]>([
    [[], false, false, 'without a role at the board'],
    [['admin'], false, false, 'an admin by that role alone'],
    [['reader'], true, false, 'a reader'],
    [['registrar'], true, true, 'a registrar'],
    [['secretary'], true, true, 'a secretary'],
    [['director'], true, false, 'a director, before it is the turn of the director'],
    [['admin', 'reader'], true, false, 'an admin who reads too'],
  ])('%j sees: %p, opens secret: %p: %s', (roles, sees, opens) => {
    expect(maySee(actor(roles))).toBe(sees);
    expect(mayOpenSecret(actor(roles))).toBe(opens);
  });

  it.each([
    [actor(['officer'], true), true, 'its officer'],
    [actor(['manager'], true), true, 'its officer, a manager of another department'],
    [actor(['officer']), false, 'another officer'],
    [actor(['manager'], false, true), true, "the department's manager"],
    [actor(['manager']), false, 'another manager'],
    [actor(['reader'], true, true), false, 'one who has lost the role'],
    [actor(['director'], false, false, true), true, 'a director once the case has come there'],
    [actor(['reader'], false, false, true), false, 'a reader of a case that has come to the director'],
    [actor(['manager'], false, false, true), false, 'another manager of such a case'],
  ])('a secret case is opened by %j: %p: %s', (who, opens) => expect(mayOpenSecret(who)).toBe(opens));
});

describe('hasReachedDirector', () => {
  it.each<[ReferralStatus, string | null, boolean, string]>([
    ['assigned', 'draft', false, 'the draft is to be written'],
    ['in-preparation', 'managerApproval', false, 'the manager has the turn'],
    ['in-preparation', 'directorApproval', true, 'the director has the turn'],
    ['in-preparation', 'set-answer-date', false, 'nothing is planned'],
    ['approved', 'dispatch', true, 'the director has approved it'],
    ['expedited', 'close', true, 'all is done but the closing'],
    ['closed', null, false, 'it has ended'],
    ['cancelled', null, false, 'it should never have been'],
  ])('%s, next %s: %p: %s', (status, next, reached) => expect(hasReachedDirector(status, next)).toBe(reached));

  it('is so for every open status past the preparation', () => {
    const past = ['approved', 'on-agenda', 'decided', 'adjusted', 'expedited'];
    expect(REFERRAL_STATUSES.filter((status) => hasReachedDirector(status, null))).toEqual(past);
  });
});

describe('mayAssignTo', () => {
  it.each([
    ['registrar', [], null, null, true, 'a registrar gives any case to anyone'],
    ['manager', ['HR'], 'HR', 'HR', true, 'within the department'],
    ['manager', ['HR', 'IT'], 'HR', 'IT', true, 'over the departments managed'],
    ['manager', ['HR'], 'IT', 'HR', false, 'an officer of another department'],
    ['manager', ['HR'], 'HR', 'IT', false, 'a case for another department'],
    ['manager', ['HR'], null, 'HR', false, 'an officer without a department'],
    ['manager', ['HR'], 'HR', null, false, 'a case without a department'],
    ['officer', [], 'HR', 'HR', false, 'an officer assigns to nobody'],
  ] as const)('%s of %j, to an officer of %s for %s: %s, %s', (role, managed, officers, cases, may, _why) => {
    expect(mayAssignTo(new Set<Role>([role]), new Set<string>(managed), { officers, cases })).toBe(may);
  });
});

describe('worksWithCases', () => {
  it.each(ROLES)('%s', (role) => expect(worksWithCases([role])).toBe(!['reader', 'admin'].includes(role)));
});
