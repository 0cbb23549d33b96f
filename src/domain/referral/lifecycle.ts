import { RuleError } from '../errors.js';
import { mayStep } from '../adjustment/adjustment.js';
import type { AdjustmentStatus } from '../adjustment/adjustment.js';

/** Every status of a referral; the first eight follow on each other. */
export const REFERRAL_STATUSES = [
  'registered',
  'assigned',
  'in-preparation',
  'approved',
  'on-agenda',
  'decided',
  'adjusted',
  'expedited',
  'closed',
  'cancelled',
] as const;

/** Where a referral stands. */
export type ReferralStatus = (typeof REFERRAL_STATUSES)[number];

/** The statuses of a case that is neither closed nor cancelled. */
export const OPEN_STATUSES = REFERRAL_STATUSES.slice(0, 8) as readonly ReferralStatus[];

/** The statuses in which nobody has decided yet. */
export const UNDECIDED_STATUSES = REFERRAL_STATUSES.slice(0, 5) as readonly ReferralStatus[];

/** The statuses of an open case that is past its preparation. */
export const PREPARED_STATUSES = REFERRAL_STATUSES.slice(3, 8) as readonly ReferralStatus[];

/**
 * The ways to a decision: at a meeting, by the chair, by delegation, or not to answer.
 *
 * @see kommunallagen (2017:725) 6 kap. 39 § for the chair, 6 kap. 37 § and 7 kap. 5 § for delegation
 */
export const ROUTES = ['meeting', 'chair', 'delegation', 'declined'] as const;

/** A way to a decision. */
export type Route = (typeof ROUTES)[number];

/** What a decision can be: answer adopted, answer declined, sent back, put off, or noted without answer. */
export const OUTCOMES = ['adopted', 'declined', 'returned', 'tabled', 'noted'] as const;

/** What was decided. */
export type Outcome = (typeof OUTCOMES)[number];

/** Everything that can be done to a registered referral. */
export const ACTS = [
  'correct',
  'correct-record',
  'take-back-record',
  'assign',
  'start',
  'choose-meeting',
  'choose-route',
  'request-extension',
  'answer-extension',
  'confirm-adjustment',
  'decline-adjustment',
  'decide-adjustment',
  'sign-adjustment',
  'draft-done',
  'approve-manager',
  'approve-director',
  'dispatch',
  'record-decision',
  'record-ordinary-adjustment',
  'post-notice',
  'take-down-notice',
  'send-answer',
  'close',
  'reopen',
  'cancel',
  'mark-secret',
  'change-secrecy',
  'lift-secrecy',
  'mark-dormant',
  'wake',
] as const;

/** One thing that can be done to a registered referral. */
export type Act = (typeof ACTS)[number];

/** What the rules need to know about a referral to say what can be done to it. */
export interface CaseFacts {
  readonly status: ReferralStatus;
  /** What the case was when it was closed, for reopening; null while it is open. */
  readonly statusBeforeClosing: ReferralStatus | null;
  readonly route: Route;
  /** Whether a meeting is chosen. */
  readonly hasMeeting: boolean;
  /** Whether the chosen meeting is on a later day than today. */
  readonly meetingAhead: boolean;
  readonly hasAnswerDate: boolean;
  /** The outcome of the latest decision that still stands; for `record-decision` the one to be recorded. */
  readonly outcome: Outcome | null;
  readonly adjustment: AdjustmentStatus;
  /** The steps done in this round: a returned case begins a new one. */
  readonly draftDone: boolean;
  readonly managerApproved: boolean;
  readonly directorApproved: boolean;
  /** Whether the minutes are adjusted, immediately or in the ordinary way. */
  readonly adjusted: boolean;
  readonly noticePosted: boolean;
  readonly noticeTakenDown: boolean;
  /** Whether anything is recorded as done or decided, that can be corrected or taken back. */
  readonly hasRecords: boolean;
  readonly openExtension: boolean;
  readonly secret: boolean;
  readonly dormant: boolean;
}

/** Why an act is refused, as a word that a page can look up. */
export const REFUSALS = [
  'wrong-status',
  'case-closed',
  'case-cancelled',
  'already-done',
  'step-order',
  'nothing-recorded',
  'no-officer',
  'no-meeting',
  'before-meeting',
  'no-answer-date',
  'not-this-route',
  'adjustment-not-allowed',
  'extension-open',
  'extension-not-open',
] as const;

/** Why an act is refused. */
export type Refusal = (typeof REFUSALS)[number];

type Check = (facts: CaseFacts) => Refusal | null;

const rank = (status: ReferralStatus): number => REFERRAL_STATUSES.indexOf(status);
const isUndecided = (facts: CaseFacts): boolean => UNDECIDED_STATUSES.includes(facts.status);

