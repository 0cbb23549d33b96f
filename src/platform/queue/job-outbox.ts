import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock/clock.port.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Job } from './job-queue.port.js';
import { JobTable } from './job-table.js';
import { JobWaker } from './job-waker.js';

/** A job as asked for. Without `runAt` it is due at once. */
export interface JobRequest extends Job {
  readonly runAt?: Date;
}

/** Writes jobs in the caller's transaction: they are there exactly when what they follow from is. */
@Injectable()
export class JobOutbox {
  constructor(
    private readonly work: UnitOfWork,
    private readonly table: JobTable,
    private readonly clock: Clock,
    private readonly waker: JobWaker,
  ) {}

  /**
   * Has the job done after commit. When one of its key waits already, that one is kept, brought forward if this one is
   * sooner.
   *
   * @throws RangeError when name or key are longer than their columns, which is a bug in the caller
   */
  async add(tx: EntityManager, { name, key, payload, runAt }: JobRequest): Promise<void> {
    if (name === '' || name.length > 40 || key === '' || key.length > 500) throw new RangeError(`job ${name}: ${key}`);
    await this.table.add(tx, { name, key, payload }, runAt ?? this.clock.now());
    this.work.afterCommit(() => this.waker.wake());
  }
}
