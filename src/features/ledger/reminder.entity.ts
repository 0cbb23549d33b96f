import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CODE, DAY, ID, INSTANT, INTEGER, named, nullable } from '../../platform/database/columns.js';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import type { ReminderAbout } from '../../domain/timetable/reminder-plan.js';

export type ReminderState = 'pending' | 'claimed' | 'sent' | 'superseded' | 'failed';

/** One row of the reminder ledger: this person, about this, once. */
@Entity('reminder')
@Index('uq_reminder', ['referralId', 'about', 'date', 'offset', 'personId'], { unique: true })
@Index('ix_reminder_due', ['dueAt', 'personId'], { where: `"state" = 'pending'` })
@Index('ix_reminder_unsettled', ['state'], { where: `"state" IN ('claimed', 'failed')` })
@Index('ix_reminder_sent', ['changedAt', 'id'], { where: `"state" = 'sent'` })
@Index('ix_reminder_mail', ['mailId'], { where: `"mail_id" IS NOT NULL` })
@ForeignKey('referral', ['referralId'], ['id'], { name: 'fk_reminder_referral' })
@ForeignKey('person', ['personId'], ['id'], { name: 'fk_reminder_person' })
@ForeignKey('mail', ['mailId'], ['id'], { name: 'fk_reminder_mail' })
@Check('ck_reminder_state', `"state" IN ('pending', 'claimed', 'sent', 'superseded', 'failed')`)
@Check('ck_reminder_mail', `("state" IN ('claimed', 'sent', 'failed')) = ("mail_id" IS NOT NULL)`)
export class ReminderRow {
  @PrimaryColumn(ID) id!: string;
  @Column(named('referral_id', ID)) referralId!: string;
  @Column(CODE) about!: ReminderAbout;
  /** The milestone's day. */
  @Column(DAY) date!: LocalDate;
  /** Working days from it; before: negative. */
  @Column(INTEGER) offset!: number;
  /** Whose reminder it is; a substitute may get the mail. */
  @Column(named('person_id', ID)) personId!: string;
  @Column(named('due_at', INSTANT)) dueAt!: string;
  @Column(CODE) state!: ReminderState;
  @Column(named('mail_id', nullable(ID))) mailId!: string | null;
  @Column(named('created_at', INSTANT)) createdAt!: string;
  @Column(named('changed_at', INSTANT)) changedAt!: string;
}