/** What stops every act that changes an open case. */
const whenOpen: Check = ({ status }) =>
  status === 'closed' ? 'case-closed' : status === 'cancelled' ? 'case-cancelled' : null;

/** The first refusal of several checks. */
function all(...checks: readonly Check[]): Check {
  return (facts) => {
    for (const check of checks) {
      const refusal = check(facts);
      if (refusal !== null) return refusal;
    }
    return null;
  };
}

const unless =
  (test: (facts: CaseFacts) => boolean, refusal: Refusal): Check =>
  (facts) =>
    test(facts) ? null : refusal;

const whileUndecided = all(
  whenOpen,
  unless((f) => isUndecided(f), 'wrong-status'),
);
const atMeeting = unless((f) => f.route === 'meeting', 'not-this-route');
const withMeeting = all(
  atMeeting,
  unless((f) => f.hasMeeting, 'no-meeting'),
);
/** Nobody has decided anything at a meeting that has not been. @see kommunallagen (2017:725) 6 kap. 23 § */
const onceMet = unless((f) => f.route !== 'meeting' || !f.meetingAhead, 'before-meeting');
const onceDecided = all(
  whenOpen,
  unless((f) => !isUndecided(f), 'step-order'),
);
/** Preparation: an officer is there, and the case is not yet past approval. */
const whilePrepared = all(
  whenOpen,
  unless((f) => f.status !== 'registered', 'no-officer'),
  unless((f) => rank(f.status) <= rank('in-preparation'), 'already-done'),
);
/** Approval: the preparation has begun, and the case is not yet past approval. */
const whileApproved = all(
  whilePrepared,
  unless((f) => f.status === 'in-preparation', 'step-order'),
);
const adjustable = all(
  onceDecided,
  atMeeting,
  unless((f) => !f.adjusted, 'already-done'),
);
const announced = all(
  onceDecided,
  atMeeting,
  unless((f) => f.adjusted, 'step-order'),
);

const onceRecorded = all(
  whenOpen,
  unless((f) => f.hasRecords, 'nothing-recorded'),
);

/** What must hold before each act. Secrecy may be marked, changed and lifted on any case, closed and cancelled ones included. */
const CHECKS: Record<Act, Check> = {
  correct: whenOpen,
  'correct-record': onceRecorded,
  'take-back-record': onceRecorded,
  assign: whenOpen,
  start: all(
    whenOpen,
    unless((f) => f.status !== 'registered', 'no-officer'),
    unless((f) => f.status === 'assigned', 'already-done'),
  ),
  'choose-meeting': whileUndecided,
  'choose-route': whileUndecided,
  'request-extension': all(
    whenOpen,
    unless((f) => f.status !== 'expedited', 'wrong-status'),
    unless((f) => f.hasAnswerDate, 'no-answer-date'),
    unless((f) => !f.openExtension, 'extension-open'),
  ),
  'answer-extension': all(
    whenOpen,
    unless((f) => f.openExtension, 'extension-not-open'),
  ),
  'confirm-adjustment': all(
    whileUndecided,
    withMeeting,
    unless((f) => mayStep('confirm', f.adjustment), 'adjustment-not-allowed'),
  ),
  'decline-adjustment': all(
    whileUndecided,
    withMeeting,
    unless((f) => mayStep('decline', f.adjustment), 'adjustment-not-allowed'),
  ),
  'decide-adjustment': all(
    whenOpen,
    withMeeting,
    unless((f) => rank(f.status) >= rank('on-agenda'), 'step-order'),
    unless((f) => !f.adjusted, 'already-done'),
    unless((f) => mayStep('decide', f.adjustment), 'adjustment-not-allowed'),
    onceMet,
  ),
  'sign-adjustment': all(
    adjustable,
    unless((f) => mayStep('sign', f.adjustment), 'adjustment-not-allowed'),
  ),
  'draft-done': all(
    whilePrepared,
    unless((f) => !f.draftDone && !f.managerApproved, 'already-done'),
  ),
  'approve-manager': all(
    whileApproved,
    unless((f) => !f.managerApproved, 'already-done'),
  ),
  'approve-director': all(
    whileApproved,
    unless((f) => f.managerApproved, 'step-order'),
    unless((f) => !f.directorApproved, 'already-done'),
  ),
  dispatch: all(
    whenOpen,
    withMeeting,
    unless((f) => rank(f.status) < rank('on-agenda'), 'already-done'),
  ),
  'record-decision': all(
    whenOpen,
    unless((f) => isUndecided(f), 'already-done'),
    unless((f) => f.route !== 'meeting' || f.hasMeeting, 'no-meeting'),
    onceMet,
  ),
  'record-ordinary-adjustment': adjustable,
  'post-notice': all(
    announced,
    unless((f) => !f.noticePosted, 'already-done'),
  ),
  'take-down-notice': all(
    announced,
    unless((f) => f.noticePosted, 'step-order'),
    unless((f) => !f.noticeTakenDown, 'already-done'),
  ),
  'send-answer': all(
    onceDecided,
    unless((f) => f.status !== 'expedited', 'already-done'),
  ),
  close: all(
    onceDecided,
    unless((f) => f.status === 'expedited' || f.outcome === 'declined' || f.outcome === 'noted', 'step-order'),
  ),
  reopen: unless((f) => f.status === 'closed', 'wrong-status'),
  cancel: whenOpen,
  'mark-secret': unless((f) => !f.secret, 'already-done'),
  'change-secrecy': unless((f) => f.secret, 'wrong-status'),
  'lift-secrecy': unless((f) => f.secret, 'wrong-status'),
  'mark-dormant': all(
    whenOpen,
    unless((f) => !f.dormant, 'already-done'),
  ),
  wake: all(
    whenOpen,
    unless((f) => f.dormant, 'wrong-status'),
  ),
};

