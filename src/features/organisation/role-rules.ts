import { RuleError } from '../../domain/errors.js';
import { OFFICERS_ROLES, type Role } from '../../domain/referral/permissions.js';
import { isAdminOf, type Actor } from '../people/actor.js';

/** @throws RuleError `forbidden` */
export function assertAdministers(actor: Actor, board: string): void {
  if (isAdminOf(actor, board)) return;
  throw new RuleError('forbidden', `people of ${board} are looked after by its administrators`, {
    act: 'people',
    needs: 'admin',
  });
}

/**
 * At least one role: who is to have none anywhere leaves, by handing over. And a manager manages a department.
 *
 * @param of `mayManage`: whether there is a department to be a manager by; `isElsewhere`: whether the person has a role at
 *   another board too
 *
 * @throws RuleError `field-required`, `manager-needs-department`
 */
export function assertRolesFit(
  roles: readonly Role[],
  { mayManage, isElsewhere }: { readonly mayManage: boolean; readonly isElsewhere: boolean },
): void {
  if (roles.length === 0 && !isElsewhere)
    throw new RuleError('field-required', 'at least one role', { field: 'roles' });
  if (!roles.includes('manager') || mayManage) return;
  throw new RuleError('manager-needs-department', 'a manager needs a department', { field: 'department' });
}

/** Whether someone who could be the officer of cases no longer can. */
export const losesOfficersRoles = (before: readonly Role[], after: readonly Role[]): boolean =>
  OFFICERS_ROLES.some((role) => before.includes(role)) && !OFFICERS_ROLES.some((role) => after.includes(role));
