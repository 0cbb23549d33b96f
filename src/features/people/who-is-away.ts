import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { AbsenceRepository } from './absence.repository.js';
import { PeopleRepository } from './people.repository.js';
import { Substitutes } from './substitutes.js';

/** That somebody is away. */
export interface Away {
  /** The last day away. */
  readonly until: LocalDate;
  /** The name of whoever stands in at the board; null when nobody does. */
  readonly substitute: string | null;
}

/** Who of a board's people is away, and who stands in: what those who give them cases need to know. */
@Injectable()
export class WhoIsAway {
  constructor(
    private readonly absences: AbsenceRepository,
    private readonly substitutes: Substitutes,
    private readonly people: PeopleRepository,
  ) {}

  /** Those of them who are away on the day, by id. */
  async of(em: EntityManager, ids: readonly string[], board: string, day: LocalDate): Promise<Map<string, Away>> {
    const until = await this.absences.awayUntil(em, ids, day);
    if (until.size === 0) return new Map();
    const standIns = await this.substitutes.substitutesFor(em, [...until.keys()], day);
    const people = await this.people.byIds(
      em,
      [...until.keys()].map((id) => standIns.at(id, board)),
    );
    return new Map(
      [...until].map(([id, last]) => {
        const standIn = standIns.at(id, board);
        return [id, { until: last, substitute: standIn === id ? null : (people.get(standIn)?.name ?? null) }];
      }),
    );
  }
}
