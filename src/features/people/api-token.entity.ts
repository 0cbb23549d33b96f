import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { HASH, ID, INSTANT, LINE, named, nullable } from '../../platform/database/columns.js';

/** A bearer token. Only its SHA-256 is stored. */
@Entity('api_token')
@Index('uq_api_token_hash', ['hash'], { unique: true })
@ForeignKey('person', ['personId'], ['id'], { name: 'fk_api_token_person' })
export class ApiTokenRow {
  @PrimaryColumn(ID) id!: string;
  @Column(named('person_id', ID)) personId!: string;
  @Column(HASH) hash!: string;
  @Column(nullable(LINE)) label!: string | null;
  @Column(named('created_at', INSTANT)) createdAt!: string;
  @Column(named('revoked_at', nullable(INSTANT))) revokedAt!: string | null;
}
