import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { marks, rows } from '../../platform/database/sql.js';
import { SUBSTITUTE_FITS } from './substitute-fits.js';

interface StandIn {
  readonly personId: string;
  readonly substituteId: string;
}

/**
 * Who stands in for whom. A chain is followed to its end: when the substitute is away too, to the substitute's own.
 * A leaver is not reminded and stands in for nobody.
 */
@Injectable()
export class Substitutes {
  /** Who acts for the person on the day: the person, or whoever the chain of absences ends with. */
  async substituteFor(em: EntityManager, personId: string, day: LocalDate): Promise<string> {
    return (await this.substitutesFor(em, [personId], day)).get(personId) ?? personId;
  }

  /** The same for many, each person to whoever acts for them. A few queries, whatever their number. */
  async substitutesFor(em: EntityManager, ids: readonly string[], day: LocalDate): Promise<Map<string, string>> {
    const next = await this.standInsFrom(em, ids, day);
    return new Map(ids.map((id) => [id, endOfChain(id, next)]));
  }

  /** Absences of the day that can be reached from these people. */
  private async standInsFrom(em: EntityManager, ids: readonly string[], day: LocalDate): Promise<Map<string, string>> {
    const next = new Map<string, string>();
    let asked = new Set(ids);
    while (asked.size > 0) {
      const found = await this.absencesOf(em, [...asked], day);
      // The absence registered last counts when two overlap.
      for (const { personId, substituteId } of found) next.set(personId, substituteId);
      asked = new Set(found.map(({ substituteId }) => substituteId).filter((id) => !next.has(id) && !asked.has(id)));
    }
    return next;
  }

  private async absencesOf(em: EntityManager, ids: readonly string[], day: LocalDate): Promise<StandIn[]> {
    const sql = (count: number): string =>
      'SELECT a."person_id" AS "personId", a."substitute_id" AS "substituteId" FROM "absence" a' +
      ' JOIN "person" s ON s."id" = a."substitute_id"' +
      ` WHERE a."person_id" IN (${marks(count)}) AND a."to_day" >= ? AND a."from_day" <= ?` +
      ' AND a."revoked_at" IS NULL AND (s."ended_on" IS NULL OR s."ended_on" > ?)' +
      ` AND ${SUBSTITUTE_FITS}` +
      ' ORDER BY a."created_at", a."id"';
    const found: StandIn[] = [];
    for (let from = 0; from < ids.length; from += 500) {
      const part = ids.slice(from, from + 500);
      found.push(...(await rows<StandIn>(em, sql(part.length), [...part, day, day, day])));
    }
    return found;
  }
}

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
