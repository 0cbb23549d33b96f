import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { HASH, INSTANT, INTEGER, named, nullable } from '../../platform/database/columns.js';

/** Attempts to sign in to one account, from one address, or to the one from the other. Neither can be read from the key. */
@Entity('sign_in_attempt')
@Index('ix_sign_in_attempt_last', ['lastAt'])
export class SignInAttemptRow {
  @PrimaryColumn(HASH) key!: string;
  /** Those that are neither forgotten nor followed by a success. */
  @Column(INTEGER) failures!: number;
  /** Since when the next of them is being forgotten; of a single one, when it was. */
  @Column(named('last_at', INSTANT)) lastAt!: string;
  @Column(named('paused_until', nullable(INSTANT))) pausedUntil!: string | null;
  /** When it last went well; only of an account from an address. */
  @Column(named('succeeded_at', nullable(INSTANT))) succeededAt!: string | null;
}
