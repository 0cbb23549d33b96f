import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../../people/actor.js';
import { ActOnReferral, type Acted, type ActRequest } from '../act-on-referral.js';

/** Marks a case as dormant (vilande), which pauses all reminders but those of the answer date, and wakes it. */
@Injectable()
export class RestReferral {
  constructor(private readonly acts: ActOnReferral) {}

  /** @throws RuleError as every act */
  inTransaction(
    tx: EntityManager,
    actor: Actor,
    request: ActRequest,
    rest: { readonly dormant: boolean; readonly reason?: string | undefined },
  ): Promise<Acted> {
    const act = rest.dormant ? 'mark-dormant' : 'wake';
    return this.acts.perform(tx, actor, request, act, ({ today }) => ({
      change: { dormantSince: rest.dormant ? today : null },
      what: rest.dormant ? 'marked-dormant' : 'woken',
      says: { reason: rest.reason ?? null },
    }));
  }
}
