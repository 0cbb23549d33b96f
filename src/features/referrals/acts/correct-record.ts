import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../../domain/calendar/local-date.js';
import { instantAt, localDateAt, localTimeAt } from '../../../domain/calendar/stockholm-time.js';
import { RuleError } from '../../../domain/errors.js';
import {
  assertConfirmed,
  cautionsOfDecision,
  cautionsOfNoticeDays,
  type Caution,
} from '../../../domain/referral/cautions.js';
import {
  assertCorrects, assertFieldsOfRecord, earlierDecision, heldAgainst, stepOfRecord, withEarlierDecision,
  type Decision, type RecordFields, type RecordName, type RecordStands, type Step,
} from '../../../domain/referral/records.js'; // prettier-ignore
import { assertStepDay } from '../../../domain/referral/step-days.js';
import { MeetingRepository } from '../../boards/meeting.repository.js';
import type { Actor } from '../../people/actor.js';
import { ActOnReferral, type ActContext, type ActOutcome, type Acted, type ActRequest } from '../act-on-referral.js';
import { stepOn, type Referral, type ReferralChange } from '../referral.js';
import { assertSignedBy } from './adjust-immediately.js';

/** What of a record is corrected, and why. What is left out stays; null takes away. */
export interface RecordCorrection extends RecordFields {
  readonly record: RecordName;
  readonly reason: string;
  /** That a decision after its meeting, or a notice that came down while the time to appeal ran, is meant. */
  readonly confirm?: boolean | undefined;
}

/** Corrects what was recorded of a step, a decision or an answer. The journal keeps what stood there before. */
@Injectable()
export class CorrectRecord {
  constructor(
    private readonly acts: ActOnReferral,
    private readonly meetings: MeetingRepository,
  ) {}

  /**
   * @throws RuleError as every act, and `record-unknown`, `field-not-of-record`, `record-unchanged`,
   *   `date-out-of-order`, `confirmation-needed`
   */
  inTransaction(tx: EntityManager, actor: Actor, request: ActRequest, asked: RecordCorrection): Promise<Acted> {
    return this.acts.perform(tx, actor, request, 'correct-record', async (context) => {
      const step = stepOfRecord(context.referral.steps, asked.record);
      return outcomeOf(context, step, await this.heldOn(context, step), asked);
    });
  }

  /** The day of the meeting at which the board made the decision that a step records; null for every other step. */
  private async heldOn({ tx, referral, meeting }: ActContext, { step, before }: Step): Promise<LocalDate | null> {
    if (step === 'meeting') return referral.route === 'meeting' ? (meeting?.date ?? null) : null;
    const meetingId = step === 'sentBack' ? (before?.meetingId ?? null) : null;
    return meetingId === null ? null : ((await this.meetings.meetingById(tx, meetingId))?.date ?? null);
  }
}

function outcomeOf(context: ActContext, step: Step, heldOn: LocalDate | null, asked: RecordCorrection): ActOutcome {
  const { referral } = context;
  const stood = decisionOf(referral, asked.record);
  assertFieldsOfRecord(asked.record, asked);
  if (asked.record === 'earlier-decision' && stood === null) assertDayAlone(asked);
  assertCorrects(asked.record, asked, standing(referral, step, stood));
  const signedAt = signatureOf(context, step, asked);
  const on = signedAt === null ? (asked.on ?? step.on) : localDateAt(signedAt);
  if (on !== step.on) assertDay(context, step, heldOn, on, asked);
  const decision = stood && corrected(stood, on, asked);
  const steps = referral.steps.map((one) => (one === step ? { ...one, on } : one));
  const isEarlier = asked.record === 'earlier-decision' && decision !== null;
  const change: ReferralChange = {
    steps: isEarlier ? withEarlierDecision(steps, decision) : steps,
    ...(signedAt === null ? {} : { adjustmentSignedAt: signedAt.toISOString() }),
    ...(asked.record === 'decision' && decision !== null ? { decision } : {}),
    ...(asked.record === 'answer' ? { answerSentOn: on, answerSentHow: given(asked.how, referral.answerSentHow) } : {}),
  };
  return {
    change,
    what: 'record-corrected',
    says: {
      record: asked.record,
      reason: asked.reason,
      ...(isEarlier ? { earlierDecision: decision } : {}),
    },
    ...(isEarlier ? { was: { earlierDecision: stood } } : {}),
    undoes: step.at,
  };
}

