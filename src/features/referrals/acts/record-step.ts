import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../../domain/calendar/local-date.js';
import { assertConfirmed, cautionsOfTakingDown } from '../../../domain/referral/cautions.js';
import type { Act } from '../../../domain/referral/lifecycle.js';
import type { Actor } from '../../people/actor.js';
import { ActOnReferral, type Acted, type ActRequest } from '../act-on-referral.js';
import { noticeFacts, type Step } from '../referral.js';

/** The steps that are recorded as done, and nothing more. */
export const RECORDED_STEPS = [
  'start', 'draft', 'dispatch', 'ordinary-adjustment', 'notice-posted', 'notice-taken-down',
] as const; // prettier-ignore

export type RecordedStep = (typeof RECORDED_STEPS)[number];

const MEANING: Readonly<Record<RecordedStep, { act: Act; step: Step['step']; what: string }>> = {
  start: { act: 'start', step: 'started', what: 'preparation-started' },
  draft: { act: 'draft-done', step: 'draft', what: 'draft-done' },
  dispatch: { act: 'dispatch', step: 'dispatch', what: 'agenda-dispatched' },
  'ordinary-adjustment': { act: 'record-ordinary-adjustment', step: 'adjustment', what: 'minutes-adjusted' },
  'notice-posted': { act: 'post-notice', step: 'notice', what: 'notice-posted' },
  'notice-taken-down': { act: 'take-down-notice', step: 'notice-down', what: 'notice-taken-down' },
};

/** Records that a step has been done, on a day that is today unless another is said. */
@Injectable()
export class RecordStep {
  constructor(private readonly acts: ActOnReferral) {}

  /**
   * @throws RuleError as every act, and `date-out-of-order` for a day that does not go with what else is recorded,
   *   `confirmation-needed` for a notice that comes down while the time to appeal runs
   */
  inTransaction(
    tx: EntityManager,
    actor: Actor,
    request: ActRequest,
    done: {
      readonly step: RecordedStep;
      readonly on?: LocalDate | undefined;
      /** That a notice is to come down while the time to appeal runs. */
      readonly confirm?: boolean | undefined;
    },
  ): Promise<Acted> {
    const { act, step, what } = MEANING[done.step];
    return this.acts.perform(tx, actor, request, act, ({ referral, step: record }) => {
      const recorded = record(step, done.on);
      if (done.step === 'notice-taken-down') {
        assertConfirmed(cautionsOfTakingDown(recorded.on, noticeFacts(referral)), done.confirm === true);
      }
      return { change: { steps: [...referral.steps, recorded] }, what };
    });
  }
}
