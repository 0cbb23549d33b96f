import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { BOARD, INSTANT, INTEGER, LINE, named } from '../../platform/database/columns.js';

/** Numbers that are known not to exist, with the reason: those that a diarium brought in from elsewhere lacks. */
@Entity('series_gap')
@ForeignKey('board', ['board'], ['code'], { name: 'fk_series_gap_board' })
@Check('ck_series_gap_order', `"from_number" >= 1 AND "from_number" <= "to_number"`)
export class SeriesGapRow {
  @PrimaryColumn(BOARD) board!: string;
  @PrimaryColumn(INTEGER) year!: number;
  @PrimaryColumn(named('from_number', INTEGER)) fromNumber!: number;
  @Column(named('to_number', INTEGER)) toNumber!: number;
  @Column(LINE) reason!: string;
  @Column(named('noted_at', INSTANT)) notedAt!: string;
}
