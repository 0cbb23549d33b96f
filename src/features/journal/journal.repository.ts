import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { rows } from '../../platform/database/sql.js';
import type { JournalRow } from './journal.entity.js';

/** An event as a person reads it: what changed, without the chain's seals. */
export interface JournalEntry {
  readonly id: string;
  readonly seq: number;
  readonly at: string;
  readonly actorId: string | null;
  readonly actorName: string;
  readonly what: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly before: unknown;
  readonly after: unknown;
}

type Stored = Pick<
  JournalRow,
  'id' | 'seq' | 'at' | 'actorId' | 'actorName' | 'what' | 'subjectType' | 'subjectId' | 'before' | 'after'
>;

const ENTRY =
  'SELECT "id", "seq", "at", "actor_id" AS "actorId", "actor_name" AS "actorName", "what",' +
  ' "subject_type" AS "subjectType", "subject_id" AS "subjectId", "before", "after" FROM "journal"';

const value = (text: string | null): unknown => (text === null ? null : (JSON.parse(text) as unknown));

/** Reads the journal. Who may read what is for the asker to check. */
@Injectable()
export class JournalRepository {
  /** Everything that has happened to one case, meeting, person or thing, oldest first. Uses ix_journal_subject. */
  async eventsOf(em: EntityManager, subjectId: string): Promise<JournalEntry[]> {
    const found = await rows<Stored>(em, `${ENTRY} WHERE "subject_id" = ? ORDER BY "seq"`, [subjectId]);
    return found.map((stored) => ({ ...stored, before: value(stored.before), after: value(stored.after) }));
  }
}
