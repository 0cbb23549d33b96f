import { PREPARED_STATUSES, type Act, type ReferralStatus } from './lifecycle.js';

/** Every role that a person can have at a board. */
export const ROLES = ['registrar', 'officer', 'manager', 'director', 'secretary', 'reader', 'admin'] as const;

/** A role at one board. */
export type Role = (typeof ROLES)[number];

/**
 * Roles that work with a board's cases. Only who has one of them can be a substitute there: to read, or to look after
 * accounts, is no work with cases.
 */
export const WORKING_ROLES = [
  'registrar',
  'officer',
  'manager',
  'director',
  'secretary',
] as const satisfies readonly Role[];

/** Whether someone with these roles at a board works with its cases. */
export const worksWithCases = (roles: Iterable<Role>): boolean =>
  [...roles].some((role) => WORKING_ROLES.some((working) => working === role));

/** A person before one case: the roles at its board, and what the case itself says. */
export interface Actor {
  readonly roles: ReadonlySet<Role>;
  /** Whether the case is this person's. */
  readonly isOfficerOfCase: boolean;
  /** Whether this person is the manager of the case's department. */
  readonly isManagerOfDepartment: boolean;
  /** Whether the case has come to the director: see `hasReachedDirector`. */
  readonly isWithDirector: boolean;
}

/** In what capacity a person may act: `officer` on own cases, `manager` on the department's, the others on all. */
type Capacity = 'registrar' | 'officer' | 'manager' | 'director' | 'secretary';

/** Roles of which one makes someone fit to be the officer of a board's cases. */
export const OFFICERS_ROLES = ['officer', 'manager'] as const satisfies readonly Role[];

/** Whether these roles at a board let one work with the cases there that one is the officer of. */
export const isFitForOfficer = (roles: ReadonlySet<Role>): boolean => OFFICERS_ROLES.some((role) => roles.has(role));

const OFFICER_AND_MANAGER = ['officer', 'manager'] as const;

/** The table of who may do what. What an officer may, the department's manager may too. */
const MAY: Record<Act, readonly Capacity[]> = {
  correct: ['registrar'],
  'correct-record': ['registrar'],
  'take-back-record': ['registrar'],
  assign: ['registrar', 'manager'],
  start: OFFICER_AND_MANAGER,
  'choose-meeting': ['registrar', 'secretary'],
  'choose-route': ['registrar'],
  'request-extension': ['registrar', ...OFFICER_AND_MANAGER],
  'answer-extension': ['registrar', ...OFFICER_AND_MANAGER],
  'confirm-adjustment': OFFICER_AND_MANAGER,
  'decline-adjustment': OFFICER_AND_MANAGER,
  'decide-adjustment': ['secretary'],
  'sign-adjustment': ['secretary'],
  'draft-done': OFFICER_AND_MANAGER,
  'approve-manager': ['manager'],
  'approve-director': ['director'],
  dispatch: ['secretary'],
  'record-decision': ['secretary'],
  'record-ordinary-adjustment': ['secretary'],
  'post-notice': ['secretary'],
  'take-down-notice': ['secretary'],
  'send-answer': ['registrar', 'secretary', ...OFFICER_AND_MANAGER],
  close: ['registrar'],
  reopen: ['registrar'],
  cancel: ['registrar'],
  'mark-secret': ['registrar'],
  'change-secrecy': ['registrar'],
  'lift-secrecy': ['registrar'],
  'mark-dormant': ['registrar', 'manager'],
  wake: ['registrar', 'manager'],
};

function has(who: Actor, capacity: Capacity): boolean {
  if (capacity === 'officer') return who.isOfficerOfCase && isFitForOfficer(who.roles);
  if (!who.roles.has(capacity)) return false;
  if (capacity === 'manager') return who.isManagerOfDepartment;
  return true;
}

/**
 * Whether a person may do an act to a case, as far as roles go; `assertAct` says whether the case allows it.
 *
 * A substitute is the caller's matter: pass the one who is substituted.
 */
export function mayAct(act: Act, who: Actor): boolean {
  return MAY[act].some((capacity) => has(who, capacity));
}

/**
 * Whether a person may see the cases of the board: with any role there but admin alone.
 *
 * @see offentlighets- och sekretesslagen (2009:400) 8 kap. 1–2 §§: every board is an authority of its own
 */
export function maySee(who: Pick<Actor, 'roles'>): boolean {
  return ROLES.some((role) => role !== 'admin' && who.roles.has(role));
}

/**
 * Whether a case has come to the director: the manager has approved it and the director's turn is next, or it is past its
 * preparation. Before that, and once it has ended, a director has nothing to do in it.
 */
export const hasReachedDirector = (status: ReferralStatus, nextStep: string | null): boolean =>
  nextStep === 'directorApproval' || PREPARED_STATUSES.includes(status);

/**
 * Whether a person may open a secret case: its officer, its department's manager, registrars and secretaries, and
 * directors once it has come to them.
 *
 * @see offentlighets- och sekretesslagen (2009:400) 5 kap. 5 §
 */
export function mayOpenSecret(who: Actor): boolean {
  if (who.isWithDirector && has(who, 'director')) return true;
  return (['registrar', 'secretary', 'officer', 'manager'] as const).some((capacity) => has(who, capacity));
}

/** Whom a case is given to, as departments of its board. */
export interface AssignedTo {
  readonly officers: string | null;
  readonly cases: string | null;
}

/**
 * Whether a person may give a case to an officer of one department, for a department: registrars may give any to any, a
 * manager only within the departments managed.
 *
 * @param managed codes of the departments that the person is the manager of
 */
export function mayAssignTo(roles: ReadonlySet<Role>, managed: ReadonlySet<string>, to: AssignedTo): boolean {
  if (roles.has('registrar')) return true;
  return to.officers !== null && managed.has(to.officers) && to.cases !== null && managed.has(to.cases);
}
