import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { LocalDate } from '../../../domain/calendar/local-date.js';
import { assertConfirmed, cautionsOfExtension } from '../../../domain/referral/cautions.js';
import { assertGivesTime } from '../../../domain/referral/extension-day.js';
import type { Actor } from '../../people/actor.js';
import { ActOnReferral, type Acted, type ActRequest } from '../act-on-referral.js';
import { ExtensionRepository } from '../extension.repository.js';

/** Records that the sender has been asked for more time (anstånd). */
@Injectable()
export class AskExtension {
  constructor(
    private readonly acts: ActOnReferral,
    private readonly extensions: ExtensionRepository,
  ) {}

  /**
   * @throws RuleError as every act, `answer-date-invalid` for a day that has been, or that is no later, and
   *   `confirmation-needed` for one far ahead
   */
  inTransaction(
    tx: EntityManager,
    actor: Actor,
    request: ActRequest,
    asked: {
      readonly until?: LocalDate | undefined;
      readonly note?: string | undefined;
      /** That a day more than two years ahead is meant. */
      readonly confirm?: boolean | undefined;
    },
  ): Promise<Acted> {
    return this.acts.perform(tx, actor, request, 'request-extension', async ({ referral, today }) => {
      if (asked.until !== undefined) {
        assertGivesTime({ field: 'until', day: asked.until }, referral.answerDue, today);
        assertConfirmed(cautionsOfExtension(asked.until, today), asked.confirm === true);
      }
      await this.extensions.insert(tx, {
        id: uuid(),
        referralId: referral.id,
        state: 'asked',
        askedOn: today,
        askedBy: actor.personId,
        askedUntil: asked.until ?? null,
        oldDue: referral.answerDue,
        newDue: null,
        answeredOn: null,
        answeredBy: null,
        note: asked.note ?? null,
      });
      return {
        change: {},
        what: 'extension-asked',
        says: { askedUntil: asked.until ?? null, note: asked.note ?? null },
      };
    });
  }
}
