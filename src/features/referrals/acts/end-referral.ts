import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../../people/actor.js';
import { ActOnReferral, type ActRequest } from '../act-on-referral.js';
import type { Referral } from '../referral.js';

/** Makulering, closing and reopening. No entry is deleted: number, reason, who and when stay. */
@Injectable()
export class EndReferral {
  constructor(private readonly acts: ActOnReferral) {}

  /** @throws RuleError as every act */
  cancel(tx: EntityManager, actor: Actor, request: ActRequest, reason: string): Promise<Referral> {
    return this.acts.perform(tx, actor, request, 'cancel', ({ now }) => ({
      change: { cancellation: { reason, by: actor.personId, byName: actor.name, at: now.toISOString() } },
      what: 'referral-cancelled',
    }));
  }

  /** @throws RuleError as every act */
  close(tx: EntityManager, actor: Actor, request: ActRequest): Promise<Referral> {
    return this.acts.perform(tx, actor, request, 'close', ({ referral }) => ({
      change: { statusBefore: referral.status },
      what: 'referral-closed',
    }));
  }

  /** @throws RuleError as every act */
  reopen(tx: EntityManager, actor: Actor, request: ActRequest, reason: string): Promise<Referral> {
    return this.acts.perform(tx, actor, request, 'reopen', () => ({
      change: { statusBefore: null },
      what: 'referral-reopened',
      says: { reason },
    }));
  }
}
