import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RuleError } from '../../../domain/errors.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { FormOnce } from '../../../platform/http/form-once.js';
import type { Actor } from '../../people/actor.js';
import { RegisterReferral } from '../../referrals/register-referral.js';
import type { RegistrationInput } from '../../referrals/registration-input.js';
import { KnownCases } from './known-cases.js';

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

/**
 * Registers what a form holds, once: the same form sent twice, by an impatient click or by going back, gives the same
 * case. Filled in differently it gives another one only when that is asked for.
 */
@Injectable()
export class RegisterOnce {
  constructor(
    private readonly work: UnitOfWork,
    private readonly once: FormOnce,
    private readonly known: KnownCases,
    private readonly register: RegisterReferral,
  ) {}

  /** @throws RuleError as `RegisterReferral`, and `duplicate-referral` for a title that the sender has sent already */
  execute(actor: Actor, { key, asAnother, input }: SentRegistration): Promise<RegisteredOnce> {
    return this.work.run(async (tx) => {
      const { personId } = actor;
      const form = { personId, path: '/registrera', key, contents: input, isAnother: asAnother };
      const act = (): Promise<string> => this.registered(tx, actor, input);
      const { result: id, changed } = await this.once.inTransaction(tx, form, act);
      return { id, changed };
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
