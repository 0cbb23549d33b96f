import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../../domain/calendar/local-date.js';
import type { Actor } from '../../people/actor.js';
import { ActOnReferral, type Acted, type ActRequest } from '../act-on-referral.js';

export interface Approval {
  readonly level: 'manager' | 'director';
  readonly on?: LocalDate | undefined;
}

/** Approves the draft (attesterar): first the department's manager, last the director. */
@Injectable()
export class ApproveReferral {
  constructor(private readonly acts: ActOnReferral) {}

  /** @throws RuleError as every act, and `date-out-of-order` for a day that does not go with what else is recorded */
  inTransaction(tx: EntityManager, actor: Actor, request: ActRequest, approval: Approval): Promise<Acted> {
    const manager = approval.level === 'manager';
    const act = manager ? 'approve-manager' : 'approve-director';
    return this.acts.perform(tx, actor, request, act, ({ referral, step }) => ({
      change: { steps: [...referral.steps, step(manager ? 'managerApproval' : 'directorApproval', approval.on)] },
      what: manager ? 'manager-approved' : 'director-approved',
    }));
  }
}
