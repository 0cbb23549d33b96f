import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.port.js';
import { APP_CONFIG, type AppConfig } from '../../platform/config/config.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Mailer } from '../../platform/mail/mailer.port.js';
import type { MailRow } from '../ledger/mail.entity.js';
import { MailRepository } from '../ledger/mail.repository.js';
import { DeliveryRun } from './delivery-run.js';
import { isDoubtful, leaseUntil } from './mail-lease.js';
import { NoteOutcomes } from './note-outcomes.js';

/** Opens delivery runs: mails through the mailer, outcomes into the ledger. */
@Injectable()
export class OpenDelivery {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly mails: MailRepository,
    private readonly mailer: Mailer,
    private readonly outcomes: NoteOutcomes,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  open(): DeliveryRun {
    return new DeliveryRun({
      send: (mail) => this.send(mail),
      hold: (mail) => this.hold(mail),
      note: (outcomes) => this.outcomes.execute(outcomes),
    });
  }

  private async send({ messageId, toName, toEmail, subject, text, html }: MailRow): Promise<void> {
    const to = { name: toName, email: toEmail };
    await this.mailer.send({ messageId, from: this.config.mailFrom, to, subject, text, html });
  }

  private async hold(mail: MailRow): Promise<boolean> {
    const now = this.clock.now();
    if (!isDoubtful(mail.nextAttemptAt, now)) return true;
    return this.work.run((tx) => this.mails.renew(tx, mail, leaseUntil(now)));
  }
}