/** Why an act cannot be done now, or null when it can. */
export function refusalOf(act: Act, facts: CaseFacts): Refusal | null {
  return CHECKS[act](facts);
}

/** The acts that a case allows as it stands, in the order of `ACTS`, whoever asks: persons are for `mayAct`. */
export function allowedActs(facts: CaseFacts): Act[] {
  return ACTS.filter((act) => refusalOf(act, facts) === null);
}

/**
 * Lets an act through that the case allows as it stands.
 *
 * @throws RuleError `act-not-allowed` with the act, the status, the reason and the acts that are possible instead
 */
export function assertAct(act: Act, facts: CaseFacts): void {
  const reason = refusalOf(act, facts);
  if (reason === null) return;
  const { status } = facts;
  const message = `${act} is not possible while the case is ${status}: ${reason}`;
  throw new RuleError('act-not-allowed', message, { act, status, reason, possible: allowedActs(facts) });
}

/** The later of two statuses on the way from registered to expedited. */
function atLeast(status: ReferralStatus, reached: ReferralStatus): ReferralStatus {
  return rank(status) >= rank(reached) ? status : reached;
}

/** Where a decision leads: sent back to preparation, put off as it was approved, or decided. */
function statusAfterDecision(outcome: Outcome | null): ReferralStatus {
  switch (outcome) {
    case 'returned':
      return 'in-preparation';
    case 'tabled':
      return 'approved';
    case 'adopted':
    case 'declined':
    case 'noted':
      return 'decided';
    case null:
      throw new RangeError('a decision has an outcome');
  }
}

/**
 * The status of a case once an act is done to it; what is taken back leads where `takenBack` says.
 *
 * @param act   one that `assertAct` lets through
 * @param facts the case before it; for `record-decision` with the outcome to be recorded
 * @throws RangeError for a decision without an outcome, which is a bug in the caller
 */
export function statusAfter(act: Act, facts: CaseFacts): ReferralStatus {
  const { status } = facts;
  switch (act) {
    case 'assign':
      return atLeast(status, 'assigned');
    case 'start':
    case 'draft-done':
    case 'approve-manager':
      return atLeast(status, 'in-preparation');
    case 'approve-director':
      return atLeast(status, 'approved');
    case 'choose-meeting':
    case 'choose-route':
      // The agenda it was on no longer holds it, as when a case is tabled.
      return status === 'on-agenda' ? 'approved' : status;
    case 'dispatch':
      return atLeast(status, 'on-agenda');
    case 'record-decision':
      return statusAfterDecision(facts.outcome);
    case 'sign-adjustment':
    case 'record-ordinary-adjustment':
      return atLeast(status, 'adjusted');
    case 'send-answer':
      return atLeast(status, 'expedited');
    case 'close':
      return 'closed';
    case 'reopen':
      return facts.statusBeforeClosing ?? 'expedited';
    case 'cancel':
      return 'cancelled';
    case 'correct':
    case 'correct-record':
    case 'take-back-record':
    case 'request-extension':
    case 'answer-extension':
    case 'confirm-adjustment':
    case 'decline-adjustment':
    case 'decide-adjustment':
    case 'post-notice':
    case 'take-down-notice':
    case 'mark-secret':
    case 'change-secrecy':
    case 'lift-secrecy':
    case 'mark-dormant':
    case 'wake':
      return status;
  }
}

/** Whether a case is neither closed nor cancelled. */
export function isOpenStatus(status: ReferralStatus): boolean {
  return OPEN_STATUSES.includes(status);
}
