import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  confirmAdjustment, decideAdjustment, declineAdjustment, signAdjustment, type OtherWay,
} from '../../../domain/adjustment/adjustment.js'; // prettier-ignore
import { localDateAt } from '../../../domain/calendar/stockholm-time.js';
import { RuleError } from '../../../domain/errors.js';
import type { Actor } from '../../people/actor.js';
import { ActOnReferral, type ActContext, type ActOutcome, type Acted, type ActRequest } from '../act-on-referral.js';

export type AdjustmentMove =
  | { readonly act: 'confirm' }
  | { readonly act: 'decline'; readonly reason: string; readonly way: OtherWay }
  | { readonly act: 'decide' }
  /** Signed at an instant; now when left out. */
  | { readonly act: 'sign'; readonly signedAt?: Date | undefined };

const ACT = {
  confirm: 'confirm-adjustment',
  decline: 'decline-adjustment',
  decide: 'decide-adjustment',
  sign: 'sign-adjustment',
} as const;

/** Immediate adjustment (omedelbar justering): confirmed or declined by a person, decided by the board, signed. */
@Injectable()
export class AdjustImmediately {
  constructor(private readonly acts: ActOnReferral) {}

  /** @throws RuleError as every act, and `adjustment-not-allowed`, `decline-needs-route`, `date-out-of-order` */
  inTransaction(tx: EntityManager, actor: Actor, request: ActRequest, move: AdjustmentMove): Promise<Acted> {
    return this.acts.perform(tx, actor, request, ACT[move.act], (context) => outcomeOf(context, move));
  }
}

function outcomeOf(context: ActContext, move: AdjustmentMove): ActOutcome {
  const current = context.referral.adjustment;
  switch (move.act) {
    case 'confirm':
      return {
        change: { adjustment: confirmAdjustment(current), adjustmentReason: null },
        what: 'adjustment-confirmed',
      };
    case 'decline':
      return {
        change: { adjustment: declineAdjustment(current, move), adjustmentReason: move.reason },
        what: 'adjustment-declined',
        says: { way: move.way },
      };
    case 'decide':
      return decided(context);
    case 'sign':
      return signed(context, move.signedAt ?? context.now);
  }
}

/** The board decides it at the meeting that decides the case, which has been. */
function decided({ referral, meeting, step }: ActContext): ActOutcome {
  const steps = [...referral.steps, step('adjustmentDecided', meeting?.date, 'act')];
  return { change: { adjustment: decideAdjustment(referral.adjustment), steps }, what: 'adjustment-decided' };
}

/** Lets through a signature that has been written. @throws RuleError `date-out-of-order` */
export function assertSignedBy(now: Date, at: Date): void {
  if (at <= now) return;
  const facts = { field: 'signedAt', value: at.toISOString(), latest: now.toISOString(), against: 'today' };
  throw new RuleError('date-out-of-order', 'signed in the future', facts);
}

function signed({ referral, now, step }: ActContext, at: Date): ActOutcome {
  assertSignedBy(now, at);
  const done = step('adjustment', localDateAt(at), 'signedAt');
  return {
    change: {
      adjustment: signAdjustment(referral.adjustment),
      adjustmentSignedAt: at.toISOString(),
      steps: [...referral.steps, done],
    },
    what: 'adjustment-signed',
  };
}
