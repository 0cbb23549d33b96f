import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ADJUSTMENT_STATUSES } from '../../../src/domain/adjustment/adjustment.js';
import { RuleError } from '../../../src/domain/errors.js';
import {
  ACTS,
  allowedActs,
  assertAct,
  isOpenStatus,
  OPEN_STATUSES,
  OUTCOMES,
  REFERRAL_STATUSES,
  refusalOf,
  ROUTES,
  statusAfter,
  UNDECIDED_STATUSES,
} from '../../../src/domain/referral/lifecycle.js';
import type { Act, CaseFacts, Outcome, ReferralStatus, Refusal } from '../../../src/domain/referral/lifecycle.js';

function facts(change: Partial<CaseFacts> = {}): CaseFacts {
  return {
    status: 'assigned',
    statusBeforeClosing: null,
    route: 'meeting',
    hasMeeting: true,
    meetingAhead: false,
    hasAnswerDate: true,
    outcome: null,
    adjustment: 'proposed',
    draftDone: false,
    managerApproved: false,
    directorApproved: false,
    adjusted: false,
    noticePosted: false,
    noticeTakenDown: false,
    hasRecords: false,
    openExtension: false,
    secret: false,
    dormant: false,
    ...change,
  };
}

const before = ['registered', 'assigned', 'in-preparation', 'approved', 'on-agenda'] as const;
const open = [...before, 'decided', 'adjusted', 'expedited'] as const;
const every = [...open, 'closed', 'cancelled'] as const;

describe('the statuses', () => {
  it('are open until closed or cancelled, and undecided until decided', () => {
    expect(OPEN_STATUSES).toEqual(open);
    expect(UNDECIDED_STATUSES).toEqual(before);
    expect(REFERRAL_STATUSES.filter(isOpenStatus)).toEqual(open);
  });
});

describe('from which statuses an act is possible', () => {
  const TABLE: Record<Act, readonly [readonly ReferralStatus[], Partial<CaseFacts>?]> = {
    correct: [open],
    'correct-record': [open, { hasRecords: true }],
    'take-back-record': [open, { hasRecords: true }],
    assign: [open],
    start: [['assigned']],
    'choose-meeting': [before],
    'choose-route': [before],
    'request-extension': [[...before, 'decided', 'adjusted']],
    'answer-extension': [open, { openExtension: true }],
    'confirm-adjustment': [before],
    'decline-adjustment': [before],
    'decide-adjustment': [['on-agenda', 'decided', 'adjusted', 'expedited']],
    'sign-adjustment': [['decided', 'adjusted', 'expedited'], { adjustment: 'decided' }],
    'draft-done': [['assigned', 'in-preparation']],
    'approve-manager': [['in-preparation']],
    'approve-director': [['in-preparation'], { managerApproved: true }],
    dispatch: [['registered', 'assigned', 'in-preparation', 'approved']],
    'record-decision': [before],
    'record-ordinary-adjustment': [['decided', 'adjusted', 'expedited']],
    'post-notice': [['decided', 'adjusted', 'expedited'], { adjusted: true }],
    'take-down-notice': [['decided', 'adjusted', 'expedited'], { adjusted: true, noticePosted: true }],
    'send-answer': [['decided', 'adjusted']],
    close: [['expedited']],
    reopen: [['closed']],
    cancel: [open],
    'mark-secret': [every],
    'change-secrecy': [every, { secret: true }],
    'lift-secrecy': [every, { secret: true }],
    'mark-dormant': [open],
    wake: [open, { dormant: true }],
  };

  it.each(ACTS.map((act) => [act, ...TABLE[act]] as const))('%s: %j', (act, statuses, change = {}) =>
    expect(every.filter((status) => refusalOf(act, facts({ ...change, status })) === null)).toEqual(statuses),
  );

  it.each<readonly [Outcome, readonly ReferralStatus[], string]>([
    ['declined', ['decided', 'adjusted', 'expedited'], 'nothing needs to be sent'],
    ['noted', ['decided', 'adjusted', 'expedited'], 'nothing needs to be sent'],
    ['adopted', ['expedited'], 'the answer must have been sent'],
  ])('closing after a decision that is %s: %j: %s', (outcome, statuses) =>
    expect(every.filter((status) => refusalOf('close', facts({ status, outcome })) === null)).toEqual(statuses),
  );
});

