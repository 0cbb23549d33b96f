import { Injectable } from '@nestjs/common';
import { OFFICERS_ROLES } from '../../../domain/referral/permissions.js';
import { Clock } from '../../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import { marks, rows } from '../../../platform/database/sql.js';
import { rolesOn, type Actor } from '../../people/actor.js';

export interface LeaversCase {
  readonly id: string;
  readonly diarienummer: string;
  readonly officerName: string;
  /** Whether the officer has left, or is here without a role by which one has cases at the board. */
  readonly hasLeft: boolean;
}

type Found = Omit<LeaversCase, 'hasLeft'> & { readonly left: number };

/** More are not listed: the first ones are to be given to someone first. */
export const MOST_LEAVERS_CASES = 20;

const HAS_LEFT = '(p."ended_on" IS NOT NULL AND p."ended_on" <= ?)';

/**
 * CROSS JOIN keeps SQLite on those who cannot have the board's cases, and an index finds the open ones of each: the
 * board is compared as an expression, so that it is not that of all its cases.
 */
const leaversCases = (boards: number): string => `SELECT r."id", r."diarienummer", p."name" AS "officerName",
    CASE WHEN ${HAS_LEFT} THEN 1 ELSE 0 END AS "left"
  FROM "person" p CROSS JOIN "board" b CROSS JOIN "referral" r
  WHERE b."code" IN (${marks(boards)}) AND (${HAS_LEFT} OR NOT EXISTS (
      SELECT 1 FROM "person_role" pr WHERE pr."person_id" = p."id" AND pr."board" = b."code"
        AND pr."role" IN (${marks(OFFICERS_ROLES.length)})))
    AND r."officer_id" = p."id" AND r."board" || '' = b."code" AND r."status" NOT IN ('closed', 'cancelled')
  ORDER BY r."due_key", r."id" LIMIT ?`;

/** Open cases whose officer can have them no longer, for who registers at their board and can give them to someone else. */
@Injectable()
export class LeaversCases {
  constructor(
    private readonly db: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, boards: readonly string[]): Promise<LeaversCase[]> {
    const own = boards.filter((board) => rolesOn(actor, board).has('registrar'));
    if (own.length === 0) return [];
    const today = this.clock.today();
    const params = [today, ...own, today, ...OFFICERS_ROLES, MOST_LEAVERS_CASES + 1];
    const found = await rows<Found>(this.db.manager, leaversCases(own.length), params);
    return found.map(({ left, ...one }) => ({ ...one, hasLeft: Number(left) === 1 }));
  }
}
