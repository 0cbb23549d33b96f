import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { marks, rows } from '../../platform/database/sql.js';
import { WHERE_SUBSTITUTES_WORK } from './where-substitutes-work.js';

interface StandIn {
  readonly personId: string;
  readonly substituteId: string;
  readonly board: string;
}

/** Who acts for people at boards on one day. */
export interface StandIns {
  /** The person, or whoever the chain of absences ends with at this board. */
  at(personId: string, board: string): string;
}

/**
 * Who stands in for whom, board by board. A chain is followed to its end: when the substitute is away too, to the
 * substitute's own. A leaver is not reminded and stands in for nobody.
 */
@Injectable()
export class Substitutes {
  /** Who acts for the person at the board on the day. */
  async substituteFor(em: EntityManager, personId: string, board: string, day: LocalDate): Promise<string> {
    return (await this.substitutesFor(em, [personId], day)).at(personId, board);
  }

  /** The same for many, at every board. A few queries, whatever their number. */
  async substitutesFor(em: EntityManager, ids: readonly string[], day: LocalDate): Promise<StandIns> {
    const next = await this.standInsFrom(em, ids, day);
    return { at: (personId, board) => endOfChain(personId, next.get(board) ?? NOBODY) };
  }

  /** Absences of the day that can be reached from these people, by board. */
  private async standInsFrom(
    em: EntityManager,
    ids: readonly string[],
    day: LocalDate,
  ): Promise<Map<string, Map<string, string>>> {
    const next = new Map<string, Map<string, string>>();
    const asked = new Set<string>();
    let people = [...new Set(ids)];
    while (people.length > 0) {
      for (const id of people) asked.add(id);
      const found = await this.absencesOf(em, people, day);
      for (const { personId, substituteId, board } of found) {
        // The absence registered last counts when two overlap.
        next.set(board, (next.get(board) ?? new Map<string, string>()).set(personId, substituteId));
      }
      people = [...new Set(found.map(({ substituteId }) => substituteId).filter((id) => !asked.has(id)))];
    }
    return next;
  }

  private async absencesOf(em: EntityManager, ids: readonly string[], day: LocalDate): Promise<StandIn[]> {
    const sql = (count: number): string =>
      'SELECT a."person_id" AS "personId", a."substitute_id" AS "substituteId", own."board" AS "board"' +
      ' FROM "absence" a JOIN "person" s ON s."id" = a."substitute_id"' +
      ` ${WHERE_SUBSTITUTES_WORK} WHERE a."person_id" IN (${marks(count)})` +
      ' AND a."to_day" >= ? AND a."from_day" <= ? AND a."revoked_at" IS NULL' +
      ' AND (s."ended_on" IS NULL OR s."ended_on" > ?) ORDER BY a."created_at", a."id"';
    const found: StandIn[] = [];
    for (let from = 0; from < ids.length; from += 500) {
      const part = ids.slice(from, from + 500);
      found.push(...(await rows<StandIn>(em, sql(part.length), [...part, day, day, day])));
    }
    return found;
  }
}

const NOBODY: ReadonlyMap<string, string> = new Map();

/** Two who stand in for each other while both are away: the chain ends where it would close, with the first again. */
function endOfChain(start: string, next: ReadonlyMap<string, string>): string {
  const seen = new Set([start]);
  let at = start;
  for (let then = next.get(at); then !== undefined; then = next.get(at)) {
    if (seen.has(then)) return start;
    seen.add(then);
    at = then;
  }
  return at;
}
