import type { MigrationInterface, QueryRunner } from 'typeorm';

const UNDECIDED = `"status" IN ('registered', 'assigned', 'in-preparation', 'approved', 'on-agenda')`;

/** A meeting comes too late after the day to work by, which may lie before the answer day. */
export class LateByWorkDay1795000000037 implements MigrationInterface {
  readonly name = 'LateByWorkDay1795000000037';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX "ix_referral_meeting_undecided"`);
    await q.query(`CREATE INDEX "ix_referral_meeting_undecided" ON "referral" ("meeting_id", "work_by", "id")
      WHERE ${UNDECIDED}`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX "ix_referral_meeting_undecided"`);
    await q.query(`CREATE INDEX "ix_referral_meeting_undecided" ON "referral" ("meeting_id", "due_key", "id")
      WHERE ${UNDECIDED}`);
  }
}
