import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { change, marks, onPostgres, row, rows } from '../database/sql.js';
import { Clock } from '../clock/clock.port.js';
import { errorText } from './error-text.js';
import type { Job, JobPayload } from './job-queue.port.js';
import { later, LONGEST_LEASE_MS } from './lease.js';

/** A job taken by one process. `attempts` tells this claim from any later one of the same row. */
export interface ClaimedJob extends Job {
  readonly id: string;
  readonly attempts: number;
}

/** A job whose process may have died. */
export interface HeldJob extends ClaimedJob {
  readonly leaseUntil: string;
  /** Whether its lease ends further ahead than one is taken for. */
  readonly isAhead: boolean;
}

/** A row that may be handed to the queue. */
export interface DueJob extends Job {
  readonly id: string;
  readonly runAt: string;
}

/** Where a failed job went: it waits for another attempt, it is given up, or another of its key waits already. */
export type AfterFailure = 'waiting' | 'dead' | 'dropped' | 'lost';

/** How far a job has come that is not done. */
export interface JobState {
  readonly key: string;
  readonly state: 'waiting' | 'running' | 'dead';
  readonly hasFailed: boolean;
  readonly createdAt: string;
}

export interface DeadJob {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly createdAt: string;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** How long a job rests after its first, second … failed attempt; after that, hourly. */
const PAUSES = [10 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE];
const LONGEST_PAUSE_MS = 60 * MINUTE;
const pauseAfter = (attempts: number): number => PAUSES[attempts - 1] ?? LONGEST_PAUSE_MS;

/** After so many attempts a job is given up and left for a person to see. */
export const MOST_ATTEMPTS = 12;

const PAGE = 200;
const MINE = `"id" = ? AND "state" = 'running' AND "attempts" = ?`;
const SAME_KEY_WAITS = `EXISTS (SELECT 1 FROM "job" AS "other" WHERE "other"."key" = "job"."key" AND "other"."state" = 'waiting')`;
const SAME_KEY_RUNS = `EXISTS (SELECT 1 FROM "job" AS "other" WHERE "other"."key" = "job"."key" AND "other"."state" = 'running')`;

interface StoredJob {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly payload: string;
  readonly attempts: number;
  readonly run_at: string;
}

/** Payloads are written by `add` alone, which takes objects only. */
const parsed = (text: string): JobPayload => JSON.parse(text) as JobPayload;

/** The job table: what is to be done, who does it, and what went wrong. */
export class JobTable {
  constructor(
    private readonly clock: Clock,
    private readonly mostAttempts = MOST_ATTEMPTS,
  ) {}

  private after(ms: number): string {
    return later(this.clock.now(), ms);
  }

  /** Has a job of the key wait. One that waits already is kept, and brought forward when the new one is sooner. */
  async add(tx: EntityManager, job: Job, runAt: Date): Promise<void> {
    if (await this.waitsAlready(tx, job.key, runAt)) return;
    await change(
      tx,
      `INSERT INTO "job" ("id", "name", "key", "payload", "state", "run_at", "attempts", "created_at")
       VALUES (?, ?, ?, ?, 'waiting', ?, 0, ?)
       ON CONFLICT ("key") WHERE "state" = 'waiting' DO UPDATE SET "run_at" = excluded."run_at"
       WHERE excluded."run_at" < "job"."run_at"`,
      [randomUUID(), job.name, job.key, JSON.stringify(job.payload), runAt.toISOString(), this.after(0)],
    );
  }

  /** Waiting jobs whose time has come, soonest first, one page after another. Uses ix_job_due. */
  async due(em: EntityManager, after: DueJob | null): Promise<DueJob[]> {
    const from = after ? [after.runAt, after.runAt, after.id] : ['', '', ''];
    const found = await rows<StoredJob>(
      em,
      `SELECT "id", "name", "key", "payload", "run_at" FROM "job"
       WHERE "state" <> 'dead' AND "state" = 'waiting' AND "run_at" <= ?
         AND ("run_at" > ? OR ("run_at" = ? AND "id" > ?))
       ORDER BY "run_at", "id" LIMIT ${PAGE}`,
      [this.after(0), ...from],
    );
    return found.map(({ id, name, key, payload, run_at }) => ({
      id,
      name,
      key,
      payload: parsed(payload),
      runAt: run_at,
    }));
  }

