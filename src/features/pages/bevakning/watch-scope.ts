import type { Role } from '../../../domain/referral/permissions.js';
import { boardsSeen, rolesOn, type Actor } from '../../people/actor.js';

/** Whose cases are watched: what waits for me, my department's, or all of the board. */
export type WatchScope = 'mine' | 'department' | 'board';

/** What a person watches. */
export interface Watched {
  readonly scope: WatchScope;
  /** Boards that the person sees. */
  readonly boards: readonly string[];
  /** As `board/code`, for the scope `department`. */
  readonly departments: readonly string[];
}

const has = (actor: Actor, roles: readonly Role[]): boolean =>
  boardsSeen(actor).some((board) => roles.some((role) => rolesOn(actor, board).has(role)));

/** Whether anything can wait for the person: a reader does nothing. */
export const canAct = (actor: Actor): boolean =>
  has(actor, ['registrar', 'officer', 'manager', 'director', 'secretary']);

/** What someone watches who has not chosen: registrars the board, managers their department, others what is theirs. */
export function usualScope(actor: Actor): WatchScope {
  if (has(actor, ['registrar'])) return 'board';
  if (actor.manages.size > 0 && has(actor, ['manager'])) return 'department';
  return canAct(actor) ? 'mine' : 'board';
}
