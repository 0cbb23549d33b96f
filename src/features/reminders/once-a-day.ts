import { Injectable } from '@nestjs/common';
import { v4 as uuid } from 'uuid';
import { instantAt } from '../../domain/calendar/stockholm-time.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { Leases } from '../../platform/queue/lease.js';

const LEASE_MS = 10 * 60_000;
const RENEW_EVERY_MS = 2 * 60_000;

/** What came of a call: it was not yet time, it was done before, another process is at it, or it has been done. */
export type Outcome = 'too-early' | 'done-before' | 'elsewhere' | 'done';

/** Does a thing once a day, from a time of day on, in one of all processes. What fails is tried again by the next call. */
@Injectable()
export class OnceADay {
  private readonly holder = uuid();

  constructor(
    private readonly leases: Leases,
    private readonly clock: Clock,
  ) {}

  /** @param time in Stockholm, such as `06:45` */
  async run(name: string, time: string, act: () => Promise<void>): Promise<Outcome> {
    const from = instantAt(this.clock.today(), time);
    if (this.clock.now() < from) return 'too-early';
    if (await this.isDone(name, from)) return 'done-before';
    return this.alone(name, async () => {
      // Another may have done it between the question and the lease.
      if (await this.isDone(name, from)) return 'done-before';
      await act();
      return 'done';
    });
  }

  /** Now, whenever it was last done, unless another process is at it. */
  async runNow(name: string, act: () => Promise<void>): Promise<Outcome> {
    return this.alone(name, async () => {
      await act();
      return 'done';
    });
  }

  private async isDone(name: string, from: Date): Promise<boolean> {
    const last = await this.leases.lastDoneAt(name);
    return last !== null && last >= from;
  }

  private async alone(name: string, act: () => Promise<Outcome>): Promise<Outcome> {
    if (!(await this.leases.tryTake(name, this.holder, LEASE_MS))) return 'elsewhere';
    const renewal = setInterval(() => {
      // Without the lease another may do it too: each thing that is done so stands that.
      this.leases.renew(name, this.holder, LEASE_MS).catch(() => undefined);
    }, RENEW_EVERY_MS);
    let outcome: Outcome | null = null;
    try {
      outcome = await act();
      return outcome;
    } finally {
      clearInterval(renewal);
      await this.leases.release(name, this.holder, { done: outcome === 'done' });
    }
  }
}
