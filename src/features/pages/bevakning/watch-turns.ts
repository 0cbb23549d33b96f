import { isFitForOfficer, type Role } from '../../../domain/referral/permissions.js';
import { actsFor, rolesOn, type Actor } from '../../people/actor.js';

/** The step of a case that has no way to a decision in time: whoever is reminded of it can do something about it. */
export const CHOOSE_ROUTE = 'choose-route';

/** Steps that someone does for the whole board because of a role there. */
export const STEPS_OF: readonly (readonly [Role, readonly string[]])[] = [
  ['registrar', ['assign', 'set-answer-date', CHOOSE_ROUTE, 'close']],
  ['director', ['directorApproval']],
  ['secretary', [CHOOSE_ROUTE, 'preparation', 'dispatch', 'meeting', 'decision', 'adjustment', 'notice', 'expedite']],
];
export const MANAGER_STEPS: readonly string[] = ['assign', 'managerApproval', CHOOSE_ROUTE];

/** Steps of the officer alone, or of anyone besides: an officer asks for more time where no meeting is in time. */
export const OFFICERS_STEPS: readonly string[] = ['draft', CHOOSE_ROUTE, 'expedite', 'answerDue'];

interface Waiting {
  readonly board: string;
  readonly department: string | null;
  readonly officerId: string | null;
  /** Whether its officer works at the board still, with a role by which one has cases there. */
  readonly hasOfficer: boolean;
}

export const isOfficersOwn = (actor: Actor, { board, officerId }: Pick<Waiting, 'board' | 'officerId'>): boolean =>
  officerId !== null && actsFor(actor, board, officerId) && isFitForOfficer(rolesOn(actor, board));

/**
 * Whether it is the person's turn, as the officer of the case or because of a role.
 *
 * @param asked whether more time has been asked for: the officer then asks after the answer, or a registrar where there is
 *   none, and the others wait
 */
export function isTurnOf(actor: Actor, one: Waiting, step: string | null, asked: boolean): boolean {
  if (step === null) return false;
  if (OFFICERS_STEPS.includes(step) && isOfficersOwn(actor, one)) return true;
  const roles = rolesOn(actor, one.board);
  if (step === CHOOSE_ROUTE && asked) return !one.hasOfficer && roles.has('registrar');
  if (STEPS_OF.some(([role, steps]) => roles.has(role) && steps.includes(step))) return true;
  const managed = one.department !== null && actor.manages.has(`${one.board}/${one.department}`);
  return managed && MANAGER_STEPS.includes(step);
}
