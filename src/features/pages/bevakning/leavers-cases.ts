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

const OPEN = `r."status" NOT IN ('closed', 'cancelled')`;
const HAS_LEFT = '(p."ended_on" IS NOT NULL AND p."ended_on" <= ?)';

/** The first officer of a board's open cases that comes after another. Uses ix_referral_board_officer. */
const nextOfficer = (board: string, after: string): string => `(SELECT r."officer_id" FROM "referral" r
  WHERE r."board" = ${board} AND r."officer_id" > ${after} AND ${OPEN} ORDER BY r."officer_id" LIMIT 1)`;

/**
 * From officer to officer of each board, not case by case: they are few. CROSS JOIN keeps SQLite on those of them who can
 * have no cases there.
 */
const leaversCases = (boards: number): string => `WITH RECURSIVE "had"("board", "officer") AS (
    SELECT b."code", ${nextOfficer('b."code"', "''")} FROM "board" b WHERE b."code" IN (${marks(boards)})
    UNION ALL
    SELECT h."board", ${nextOfficer('h."board"', 'h."officer"')} FROM "had" h WHERE h."officer" IS NOT NULL
  ), "unable" AS MATERIALIZED (
    SELECT h."board", p."id", p."name", CASE WHEN ${HAS_LEFT} THEN 1 ELSE 0 END AS "left"
      FROM "had" h JOIN "person" p ON p."id" = h."officer"
     WHERE ${HAS_LEFT} OR NOT EXISTS (
       SELECT 1 FROM "person_role" pr WHERE pr."person_id" = p."id" AND pr."board" = h."board"
         AND pr."role" IN (${marks(OFFICERS_ROLES.length)}))
  )
  SELECT r."id", r."diarienummer", u."name" AS "officerName", u."left" FROM "unable" u CROSS JOIN "referral" r
   WHERE r."board" = u."board" AND r."officer_id" = u."id" AND ${OPEN} ORDER BY r."due_key", r."id" LIMIT ?`;

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
    const params = [...own, today, today, ...OFFICERS_ROLES, MOST_LEAVERS_CASES + 1];
    const found = await rows<Found>(this.db.manager, leaversCases(own.length), params);
    return found.map(({ left, ...one }) => ({ ...one, hasLeft: Number(left) === 1 }));
  }
}
