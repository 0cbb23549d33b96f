import type { MigrationInterface, QueryRunner } from 'typeorm';

const OPEN = `"status" NOT IN ('closed', 'cancelled')`;

/**
 * Cases that need another way since immediate adjustment was declined: few, and looked for on every page by its menu. What
 * is the same in all of an index comes first in it, as for steps: SQLite, which has not counted, takes it for any number of
 * boards then.
 */
export class WatchDeclined1795000000040 implements MigrationInterface {
  readonly name = 'WatchDeclined1795000000040';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE INDEX "ix_referral_declined" ON "referral" ("adjustment", "board", "next_step_on", "id")
      WHERE "adjustment" = 'declined'
        AND "status" IN ('registered', 'assigned', 'in-preparation', 'approved', 'on-agenda')`);
    await q.query(`DROP INDEX "ix_referral_proposed"`);
    await q.query(`CREATE INDEX "ix_referral_proposed" ON "referral" ("adjustment", "board", "next_step_on", "id")
      WHERE "adjustment" = 'proposed' AND ${OPEN}`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX "ix_referral_proposed"`);
    await q.query(`CREATE INDEX "ix_referral_proposed" ON "referral" ("board", "next_step_on", "id")
      WHERE "adjustment" = 'proposed' AND ${OPEN}`);
    await q.query(`DROP INDEX "ix_referral_declined"`);
  }
}
