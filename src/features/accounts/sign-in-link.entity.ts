import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CODE, HASH, ID, INSTANT, named, nullable } from '../../platform/database/columns.js';

/** A link that works once. Only the SHA-256 of its token is stored. */
@Entity('sign_in_link')
@Index('ix_sign_in_link_person', ['personId'])
@ForeignKey('person', ['personId'], ['id'], { name: 'fk_sign_in_link_person' })
@Check('ck_sign_in_link_purpose', `"purpose" IN ('set-password')`)
export class SignInLinkRow {
  @PrimaryColumn(HASH) hash!: string;
  @Column(named('person_id', ID)) personId!: string;
  @Column(CODE) purpose!: 'set-password';
  @Column(named('created_at', INSTANT)) createdAt!: string;
  @Column(named('expires_at', INSTANT)) expiresAt!: string;
  /** When it was used, or made void: by another that was used or sent on purpose, or with the sign-ins of its person. */
  @Column(named('used_at', nullable(INSTANT))) usedAt!: string | null;
}
