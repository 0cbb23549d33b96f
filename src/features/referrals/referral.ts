import type { LocalDate } from '../../domain/calendar/local-date.js';
import type { NoticeFacts } from '../../domain/referral/cautions.js';
import type { CaseFacts, Outcome } from '../../domain/referral/lifecycle.js';
import type { Decision, RecordedCase, Step } from '../../domain/referral/records.js';
import type { KnownDays } from '../../domain/referral/step-days.js';
import { MILESTONE_NAMES, type Milestone, type MilestoneName } from '../../domain/timetable/milestones.js';
import type { ReferralRow } from './referral.entity.js';

export type { Decision, Step };

/** A secrecy mark: a warning, not a decision (OSL 5 kap. 5 §). */
export interface Secrecy {
  readonly provision: string;
  readonly date: LocalDate;
  readonly by: string;
}

export interface Cancellation {
  readonly reason: string;
  readonly by: string;
  readonly byName: string;
  readonly at: string;
}

type Parsed = 'timetable' | 'steps' | 'decision' | 'secrecy' | 'cancellation';

/** A case as the use cases handle it: the stored row with its JSON read. */
export interface Referral extends Readonly<Omit<ReferralRow, Parsed>> {
  readonly timetable: readonly Milestone[];
  readonly steps: readonly Step[];
  readonly decision: Decision | null;
  readonly secrecy: Secrecy | null;
  readonly cancellation: Cancellation | null;
}

/** What is changed of a case by one act. */
export type ReferralChange = Partial<Omit<Referral, 'id' | 'board' | 'year' | 'number' | 'diarienummer' | 'version'>>;

const MILESTONES = new Set<string>(MILESTONE_NAMES);

export const stepOn = (referral: Pick<Referral, 'steps'>, step: Step['step']): LocalDate | null =>
  referral.steps.find((done) => done.step === step)?.on ?? null;

const isMilestone = (step: Step['step']): step is Extract<Step['step'], MilestoneName> => MILESTONES.has(step);

/** The days on which milestones were really reached. */
export function actualsOf(referral: Referral): Partial<Record<MilestoneName, LocalDate>> {
  const actuals: Partial<Record<MilestoneName, LocalDate>> = {};
  for (const { step, on } of referral.steps) {
    if (isMilestone(step)) actuals[step] = on;
  }
  return actuals;
}

/** The days that a new one is held against; `convened` is the day of the case's meeting. */
export function knownDays(referral: Referral, convened: LocalDate | null): KnownDays {
  const { decision, receivedOn, steps } = referral;
  const back = decision?.outcome === 'returned' || decision?.outcome === 'tabled';
  return {
    sentBack: back ? decision.date : null,
    ...Object.fromEntries(steps.map(({ step, on }) => [step, on])),
    received: receivedOn,
    convened: referral.route === 'meeting' ? convened : null,
  };
}

/** Whether the latest decision still stands; a returned or tabled case is undecided again. */
const standingOutcome = ({ decision }: Referral): Outcome | null =>
  decision === null || decision.outcome === 'returned' || decision.outcome === 'tabled' ? null : decision.outcome;

/** The case as far as its records go. */
export const recordedCase = (referral: Referral): RecordedCase => ({
  ...referral,
  hasOfficer: referral.officerId !== null,
});

/** What is known of the notice, and of the time to appeal that runs from it. */
export function noticeFacts(referral: Referral): NoticeFacts {
  return {
    adjusted: stepOn(referral, 'adjustment') !== null,
    posted: stepOn(referral, 'notice') !== null,
    takenDown: stepOn(referral, 'notice-down') !== null,
    appealEnds: referral.timetable.find(({ milestone }) => milestone === 'appealEnds')?.date ?? null,
  };
}

/** What is known beside the case itself. */
interface FactsBeside {
  /** Whether an extension has been asked for and not answered. */
  readonly openExtension: boolean;
  /** The case's meeting. */
  readonly meeting: { readonly date: LocalDate } | null;
  readonly today: LocalDate;
}

/** What the rules of the lifecycle need to know. */
export function caseFacts(referral: Referral, { openExtension, meeting, today }: FactsBeside): CaseFacts {
  const done = (step: Step['step']): boolean => stepOn(referral, step) !== null;
  return {
    status: referral.status,
    statusBeforeClosing: referral.statusBefore,
    route: referral.route,
    hasMeeting: referral.meetingId !== null,
    meetingAhead: meeting !== null && meeting.date > today,
    hasAnswerDate: referral.answerDue !== null,
    outcome: standingOutcome(referral),
    adjustment: referral.adjustment,
    draftDone: done('draft'),
    managerApproved: done('managerApproval'),
    directorApproved: done('directorApproval'),
    adjusted: done('adjustment'),
    noticePosted: done('notice'),
    noticeTakenDown: done('notice-down'),
    hasRecords: referral.steps.length > 0,
    openExtension,
    secret: referral.secrecy !== null,
    dormant: referral.dormantSince !== null,
  };
}
