import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DAY, ID, INSTANT, named, nullable } from '../../platform/database/columns.js';
import type { LocalDate } from '../../domain/calendar/local-date.js';

/** Days on which someone is away and another stands in. */
@Entity('absence')
@Index('ix_absence_person', ['personId', 'toDay'])
@Index('ix_absence_substitute', ['substituteId', 'toDay'])
@ForeignKey('person', ['personId'], ['id'], { name: 'fk_absence_person' })
@ForeignKey('person', ['substituteId'], ['id'], { name: 'fk_absence_substitute' })
@Check('ck_absence_days', `"from_day" <= "to_day"`)
@Check('ck_absence_other', `"person_id" <> "substitute_id"`)
export class AbsenceRow {
  @PrimaryColumn(ID) id!: string;
  @Column(named('person_id', ID)) personId!: string;
  @Column(named('substitute_id', ID)) substituteId!: string;
  /** First day away. */
  @Column(named('from_day', DAY)) fromDay!: LocalDate;
  /** Last day away. */
  @Column(named('to_day', DAY)) toDay!: LocalDate;
  @Column(named('created_at', INSTANT)) createdAt!: string;
  @Column(named('revoked_at', nullable(INSTANT))) revokedAt!: string | null;
}
