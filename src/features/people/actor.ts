import { RuleError } from '../../domain/errors.js';
import { maySee, type Role } from '../../domain/referral/permissions.js';

/** Who does something: a signed-in person with the rights of today, those stood in for included. */
export interface Actor {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  /** Roles by board code. */
  readonly roles: ReadonlyMap<string, ReadonlySet<Role>>;
  /** Whom one stands in for today, by board code. */
  readonly standsInFor: ReadonlyMap<string, ReadonlySet<string>>;
  /** Departments managed, as `board/code`. */
  readonly manages: ReadonlySet<string>;
}

/** Who a journal event is by: a person, or the system itself. */
export type Doer = Pick<Actor, 'personId' | 'name'> | { readonly personId: null; readonly name: string };

/** The system acting by itself: sweeps, planning after a move, demo data. */
export const SYSTEM: Doer = { personId: null, name: 'Diarium' };

const NO_ROLES: ReadonlySet<Role> = new Set();

export const rolesOn = (actor: Actor, board: string): ReadonlySet<Role> => actor.roles.get(board) ?? NO_ROLES;

/**
 * Lets through what is asked of a board where the person has a role, whichever: of another it is not even told that it exists.
 *
 * @throws RuleError `board-unknown`
 */
export function assertKnows(actor: Actor, board: string): void {
  if (actor.roles.has(board)) return;
  throw new RuleError('board-unknown', `No board has the code ${board}`, { field: 'board', value: board });
}

/** Whether what is this person's at the board is the actor's own today: a case, a reminder. */
export const actsFor = (actor: Actor, board: string, personId: string): boolean =>
  personId === actor.personId || actor.standsInFor.get(board)?.has(personId) === true;

/** Oneself, and everyone one stands in for at any of these boards. */
export const everyoneActedFor = (actor: Actor, boards: Iterable<string>): string[] => [
  ...new Set([actor.personId, ...[...boards].flatMap((board) => [...(actor.standsInFor.get(board) ?? [])])]),
];

/** Codes of the boards whose cases the person sees. Every query on cases is bound to these (OSL 8 kap.). */
export function boardsSeen(actor: Actor): string[] {
  return [...actor.roles].filter(([, roles]) => maySee({ roles })).map(([board]) => board);
}

export const isAdminOf = (actor: Actor, board: string): boolean => rolesOn(actor, board).has('admin');

/** Codes of the boards whose accounts the person administers, in order. */
export const boardsAdministered = (actor: Actor): string[] =>
  [...actor.roles.keys()].filter((board) => isAdminOf(actor, board)).sort();

/** Whether the actor administers every board of these roles, of which there is at least one. */
export const administersAll = (actor: Actor, roles: readonly { readonly board: string }[]): boolean =>
  roles.length > 0 && roles.every(({ board }) => isAdminOf(actor, board));

/**
 * Whether the actor may end the account of someone with these roles, open it again, and give it another address, which is
 * as much as to take it over. Who has no role anywhere belongs to the board of their department; who is in none either is
 * nobody's in particular, and so any administrator's.
 */
export function mayEndAccount(
  actor: Actor,
  roles: readonly { readonly board: string }[],
  { departmentBoard }: { readonly departmentBoard: string | null },
): boolean {
  if (roles.length > 0) return administersAll(actor, roles);
  return departmentBoard === null ? boardsAdministered(actor).length > 0 : isAdminOf(actor, departmentBoard);
}

export function rolesByBoard(
  roles: readonly { readonly board: string; readonly role: Role }[],
): ReadonlyMap<string, ReadonlySet<Role>> {
  const byBoard = new Map<string, Set<Role>>();
  for (const { board, role } of roles) byBoard.set(board, (byBoard.get(board) ?? new Set<Role>()).add(role));
  return byBoard;
}

/** Codes of the board's departments that the person manages. */
export function managedAt(actor: Actor, board: string): Set<string> {
  const start = `${board}/`;
  return new Set([...actor.manages].filter((one) => one.startsWith(start)).map((one) => one.slice(start.length)));
}
