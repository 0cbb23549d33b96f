import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A meeting's cases are read in the order in which they are shown, and no further than that. */
export class MeetingInOrder1795000000035 implements MigrationInterface {
  readonly name = 'MeetingInOrder1795000000035';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE INDEX "ix_referral_meeting_order" ON "referral" ("meeting_id", "due_key", "id")
      WHERE "meeting_id" IS NOT NULL`);
    await q.query(`DROP INDEX "ix_referral_meeting"`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`CREATE INDEX "ix_referral_meeting" ON "referral" ("meeting_id") WHERE "meeting_id" IS NOT NULL`);
    await q.query(`DROP INDEX "ix_referral_meeting_order"`);
  }
}
