import { Column, Entity, PrimaryColumn } from 'typeorm';
import { CODE, HASH, INTEGER } from '../../platform/database/columns.js';

/** How long each chain is and how it ends, so that a cut tail shows. */
@Entity('journal_head')
export class JournalHeadRow {
  @PrimaryColumn(CODE) chain!: string;
  @Column(INTEGER) count!: number;
  @Column(HASH) hash!: string;
}
