import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { CODE, CODE40, ID, INSTANT, INTEGER, JSON_TEXT, LINE, LINE1000, named, nullable } from '../database/columns.js';

/** A job, written in the transaction of the one who wants it done. Gone when it is done. */
@Entity('job')
@Index('uq_job_key', ['key'], { unique: true, where: `"state" = 'waiting'` })
@Index('ix_job_due', ['runAt'], { where: `"state" <> 'dead'` })
@Check('ck_job_state', `"state" IN ('waiting', 'running', 'dead')`)
export class JobRow {
  @PrimaryColumn(ID) id!: string;
  @Column(CODE40) name!: string;
  /** Only one job of a key waits at a time; one more may be running. */
  @Column(LINE) key!: string;
  /** Ids, as JSON. */
  @Column(JSON_TEXT) payload!: string;
  @Column(CODE) state!: 'waiting' | 'running' | 'dead';
  /** When it may be handed out; while it runs, when its lease ends. */
  @Column(named('run_at', INSTANT)) runAt!: string;
  @Column(INTEGER) attempts!: number;
  @Column(named('last_error', nullable(LINE1000))) lastError!: string | null;
  @Column(named('created_at', INSTANT)) createdAt!: string;
}
