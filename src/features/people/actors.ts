import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import type { Role } from '../../domain/referral/permissions.js';
import { rows } from '../../platform/database/sql.js';
import type { Actor } from './actor.js';

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
       AND a."revoked_at" IS NULL
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
   * The person with the rights of the day. A substitute has the roles of the one who is away, but for `admin`: who may
   * change the organisation is not handed over by an absence.
   */
  async actorOf(em: EntityManager, { id, name, email }: Identity, today: LocalDate): Promise<Actor> {
    const rights = await rows<Right>(em, RIGHTS, [id, today, today, today]);
    const roles = new Map<string, Set<Role>>();
    for (const { personId, board, role } of rights) {
      if (board === null || role === null || (role === 'admin' && personId !== id)) continue;
      const there = roles.get(board) ?? new Set<Role>();
      roles.set(board, there.add(role));
    }
    const manages = rights.flatMap(({ board, department }) => (department === null ? [] : [`${board}/${department}`]));
    const actsFor = new Set(rights.map(({ personId }) => personId));
    return { personId: id, name, email, roles, actsFor, manages: new Set(manages) };
  }
}
