import { marks } from '../../platform/database/sql.js';
import { actsFor, everyoneActedFor, type Actor } from '../people/actor.js';

/** Who has the case, as an index has it. */
const OFFICER = 'r."officer_id"';
/** The same for what is to be true or false, and never unknown, of a case without an officer. */
export const OFFICER_OR_NONE = `COALESCE(${OFFICER}, '')`;

/**
 * That the officer of a case, `r`, at one of these boards is the person, or someone whom the person stands in for there.
 *
 * Who is stood in for at one board and not at another is left out at the other: nearly always that is nobody.
 */
export function isOwn(
  actor: Actor,
  boards: readonly string[],
  officer: typeof OFFICER | typeof OFFICER_OR_NONE = OFFICER,
): { readonly text: string; readonly params: readonly string[] } {
  const own = everyoneActedFor(actor, boards);
  const elsewhere = boards.flatMap((board) =>
    own.filter((id) => !actsFor(actor, board, id)).map((id) => `${board}/${id}`),
  );
  const text = `${officer} IN (${marks(own.length)})`;
  if (elsewhere.length === 0) return { text, params: own };
  const there = `r."board" || '/' || ${officer} NOT IN (${marks(elsewhere.length)})`;
  return { text: `(${text} AND ${there})`, params: [...own, ...elsewhere] };
}
