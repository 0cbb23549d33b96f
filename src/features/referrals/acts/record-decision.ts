import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../../domain/calendar/local-date.js';
import { assertConfirmed, cautionsOfDecision } from '../../../domain/referral/cautions.js';
import type { Outcome } from '../../../domain/referral/lifecycle.js';
import { assertOutcome } from '../../../domain/referral/routes.js';
import type { Actor } from '../../people/actor.js';
import { ActOnReferral, type ActContext, type ActOutcome, type Acted, type ActRequest } from '../act-on-referral.js';
import type { Decision, ReferralChange, Step } from '../referral.js';

export interface DecisionInput {
  readonly outcome: Outcome;
  /** The meeting's day, or without a meeting today, when left out. */
  readonly date?: LocalDate | undefined;
  readonly paragraph?: string | undefined;
  /** Who decided, in words; the board by default. */
  readonly by?: string | undefined;
  /** That a day after the case's meeting is meant. */
  readonly confirm?: boolean | undefined;
}

/** What is done again when a case is sent back to preparation, or put off to another meeting. */
const DONE_AGAIN: Readonly<Record<'returned' | 'tabled', readonly Step['step'][]>> = {
  returned: [
    'draft',
    'managerApproval',
    'directorApproval',
    'dispatch',
    'meeting',
    'adjustment',
    'notice',
    'notice-down',
    'adjustmentDecided',
    'sentBack',
  ],
  tabled: ['dispatch', 'meeting', 'adjustment', 'notice', 'notice-down', 'adjustmentDecided', 'sentBack'],
};

/** Records what was decided: answer adopted or declined, case returned (återremiss), tabled (bordlagd) or noted. */
@Injectable()
export class RecordDecision {
  constructor(private readonly acts: ActOnReferral) {}

  /** @throws RuleError as every act, `outcome-not-of-route`, `date-out-of-order`, and `confirmation-needed` for a day after the meeting */
  inTransaction(tx: EntityManager, actor: Actor, request: ActRequest, input: DecisionInput): Promise<Acted> {
    return this.acts.perform(tx, actor, request, 'record-decision', (context) => decided(context, input));
  }
}

function decided(context: ActContext, input: DecisionInput): ActOutcome {
  const { referral, meeting, today, step } = context;
  assertOutcome(input.outcome, referral.route);
  const atMeeting = referral.route === 'meeting';
  const meetingDay = atMeeting ? (meeting?.date ?? null) : null;
  const date = input.date ?? meetingDay ?? today;
  const done = step(atMeeting ? 'meeting' : 'decision', date, 'date');
  assertConfirmed(cautionsOfDecision(date, meetingDay), input.confirm === true);
  const decision: Decision = { date, paragraph: input.paragraph ?? null, outcome: input.outcome, by: input.by ?? null };
  const { outcome } = input;
  const again = outcome === 'returned' || outcome === 'tabled';
  const change: ReferralChange = again
    ? {
        decision,
        steps: [
          ...referral.steps.filter((old) => !DONE_AGAIN[outcome].includes(old.step)),
          { ...done, step: 'sentBack' },
        ],
        meetingId: null,
        routeChosen: 0,
      }
    : { decision, steps: [...referral.steps, done] };
  return {
    change,
    what: `decision-${outcome}`,
    facts: { outcome },
    choice: { kind: again ? 'recommended' : 'keep' },
  };
}
