import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { worksWithCases, type Role } from '../../domain/referral/permissions.js';
import { often, rows } from '../../platform/database/sql.js';
import type { Actor } from './actor.js';
import { WHERE_SUBSTITUTES_WORK } from './where-substitutes-work.js';

interface Identity {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

interface Right {
  readonly personId: string;
  readonly board: string;
  readonly role: Role | null;
  readonly department: string | null;
}

/**
 * A person at each board where they have a role; there, everyone the person stands in for today, also along a chain, when
 * the one in between is away too and works there; and the roles and departments of them all at that board. UNION without
 * ALL ends when two stand in for each other.
 */
const RIGHTS = `
  WITH RECURSIVE "self"("id", "board") AS (
    SELECT "person_id", "board" FROM "person_role" WHERE "person_id" = ?
    UNION
    SELECT a."person_id", s."board" FROM "self" s
      JOIN "absence" a ON a."substitute_id" = s."id" AND a."to_day" >= ? AND a."from_day" <= ?
       AND a."revoked_at" IS NULL
      ${WHERE_SUBSTITUTES_WORK} AND own."board" = s."board"
      JOIN "person" p ON p."id" = a."person_id" AND (p."ended_on" IS NULL OR p."ended_on" > ?)
  )
  SELECT s."id" AS "personId", s."board" AS "board", r."role" AS "role", NULL AS "department"
    FROM "self" s JOIN "person_role" r ON r."person_id" = s."id" AND r."board" = s."board"
  UNION ALL
  SELECT s."id", s."board", NULL, d."code" FROM "self" s
    JOIN "department" d ON d."manager_id" = s."id" AND d."board" = s."board"`;

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
    const standsInFor = new Map<string, Set<string>>();
    for (const [personId, theirs] of held) {
      if (personId === id) continue;
      for (const [board, there] of theirs) {
        if (!worksWithCases(there)) continue;
        standsInFor.set(board, (standsInFor.get(board) ?? new Set<string>()).add(personId));
        for (const role of there) if (role !== 'admin') roles.get(board)?.add(role);
      }
    }
    const manages = rights.flatMap(({ personId, board, department }) => {
      if (department === null) return [];
      // A department keeps its manager's name when the role there is gone: what it opened is closed then.
      const isManager = held.get(personId)?.get(board)?.has('manager') === true;
      return isManager ? [`${board}/${department}`] : [];
    });
    return { personId: id, name, email, roles, standsInFor, manages: new Set(manages) };
  }
}

/** Roles by person and board. */
function heldRoles(rights: readonly Right[]): Map<string, Map<string, Set<Role>>> {
  const held = new Map<string, Map<string, Set<Role>>>();
  for (const { personId, board, role } of rights) {
    if (role === null) continue;
    const theirs = held.get(personId) ?? new Map<string, Set<Role>>();
    held.set(personId, theirs.set(board, (theirs.get(board) ?? new Set<Role>()).add(role)));
  }
  return held;
}
