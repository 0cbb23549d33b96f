import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock/clock.port.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { isDatabasesOwn } from '../../platform/database/databases-own.js';
import { Log } from '../../platform/log/log.js';
import type { MailRow } from '../ledger/mail.entity.js';
import { MailRepository } from '../ledger/mail.repository.js';
import { slicesOf, type Addressee } from './addressees.js';
import { ClaimReminders, type Claimed } from './claim-reminders.js';
import type { DeliveryRun } from './delivery-run.js';
import { DueAddressees } from './due-addressees.js';
import { latestWaits, leaseUntil } from './mail-lease.js';

const RETRIES_AT_ONCE = 50;

/** Claims all that is due and hands it to a delivery run: no "= today", no cap. */
@Injectable()
export class SendDueReminders {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly mails: MailRepository,
    private readonly addressees: DueAddressees,
    private readonly claims: ClaimReminders,
    private readonly log: Log,
  ) {}

  /**
   * Everything that is due at this moment. Mails that wait to be tried again go first: they show whether anyone answers.
   *
   * @returns how many mails were taken up
   */
  async execute(delivery: DeliveryRun): Promise<number> {
    const retried = await this.retry(delivery);
    const now = this.clock.now();
    let mails = retried;
    // What fell due before a mail server went down stays pending, and is claimed when it is back.
    if (delivery.over) return mails;
    for (const slice of slicesOf(await this.addressees.at(now))) {
      const claimed = await this.claim(slice, now);
      await delivery.accept(claimed.mails);
      mails += claimed.mails.length;
      if (delivery.over) break;
    }
    await delivery.end();
    return mails;
  }

  private async retry(delivery: DeliveryRun): Promise<number> {
    let mails = 0;
    for (;;) {
      const now = this.clock.now();
      const taken = await this.work.run((tx) => this.take(tx, now));
      mails += taken.length;
      await delivery.accept(taken);
      if (taken.length < RETRIES_AT_ONCE || delivery.over) break;
    }
    if (mails > 0) await delivery.end();
    return mails;
  }

  private async take(tx: EntityManager, now: Date): Promise<MailRow[]> {
    const at = now.toISOString();
    const strayed = await this.mails.bringForward(tx, at, latestWaits(now));
    if (strayed > 0) this.log.warn('mails brought forward: they waited by a clock that was ahead', { mails: strayed });
    return this.mails.take(tx, at, leaseUntil(now), RETRIES_AT_ONCE);
  }

  private async claim(slice: readonly Addressee[], now: Date): Promise<Claimed> {
    try {
      return await this.claims.execute(slice, now);
    } catch (error) {
      // The database's own trouble concerns all; anything else may be one case's, and must not stop the others.
      if (isDatabasesOwn(error)) throw error;
      return this.claimOneByOne(slice, now);
    }
  }

  private async claimOneByOne(slice: readonly Addressee[], now: Date): Promise<Claimed> {
    const all: Claimed[] = [];
    for (const addressee of slice) {
      try {
        all.push(await this.claims.execute([addressee], now));
      } catch (error) {
        // What has been claimed is handed over first; the rest waits for the next sweep.
        if (isDatabasesOwn(error)) {
          if (all.length === 0) throw error;
          break;
        }
        this.log.error('reminders of one person not claimed', { person: addressee.to.id, err: error });
      }
    }
    return {
      mails: all.flatMap(({ mails }) => mails),
      reminders: all.reduce((sum, { reminders }) => sum + reminders, 0),
    };
  }
}
