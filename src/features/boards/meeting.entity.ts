import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { BOARD, CODE, DAY, ID, INSTANT, LINE, TIME, named, nullable } from '../../platform/database/columns.js';
import type { LocalDate } from '../../domain/calendar/local-date.js';

/** A meeting of a board. A move keeps the row; a cancelled one stays readable. */
@Entity('meeting')
@Index('uq_meeting_day', ['board', 'date'], { unique: true, where: `"state" = 'planned'` })
@ForeignKey('board', ['board'], ['code'], { name: 'fk_meeting_board' })
@Check('ck_meeting_state', `"state" IN ('planned', 'cancelled')`)
export class MeetingRow {
  @PrimaryColumn(ID) id!: string;
  @Column(BOARD) board!: string;
  @Column(DAY) date!: LocalDate;
  /** HH:MM in Stockholm. */
  @Column(nullable(TIME)) time!: string | null;
  @Column(nullable(LINE)) place!: string | null;
  /** Own adjustment day, when it is not the ordinary 14 days. */
  @Column(named('adjustment_on', nullable(DAY))) adjustmentOn!: LocalDate | null;
  /** Own day on which the agenda leaves. */
  @Column(named('dispatch_on', nullable(DAY))) dispatchOn!: LocalDate | null;
  @Column(CODE) state!: 'planned' | 'cancelled';
  @Column(named('created_at', INSTANT)) createdAt!: string;
}
