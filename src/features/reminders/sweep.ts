import { Injectable } from '@nestjs/common';
import { v4 as uuid } from 'uuid';
import { Log } from '../../platform/log/log.js';
import { Leases } from '../../platform/queue/lease.js';
import type { DeliveryRun } from './delivery-run.js';
import { OpenDelivery } from './open-delivery.js';
import { SendDueReminders } from './send-due-reminders.js';

/** What one sweep did. */
export interface SweepReport {
  /** Mails handed over. */
  readonly sent: number;
  /** Mails that were not taken over; they are tried again. */
  readonly failed: number;
  /** Whether nothing was done, since another process was at it. */
  readonly elsewhere: boolean;
}

/** The lease that lets one process sweep at a time; it also tells when a sweep last came to its end. */
export const SWEEP_LEASE = 'reminder-sweep';

const LEASE_MS = 60_000;
const RENEW_EVERY_MS = 15_000;

/** Sweeps: sends all that is due, until nothing is. At most one at a time, here and in all processes. */
@Injectable()
export class Sweep {
  private readonly holder = uuid();
  private running: Promise<SweepReport> | null = null;
  private again = false;
  private stopped = false;
  private delivery: DeliveryRun | null = null;

  constructor(
    private readonly leases: Leases,
    private readonly send: SendDueReminders,
    private readonly deliveries: OpenDelivery,
    private readonly log: Log,
  ) {}

  /** One sweep; joins the one that is under way in this process, which then looks once more. */
  runOnce(): Promise<SweepReport> {
    this.again = true;
    this.running ??= this.whileAsked();
    return this.running;
  }

  /** For good: what is being handed over is, the rest is given back, and both are noted when this resolves. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.delivery?.stop();
    await this.running?.catch(() => undefined);
  }

  private async whileAsked(): Promise<SweepReport> {
    let sent = 0;
    let failed = 0;
    try {
      for (;;) {
        this.again = false;
        const report = await this.underLease();
        sent += report.sent;
        failed += report.failed;
        if (!this.again || report.elsewhere)
          return { sent, failed, elsewhere: report.elsewhere && sent + failed === 0 };
      }
    } finally {
      this.running = null;
    }
  }

  private async underLease(): Promise<SweepReport> {
    if (this.stopped || !(await this.leases.tryTake(SWEEP_LEASE, this.holder, LEASE_MS))) {
      return { sent: 0, failed: 0, elsewhere: true };
    }
    const renewal = setInterval(() => void this.renew(), RENEW_EVERY_MS);
    let done = false;
    try {
      const report = await this.untilNothingIsDue();
      done = !this.stopped;
      return report;
    } finally {
      clearInterval(renewal);
      await this.leases.release(SWEEP_LEASE, this.holder, { done });
    }
  }

  private async untilNothingIsDue(): Promise<SweepReport> {
    const delivery = this.deliveries.open();
    this.delivery = delivery;
    try {
      for (let mails = 1; mails > 0 && !delivery.over && !this.stopped;) {
        mails = await this.send.execute(delivery);
      }
    } finally {
      await delivery.end();
      this.delivery = null;
    }
    const { sent, failed } = delivery;
    if (sent + failed > 0) this.log.info('reminders swept', { sent, failed });
    return { sent, failed, elsewhere: false };
  }

  private async renew(): Promise<void> {
    try {
      await this.leases.renew(SWEEP_LEASE, this.holder, LEASE_MS);
    } catch (error) {
      // Claims are atomic: without the lease two sweeps get in each other's way, but double nothing.
      this.log.warn('sweep lease not renewed', { err: error });
    }
  }
}
