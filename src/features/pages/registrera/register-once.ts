import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.port.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { IdempotencyStore } from '../../../platform/http/idempotency-store.js';
import type { Actor } from '../../people/actor.js';
import { RegisterReferral } from '../../referrals/register-referral.js';
import type { RegistrationInput } from '../../referrals/registration-input.js';

const KEY = /^[0-9a-f-]{36}$/;

/**
 * Registers what a form holds, once: the same form sent twice, by an impatient click or by going back, gives the same
 * case. Filled in differently it is another one.
 */
@Injectable()
export class RegisterOnce {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly store: IdempotencyStore,
    private readonly register: RegisterReferral,
  ) {}

  /**
   * @param formKey made for the form when it was shown
   * @returns the id of the case
   * @throws RuleError as `RegisterReferral`
   */
  execute(actor: Actor, formKey: string, input: RegistrationInput): Promise<string> {
    return this.work.run(async (tx) => {
      if (!KEY.test(formKey)) return (await this.register.inTransaction(tx, actor, input)).referral.id;
      const bodyHash = createHash('sha256').update(JSON.stringify(input)).digest('hex');
      const key = `${formKey}.${bodyHash}`;
      const request = { personId: actor.personId, method: 'POST', path: '/registrera', key, bodyHash };
      const earlier = await this.store.claim<string>(tx, request, this.clock.now());
      if (earlier) return earlier.body;
      const { referral } = await this.register.inTransaction(tx, actor, input);
      await this.store.keep(tx, request, { status: 303, body: referral.id });
      return referral.id;
    });
  }
}
