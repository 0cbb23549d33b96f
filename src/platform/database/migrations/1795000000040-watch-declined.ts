import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Cases that need another way since immediate adjustment was declined: few, and looked for on every page by its menu. */
export class WatchDeclined1795000000040 implements MigrationInterface {
  readonly name = 'WatchDeclined1795000000040';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE INDEX "ix_referral_declined" ON "referral" ("board", "next_step_on", "id")
      WHERE "adjustment" = 'declined'
        AND "status" IN ('registered', 'assigned', 'in-preparation', 'approved', 'on-agenda')`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX "ix_referral_declined"`);
  }
}
