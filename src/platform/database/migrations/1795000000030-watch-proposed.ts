import type { MigrationInterface, QueryRunner } from 'typeorm';

const OPEN = `"status" NOT IN ('closed', 'cancelled')`;

/** What the list of cases to watch, and its number in the menu of every page, look for among the open cases. */
export class WatchProposed1795000000030 implements MigrationInterface {
  readonly name = 'WatchProposed1795000000030';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE INDEX "ix_referral_proposed" ON "referral" ("board", "next_step_on", "id")
      WHERE "adjustment" = 'proposed' AND ${OPEN}`);
    // The step first: a search by board alone is to take another.
    await q.query(`CREATE INDEX "ix_referral_step" ON "referral" ("next_step", "board", "next_step_on", "id")
      WHERE ${OPEN}`);
    await q.query(`CREATE INDEX "ix_referral_dormant" ON "referral" ("board", "next_step_on", "id")
      WHERE "dormant_since" IS NOT NULL AND ${OPEN}`);
  }

  async down(q: QueryRunner): Promise<void> {
    for (const index of ['ix_referral_dormant', 'ix_referral_step', 'ix_referral_proposed']) {
      await q.query(`DROP INDEX "${index}"`);
    }
  }
}
