import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../../domain/calendar/local-date.js';
import { RuleError } from '../../../domain/errors.js';
import { assertConfirmed, cautionsOfExtension } from '../../../domain/referral/cautions.js';
import { assertGivesTime } from '../../../domain/referral/extension-day.js';
import type { Actor } from '../../people/actor.js';
import { ActOnReferral, type Acted, type ActRequest } from '../act-on-referral.js';
import { ExtensionRepository } from '../extension.repository.js';

export type ExtensionAnswer = { readonly note?: string | undefined } & (
  | {
      readonly outcome: 'granted';
      readonly newDue: LocalDate;
      /** That a day more than two years ahead is meant. */
      readonly confirm?: boolean | undefined;
    }
  | { readonly outcome: 'refused' }
);

/** Records what the sender answered when asked for more time. The old date stays readable. */
@Injectable()
export class AnswerExtension {
  constructor(
    private readonly acts: ActOnReferral,
    private readonly extensions: ExtensionRepository,
  ) {}

  /**
   * @throws RuleError as every act, `answer-date-invalid` for a new date that has been, or that is no later, and
   *   `confirmation-needed` for one far ahead
   */
  inTransaction(tx: EntityManager, actor: Actor, request: ActRequest, answer: ExtensionAnswer): Promise<Acted> {
    return this.acts.perform(tx, actor, request, 'answer-extension', async ({ referral, openExtension, today }) => {
      if (!openExtension) throw new RuleError('extension-not-open', 'no extension has been asked for');
      const newDue = answer.outcome === 'granted' ? answer.newDue : null;
      if (answer.outcome === 'granted') {
        assertGivesTime({ field: 'newDue', day: answer.newDue }, referral.answerDue, today);
        assertConfirmed(cautionsOfExtension(answer.newDue, today), answer.confirm === true);
      }
      await this.extensions.answer(tx, {
        ...openExtension,
        state: answer.outcome,
        newDue,
        answeredOn: today,
        answeredBy: actor.personId,
        note: answer.note ?? openExtension.note,
      });
      return {
        change: newDue === null ? {} : { answerDue: newDue, answerDueTime: null },
        what: `extension-${answer.outcome}`,
        says: { note: answer.note ?? null },
        choice: { kind: newDue === null ? 'keep' : 'recommended' },
      };
    });
  }
}
