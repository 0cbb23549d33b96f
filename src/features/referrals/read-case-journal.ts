import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { JournalRepository } from '../journal/journal.repository.js';
import type { Actor } from '../people/actor.js';
import type { journalView } from './referral.dto.js';
import { ViewReferral } from './view-referral.js';

/** The story of a case, for those who may read all of it. */
@Injectable()
export class ReadCaseJournal {
  constructor(
    private readonly db: ReadDatabase,
    private readonly view: ViewReferral,
    private readonly journal: JournalRepository,
  ) {}

  /** @throws RuleError `not-found`, `forbidden` */
  async execute(actor: Actor, id: string): Promise<z.infer<typeof journalView>> {
    await this.view.readable(actor, id);
    const events = await this.journal.eventsOf(this.db.manager, id);
    return events.map(({ seq, at, actorName, what, before, after }) => ({
      seq: Number(seq),
      at,
      by: actorName,
      what,
      before: facts(before),
      after: facts(after),
    }));
  }
}

function facts(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : null;
}
