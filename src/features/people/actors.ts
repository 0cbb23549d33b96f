import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { worksWithCases, type Role } from '../../domain/referral/permissions.js';
import { often, rows } from '../../platform/database/sql.js';
import type { Actor } from './actor.js';
import { SUBSTITUTE_FITS } from './substitute-fits.js';

interface Identity {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

interface Right {
  readonly personId: string;
  readonly board: string | null;
  readonly role: Role | null;
  readonly department: string | null;
}

/**
 * A person, everyone the person stands in for today (also along a chain, when the one in between is away too), and the
 * roles and departments of them all. UNION without ALL ends when two stand in for each other.
 */
const RIGHTS = `
  WITH RECURSIVE "self"("id") AS (
    SELECT "id" FROM "person" WHERE "id" = ?
    UNION
    SELECT a."person_id" FROM "self" s
      JOIN "absence" a ON a."substitute_id" = s."id" AND a."to_day" >= ? AND a."from_day" <= ?
       AND a."revoked_at" IS NULL AND ${SUBSTITUTE_FITS}
      JOIN "person" p ON p."id" = a."person_id" AND (p."ended_on" IS NULL OR p."ended_on" > ?)
  )
  SELECT s."id" AS "personId", r."board" AS "board", r."role" AS "role", NULL AS "department"
    FROM "self" s LEFT JOIN "person_role" r ON r."person_id" = s."id"
  UNION ALL
  SELECT s."id", d."board", NULL, d."code" FROM "self" s JOIN "department" d ON d."manager_id" = s."id"`;

/** Works out what a person may do today. */
@Injectable()
export class Actors {
  /**
   * The person with the rights of the day. A substitute stands in the roles of the one who is away, at boards where both
   * work with cases, and but for `admin`: who may change the organisation is not handed over by an absence.
   */
  async actorOf(em: EntityManager, { id, name, email }: Identity, today: LocalDate): Promise<Actor> {
    const rights = await rows<Right>(em, often(RIGHTS), [id, today, today, today]);
    const held = heldRoles(rights);
    const own = held.get(id) ?? new Map<string, Set<Role>>();
    const roles = new Map([...own].map(([board, there]) => [board, new Set(there)]));
    const actsFor = new Set([id]);
    for (const [personId, theirs] of held) {
      if (personId === id) continue;
      for (const [board, there] of theirs) {
        if (!worksWithCases(there) || !worksWithCases(own.get(board) ?? [])) continue;
        actsFor.add(personId);
        for (const role of there) if (role !== 'admin') roles.get(board)?.add(role);
      }
    }
    const manages = rights.flatMap(({ personId, board, department }) => {
      if (board === null || department === null) return [];
      // A department keeps its manager's name when the role there is gone: what it opened is closed then.
      const isTheirs = actsFor.has(personId) && held.get(personId)?.get(board)?.has('manager') === true;
      return isTheirs && own.has(board) ? [`${board}/${department}`] : [];
    });
    return { personId: id, name, email, roles, actsFor, manages: new Set(manages) };
  }
}

/** Roles by person and board. */
function heldRoles(rights: readonly Right[]): Map<string, Map<string, Set<Role>>> {
  const held = new Map<string, Map<string, Set<Role>>>();
  for (const { personId, board, role } of rights) {
    if (board === null || role === null) continue;
    const theirs = held.get(personId) ?? new Map<string, Set<Role>>();
    held.set(personId, theirs.set(board, (theirs.get(board) ?? new Set<Role>()).add(role)));
  }
  return held;
}
