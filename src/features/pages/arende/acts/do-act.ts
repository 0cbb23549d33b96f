import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../../platform/database/unit-of-work.js';
import type { Actor } from '../../../people/actor.js';
import type { ActRequest } from '../../../referrals/act-on-referral.js';
import { Acts } from '../../../referrals/acts/acts.js';
import { CorrectReferral } from '../../../referrals/acts/correct-referral.js';
import type { ActDoers, Perform } from './act-form.js';

/** Does one act from a page, in a transaction of its own, with the use cases of the API. */
@Injectable()
export class DoAct {
  constructor(
    private readonly work: UnitOfWork,
    private readonly acts: Acts,
    private readonly correct: CorrectReferral,
  ) {}

  /**
   * @param confirmed whether the person has been asked about what is possible, but seldom right
   * @throws RuleError as every act
   */
  async execute(actor: Actor, request: Required<ActRequest>, perform: Perform, confirmed = false): Promise<void> {
    await this.work.run((tx) => perform(this.doers(confirmed), tx, actor, request));
  }

  /** Finds out whether the act would go through, and leaves nothing of it. @throws RuleError as the act itself */
  async tryOut(actor: Actor, request: Required<ActRequest>, perform: Perform, confirmed = false): Promise<void> {
    await this.work.tryOut((tx) => perform(this.doers(confirmed), tx, actor, request));
  }

  private doers(confirmed: boolean): ActDoers {
    return { acts: this.acts, correct: this.correct, confirmed };
  }
}
