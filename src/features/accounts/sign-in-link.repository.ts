import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { change, insertRows, row } from '../../platform/database/sql.js';
import type { SignInLinkRow } from './sign-in-link.entity.js';

export interface LinkHolder {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** One-time links, by the hash of their token. */
@Injectable()
export class SignInLinkRepository {
  async insert(tx: EntityManager, link: SignInLinkRow): Promise<void> {
    const { hash, personId, purpose, createdAt, expiresAt, usedAt } = link;
    const columns = ['hash', 'person_id', 'purpose', 'created_at', 'expires_at', 'used_at'];
    await insertRows(tx, 'sign_in_link', columns, [[hash, personId, purpose, createdAt, expiresAt, usedAt]]);
  }

  /** For whom a link is that still works, unless they have left. */
  holderOf(em: EntityManager, hash: string, now: string, today: LocalDate): Promise<LinkHolder | null> {
    const sql =
      'SELECT p."id", p."name", p."email" FROM "sign_in_link" l JOIN "person" p ON p."id" = l."person_id"' +
      ' WHERE l."hash" = ? AND l."used_at" IS NULL AND l."expires_at" > ?' +
      ' AND (p."ended_on" IS NULL OR p."ended_on" > ?)';
    return row<LinkHolder>(em, sql, [hash, now, today]);
  }

  /** Uses a link up; false when somebody else just has. */
  async use(tx: EntityManager, hash: string, at: string): Promise<boolean> {
    const sql = 'UPDATE "sign_in_link" SET "used_at" = ? WHERE "hash" = ? AND "used_at" IS NULL';
    return (await change(tx, sql, [at, hash])) === 1;
  }

  /** A person's links that were not used no longer work. */
  async voidAllOf(tx: EntityManager, personId: string, at: string): Promise<void> {
    const sql = 'UPDATE "sign_in_link" SET "used_at" = ? WHERE "person_id" = ? AND "used_at" IS NULL';
    await change(tx, sql, [at, personId]);
  }

  /** The links of the same person that were made before this one, or with it, and were not used, no longer work. */
  async voidEarlierThan(tx: EntityManager, hash: string, at: string): Promise<void> {
    const one = (column: string): string => `(SELECT l."${column}" FROM "sign_in_link" l WHERE l."hash" = ?)`;
    const sql =
      'UPDATE "sign_in_link" SET "used_at" = ? WHERE "used_at" IS NULL AND "hash" <> ?' +
      ` AND "person_id" = ${one('person_id')} AND "created_at" <= ${one('created_at')}`;
    await change(tx, sql, [at, hash, hash, hash]);
  }

  /** How many links of a person's still work. */
  async countAlive(em: EntityManager, personId: string, now: string): Promise<number> {
    const sql =
      'SELECT count(*) AS "alive" FROM "sign_in_link"' +
      ' WHERE "person_id" = ? AND "used_at" IS NULL AND "expires_at" > ?';
    return Number((await row<{ alive: number | string }>(em, sql, [personId, now]))?.alive ?? 0);
  }

  async remove(tx: EntityManager, hash: string): Promise<void> {
    await change(tx, 'DELETE FROM "sign_in_link" WHERE "hash" = ?', [hash]);
  }

  /** Those that had expired by then, used or not. */
  async removeExpired(tx: EntityManager, before: string): Promise<void> {
    await change(tx, 'DELETE FROM "sign_in_link" WHERE "expires_at" <= ?', [before]);
  }
}
