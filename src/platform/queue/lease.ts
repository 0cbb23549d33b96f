import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.port.js';
import { ReadDatabase } from '../database/read-database.js';
import { change, row } from '../database/sql.js';
import { UnitOfWork } from '../database/unit-of-work.js';

/**
 * The longest time that a lease can be taken for, in milliseconds. One that lies further ahead was taken before the
 * machine's clock was set back, and is nobody's: it would hold everyone up for as long as the clock was wrong.
 */
export const LONGEST_LEASE_MS = 20 * 60_000;

/** Lets one of several processes do what only one may do at a time, or once a day. */
@Injectable()
export class Leases {
  constructor(
    private readonly work: UnitOfWork,
    private readonly read: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes the lease for `ms` milliseconds, or makes it longer when `holder` has it already.
   *
   * @param ms `LONGEST_LEASE_MS` at most
   * @param holder who takes it, for example a UUID made when the process started; at most 36 characters
   * @returns whether `holder` has it now
   */
  async tryTake(name: string, holder: string, ms: number): Promise<boolean> {
    const now = this.clock.now();
    const sql = `INSERT INTO "lease" ("name", "holder", "until") VALUES (?, ?, ?)
      ON CONFLICT ("name") DO UPDATE SET "holder" = excluded."holder", "until" = excluded."until"
      WHERE "lease"."until" <= ? OR "lease"."until" > ? OR "lease"."holder" = excluded."holder"`;
    const bounds = [now.toISOString(), later(now, LONGEST_LEASE_MS)];
    return (await this.write(sql, [name, holder, later(now, ms), ...bounds])) > 0;
  }

  /** False when the lease has run out, or is another's. */
  async renew(name: string, holder: string, ms: number): Promise<boolean> {
    const now = this.clock.now();
    const sql = `UPDATE "lease" SET "until" = ? WHERE "name" = ? AND "holder" = ? AND "until" > ?`;
    return (await this.write(sql, [later(now, ms), name, holder, now.toISOString()])) > 0;
  }

  /** Gives the lease back. With `done`, notes that the thing was done to the end; without, that is left as it was. */
  async release(name: string, holder: string, { done = false }: { readonly done?: boolean } = {}): Promise<boolean> {
    const now = this.clock.now().toISOString();
    const noted = done ? ', "last_done_at" = ?' : '';
    const sql = `UPDATE "lease" SET "until" = ?${noted} WHERE "name" = ? AND "holder" = ?`;
    return (await this.write(sql, [now, ...(done ? [now] : []), name, holder])) > 0;
  }

  /**
   * When the thing was last done to the end; null when it never was, and when that was noted by a clock that was wrong: on a
   * day to come it has not been done.
   */
  async lastDoneAt(name: string): Promise<Date | null> {
    const sql = `SELECT "last_done_at" AS "at" FROM "lease" WHERE "name" = ? AND "last_done_at" <= ?`;
    const latest = later(this.clock.now(), LONGEST_LEASE_MS);
    const found = await row<{ at: string }>(this.read.manager, sql, [name, latest]);
    return found && new Date(found.at);
  }

  private write(sql: string, params: readonly unknown[]): Promise<number> {
    return this.work.run((tx) => change(tx, sql, params));
  }
}

/** So many milliseconds after an instant, as it is stored. */
export const later = (from: Date, ms: number): string => new Date(from.getTime() + ms).toISOString();
