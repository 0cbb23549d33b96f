import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock/clock.port.js';
import { change, rows } from '../database/sql.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Log } from '../log/log.js';
import { errorText } from './error-text.js';
import { later, Leases, LONGEST_LEASE_MS } from './lease.js';

const NAME = 'worker:';
const BEAT_MS = 20_000;
/** Three beats missed: the worker is gone, or cannot reach the database. */
const ALIVE_MS = 60_000;
/** A worker that died leaves its row for so long, one whose clock was ahead as long before. */
const FORGOTTEN_MS = 24 * 60 * 60_000;

/** Begins the name of every worker on this machine, or in this container. */
const HERE = `${hostname().slice(0, 28)}:`;

/** Workers that live, as `HOST:PROCESS`. */
export async function livingWorkers(em: EntityManager, now: Date): Promise<string[]> {
  const sql = `SELECT "holder" FROM "lease" WHERE "name" LIKE '${NAME}%' AND "until" > ? AND "until" <= ? ORDER BY "holder"`;
  const bounds = [later(now, 0), later(now, LONGEST_LEASE_MS)];
  return (await rows<{ holder: string }>(em, sql, bounds)).map(({ holder }) => holder);
}

export const isHere = (worker: string): boolean => worker.startsWith(HERE);

/** Shows that a worker lives: a lease of its own, renewed as long as it reaches the database. */
@Injectable()
export class Heartbeat {
  private readonly name = NAME + randomUUID().replaceAll('-', '');
  private readonly holder = `${HERE}${process.pid}`.slice(0, 36);
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly leases: Leases,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async start(): Promise<void> {
    const now = this.clock.now();
    const bounds = [later(now, -FORGOTTEN_MS), later(now, FORGOTTEN_MS)];
    const sql = `DELETE FROM "lease" WHERE "name" LIKE '${NAME}%' AND ("until" < ? OR "until" > ?)`;
    await this.work.run((tx) => change(tx, sql, bounds));
    await this.beat();
    this.timer = setInterval(() => void this.beat(), BEAT_MS);
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.work.run((tx) => change(tx, 'DELETE FROM "lease" WHERE "name" = ?', [this.name]));
  }

  workers(em: EntityManager): Promise<string[]> {
    return livingWorkers(em, this.clock.now());
  }

  private async beat(): Promise<void> {
    try {
      await this.leases.tryTake(this.name, this.holder, ALIVE_MS);
    } catch (error) {
      this.log.warn('heartbeat missed', { error: errorText(error) });
    }
  }
}
