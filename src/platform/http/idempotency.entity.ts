import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { HASH, ID, INSTANT, INTEGER, JSON_TEXT, LINE, LINE255, METHOD, TEXT, named } from '../database/columns.js';

/** The answer that a request with an Idempotency-Key got. */
@Entity('idempotency')
@Index('ix_idempotency_created', ['createdAt'])
export class IdempotencyRow {
  @PrimaryColumn(named('person_id', ID)) personId!: string;
  @PrimaryColumn(METHOD) method!: string;
  @PrimaryColumn(LINE) path!: string;
  @PrimaryColumn(LINE255) key!: string;
  @Column(named('body_hash', HASH)) bodyHash!: string;
  @Column(INTEGER) status!: number;
  @Column(JSON_TEXT) headers!: string;
  @Column(TEXT) body!: string;
  @Column(named('created_at', INSTANT)) createdAt!: string;
}
