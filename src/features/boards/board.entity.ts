import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BOARD, INSTANT, INTEGER, JSON_TEXT, LINE, named, nullable } from '../../platform/database/columns.js';

/** A nämnd: an authority of its own with its own diarium (OSL 8 kap.). */
@Entity('board')
export class BoardRow {
  @PrimaryColumn(BOARD) code!: string;
  @Column(LINE) name!: string;
  /** The förvaltning that works for the board. */
  @Column(nullable(LINE)) administration!: string | null;
  @Column(named('number_pattern', LINE)) numberPattern!: string;
  /** What differs from the defaults, as JSON. */
  @Column(named('lead_times', JSON_TEXT)) leadTimes!: string;
  /** Days, as a JSON list. */
  @Column(named('closed_days', JSON_TEXT)) closedDays!: string;
  @Column(named('created_at', INSTANT)) createdAt!: string;
  /** 1 when its registrars get the morning mail, else 0. */
  @Column({ ...named('morning_report', INTEGER), default: 1 }) morningReport!: number;
}
