import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CODE, DAY, ID, LINE1000, named, nullable } from '../../platform/database/columns.js';
import type { LocalDate } from '../../domain/calendar/local-date.js';

/** Anstånd: asked of the sender, and what came of it. Every old date stays readable. */
@Entity('extension')
@Index('ix_extension_referral', ['referralId', 'askedOn'])
@ForeignKey('referral', ['referralId'], ['id'], { name: 'fk_extension_referral' })
@Check('ck_extension_state', `"state" IN ('asked', 'granted', 'refused')`)
export class ExtensionRow {
  @PrimaryColumn(ID) id!: string;
  @Column(named('referral_id', ID)) referralId!: string;
  @Column(CODE) state!: 'asked' | 'granted' | 'refused';
  @Column(named('asked_on', DAY)) askedOn!: LocalDate;
  @Column(named('asked_by', ID)) askedBy!: string;
  /** The new date asked for. */
  @Column(named('asked_until', nullable(DAY))) askedUntil!: LocalDate | null;
  @Column(named('old_due', nullable(DAY))) oldDue!: LocalDate | null;
  @Column(named('new_due', nullable(DAY))) newDue!: LocalDate | null;
  @Column(named('answered_on', nullable(DAY))) answeredOn!: LocalDate | null;
  @Column(named('answered_by', nullable(ID))) answeredBy!: string | null;
  @Column(nullable(LINE1000)) note!: string | null;
}