/** The decision that a record is of; null for every other record, and where it is not known. */
function decisionOf({ decision, steps }: Referral, record: RecordName): Decision | null {
  if (record === 'earlier-decision') return earlierDecision(steps);
  return record === 'decision' ? decision : null;
}

/** A return or a tabling of before that was kept: its day is all that is there. */
function assertDayAlone(asked: RecordCorrection): void {
  const field = (['paragraph', 'by'] as const).find((name) => asked[name] !== undefined);
  if (field === undefined) return;
  const facts = { field, record: asked.record, possible: ['on'] };
  throw new RuleError('field-not-of-record', `the ${field} of the earlier decision is not known`, facts);
}

/** What the record says; how an answer was sent stands on the case. */
function standing(
  { adjustmentSignedAt, answerSentHow }: Referral,
  { on }: Step,
  decision: Decision | null,
): RecordStands {
  return {
    on,
    signedAt: adjustmentSignedAt === null ? null : new Date(adjustmentSignedAt),
    paragraph: decision?.paragraph ?? null,
    by: decision?.by ?? null,
    how: answerSentHow,
  };
}

const given = (asked: string | null | undefined, now: string | null): string | null =>
  asked === undefined ? now : asked;

const corrected = (decision: Decision, date: LocalDate, { paragraph, by }: RecordCorrection): Decision => ({
  ...decision,
  date,
  paragraph: given(paragraph, decision.paragraph),
  by: given(by, decision.by),
});

/** The instant of a signature that is corrected; with a day alone it keeps its time of day. */
function signatureOf({ referral, now }: ActContext, { on: was }: Step, asked: RecordCorrection): Date | null {
  if (asked.record !== 'adjustment') return null;
  const signedBefore = referral.adjustmentSignedAt;
  if (signedBefore === null) {
    if (asked.signedAt === undefined) return null;
    const facts = { field: 'signedAt', record: asked.record, possible: ['on'] };
    throw new RuleError('field-not-of-record', 'the minutes were adjusted in the ordinary way', facts);
  }
  if (asked.signedAt === undefined && (asked.on === undefined || asked.on === was)) return null;
  const at = asked.signedAt ?? instantAt(asked.on ?? was, localTimeAt(new Date(signedBefore)));
  assertSignedBy(now, at);
  if (asked.on !== undefined) assertSameDay(asked.on, localDateAt(at));
  return at;
}

/** A day that is given beside the instant of a signature is its day. */
function assertSameDay(on: LocalDate, signedOn: LocalDate): void {
  if (on === signedOn) return;
  const bound = on < signedOn ? 'earliest' : 'latest';
  const facts = { field: 'on', value: on, [bound]: signedOn, against: 'adjustment-day' };
  throw new RuleError('date-out-of-order', `on ${on} is not the day of signedAt, ${signedOn}`, facts);
}

function assertDay(
  { referral, days, today }: ActContext,
  step: Step,
  heldOn: LocalDate | null,
  on: LocalDate,
  asked: RecordCorrection,
): void {
  const field = asked.signedAt === undefined ? 'on' : 'signedAt';
  for (const held of heldAgainst(referral.steps, step, days, heldOn)) {
    assertStepDay(held.name, on, held.days, today, field);
  }
  const cautions = [...cautionsOfDecision(on, heldOn), ...cautionsOfNotice(referral, step, on)];
  assertConfirmed(cautions, asked.confirm === true);
}

function cautionsOfNotice(referral: Referral, { step }: Step, on: LocalDate): Caution[] {
  if (step === 'notice') return cautionsOfNoticeDays(on, stepOn(referral, 'notice-down'));
  return step === 'notice-down' ? cautionsOfNoticeDays(stepOn(referral, 'notice'), on) : [];
}
