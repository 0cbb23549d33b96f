import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { localDate, type LocalDate } from '../../domain/calendar/local-date.js';
import { change, insertRows, marks, row, rows } from '../../platform/database/sql.js';
import type { AbsenceRow } from './absence.entity.js';

export type Absence = Readonly<AbsenceRow>;

const ABSENCE =
  'SELECT "id", "person_id" AS "personId", "substitute_id" AS "substituteId", "from_day" AS "fromDay",' +
  ' "to_day" AS "toDay", "created_at" AS "createdAt", "revoked_at" AS "revokedAt" FROM "absence"';
/** How many people one query asks about. */
const AT_ONCE = 500;

const COLUMNS = ['id', 'person_id', 'substitute_id', 'from_day', 'to_day', 'created_at', 'revoked_at'];

/** Days on which people are away. Nothing is deleted: what was taken back has `revokedAt`. */
@Injectable()
export class AbsenceRepository {
  find(em: EntityManager, id: string): Promise<Absence | null> {
    return row<Absence>(em, `${ABSENCE} WHERE "id" = ?`, [id]);
  }

  /** Absences that end on a day or later, of these people or with them as substitutes, soonest first. */
  async concerning(em: EntityManager, people: readonly string[], fromDay: string): Promise<Absence[]> {
    const among = marks(people.length);
    const sql = `${ABSENCE} WHERE ("person_id" IN (${among}) OR "substitute_id" IN (${among}))
      AND "to_day" >= ? AND "revoked_at" IS NULL ORDER BY "from_day", "id"`;
    return rows<Absence>(em, sql, [...people, ...people, fromDay]);
  }

  /** Absences of people who have a role at one of the boards, that end on a day or later, soonest first. */
  async ofBoards(em: EntityManager, boards: readonly string[], fromDay: string): Promise<Absence[]> {
    const sql = `${ABSENCE} WHERE "person_id" IN (SELECT "person_id" FROM "person_role"
       WHERE "board" IN (${marks(boards.length)})) AND "to_day" >= ? AND "revoked_at" IS NULL
      ORDER BY "from_day", "id"`;
    return rows<Absence>(em, sql, [...boards, fromDay]);
  }

  /** Absences of one person on any of these days, soonest first. */
  async ofPersonWithin(em: EntityManager, personId: string, from: string, to: string): Promise<Absence[]> {
    const sql = `${ABSENCE} WHERE "person_id" = ? AND "to_day" >= ? AND "from_day" <= ? AND "revoked_at" IS NULL
      ORDER BY "from_day", "id"`;
    return rows<Absence>(em, sql, [personId, from, to]);
  }

  /** The last day away of those of these people who are away on the day, by person. */
  async awayUntil(em: EntityManager, people: readonly string[], day: LocalDate): Promise<Map<string, LocalDate>> {
    const until = new Map<string, LocalDate>();
    for (let from = 0; from < people.length; from += AT_ONCE) {
      const part = people.slice(from, from + AT_ONCE);
      const sql = `SELECT "person_id" AS "personId", max("to_day") AS "until" FROM "absence" WHERE "revoked_at" IS NULL
        AND "from_day" <= ? AND "to_day" >= ? AND "person_id" IN (${marks(part.length)}) GROUP BY "person_id"`;
      const found = await rows<{ personId: string; until: string }>(em, sql, [day, day, ...part]);
      for (const one of found) until.set(one.personId, localDate(one.until));
    }
    return until;
  }

  async insert(tx: EntityManager, a: Absence): Promise<void> {
    const values = [a.id, a.personId, a.substituteId, a.fromDay, a.toDay, a.createdAt, a.revokedAt];
    await insertRows(tx, 'absence', COLUMNS, [values]);
  }

  async revoke(tx: EntityManager, id: string, at: string): Promise<void> {
    await change(tx, 'UPDATE "absence" SET "revoked_at" = ? WHERE "id" = ? AND "revoked_at" IS NULL', [at, id]);
  }
}
