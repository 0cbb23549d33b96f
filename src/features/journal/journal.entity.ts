import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import {
  CODE,
  CODE40,
  HASH,
  ID,
  INSTANT,
  INTEGER,
  JSON_TEXT,
  LINE,
  named,
  nullable,
} from '../../platform/database/columns.js';

/** One event: who changed what, when, from what to what. Never changed or deleted: triggers refuse it. */
@Entity('journal')
@Index('uq_journal_id', ['id'], { unique: true })
@Index('ix_journal_subject', ['subjectId', 'seq'])
export class JournalRow {
  /** A board's code, or `#people` for people and settings. */
  @PrimaryColumn(CODE) chain!: string;
  /** 1 and up, without gaps, in each chain. */
  @PrimaryColumn(INTEGER) seq!: number;
  @Column(ID) id!: string;
  @Column(INSTANT) at!: string;
  /** Null for what the system did by itself. */
  @Column(named('actor_id', nullable(ID))) actorId!: string | null;
  @Column(named('actor_name', LINE)) actorName!: string;
  /** The event's name, such as `referral-registered`. */
  @Column(CODE40) what!: string;
  @Column(named('subject_type', CODE)) subjectType!: string;
  @Column(named('subject_id', ID)) subjectId!: string;
  @Column(nullable(JSON_TEXT)) before!: string | null;
  @Column(nullable(JSON_TEXT)) after!: string | null;
  @Column(named('prev_hash', HASH)) prevHash!: string;
  /** SHA-256 over the previous hash and this event, in hex. */
  @Column(HASH) hash!: string;
}
