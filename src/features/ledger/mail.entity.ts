import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import {
  CODE,
  ID,
  INSTANT,
  INTEGER,
  LINE,
  LINE1000,
  LINE320,
  TEXT,
  named,
  nullable,
} from '../../platform/database/columns.js';

export type MailState = 'claimed' | 'sent' | 'failed' | 'dead';

/** A mail with its fixed set of ledger rows, stored before it is sent, so that a repeat is the same mail. */
@Entity('mail')
@Index('uq_mail_message_id', ['messageId'], { unique: true })
@Index('ix_mail_open', ['nextAttemptAt'], { where: `"state" IN ('claimed', 'failed')` })
@ForeignKey('person', ['personId'], ['id'], { name: 'fk_mail_person' })
@Check('ck_mail_state', `"state" IN ('claimed', 'sent', 'failed', 'dead')`)
export class MailRow {
  @PrimaryColumn(ID) id!: string;
  @Column(named('message_id', LINE)) messageId!: string;
  /** `reminder`, or what else it is. */
  @Column(CODE) kind!: string;
  /** The addressee, substitutes resolved. */
  @Column(named('person_id', ID)) personId!: string;
  @Column(named('to_email', LINE320)) toEmail!: string;
  @Column(named('to_name', LINE)) toName!: string;
  @Column(LINE1000) subject!: string;
  @Column(TEXT) text!: string;
  @Column(TEXT) html!: string;
  /** `failed` is tried again; `dead` only by a person. */
  @Column(CODE) state!: MailState;
  @Column(INTEGER) attempts!: number;
  /** When it may be tried; while it is being sent, when the lease ends. */
  @Column(named('next_attempt_at', INSTANT)) nextAttemptAt!: string;
  @Column(named('last_error', nullable(LINE1000))) lastError!: string | null;
  @Column(named('created_at', INSTANT)) createdAt!: string;
  @Column(named('sent_at', nullable(INSTANT))) sentAt!: string | null;
  /** Who had it sent again, when a person did. */
  @Column(named('asked_by', nullable(ID))) askedBy!: string | null;
}
