import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { BOARD, INTEGER } from '../../platform/database/columns.js';

/** The running number of each board and year. */
@Entity('series')
@ForeignKey('board', ['board'], ['code'], { name: 'fk_series_board' })
@Check('ck_series_last', `"last" >= 0`)
export class SeriesRow {
  @PrimaryColumn(BOARD) board!: string;
  @PrimaryColumn(INTEGER) year!: number;
  /** The last number taken; 0 when none is. */
  @Column(INTEGER) last!: number;
}
