import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { RuleError } from '../../domain/errors.js';
import { statusAfter, type Act, type CaseFacts } from '../../domain/referral/lifecycle.js';
import { beforeSteps } from '../../domain/referral/records.js';
import { assertStepDay, type KnownDays } from '../../domain/referral/step-days.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { BoardRepository, type Board } from '../boards/board.repository.js';
import { holdBoards } from '../boards/board-turns.js';
import { MeetingRepository, type Meeting } from '../boards/meeting.repository.js';
import { boardsSeen, type Actor } from '../people/actor.js';
import { assertMay } from './access.js';
import { CaseKeeper } from './case-keeper.js';
import { planCase, type MeetingChoice } from './case-plan.js';
import { ExtensionRepository, type Extension } from './extension.repository.js';
import { caseFacts, knownDays, recordedCase, type Referral, type ReferralChange, type Step } from './referral.js';
import { ReferralRepository } from './referral.repository.js';

/** What every act names: the case, and the version that the person saw, when it said so. */
export interface ActRequest {
  readonly referralId: string;
  readonly ifVersion?: number;
}

/** A case after an act, and what was read for it. */
export interface Acted {
  readonly referral: Referral;
  readonly board: Board;
  /** The board's planned meetings to come, and before them the case's own when it has been. */
  readonly meetings: readonly Meeting[];
}

/** What an act has before it. */
export interface ActContext {
  readonly referral: Referral;
  readonly board: Board;
  readonly actor: Actor;
  readonly today: LocalDate;
  readonly now: Date;
  readonly openExtension: Extension | null;
  /** The case's meeting, while it is planned. */
  readonly meeting: Meeting | null;
  /** The board's planned meetings from today on. */
  readonly coming: readonly Meeting[];
  /** What a day is held against. */
  readonly days: KnownDays;
  readonly tx: EntityManager;
  /**
   * A step done by this person, on a day that defaults to today, given in a field that is `on` by default.
   *
   * @throws RuleError `date-out-of-order` for a day that does not go with what else is recorded
   */
  step(step: Step['step'], on?: LocalDate, field?: string): Step;
}

/** What comes of an act. */
export interface ActOutcome {
  readonly change: ReferralChange;
  /** The event's name in the journal. */
  readonly what: string;
  readonly says?: Readonly<Record<string, unknown>>;
  /** What stood there before of what the event says, where it is no fact of the case itself. */
  readonly was?: Readonly<Record<string, unknown>>;
  /** When what the act undoes was recorded, an ISO instant. */
  readonly undoes?: string;
  /** How the meeting is to be found when the case is planned anew; it keeps its meeting by default. */
  readonly choice?: MeetingChoice;
  /** What the status rule is to know beyond the case before the act. */
  readonly facts?: Partial<CaseFacts>;
}

/** Does one act to one case: finds it, checks version, rights and state, plans it anew and stores it. */
@Injectable()
export class ActOnReferral {
  constructor(
    private readonly referrals: ReferralRepository,
    private readonly extensions: ExtensionRepository,
    private readonly boards: BoardRepository,
    private readonly meetings: MeetingRepository,
    private readonly keeper: CaseKeeper,
    private readonly clock: Clock,
  ) {}

  /**
   * @param act the act, or those that it takes to do this to the case as it is
   * @throws RuleError `not-found` for a case of a board that the person does not see, `version-stale`, `forbidden`,
   *   `act-not-allowed`
   */
  async perform(
    tx: EntityManager,
    actor: Actor,
    request: ActRequest,
    act: Act | ((referral: Referral) => readonly Act[]),
    decide: (context: ActContext) => ActOutcome | Promise<ActOutcome>,
  ): Promise<Acted> {
    const referral = await this.locked(tx, actor, request);
    const openExtension = await this.extensions.openOf(tx, referral.id);
    const board = await this.boards.boardByCode(tx, referral.board);
    const today = this.clock.today();
    const known = await this.meetings.meetingsFromWith(tx, board.code, today, referral.meetingId);
    const meeting = meetingIn(known, referral);
    const facts = caseFacts(referral, { openExtension: openExtension !== null, meeting, today });
    const acts = typeof act === 'string' ? [act] : act(referral);
    for (const one of acts) assertMay(one, actor, referral, facts);
    const found = { board, openExtension, meeting, coming: around(known, today, null) };
    const made = new Set<string>();
    const context = this.context(tx, actor, referral, found, made);
    const outcome = await decide(context);
    const status = acts.reduce(
      (so, one) => statusAfter(one, { ...facts, ...outcome.facts, status: so }),
      referral.status,
    );
    const steps = outcome.change.steps && recordedOn(referral, outcome.change.steps, made);
    const changed: Referral = { ...referral, status, ...outcome.change, ...(steps && { steps }) };
    const { meetingId } = changed;
    const meetings = await this.meetings.including(tx, around(known, today, meetingId), meetingId);
    const choice = outcome.choice ?? { kind: 'keep' };
    const { referral: planned } = planCase({ referral: changed, board, meetings, choice, today });
    const { what, says, was, undoes } = outcome;
    const event = { by: actor, what, ...(says && { says }), ...(was && { was }), ...(undoes && { undoes }) };
    const after = await this.keeper.change(tx, referral, planned, board, event);
    return { referral: after, board, meetings: around(meetings, today, after.meetingId) };
  }

  private async locked(tx: EntityManager, actor: Actor, { referralId, ifVersion }: ActRequest): Promise<Referral> {
    const board = await this.referrals.boardOf(tx, referralId);
    await holdBoards(tx, board === null ? [] : [board]);
    const referral = await this.referrals.lock(tx, referralId, boardsSeen(actor));
    if (!referral) throw new RuleError('not-found', 'no such case', { id: referralId });
    if (ifVersion !== undefined && ifVersion !== referral.version) {
      const facts = { expected: ifVersion, version: referral.version };
      throw new RuleError('version-stale', 'someone else has changed the case', facts);
    }
    return referral;
  }

  private context(
    tx: EntityManager,
    actor: Actor,
    referral: Referral,
    found: Pick<ActContext, 'board' | 'openExtension' | 'meeting' | 'coming'>,
    made: Set<string>,
  ): ActContext {
    const now = this.clock.now();
    const today = this.clock.today();
    const days = knownDays(referral, found.meeting?.date ?? null);
    const step = (name: Step['step'], on: LocalDate = today, field = 'on'): Step => {
      assertStepDay(name, on, days, today, field);
      made.add(now.toISOString());
      return { step: name, on, at: now.toISOString(), by: actor.personId, byName: actor.name };
    };
    return { ...found, referral, actor, today, now, days, tx, step };
  }
}

const meetingIn = (meetings: readonly Meeting[], { meetingId }: Referral): Meeting | null =>
  meetings.find(({ id }) => id === meetingId) ?? null;

/** Of these meetings those to come, and the one of this id though it has been. */
const around = (meetings: readonly Meeting[], today: LocalDate, id: string | null): Meeting[] =>
  meetings.filter((meeting) => meeting.date >= today || meeting.id === id);

/** The steps after an act; those that it made keep how the case stood before them. */
function recordedOn(referral: Referral, steps: readonly Step[], made: ReadonlySet<string>): readonly Step[] {
  const isNew = (step: Step): boolean => made.has(step.at) && !referral.steps.includes(step);
  return steps.map((step) => (isNew(step) ? { ...step, before: beforeSteps(recordedCase(referral), steps) } : step));
}