  /**
   * Takes the waiting job of the key for `leaseMs` milliseconds; null when none is due, or one of the key runs still.
   * One statement, so that of two deliveries of a job the second finds nothing.
   */
  async claim(tx: EntityManager, name: string, key: string, leaseMs: number): Promise<ClaimedJob | null> {
    const taken = await row<StoredJob>(
      tx,
      `UPDATE "job" SET "state" = 'running', "run_at" = ?, "attempts" = "attempts" + 1
       WHERE "name" = ? AND "key" = ? AND "state" = 'waiting' AND "run_at" <= ? AND NOT ${SAME_KEY_RUNS}
       RETURNING "id", "payload", "attempts"`,
      [this.after(leaseMs), name, key, this.after(0)],
    );
    return taken && { id: taken.id, name, key, payload: parsed(taken.payload), attempts: Number(taken.attempts) };
  }

  /** False when the job is no longer this claim's: its lease had run out and another process has it. */
  async renew(tx: EntityManager, { id, attempts }: ClaimedJob, leaseMs: number): Promise<boolean> {
    return (await change(tx, `UPDATE "job" SET "run_at" = ? WHERE ${MINE}`, [this.after(leaseMs), id, attempts])) > 0;
  }

  /** The job is done. Earlier ones of its key that had been given up are thereby mended. */
  async done(tx: EntityManager, { id, key, attempts }: ClaimedJob): Promise<void> {
    const own = await change(tx, `DELETE FROM "job" WHERE ${MINE}`, [id, attempts]);
    if (own > 0) await change(tx, `DELETE FROM "job" WHERE "key" = ? AND "state" = 'dead'`, [key]);
  }

  /** The job was interrupted because the process stops: it waits again, and the attempt does not count. */
  async putBack(tx: EntityManager, claim: ClaimedJob): Promise<void> {
    if (await this.dropped(tx, claim)) return;
    await change(tx, `UPDATE "job" SET "state" = 'waiting', "run_at" = ?, "attempts" = "attempts" - 1 WHERE ${MINE}`, [
      this.after(0),
      claim.id,
      claim.attempts,
    ]);
  }

  /** @param pauseMs how long it rests; without it, longer after each attempt */
  async failed(tx: EntityManager, claim: ClaimedJob, error: unknown, pauseMs?: number): Promise<AfterFailure> {
    if (await this.dropped(tx, claim)) return 'dropped';
    const state = claim.attempts >= this.mostAttempts ? 'dead' : 'waiting';
    const changed = await change(tx, `UPDATE "job" SET "state" = ?, "run_at" = ?, "last_error" = ? WHERE ${MINE}`, [
      state,
      this.after(pauseMs ?? pauseAfter(claim.attempts)),
      errorText(error),
      claim.id,
      claim.attempts,
    ]);
    return changed > 0 ? state : 'lost';
  }

  /**
   * Jobs that run, as it says, but whose lease has run out: their process has died. Or it ends further ahead than one is
   * taken for: by a clock that was ahead, whose process has died if the lease is not renewed.
   */
  async expired(em: EntityManager): Promise<HeldJob[]> {
    const found = await rows<StoredJob>(
      em,
      `SELECT "id", "name", "key", "payload", "attempts", "run_at" FROM "job"
       WHERE "state" <> 'dead' AND "state" = 'running' AND ("run_at" < ? OR "run_at" > ?) ORDER BY "run_at" LIMIT ${PAGE}`,
      [this.after(0), this.after(LONGEST_LEASE_MS)],
    );
    const now = this.after(0);
    return found.map(({ payload, attempts, run_at, ...job }) => ({
      ...job,
      payload: parsed(payload),
      attempts: Number(attempts),
      leaseUntil: run_at,
      isAhead: run_at > now,
    }));
  }

