import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import { row, rows } from '../../../platform/database/sql.js';
import type { Department } from '../../boards/board.repository.js';
import { PEOPLE_CHAIN } from '../../journal/journal.js';
import type { Actor } from '../../people/actor.js';
import { PeopleRepository } from '../../people/people.repository.js';
import type { LastChange } from '../arende/views/conflict-view.js';

interface Stored extends LastChange {
  readonly actorId: string | null;
  readonly before: string | null;
  readonly after: string | null;
}

/** Enough to find who was first while a form lay open. */
const MOST_CHANGES = 100;

const CHANGES = `SELECT "actor_id" AS "actorId", "actor_name" AS "by", "at", "before", "after" FROM "journal"
  WHERE "subject_id" = ? AND "chain" = ? AND "what" IN ('person-added', 'person-changed')
  ORDER BY "seq" DESC LIMIT ${MOST_CHANGES}`;

const DEPARTMENT_CHANGED_BY = `SELECT "actor_name" AS "by", "at" FROM "journal" WHERE "subject_id" = ? AND "chain" = ?
  AND "what" IN ('department-added', 'department-changed') ORDER BY "seq" DESC LIMIT 1`;

const known = z.object({
  name: z.string().optional(),
  email: z.string().optional(),
  title: z.string().nullish(),
  phone: z.string().nullish(),
  department: z.string().nullish(),
  roles: z.record(z.string(), z.array(z.string())).default({}),
});

type Known = z.infer<typeof known>;
/** How someone was before a change, and after it. */
type Change = Readonly<Record<'before' | 'after', Known>>;

const read = (text: string | null): Known => known.parse(text === null ? {} : JSON.parse(text));

/** The name of whoever was first; null when it was oneself, or nobody knows. */
export const othersName = (last: LastChange | null, self: Actor): string | null =>
  last === null || last.by === self.name ? null : last.by;

/** Tells who was first when a form of someone's came too late, as far as the reader may know. */
@Injectable()
export class WhoChanged {
  constructor(
    private readonly db: ReadDatabase,
    private readonly people: PeopleRepository,
  ) {}

  /** Who last changed someone's roles or department at this board, never at another; null when nobody did. */
  rolesAt(board: string, personId: string): Promise<LastChange | null> {
    return this.last(personId, (change) => isOfBoard(change, board));
  }

  /** Who last changed someone's details; null for one who has no part in the reader's boards, or nobody. */
  async detailsOf(reader: Actor, personId: string): Promise<LastChange | null> {
    const last = await this.last(personId, isOfDetails);
    if (last === null || last.actorId === null) return null;
    const roles = await this.people.rolesOf(this.db.manager, last.actorId);
    return roles.some(({ board }) => reader.roles.has(board)) ? last : null;
  }

  /** Who last changed a department. */
  department({ board, code }: Department): Promise<LastChange | null> {
    const params = [`${board}/${code}`, board];
    return row<LastChange>(this.db.manager, DEPARTMENT_CHANGED_BY, params);
  }

  private async last(personId: string, isMeant: (change: Change) => boolean): Promise<Stored | null> {
    const changes = await rows<Stored>(this.db.manager, CHANGES, [personId, PEOPLE_CHAIN]);
    return changes.find(({ before, after }) => isMeant({ before: read(before), after: read(after) })) ?? null;
  }
}

function isOfBoard({ before, after }: Change, board: string): boolean {
  const rolesThere = ({ roles }: Known): string => (roles[board] ?? []).join(' ');
  const departmentThere = ({ department }: Known): string | null =>
    department?.startsWith(`${board}/`) === true ? department : null;
  return rolesThere(before) !== rolesThere(after) || departmentThere(before) !== departmentThere(after);
}

const isOfDetails = ({ before, after }: Change): boolean =>
  (['name', 'email', 'title', 'phone'] as const).some((field) => before[field] !== after[field]);
