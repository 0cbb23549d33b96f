import { ROLES } from '../../../domain/referral/permissions.js';
import type { FormErrors, FormValues } from '../../../platform/web/form-errors.js';
import type { RolesThere } from '../../organisation/set-roles.js';
import type { Compared, LastChange } from '../arende/views/conflict-view.js';
import { rolesInWords } from '../frame/role-words.js';
import { departmentIn, departmentValue, PEOPLE_LABELS, roleField, rolesIn } from './people-forms.js';
import type { BoardPeople } from './read-colleagues.js';

/** What others did to someone's roles while the form lay open. */
export interface RolesConflict {
  /** Who was last; null when it is oneself, or nobody knows. */
  readonly by: string | null;
  /** The same with the instant, oneself included. */
  readonly last: LastChange | null;
  readonly compared: readonly Compared[];
}

/** Someone's roles at a board as they are. */
export function rolesThere(personId: string, { people }: BoardPeople): RolesThere {
  const own = people.find(({ id }) => id === personId);
  return { roles: own?.roles ?? [], department: own?.department ?? null };
}

/** The form of roles, filled in. */
export function valuesOf({ roles, department }: RolesThere, board: string): FormValues {
  const ticked = roles.map((role) => [roleField(role), 'ja'] as const);
  const chosen = department === null ? [] : [['avdelning', departmentValue(board, department)] as const];
  return Object.fromEntries([...ticked, ...chosen]);
}

/** What a form of roles starts from, in one of its fields. */
export const basisOf = ({ roles, department }: RolesThere): string =>
  `${ROLES.filter((role) => roles.includes(role)).join(' ')}/${department ?? ''}`;

/** What a form started from; null when it does not say. */
export function basisIn(text: string | undefined): RolesThere | null {
  const slash = text?.indexOf('/') ?? -1;
  if (text === undefined || slash < 0) return null;
  const words = text.slice(0, slash).split(' ');
  const department = text.slice(slash + 1);
  return { roles: ROLES.filter((role) => words.includes(role)), department: department === '' ? null : department };
}

/** What was filled in. `errors` when the department is another board's. */
export function sentRoles(
  board: string,
  values: FormValues,
): { readonly sent: RolesThere; readonly errors: FormErrors } {
  const { code: department, errors } = departmentIn(
    board,
    values['avdelning'] === '' ? undefined : values['avdelning'],
  );
  return { sent: { roles: rolesIn(values), department }, errors };
}

/** What was changed in a form, on top of how things are now; of a form that does not say what it started from, all. */
export function merged(sent: RolesThere, basis: RolesThere | null, now: RolesThere): RolesThere {
  if (basis === null) return sent;
  const changed = (role: RolesThere['roles'][number]): boolean =>
    sent.roles.includes(role) !== basis.roles.includes(role);
  return {
    roles: ROLES.filter((role) => (changed(role) ? sent : now).roles.includes(role)),
    department: sent.department === basis.department ? now.department : sent.department,
  };
}

/** What was filled in beside how it is now, where the two differ. */
export function compareRoles(sent: RolesThere, now: RolesThere, { departments }: BoardPeople): Compared[] {
  const named = ({ department }: RolesThere): string =>
    departments.find(({ code }) => code === department)?.name ?? department ?? 'Ingen';
  const rows = [
    { label: PEOPLE_LABELS.roller, now: rolesInWords(now.roles), typed: rolesInWords(sent.roles) },
    { label: PEOPLE_LABELS.avdelning, now: named(now), typed: named(sent) },
  ];
  return rows.filter((row) => row.now !== row.typed);
}
