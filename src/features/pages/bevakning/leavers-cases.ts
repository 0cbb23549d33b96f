import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import { marks, rows } from '../../../platform/database/sql.js';
import { rolesOn, type Actor } from '../../people/actor.js';

export interface LeaversCase {
  readonly id: string;
  readonly diarienummer: string;
  readonly officerName: string;
}

/** More are not listed: the first ones are to be given to someone first. */
export const MOST_LEAVERS_CASES = 20;

/** CROSS JOIN keeps SQLite on the leavers first: they are few, and an index finds the open cases of each. */
const LEAVERS_CASES = `SELECT r."id", r."diarienummer", p."name" AS "officerName"
  FROM "person" p CROSS JOIN "referral" r
  WHERE r."officer_id" = p."id" AND p."ended_on" <= ? AND r."status" NOT IN ('closed', 'cancelled')`;

/** Open cases whose officer has left, for who registers at their board and can give them to someone else. */
@Injectable()
export class LeaversCases {
  constructor(
    private readonly db: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, boards: readonly string[]): Promise<LeaversCase[]> {
    const own = boards.filter((board) => rolesOn(actor, board).has('registrar'));
    if (own.length === 0) return [];
    const text = `${LEAVERS_CASES} AND r."board" IN (${marks(own.length)}) ORDER BY r."due_key", r."id" LIMIT ?`;
    return rows<LeaversCase>(this.db.manager, text, [this.clock.today(), ...own, MOST_LEAVERS_CASES + 1]);
  }
}
