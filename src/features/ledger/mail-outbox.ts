import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { APP_CONFIG, type AppConfig } from '../../platform/config/config.js';
import { JobOutbox } from '../../platform/queue/job-outbox.js';
import type { MailRow } from './mail.entity.js';
import { MailRepository } from './mail.repository.js';
import { SEND_DUE_REMINDERS } from './send-job.js';

/** A mail to one of our people. */
export interface NewMail {
  /** `reminder`, or what else it is. */
  readonly kind: string;
  readonly to: { readonly id: string; readonly name: string; readonly email: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** What the mail comes of: of one such and one addressee, only one mail is ever stored. */
  readonly once?: string;
}

/** Stores mails in the caller's transaction; the sweep sends them, repeats included, each under its one Message-ID. */
@Injectable()
export class MailOutbox {
  private readonly host: string;

  constructor(
    private readonly mails: MailRepository,
    private readonly jobs: JobOutbox,
    @Inject(APP_CONFIG) config: AppConfig,
  ) {
    this.host = new URL(config.baseUrl).hostname;
  }

  /** The row of a mail that its maker sends until `leaseUntil`, and another if the maker dies. */
  rowOf(mail: NewMail, createdAt: string, leaseUntil: string): MailRow {
    const { kind, to, subject, text, html, once } = mail;
    const name =
      once === undefined ? uuid() : createHash('sha256').update(`${once} ${to.id}`).digest('hex').slice(0, 40);
    return {
      id: uuid(), messageId: `<${name}@${this.host}>`, kind, personId: to.id, toEmail: to.email, toName: to.name,
      subject: subject.slice(0, 1000), text, html, state: 'claimed', attempts: 0, nextAttemptAt: leaseUntil,
      lastError: null, createdAt, sentAt: null, askedBy: null,
    }; // prettier-ignore
  }

  /** Has mails sent by the next sweep, which comes right after commit. */
  async add(tx: EntityManager, mails: readonly NewMail[], now: Date): Promise<void> {
    if (mails.length === 0) return;
    const at = now.toISOString();
    await this.mails.insert(
      tx,
      mails.map((mail) => this.rowOf(mail, at, at)),
    );
    await this.jobs.add(tx, { name: SEND_DUE_REMINDERS, key: SEND_DUE_REMINDERS, payload: {} });
  }
}
