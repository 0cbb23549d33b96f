import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import { change, row } from '../../../platform/database/sql.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Journal, PEOPLE_CHAIN } from '../../journal/journal.js';
import type { Doer } from '../../people/actor.js';

const SETTING = 'backup-drill';

const drill = z.object({
  /** ISO instant. */
  doneAt: z.string(),
  outcome: z.enum(['ok', 'failed']),
  /** When the backup that was tried had been taken; null when that could not be read. */
  takenAt: z.string().nullable(),
  /** The name of its file, without the folder. */
  file: z.string(),
  /** What was wrong, in words. */
  reason: z.string().nullable(),
});

/** One restore that was tried out. */
export type Drill = z.infer<typeof drill>;

/** When a restore was last tried out and what came of it, in the live database. */
@Injectable()
export class DrillRecord {
  constructor(
    private readonly work: UnitOfWork,
    private readonly read: ReadDatabase,
    private readonly journal: Journal,
  ) {}

  /** Null when none has been tried. */
  async latest(): Promise<Drill | null> {
    const sql = 'SELECT "value" FROM "setting" WHERE "name" = ?';
    const found = await row<{ value: string }>(this.read.manager, sql, [SETTING]);
    return found && drill.parse(JSON.parse(found.value));
  }

  async save(done: Drill, by: Doer): Promise<void> {
    const before = await this.latest();
    const sql = `INSERT INTO "setting" ("name", "value") VALUES (?, ?)
      ON CONFLICT ("name") DO UPDATE SET "value" = excluded."value"`;
    await this.work.run(async (tx) => {
      await change(tx, sql, [SETTING, JSON.stringify(done)]);
      const subject = { subjectType: 'setting', subjectId: SETTING } as const;
      const changed = before === null ? { after: done } : { before, after: done };
      await this.journal.record(tx, { chain: PEOPLE_CHAIN, by, what: 'backup-drill', ...subject, ...changed });
    });
  }
}
