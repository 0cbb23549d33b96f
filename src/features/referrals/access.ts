import { RuleError } from '../../domain/errors.js';
import { allowedActs, assertAct, type Act, type CaseFacts } from '../../domain/referral/lifecycle.js';
import { hasReachedDirector, mayAct, mayOpenSecret } from '../../domain/referral/permissions.js';
import { actsFor, rolesOn, type Actor } from '../people/actor.js';
import type { Referral } from './referral.js';

type Before = Pick<Referral, 'board' | 'officerId' | 'department' | 'status' | 'nextStep'>;

/** A person before one case, those stood in for included. */
function before(actor: Actor, referral: Before) {
  return {
    roles: rolesOn(actor, referral.board),
    isOfficerOfCase: referral.officerId !== null && actsFor(actor, referral.board, referral.officerId),
    isManagerOfDepartment:
      referral.department !== null && actor.manages.has(`${referral.board}/${referral.department}`),
    isWithDirector: hasReachedDirector(referral.status, referral.nextStep),
  };
}

/** Whether the person may read all of the case, and not its number and date alone. */
export function mayOpen(actor: Actor, referral: Before & { readonly secrecy: unknown }): boolean {
  return referral.secrecy === null || mayOpenSecret(before(actor, referral));
}

/** Whether the act is the person's to do in the case, as far as roles go. */
export const isTheirs = (act: Act, actor: Actor, referral: Before): boolean => mayAct(act, before(actor, referral));

/** The acts that the person may do to the case now. */
export function actsOf(actor: Actor, referral: Referral, facts: CaseFacts): Act[] {
  const who = before(actor, referral);
  return mayOpen(actor, referral) ? allowedActs(facts).filter((act) => mayAct(act, who)) : [];
}

/**
 * Lets through an act that the person's roles and the case allow.
 *
 * @throws RuleError `forbidden` when the person may not, `act-not-allowed` when the case does not allow it now
 */
export function assertMay(act: Act, actor: Actor, referral: Referral, facts: CaseFacts): void {
  if (!mayOpen(actor, referral) || !mayAct(act, before(actor, referral))) {
    throw new RuleError('forbidden', `${act} takes another role in this case`, {
      act,
      possible: actsOf(actor, referral, facts),
    });
  }
  try {
    assertAct(act, facts);
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    throw new RuleError(error.code, error.message, { ...error.facts, possible: actsOf(actor, referral, facts) });
  }
}
