import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.port.js';
import { PROCESS_KIND, type ProcessKind } from '../../platform/config/config.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { IdempotencyStore } from '../../platform/http/idempotency-store.js';
import { Log } from '../../platform/log/log.js';

/** Often, so that there is never much to forget at once. */
const EVERY_MS = 60 * 60 * 1000;

/** Forgets answers to keyed requests when their seven days are over. Two processes that do it at once do no harm. */
@Injectable()
export class ForgetAnswers implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | null = null;

  constructor(
    @Inject(PROCESS_KIND) private readonly process: ProcessKind,
    private readonly work: UnitOfWork,
    private readonly store: IdempotencyStore,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    if (this.process === 'command' || this.process === 'web') return;
    this.timer = setInterval(() => void this.run(), EVERY_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    if (this.timer) clearInterval(this.timer);
  }

  /** How many it has forgotten. */
  execute(): Promise<number> {
    return this.work.run((tx) => this.store.forgetOld(tx, this.clock.now()));
  }

  private async run(): Promise<void> {
    try {
      const forgotten = await this.execute();
      if (forgotten > 0) this.log.info('old answers forgotten', { answers: forgotten });
    } catch (error) {
      this.log.warn('old answers not forgotten', { err: error });
    }
  }
}
