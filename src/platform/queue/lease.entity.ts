import { Column, Entity, PrimaryColumn } from 'typeorm';
import { CODE40, ID, INSTANT, named, nullable } from '../database/columns.js';

/** Who does a thing that only one process may do at a time, and until when. */
@Entity('lease')
export class LeaseRow {
  @PrimaryColumn(CODE40) name!: string;
  @Column(ID) holder!: string;
  @Column(INSTANT) until!: string;
  /** When it was last done to the end. */
  @Column(named('last_done_at', nullable(INSTANT))) lastDoneAt!: string | null;
}
