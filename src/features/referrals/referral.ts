import type { LocalDate } from '../../domain/calendar/local-date.js';
import type { CaseFacts, Outcome } from '../../domain/referral/lifecycle.js';
import type { KnownDays, RecordedDay } from '../../domain/referral/step-days.js';
import type { Milestone, MilestoneName } from '../../domain/timetable/milestones.js';
import type { ReferralRow } from './referral.entity.js';

/** Something that has really happened to a case. */
export interface Step {
  readonly step: Exclude<RecordedDay, 'received' | 'sentBack' | 'convened'>;
  readonly on: LocalDate;
  /** When it was recorded, an instant in UTC. */
  readonly at: string;
  readonly by: string;
  readonly byName: string;
}

export interface Decision {
  readonly date: LocalDate;
  readonly paragraph: string | null;
  readonly outcome: Outcome;
  /** Who decided: the board, its chair or a delegate, in words. */
  readonly by: string | null;
}

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

export const stepOn = (referral: Pick<Referral, 'steps'>, step: Step['step']): LocalDate | null =>
  referral.steps.find((done) => done.step === step)?.on ?? null;

/** The days on which milestones were really reached. */
export function actualsOf(referral: Referral): Partial<Record<MilestoneName, LocalDate>> {
  const actuals: Partial<Record<MilestoneName, LocalDate>> = {};
  for (const { step, on } of referral.steps) {
    if (step !== 'notice-down' && step !== 'started') actuals[step] = on;
  }
  return actuals;
}

/** The days that a new one is held against; `convened` is the day of the case's meeting. */
export function knownDays(referral: Referral, convened: LocalDate | null): KnownDays {
  const { decision, receivedOn, steps } = referral;
  const back = decision?.outcome === 'returned' || decision?.outcome === 'tabled';
  return {
    ...Object.fromEntries(steps.map(({ step, on }) => [step, on])),
    received: receivedOn,
    sentBack: back ? decision.date : null,
    convened: referral.route === 'meeting' ? convened : null,
  };
}

/** Whether the latest decision still stands; a returned or tabled case is undecided again. */
const standingOutcome = ({ decision }: Referral): Outcome | null =>
  decision === null || decision.outcome === 'returned' || decision.outcome === 'tabled' ? null : decision.outcome;

/** What the rules of the lifecycle need to know. */
export function caseFacts(referral: Referral, openExtension: boolean): CaseFacts {
  const done = (step: Step['step']): boolean => stepOn(referral, step) !== null;
  return {
    status: referral.status,
    statusBeforeClosing: referral.statusBefore,
    route: referral.route,
    hasMeeting: referral.meetingId !== null,
    hasAnswerDate: referral.answerDue !== null,
    outcome: standingOutcome(referral),
    adjustment: referral.adjustment,
    draftDone: done('draft'),
    managerApproved: done('managerApproval'),
    directorApproved: done('directorApproval'),
    adjusted: done('adjustment'),
    noticePosted: done('notice'),
    noticeTakenDown: done('notice-down'),
    openExtension,
    secret: referral.secrecy !== null,
    dormant: referral.dormantSince !== null,
  };
}
