import { z } from 'zod';
import { ROLES, type Role } from '../../../domain/referral/permissions.js';
import { day } from '../../../platform/http/day.js';
import { email, lineText } from '../../../platform/http/text.js';
import type { FormErrors, FormValues } from '../../../platform/web/form-errors.js';
import type { TypedKinds } from '../frame/typed-form.js';

export const PEOPLE_LABELS = {
  namnd: 'Nämnd',
  namn: 'Namn',
  epost: 'E-postadress',
  roller: 'Roller',
  avdelning: 'Avdelning',
  till: 'Vem tar över ärendena',
  dag: 'Första dagen utan konto',
  chef: 'Ny avdelningschef',
  nychef: 'Ny avdelningschef',
};

/** What each field is called at the start of a sentence. */
export const PEOPLE_THE: Record<keyof typeof PEOPLE_LABELS, string> = {
  namnd: 'Nämnden',
  namn: 'Namnet',
  epost: 'E-postadressen',
  roller: 'Rollerna',
  avdelning: 'Avdelningen',
  till: 'Den som tar över ärendena',
  dag: 'Den första dagen utan konto',
  chef: 'Den nya avdelningschefen',
  nychef: 'Den nya avdelningschefen',
};

/** The forms' fields by what the rules call them. */
export const PEOPLE_FIELDS = {
  email: 'epost',
  name: 'namn',
  roles: 'roller',
  department: 'avdelning',
  to: 'till',
  leavesOn: 'dag',
  manager: 'chef',
};

/** The same for the form of roles, which asks for the next manager in a field of its own. */
export const ROLES_FIELDS = { ...PEOPLE_FIELDS, manager: 'nychef' };

/** How what is typed in each field is read. */
export const PEOPLE_KINDS: TypedKinds = { namn: 'line', epost: 'line', dag: 'day' };
export const ABSENCE_KINDS: TypedKinds = { fran: 'day', till: 'day' };

const chosen = () => z.string().max(400);

const boardsRoles = { namnd: chosen(), avdelning: chosen().optional() };

export const RolesForm = z.object({ ...boardsRoles, grund: chosen().optional(), nychef: email().optional() });
export const ColleagueForm = z.object({ ...boardsRoles, namn: lineText(500), epost: email() });
export const LeaveForm = z.object({ till: email(), dag: day(), chef: email().optional() });

const ROLE_FIELD = 'roll-';
export const roleField = (role: Role): string => ROLE_FIELD + role;

/** The roles that are ticked. */
export const rolesIn = (values: FormValues): Role[] => ROLES.filter((role) => (values[roleField(role)] ?? '') !== '');

export const NO_ROLE: FormErrors = [{ field: 'roller', message: 'Välj minst en roll.' }];

/** Departments are chosen as `board/code`, since the form may have several boards. */
export const departmentValue = (board: string, code: string): string => `${board}/${code}`;

/** The department's code. `errors` when it is one of another board than the one chosen. */
export function departmentIn(
  board: string,
  value: string | undefined,
): { readonly code: string | null; readonly errors: FormErrors } {
  if (value === undefined) return { code: null, errors: [] };
  const start = `${board}/`;
  if (value.startsWith(start)) return { code: value.slice(start.length), errors: [] };
  return { code: null, errors: [{ field: 'avdelning', message: 'Avdelningen hör till en annan nämnd.' }] };
}

export const ABSENCE_LABELS = {
  person: 'Vem är borta',
  ersattare: 'Ersättare',
  fran: 'Från och med',
  till: 'Till och med',
};

/** What each field of an absence is called at the start of a sentence. */
export const ABSENCE_THE: Record<keyof typeof ABSENCE_LABELS, string> = {
  person: 'Den som är borta',
  ersattare: 'Ersättaren',
  fran: 'Den första dagen',
  till: 'Den sista dagen',
};

export const ABSENCE_FIELDS = { substitute: 'ersattare', from: 'fran', to: 'till' };

export const AbsenceForm = z.object({
  person: email().optional(),
  ersattare: email(),
  fran: day(),
  till: day(),
});
