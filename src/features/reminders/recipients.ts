import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { localDateAt } from '../../domain/calendar/stockholm-time.js';
import { Clock } from '../../platform/clock/clock.port.js';
import type { ReminderRow } from '../ledger/reminder.entity.js';
import { hasLeft, PeopleRepository, type Person } from '../people/people.repository.js';
import { Substitutes, type StandIns } from '../people/substitutes.js';
import { BoardHeirs } from './board-heirs.js';

/** A reminder that has yet to go. */
export type ComingRow = Pick<ReminderRow, 'id' | 'personId' | 'dueAt'> & { readonly board: string };

/** Who gets the mail of a reminder that has yet to go. */
export interface Recipient {
  /** Whose reminder it is when it leaves: an heir's, when the one reminded has left by then. */
  readonly owner: Person;
  /** Who gets the mail: whoever stands in for the owner on that day. */
  readonly to: Person;
}

/** The day on which a row leaves: what is due already leaves today. */
export function leavingDay({ dueAt }: Pick<ReminderRow, 'dueAt'>, now: Date): LocalDate {
  const due = new Date(dueAt);
  return localDateAt(due < now ? now : due);
}

/** Who gets the mails of reminders to come: everywhere that this is told, it is told by this. */
@Injectable()
export class Recipients {
  constructor(
    private readonly clock: Clock,
    private readonly people: PeopleRepository,
    private readonly substitutes: Substitutes,
    private readonly heirs: BoardHeirs,
  ) {}

  /** By row; several where somebody who leaves has several heirs. */
  async of(em: EntityManager, coming: readonly ComingRow[]): Promise<Map<string, readonly Recipient[]>> {
    const owners = await this.owners(em, coming);
    const standIns = await this.standIns(em, coming, owners);
    const toId = (row: ComingRow, owner: Person): string =>
      standIns.get(this.dayOf(row))?.at(owner.id, row.board) ?? '';
    const ids = coming.flatMap((row) => (owners.get(row.id) ?? []).map((owner) => toId(row, owner)));
    const people = await this.people.byIds(em, [...new Set(ids)]);
    return new Map(
      coming.map((row) => [
        row.id,
        (owners.get(row.id) ?? []).map((owner) => ({ owner, to: people.get(toId(row, owner)) ?? owner })),
      ]),
    );
  }

  private readonly dayOf = (row: ComingRow): LocalDate => leavingDay(row, this.clock.now());

  private async owners(em: EntityManager, coming: readonly ComingRow[]): Promise<Map<string, readonly Person[]>> {
    const people = await this.people.byIds(em, [...new Set(coming.map(({ personId }) => personId))]);
    const isOrphan = (row: ComingRow): boolean => {
      const person = people.get(row.personId);
      return person !== undefined && hasLeft(person, this.dayOf(row));
    };
    const orphaned = coming.filter(isOrphan).map(({ board }) => board);
    const heirs = await this.heirs.of(em, orphaned, this.clock.today());
    return new Map(
      coming.map((row) => {
        const person = people.get(row.personId);
        const left = isOrphan(row) ? (heirs.get(row.board) ?? []) : [];
        return [row.id, left.length > 0 ? left : person ? [person] : []];
      }),
    );
  }

  /** Who stands in for whom, by the day on which rows leave. */
  private async standIns(
    em: EntityManager,
    coming: readonly ComingRow[],
    owners: ReadonlyMap<string, readonly Person[]>,
  ): Promise<Map<LocalDate, StandIns>> {
    const byDay = new Map<LocalDate, Set<string>>();
    for (const row of coming) {
      const day = this.dayOf(row);
      const ids = byDay.get(day) ?? new Set<string>();
      for (const { id } of owners.get(row.id) ?? []) ids.add(id);
      byDay.set(day, ids);
    }
    const standIns = new Map<LocalDate, StandIns>();
    for (const [day, ids] of byDay) standIns.set(day, await this.substitutes.substitutesFor(em, [...ids], day));
    return standIns;
  }
}
