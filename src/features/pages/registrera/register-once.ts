import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RuleError } from '../../../domain/errors.js';
import { Clock } from '../../../platform/clock/clock.port.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { IdempotencyStore } from '../../../platform/http/idempotency-store.js';
import type { Actor } from '../../people/actor.js';
import { RegisterReferral } from '../../referrals/register-referral.js';
import type { RegistrationInput } from '../../referrals/registration-input.js';
import { KnownCases } from './known-cases.js';

const KEY = /^[0-9a-f-]{36}$/;

/** A form as it was sent. */
export interface SentRegistration {
  /** Made for the form when it was shown. */
  readonly key: string;
  /** Whether another number is asked for, though this form has given one. */
  readonly asAnother: boolean;
  readonly input: RegistrationInput;
}

/** The case that a form has given; `changed` when the form held something else by then, of which nothing is registered. */
export interface RegisteredOnce {
  readonly id: string;
  readonly changed: boolean;
}

/** The answer that is kept by the key of a form. */
interface Kept {
  readonly id: string;
  readonly contents: string;
}

/**
 * Registers what a form holds, once: the same form sent twice, by an impatient click or by going back, gives the same
 * case. Filled in differently it gives another one only when that is asked for.
 */
@Injectable()
export class RegisterOnce {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly store: IdempotencyStore,
    private readonly known: KnownCases,
    private readonly register: RegisterReferral,
  ) {}

  /** @throws RuleError as `RegisterReferral`, and `duplicate-referral` for a title that the sender has sent already */
  execute(actor: Actor, { key: formKey, asAnother, input }: SentRegistration): Promise<RegisteredOnce> {
    return this.work.run(async (tx) => {
      if (!KEY.test(formKey)) return { id: await this.registered(tx, actor, input), changed: false };
      const contents = createHash('sha256').update(JSON.stringify(input)).digest('hex');
      const key = asAnother ? `${formKey}.${contents}` : formKey;
      const request = { personId: actor.personId, method: 'POST', path: '/registrera', key, bodyHash: 'form' };
      const earlier = await this.store.claim<Kept>(tx, request, this.clock.now());
      if (earlier) return { id: earlier.body.id, changed: earlier.body.contents !== contents };
      const id = await this.registered(tx, actor, input);
      await this.store.keep<Kept>(tx, request, { status: 303, body: { id, contents } });
      return { id, changed: false };
    });
  }

  private async registered(tx: EntityManager, actor: Actor, input: RegistrationInput): Promise<string> {
    const { referral } = await this.register.inTransaction(tx, actor, input);
    await this.assertNewTitle(tx, referral.id, input);
    return referral.id;
  }

  /** The series' row lock is held by now, so that two that come at once cannot both pass. */
  private async assertNewTitle(tx: EntityManager, id: string, input: RegistrationInput): Promise<void> {
    if (input.duplicateReason !== undefined) return;
    const found = await this.known.byTitle(tx, input.board, input);
    const other = found.find((one) => one.id !== id);
    if (!other) return;
    throw new RuleError('duplicate-referral', `the sender has sent the same as ${other.diarienummer}`, {
      field: 'title',
      existing: { id: other.id, diarienummer: other.diarienummer },
    });
  }
}
