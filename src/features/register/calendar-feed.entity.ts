import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { BOARD, HASH, ID, INSTANT, named, nullable } from '../../platform/database/columns.js';

/** A secret address at which a person's calendar reads the days to watch. Only the address's SHA-256 is stored. */
@Entity('calendar_feed')
@Index('uq_calendar_feed_hash', ['hash'], { unique: true })
@Index('ix_calendar_feed_person', ['personId', 'createdAt'])
@ForeignKey('person', ['personId'], ['id'], { name: 'fk_calendar_feed_person' })
@ForeignKey('board', ['board'], ['code'], { name: 'fk_calendar_feed_board' })
export class CalendarFeedRow {
  @PrimaryColumn(ID) id!: string;
  @Column(named('person_id', ID)) personId!: string;
  /** Null: what concerns the person; else all of the board. */
  @Column(nullable(BOARD)) board!: string | null;
  @Column(HASH) hash!: string;
  @Column(named('created_at', INSTANT)) createdAt!: string;
  @Column(named('revoked_at', nullable(INSTANT))) revokedAt!: string | null;
}
