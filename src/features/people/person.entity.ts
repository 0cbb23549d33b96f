import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import {
  BOARD,
  CODE,
  CODE40,
  DAY,
  ID,
  INSTANT,
  LINE,
  LINE320,
  named,
  nullable,
} from '../../platform/database/columns.js';
import type { LocalDate } from '../../domain/calendar/local-date.js';

/** Someone who works with cases. Never deleted: a leaver gets `endedOn`. */
@Entity('person')
@Index('uq_person_email', ['email'], { unique: true })
@ForeignKey('department', ['departmentBoard', 'departmentCode'], ['board', 'code'], { name: 'fk_person_department' })
export class PersonRow {
  @PrimaryColumn(ID) id!: string;
  /** Lower case. */
  @Column(LINE320) email!: string;
  @Column(LINE) name!: string;
  @Column(nullable(CODE40)) phone!: string | null;
  @Column(nullable(LINE)) title!: string | null;
  @Column(named('department_board', nullable(BOARD))) departmentBoard!: string | null;
  @Column(named('department_code', nullable(CODE))) departmentCode!: string | null;
  /** The first day on which the account is no longer in use. */
  @Column(named('ended_on', nullable(DAY))) endedOn!: LocalDate | null;
  @Column(named('created_at', INSTANT)) createdAt!: string;
}
