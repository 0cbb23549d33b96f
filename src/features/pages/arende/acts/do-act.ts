import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../../../../platform/database/unit-of-work.js';
import type { Actor } from '../../../people/actor.js';
import type { Acted, ActRequest } from '../../../referrals/act-on-referral.js';
import { Acts } from '../../../referrals/acts/acts.js';
import { CorrectReferral } from '../../../referrals/acts/correct-referral.js';
import type { ActDoers } from './act-form.js';

type Perform = (doers: ActDoers, tx: EntityManager, actor: Actor, request: ActRequest) => Promise<Acted>;

/** Ends a transaction that was only to show whether an act goes through. */
class OnlyTried extends Error {}

/** Does one act from a page, in a transaction of its own, with the use cases of the API. */
@Injectable()
export class DoAct {
  constructor(
    private readonly work: UnitOfWork,
    private readonly acts: Acts,
    private readonly correct: CorrectReferral,
  ) {}

  /** @throws RuleError as every act */
  async execute(actor: Actor, request: Required<ActRequest>, perform: Perform): Promise<void> {
    const doers: ActDoers = { acts: this.acts, correct: this.correct };
    await this.work.run((tx) => perform(doers, tx, actor, request));
  }

  /** Finds out whether the act would go through, and leaves nothing of it. @throws RuleError as the act itself */
  async tryOut(actor: Actor, request: Required<ActRequest>, perform: Perform): Promise<void> {
    const tried = this.execute(actor, request, async (...asked) => {
      await perform(...asked);
      throw new OnlyTried();
    });
    await tried.catch((error: unknown) => {
      if (!(error instanceof OnlyTried)) throw error;
    });
  }
}
