import type { FormValues } from '../../../platform/web/form-errors.js';
import type { Compared, LastChange } from '../arende/views/conflict-view.js';
import { DEPARTMENT_LABELS, type basisIn } from './department-forms.js';
import { managerOf, type OneDepartment } from './views/departments-view.js';

/** What others did to a department while its form lay open. */
export interface DepartmentConflict {
  /** Their name; null when it was oneself, or is not known. */
  readonly by: string | null;
  /** The same with the instant, oneself included. */
  readonly last: LastChange | null;
  /** Where the two versions differ. */
  readonly compared: readonly Compared[];
}

/** What the form of a department has at first. */
export const valuesOf = (one: OneDepartment): FormValues => ({
  namn: one.department.name,
  chef: managerOf(one)?.email ?? '',
});

/** What was changed in a form, on top of how the department is now; of a form that does not say what it started from, all. */
export function mergedDepartment(sent: FormValues, from: ReturnType<typeof basisIn>, one: OneDepartment): FormValues {
  if (from === null) return sent;
  const now = valuesOf(one);
  const before: FormValues = {
    namn: from.name,
    chef: one.place.people.find(({ id }) => id === from.managerId)?.email ?? '',
  };
  const chosen = (name: 'namn' | 'chef'): string => {
    const text = sent[name] ?? '';
    return (text === before[name] ? now[name] : text) ?? '';
  };
  return { namn: chosen('namn'), chef: chosen('chef') };
}

/** Where what was filled in and how it is now differ. */
export function compareDepartment(sent: FormValues, one: OneDepartment): Compared[] {
  const { people } = one.place;
  const chef = sent['chef'] ?? '';
  const rows = [
    { label: DEPARTMENT_LABELS.namn, now: one.department.name, typed: sent['namn'] ?? '' },
    {
      label: DEPARTMENT_LABELS.chef,
      now: managerOf(one)?.name ?? 'Ingen',
      typed: chef === '' ? 'Ingen' : (people.find(({ email }) => email === chef.toLowerCase())?.name ?? chef),
    },
  ];
  return rows.filter((row) => row.now !== row.typed);
}