  /** Waiting jobs that were asked for, or rest since they failed, by a clock that was ahead and has been set back since. */
  async strayed(em: EntityManager): Promise<string[]> {
    const rests = PAUSES.map((_, n) => `("attempts" = ${n + 1} AND "run_at" > ?)`);
    const found = await rows<{ id: string }>(
      em,
      `SELECT "id" FROM "job" WHERE "state" <> 'dead' AND "state" = 'waiting' AND "run_at" > ?
         AND ("created_at" > ? OR ${rests.join(' OR ')} OR ("attempts" > ${PAUSES.length} AND "run_at" > ?)) LIMIT ${PAGE}`,
      [0, 0, ...PAUSES, LONGEST_PAUSE_MS].map((ms) => this.after(ms + LONGEST_LEASE_MS)),
    );
    return found.map(({ id }) => id);
  }

  /** Has waiting jobs be due at once. */
  async bringForward(tx: EntityManager, ids: readonly string[]): Promise<void> {
    const these = `"id" IN (${marks(ids.length)})`;
    await change(tx, `UPDATE "job" SET "run_at" = ? WHERE "state" = 'waiting' AND ${these}`, [this.after(0), ...ids]);
  }

  /**
   * Has a job that was given up wait again, due at once and with all its attempts. When another of its key waits already,
   * that one does for both.
   *
   * @returns whether there was such a job
   */
  async revive(tx: EntityManager, id: string): Promise<boolean> {
    const dead = `"id" = ? AND "state" = 'dead'`;
    if ((await change(tx, `DELETE FROM "job" WHERE ${dead} AND ${SAME_KEY_WAITS}`, [id])) > 0) return true;
    const again = `UPDATE "job" SET "state" = 'waiting', "run_at" = ?, "attempts" = 0 WHERE ${dead}`;
    return (await change(tx, again, [this.after(0), id])) > 0;
  }

  async counts(em: EntityManager): Promise<Record<'waiting' | 'running' | 'dead', number>> {
    const found = await rows<{ state: 'waiting' | 'running' | 'dead'; n: number | string }>(
      em,
      `SELECT "state", count(*) AS "n" FROM "job" GROUP BY "state"`,
    );
    const count = (state: string): number => Number(found.find((one) => one.state === state)?.n ?? 0);
    return { waiting: count('waiting'), running: count('running'), dead: count('dead') };
  }

  /** Jobs of these keys that are not done. */
  async statesOf(em: EntityManager, keys: readonly string[]): Promise<JobState[]> {
    if (keys.length === 0) return [];
    type Stored = Pick<JobState, 'key' | 'state' | 'createdAt'> & { readonly lastError: string | null };
    const sql = `SELECT "key", "state", "last_error" AS "lastError", "created_at" AS "createdAt" FROM "job"
      WHERE "key" IN (${marks(keys.length)})`;
    const found = await rows<Stored>(em, sql, [...keys]);
    return found.map(({ lastError, ...job }) => ({ ...job, hasFailed: lastError !== null }));
  }

  /** Jobs that were given up, oldest first. */
  async dead(em: EntityManager, limit = 100): Promise<DeadJob[]> {
    return rows<DeadJob>(
      em,
      `SELECT "id", "name", "key", "attempts", "last_error" AS "lastError", "created_at" AS "createdAt" FROM "job"
       WHERE "state" = 'dead' ORDER BY "created_at", "id" LIMIT ?`,
      [limit],
    );
  }

  /**
   * Whether a job of the key waits that is due soon enough. On PostgreSQL alone, where writing the row, even to leave it
   * as it is, would have all who ask for the same job wait for one another until they commit. Shared by them, it only
   * keeps the job from being claimed before they have: so it sees what they have written.
   */
  private async waitsAlready(tx: EntityManager, key: string, runAt: Date): Promise<boolean> {
    if (!onPostgres(tx)) return false;
    const found = await row(
      tx,
      `SELECT 1 FROM "job" WHERE "key" = ? AND "state" = 'waiting' AND "run_at" <= ? FOR SHARE SKIP LOCKED`,
      [key, runAt.toISOString()],
    );
    return found !== null;
  }

  private async dropped(tx: EntityManager, { id, attempts }: ClaimedJob): Promise<boolean> {
    return (await change(tx, `DELETE FROM "job" WHERE ${MINE} AND ${SAME_KEY_WAITS}`, [id, attempts])) > 0;
  }
}
