import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Undecided cases by meeting and answer day: those whose meeting comes too late are looked for on every page. */
export class WatchLateMeeting1795000000036 implements MigrationInterface {
  readonly name = 'WatchLateMeeting1795000000036';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE INDEX "ix_referral_meeting_undecided" ON "referral" ("meeting_id", "due_key", "id")
      WHERE "status" IN ('registered', 'assigned', 'in-preparation', 'approved', 'on-agenda')`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX "ix_referral_meeting_undecided"`);
  }
}
