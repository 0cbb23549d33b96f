import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who has open cases at a board, one officer after the other: those who can have none there are looked for. */
export class OfficersOfBoard1795000000038 implements MigrationInterface {
  readonly name = 'OfficersOfBoard1795000000038';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE INDEX "ix_referral_board_officer" ON "referral" ("board", "officer_id")
      WHERE "status" NOT IN ('closed', 'cancelled')`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX "ix_referral_board_officer"`);
  }
}
