import { isFitForOfficer, type Role } from '../../../domain/referral/permissions.js';
import { actsFor, rolesOn, type Actor } from '../../people/actor.js';

/** Steps that someone does for the whole board because of a role there. */
export const STEPS_OF: readonly (readonly [Role, readonly string[]])[] = [
  ['registrar', ['assign', 'set-answer-date', 'choose-route', 'close']],
  ['director', ['directorApproval']],
  ['secretary', ['preparation', 'dispatch', 'meeting', 'decision', 'adjustment', 'notice', 'expedite']],
];
export const MANAGER_STEPS: readonly string[] = ['assign', 'managerApproval'];

/** Steps of the officer alone, or of anyone besides. */
const OFFICERS_STEPS = new Set(['draft', 'expedite', 'answerDue']);

interface Waiting {
  readonly board: string;
  readonly department: string | null;
  readonly officerId: string | null;
}

export const isOfficersOwn = (actor: Actor, { board, officerId }: Waiting): boolean =>
  officerId !== null && actsFor(actor, board, officerId) && isFitForOfficer(rolesOn(actor, board));

/** Whether it is the person's turn, as the officer of the case or because of a role. */
export function isTurnOf(actor: Actor, one: Waiting, step: string | null): boolean {
  if (step === null) return false;
  if (OFFICERS_STEPS.has(step) && isOfficersOwn(actor, one)) return true;
  const roles = rolesOn(actor, one.board);
  if (STEPS_OF.some(([role, steps]) => roles.has(role) && steps.includes(step))) return true;
  const managed = one.department !== null && actor.manages.has(`${one.board}/${one.department}`);
  return managed && MANAGER_STEPS.includes(step);
}
