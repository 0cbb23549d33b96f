import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ID, INSTANT, INTEGER, JSON_TEXT, named } from '../../platform/database/columns.js';

/** What one comparison of the ledger with what should have gone has found. Kept for sixty days. */
@Entity('reconciliation')
@Index('ix_reconciliation_done', ['doneAt'])
export class ReconciliationRow {
  @PrimaryColumn(ID) id!: string;
  @Column(named('done_at', INSTANT)) doneAt!: string;
  @Column(INTEGER) cases!: number;
  @Column(INTEGER) wanted!: number;
  @Column(INTEGER) missing!: number;
  @Column(INTEGER) late!: number;
  @Column(INTEGER) stuck!: number;
  @Column(INTEGER) stray!: number;
  @Column(INTEGER) unplanned!: number;
  /** The same numbers by board, as JSON: no board is told of another's. */
  @Column(JSON_TEXT) boards!: string;
  /** The missing reminders, as JSON. */
  @Column(JSON_TEXT) found!: string;
}