describe('why an act is refused', () => {
  const done = { adjusted: true, noticePosted: true };
  it.each<readonly [Act, Partial<CaseFacts>, Refusal, string]>([
    ['correct-record', {}, 'nothing-recorded', 'there is nothing to correct'],
    ['take-back-record', { status: 'closed', hasRecords: true }, 'case-closed', 'it is reopened first'],
    ['start', { status: 'registered' }, 'no-officer', 'nobody has the case'],
    ['start', { status: 'in-preparation' }, 'already-done', 'it has begun'],
    ['draft-done', { status: 'registered' }, 'no-officer', 'nobody has the case'],
    ['draft-done', { draftDone: true }, 'already-done', 'it is marked'],
    ['draft-done', { managerApproved: true }, 'already-done', 'a later step is done'],
    ['draft-done', { status: 'approved' }, 'already-done', 'the director has approved'],
    ['approve-manager', { status: 'assigned' }, 'step-order', 'no draft has been begun'],
    ['approve-manager', { status: 'in-preparation', managerApproved: true }, 'already-done', 'approved'],
    ['approve-director', { status: 'in-preparation' }, 'step-order', 'the director approves last'],
    ['dispatch', { status: 'approved', hasMeeting: false }, 'no-meeting', 'no meeting is chosen'],
    ['dispatch', { status: 'approved', route: 'chair' }, 'not-this-route', 'the chair decides'],
    ['dispatch', { status: 'decided' }, 'already-done', 'it is decided'],
    ['confirm-adjustment', { route: 'delegation' }, 'not-this-route', 'no minutes to adjust'],
    ['confirm-adjustment', { adjustment: 'confirmed' }, 'adjustment-not-allowed', 'it is confirmed'],
    ['decline-adjustment', { adjustment: 'not-needed' }, 'adjustment-not-allowed', 'nothing to decline'],
    ['decide-adjustment', { status: 'approved' }, 'step-order', 'the board has not met'],
    ['decide-adjustment', { status: 'decided', adjusted: true }, 'already-done', 'the minutes are adjusted'],
    ['sign-adjustment', { status: 'on-agenda', adjustment: 'decided' }, 'step-order', 'nothing is decided'],
    ['sign-adjustment', { status: 'decided', adjustment: 'confirmed' }, 'adjustment-not-allowed', 'the board decides'],
    ['record-ordinary-adjustment', { status: 'decided', adjusted: true }, 'already-done', 'adjusted'],
    ['record-ordinary-adjustment', { status: 'decided', route: 'chair' }, 'not-this-route', 'no minutes'],
    ['post-notice', { status: 'decided' }, 'step-order', 'the minutes are not adjusted'],
    ['post-notice', { status: 'adjusted', ...done }, 'already-done', 'posted'],
    ['take-down-notice', { status: 'adjusted', adjusted: true }, 'step-order', 'not posted'],
    ['take-down-notice', { status: 'adjusted', ...done, noticeTakenDown: true }, 'already-done', 'taken down'],
    ['record-decision', { hasMeeting: false }, 'no-meeting', 'a board decides at a meeting'],
    ['record-decision', { meetingAhead: true }, 'before-meeting', 'the board has not met'],
    [
      'decide-adjustment', { status: 'on-agenda', adjustment: 'confirmed', meetingAhead: true }, 'before-meeting',
      'the board has not met',
    ], // prettier-ignore
    ['record-decision', { status: 'decided' }, 'already-done', 'decided'],
    ['send-answer', { status: 'on-agenda' }, 'step-order', 'not decided'],
    ['send-answer', { status: 'expedited' }, 'already-done', 'sent'],
    ['request-extension', { openExtension: true }, 'extension-open', 'one is asked for'],
    ['request-extension', { hasAnswerDate: false }, 'no-answer-date', 'no date to extend'],
    ['request-extension', { status: 'expedited' }, 'wrong-status', 'the answer is sent'],
    ['answer-extension', {}, 'extension-not-open', 'none is asked for'],
    ['choose-meeting', { status: 'decided' }, 'wrong-status', 'it is decided'],
    ['close', { status: 'decided', outcome: 'adopted' }, 'step-order', 'the answer is not sent'],
    ['close', { status: 'assigned' }, 'step-order', 'nothing is decided'],
    ['close', { status: 'closed' }, 'case-closed', 'closed'],
    ['correct', { status: 'closed' }, 'case-closed', 'closed'],
    ['correct', { status: 'cancelled' }, 'case-cancelled', 'cancelled'],
    ['cancel', { status: 'closed' }, 'case-closed', 'a closed case cannot be cancelled'],
    ['reopen', { status: 'cancelled' }, 'wrong-status', 'a cancelled number stays cancelled'],
    ['mark-secret', { secret: true }, 'already-done', 'marked'],
    ['change-secrecy', {}, 'wrong-status', 'not marked'],
    ['lift-secrecy', {}, 'wrong-status', 'not marked'],
    ['mark-dormant', { dormant: true }, 'already-done', 'dormant'],
    ['wake', {}, 'wrong-status', 'awake'],
  ])('%s with %j: %s: %s', (act, change, reason) => expect(refusalOf(act, facts(change))).toBe(reason));

  it('is told with what is possible instead', () => {
    let caught: unknown;
    try {
      assertAct('send-answer', facts({ status: 'closed' }));
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(RuleError);
    expect(caught).toMatchObject({
      code: 'act-not-allowed',
      facts: { act: 'send-answer', status: 'closed', reason: 'case-closed', possible: ['reopen', 'mark-secret'] },
    });
  });
});

describe('statusAfter', () => {
  it.each<readonly [Act, Partial<CaseFacts>, ReferralStatus, string]>([
    ['assign', { status: 'registered' }, 'assigned', 'the first officer'],
    ['assign', { status: 'in-preparation' }, 'in-preparation', 'a later status is kept'],
    ['assign', { status: 'decided' }, 'decided', 'a later status is kept'],
    ['start', { status: 'assigned' }, 'in-preparation', "the officer's start"],
    ['draft-done', { status: 'assigned' }, 'in-preparation', 'the first draft step'],
    ['draft-done', { status: 'in-preparation' }, 'in-preparation', 'the last draft step'],
    ['approve-manager', { status: 'in-preparation' }, 'in-preparation', 'the director is left'],
    ['approve-director', { status: 'in-preparation' }, 'approved', 'the last approval'],
    ['dispatch', { status: 'registered' }, 'on-agenda', 'from any before'],
    ['dispatch', { status: 'approved' }, 'on-agenda', 'the ordinary way'],
    ['record-decision', { status: 'on-agenda', outcome: 'adopted' }, 'decided', 'adopted'],
    ['record-decision', { status: 'on-agenda', outcome: 'declined' }, 'decided', 'declined'],
    ['record-decision', { status: 'on-agenda', outcome: 'noted' }, 'decided', 'noted'],
    ['record-decision', { status: 'on-agenda', outcome: 'returned' }, 'in-preparation', 'återremiss'],
    ['record-decision', { status: 'on-agenda', outcome: 'tabled' }, 'approved', 'bordläggning'],
    ['record-decision', { status: 'assigned', route: 'chair', outcome: 'adopted' }, 'decided', 'directly'],
    ['sign-adjustment', { status: 'decided' }, 'adjusted', 'signed'],
    ['sign-adjustment', { status: 'expedited' }, 'expedited', 'a later status is kept'],
    ['record-ordinary-adjustment', { status: 'decided' }, 'adjusted', 'the ordinary day'],
    ['send-answer', { status: 'decided' }, 'expedited', 'before the minutes are adjusted'],
    ['send-answer', { status: 'adjusted' }, 'expedited', 'after'],
    ['close', { status: 'expedited' }, 'closed', 'closing'],
    ['reopen', { status: 'closed', statusBeforeClosing: 'decided' }, 'decided', 'what it was'],
    ['cancel', { status: 'registered' }, 'cancelled', 'makulering'],
    ['choose-meeting', { status: 'on-agenda' }, 'approved', 'the old agenda holds it no longer'],
    ['choose-meeting', { status: 'assigned' }, 'assigned', 'a plan is no step'],
    ['choose-route', { status: 'on-agenda' }, 'approved', 'the old agenda holds it no longer'],
    ['post-notice', { status: 'adjusted' }, 'adjusted', 'no status of its own'],
    ['mark-secret', { status: 'closed' }, 'closed', 'no status of its own'],
  ])('%s with %j is %s: %s', (act, change, status) => expect(statusAfter(act, facts(change))).toBe(status));

  it('takes a decision without an outcome as a bug', () =>
    expect(() => statusAfter('record-decision', facts())).toThrow(RangeError));
});

describe('any case', () => {
  const anyFacts: fc.Arbitrary<CaseFacts> = fc.record({
    status: fc.constantFrom(...REFERRAL_STATUSES),
    statusBeforeClosing: fc.constantFrom<ReferralStatus>('decided', 'expedited'),
    route: fc.constantFrom(...ROUTES),
    hasMeeting: fc.boolean(),
    meetingAhead: fc.boolean(),
    hasAnswerDate: fc.boolean(),
    outcome: fc.constantFrom<Outcome>(...OUTCOMES),
    adjustment: fc.constantFrom(...ADJUSTMENT_STATUSES),
    draftDone: fc.boolean(),
    managerApproved: fc.boolean(),
    directorApproved: fc.boolean(),
    adjusted: fc.boolean(),
    noticePosted: fc.boolean(),
    noticeTakenDown: fc.boolean(),
    hasRecords: fc.boolean(),
    openExtension: fc.boolean(),
    secret: fc.boolean(),
    dormant: fc.boolean(),
  });
  const mayGoBack: readonly Act[] = ['record-decision', 'choose-meeting', 'choose-route', 'reopen'];

  it('goes back only by a decision, another meeting or route, or reopening', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(...ACTS), (f, act) => {
        if (refusalOf(act, f) !== null || mayGoBack.includes(act)) return;
        const [from, to] = [f.status, statusAfter(act, f)].map((s) => REFERRAL_STATUSES.indexOf(s));
        expect(to).toBeGreaterThanOrEqual(from ?? 99);
      }),
      { numRuns: 2000 },
    );
  });

  it('lists exactly the acts that it lets through', () => {
    fc.assert(
      fc.property(anyFacts, (f) => {
        const through = ACTS.filter((act) => {
          try {
            assertAct(act, f);
            return true;
          } catch {
            return false;
          }
        });
        expect(allowedActs(f)).toEqual(through);
      }),
    );
  });

  it('that is cancelled never becomes anything else', () => {
    fc.assert(
      fc.property(anyFacts, (f) => {
        const cancelled = { ...f, status: 'cancelled' as const };
        for (const act of allowedActs(cancelled)) expect(statusAfter(act, cancelled)).toBe('cancelled');
      }),
    );
  });
});
