import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RuleError } from '../../domain/errors.js';
import { change, insertRows, row } from '../database/sql.js';
import type { Answer } from './idempotency.js';

/** A request as its key stands for it. */
export interface KeyedRequest {
  readonly personId: string;
  readonly method: string;
  readonly path: string;
  readonly key: string;
  readonly bodyHash: string;
}

interface Stored {
  readonly bodyHash: string;
  readonly status: number;
  readonly headers: string;
  readonly body: string;
}

const KEPT_MS = 7 * 24 * 60 * 60 * 1000;
const COLUMNS = ['person_id', 'method', 'path', 'key', 'body_hash', 'status', 'headers', 'body', 'created_at'];
const WHERE = '"person_id" = ? AND "method" = ? AND "path" = ? AND "key" = ?';
/** Status of a row whose answer is still being made. Only its own transaction ever sees it. */
const IN_THE_MAKING = 0;

const idOf = ({ personId, method, path, key }: KeyedRequest): string[] => [personId, method, path, key];

/** Until when answers may be forgotten at `now`. */
const forgottenUntil = (now: Date): string => new Date(now.getTime() - KEPT_MS).toISOString();

/** Answers by key, for 7 days. */
@Injectable()
export class IdempotencyStore {
  /**
   * Takes the key, or gives the answer it already stands for. Inserting first is what makes a second request wait:
   * PostgreSQL holds it at the unique key until the first has ended.
   *
   * @throws RuleError `idempotency-key-reused`
   */
  async claim<T>(tx: EntityManager, request: KeyedRequest, now: Date): Promise<Answer<T> | null> {
    await change(tx, `DELETE FROM "idempotency" WHERE ${WHERE} AND "created_at" < ?`, [
      ...idOf(request),
      forgottenUntil(now),
    ]);
    const values = [...idOf(request), request.bodyHash, IN_THE_MAKING, '{}', 'null', now.toISOString()];
    const inserted = await insertRows(tx, 'idempotency', COLUMNS, [values], 'ON CONFLICT DO NOTHING');
    return inserted === 1 ? null : this.earlier<T>(tx, request);
  }

  /** Stores the answer in the row that `claim` has made. */
  async keep<T>(tx: EntityManager, request: KeyedRequest, { status, headers, body }: Answer<T>): Promise<void> {
    const sql = `UPDATE "idempotency" SET "status" = ?, "headers" = ?, "body" = ? WHERE ${WHERE}`;
    const stored = [status, JSON.stringify(headers ?? {}), JSON.stringify(body ?? null)];
    await change(tx, sql, [...stored, ...idOf(request)]);
  }

  /** Forgets answers that are more than 7 days old. Returns how many. For a daily sweep. */
  async forgetOld(tx: EntityManager, now: Date): Promise<number> {
    return change(tx, 'DELETE FROM "idempotency" WHERE "created_at" < ?', [forgottenUntil(now)]);
  }

  private async earlier<T>(tx: EntityManager, request: KeyedRequest): Promise<Answer<T>> {
    const sql = `SELECT "body_hash" AS "bodyHash", "status", "headers", "body" FROM "idempotency" WHERE ${WHERE}`;
    const stored = await row<Stored>(tx, sql, idOf(request));
    if (!stored) throw new Error('an idempotency key is neither free nor taken');
    if (stored.bodyHash !== request.bodyHash) {
      const message = 'The Idempotency-Key has been used for another request';
      throw new RuleError('idempotency-key-reused', message, { field: 'Idempotency-Key' });
    }
    const headers: Record<string, string> = JSON.parse(stored.headers);
    const body: T = JSON.parse(stored.body);
    return { status: stored.status, headers, body };
  }
}
