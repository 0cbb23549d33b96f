import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Open cases whose immediate adjustment is proposed and not confirmed: few, and looked for on every page. */
export class WatchProposed1795000000030 implements MigrationInterface {
  readonly name = 'WatchProposed1795000000030';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE INDEX "ix_referral_proposed" ON "referral" ("board", "next_step_on", "id")
      WHERE "adjustment" = 'proposed' AND "status" NOT IN ('closed', 'cancelled')`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP INDEX "ix_referral_proposed"');
  }
}
