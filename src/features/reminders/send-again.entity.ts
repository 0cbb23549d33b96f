import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ID, INSTANT, named } from '../../platform/database/columns.js';

/** A mail by which a person had a reminder sent again. The ledger row keeps the mail that it went with. */
@Entity('resent_reminder')
@Index('ix_resent_reminder', ['reminderId', 'askedAt'])
@ForeignKey('mail', ['mailId'], ['id'], { name: 'fk_resent_reminder_mail' })
@ForeignKey('reminder', ['reminderId'], ['id'], { name: 'fk_resent_reminder_reminder' })
@ForeignKey('person', ['askedBy'], ['id'], { name: 'fk_resent_reminder_person' })
export class ResentReminderRow {
  @PrimaryColumn(named('mail_id', ID)) mailId!: string;
  @Column(named('reminder_id', ID)) reminderId!: string;
  @Column(named('asked_by', ID)) askedBy!: string;
  @Column(named('asked_at', INSTANT)) askedAt!: string;
}
