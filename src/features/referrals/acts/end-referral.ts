import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { assertConfirmed, cautionsOfClosing } from '../../../domain/referral/cautions.js';
import type { Actor } from '../../people/actor.js';
import { ActOnReferral, type Acted, type ActRequest } from '../act-on-referral.js';
import { noticeFacts } from '../referral.js';

/** Makulering, closing and reopening. No entry is deleted: number, reason, who and when stay. */
@Injectable()
export class EndReferral {
  constructor(private readonly acts: ActOnReferral) {}

  /** @throws RuleError as every act */
  cancel(tx: EntityManager, actor: Actor, request: ActRequest, reason: string): Promise<Acted> {
    return this.acts.perform(tx, actor, request, 'cancel', ({ now }) => ({
      change: { cancellation: { reason, by: actor.personId, byName: actor.name, at: now.toISOString() } },
      what: 'referral-cancelled',
    }));
  }

  /** @throws RuleError as every act, and `confirmation-needed` while the notice is up or the time to appeal runs */
  close(tx: EntityManager, actor: Actor, request: ActRequest, confirmed = false): Promise<Acted> {
    return this.acts.perform(tx, actor, request, 'close', ({ referral, today }) => {
      assertConfirmed(cautionsOfClosing(today, noticeFacts(referral)), confirmed);
      return { change: { statusBefore: referral.status }, what: 'referral-closed' };
    });
  }

  /** @throws RuleError as every act */
  reopen(tx: EntityManager, actor: Actor, request: ActRequest, reason: string): Promise<Acted> {
    return this.acts.perform(tx, actor, request, 'reopen', () => ({
      change: { statusBefore: null },
      what: 'referral-reopened',
      says: { reason },
    }));
  }
}
