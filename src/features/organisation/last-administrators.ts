import type { Fault } from './json-text.js';
import type { OrganisationChanges } from './organisation-changes.js';
import type { OrganisationState } from './organisation.repository.js';

/** The people of a file that take the last administrator away from a board that has one: a fault at each. */
export function lastAdministratorFaults({ people }: OrganisationChanges, state: OrganisationState): Fault[] {
  const staying = administratorsOf(state);
  for (const { row, roles } of people) {
    for (const { board, add, remove } of roles) {
      const there = staying.get(board) ?? new Set<string>();
      if (add.includes('admin') && row.endedOn === null) staying.set(board, there.add(row.id));
      if (remove.includes('admin')) there.delete(row.id);
    }
  }
  return people.flatMap(({ row, roles }, index) =>
    roles
      .filter(({ board, remove }) => remove.includes('admin') && (staying.get(board)?.size ?? 0) === 0)
      .map(({ board }) => ({
        path: `people[${index}].roles.${board}`,
        reason: `tar rollen admin från ${row.email}, och nämnden ${board} skulle stå utan systemförvaltare; ge rollen till någon annan först`,
      })),
  );
}

/** Who administers each board and has no day of leaving. */
function administratorsOf({ people, roles }: OrganisationState): Map<string, Set<string>> {
  const ended = new Set([...people.values()].filter(({ endedOn }) => endedOn !== null).map(({ id }) => id));
  const staying = new Map<string, Set<string>>();
  for (const [key, there] of roles) {
    const slash = key.indexOf('/');
    const [id, board] = [key.slice(0, slash), key.slice(slash + 1)];
    if (!there.has('admin') || ended.has(id)) continue;
    staying.set(board, (staying.get(board) ?? new Set<string>()).add(id));
  }
  return staying;
}
