import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../../domain/calendar/local-date.js';
import type { Actor } from '../../people/actor.js';
import { ActOnReferral, type Acted, type ActRequest } from '../act-on-referral.js';

export interface SentAnswer {
  readonly on?: LocalDate | undefined;
  /** How it was sent, such as `e-post`. */
  readonly how?: string | undefined;
}

/** Records that the answer has been sent (expedierat): what stops the clock. */
@Injectable()
export class SendAnswer {
  constructor(private readonly acts: ActOnReferral) {}

  /** @throws RuleError as every act, and `date-out-of-order` for a day that does not go with what else is recorded */
  inTransaction(tx: EntityManager, actor: Actor, request: ActRequest, sent: SentAnswer): Promise<Acted> {
    return this.acts.perform(tx, actor, request, 'send-answer', ({ referral, step }) => {
      const done = step('expedite', sent.on);
      return {
        change: { answerSentOn: done.on, answerSentHow: sent.how ?? null, steps: [...referral.steps, done] },
        what: 'answer-sent',
      };
    });
  }
}
