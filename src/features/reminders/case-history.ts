import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isLocalDate, type LocalDate } from '../../domain/calendar/local-date.js';
import { MILESTONE_NAMES, type MilestoneName } from '../../domain/timetable/milestones.js';
import { marks, rows } from '../../platform/database/sql.js';
import { PeopleRepository } from '../people/people.repository.js';
import type { CasePosition } from './case-position.js';

/** The planned days of a case. */
export type PlannedDays = Partial<Record<MilestoneName, LocalDate>>;

interface Event {
  readonly subjectId: string;
  readonly what: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

const AT_ONCE = 500;

const facts = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
const parsed = (text: string | null): unknown => (text === null ? null : JSON.parse(text));

/** Looks back in the journal for what a mail tells of how a case was. */
@Injectable()
export class CaseHistory {
  constructor(private readonly people: PeopleRepository) {}

  /** By case: the name of the officer from whom the present one has it; none for a case that nobody had before. */
  async takenOverFrom(em: EntityManager, cases: readonly CasePosition[]): Promise<Map<string, string>> {
    const formerId = new Map<string, string>();
    const latest = new Map<string, Event>();
    for (const event of await this.events(em, cases, ['officer-assigned'])) {
      if ('officerId' in event.after) latest.set(event.subjectId, event);
    }
    for (const { id, officerId } of cases) {
      const event = latest.get(id);
      const before = event?.before['officerId'];
      if (event?.after['officerId'] === officerId && typeof before === 'string') formerId.set(id, before);
    }
    const people = await this.people.byIds(em, [...new Set(formerId.values())]);
    return new Map(
      [...formerId].flatMap(([id, personId]) => {
        const name = people.get(personId)?.name;
        return name === undefined ? [] : [[id, name]];
      }),
    );
  }

  /**
   * By case: its days before the newest change of this kind.
   *
   * @param whats names of events, each of which is such a change
   */
  async daysBefore(
    em: EntityManager,
    cases: readonly CasePosition[],
    whats: readonly string[] | 'adjustment',
  ): Promise<Map<string, PlannedDays>> {
    const days = new Map<string, PlannedDays>();
    for (const { subjectId, before, after } of await this.events(em, cases, whats)) {
      if (whats === 'adjustment' && !('adjustment' in after)) continue;
      days.set(subjectId, daysIn(before['plan']));
    }
    return days;
  }

  /** Oldest first. Uses ix_journal_subject. */
  private async events(
    em: EntityManager,
    cases: readonly CasePosition[],
    whats: readonly string[] | 'adjustment',
  ): Promise<Event[]> {
    const found: Event[] = [];
    const among = whats === 'adjustment' ? '' : ` AND "what" IN (${marks(whats.length)})`;
    for (let from = 0; from < cases.length; from += AT_ONCE) {
      const ids = cases.slice(from, from + AT_ONCE).map(({ id }) => id);
      const text = `SELECT "subject_id" AS "subjectId", "what", "before", "after" FROM "journal"
        WHERE "subject_id" IN (${marks(ids.length)})${among} AND "before" IS NOT NULL ORDER BY "seq"`;
      const params = [...ids, ...(whats === 'adjustment' ? [] : whats)];
      for (const { before, after, ...row } of await rows<Stored>(em, text, params)) {
        found.push({ ...row, before: facts(parsed(before)), after: facts(parsed(after)) });
      }
    }
    return found;
  }
}

interface Stored extends Pick<Event, 'subjectId' | 'what'> {
  readonly before: string | null;
  readonly after: string | null;
}

function daysIn(plan: unknown): PlannedDays {
  const days: PlannedDays = {};
  for (const [name, day] of Object.entries(facts(plan))) {
    const milestone = MILESTONE_NAMES.find((known) => known === name);
    if (milestone && isLocalDate(day)) days[milestone] = day;
  }
  return days;
}
