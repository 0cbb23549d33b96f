import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CODE, HASH, ID, INSTANT, LINE255, named, nullable } from '../../platform/database/columns.js';

/** How someone signed in. */
export type SignedInBy = 'password' | 'oidc' | 'link' | 'setup';

/** A browser that someone is signed in with. Only the SHA-256 of its cookie is stored. */
@Entity('session')
@Index('ix_session_person', ['personId'])
@Index('ix_session_expires', ['expiresAt'])
@ForeignKey('person', ['personId'], ['id'], { name: 'fk_session_person' })
export class SessionRow {
  @PrimaryColumn(HASH) id!: string;
  @Column(named('person_id', ID)) personId!: string;
  @Column(named('signed_in_by', CODE)) signedInBy!: SignedInBy;
  @Column(named('created_at', INSTANT)) createdAt!: string;
  /** Noted now and then, not at every request. */
  @Column(named('last_seen_at', INSTANT)) lastSeenAt!: string;
  /** When it ends however much it is used. */
  @Column(named('expires_at', INSTANT)) expiresAt!: string;
  /** What the browser calls itself, shortened. */
  @Column(named('user_agent', nullable(LINE255))) userAgent!: string | null;
}
