import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { change, insertRows, often, row, rows } from '../../platform/database/sql.js';
import type { ApiTokenRow } from './api-token.entity.js';

/** A token as it is listed: never the token itself, which nobody has. */
export interface TokenListing {
  readonly id: string;
  readonly email: string;
  readonly label: string | null;
  readonly createdAt: string;
  readonly revokedAt: string | null;
}

export interface TokenHolder {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

const PREFIX = 'diar_';
const SHAPE = /^diar_[A-Za-z0-9_-]{43}$/;

/** 256 random bits: nobody guesses one, so a plain hash is enough to keep. The prefix lets scanners find leaked ones. */
export const newToken = (): string => PREFIX + randomBytes(32).toString('base64url');

export const isToken = (text: string): boolean => SHAPE.test(text);

export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

const HOLDER = often(
  'SELECT p."id", p."name", p."email" FROM "api_token" t JOIN "person" p ON p."id" = t."person_id"' +
    ' WHERE t."hash" = ? AND t."revoked_at" IS NULL AND (p."ended_on" IS NULL OR p."ended_on" > ?)',
);

/** Bearer tokens, by hash. */
@Injectable()
export class TokenRepository {
  async insert(tx: EntityManager, token: ApiTokenRow): Promise<void> {
    const columns = ['id', 'person_id', 'hash', 'label', 'created_at', 'revoked_at'];
    const { id, personId, hash, label, createdAt, revokedAt } = token;
    await insertRows(tx, 'api_token', columns, [[id, personId, hash, label, createdAt, revokedAt]]);
  }

  /** Who holds a token that is not revoked and has not left. Uses uq_api_token_hash. */
  holderOf(em: EntityManager, token: string, today: LocalDate): Promise<TokenHolder | null> {
    return row<TokenHolder>(em, HOLDER, [tokenHash(token), today]);
  }

  find(em: EntityManager, id: string): Promise<Pick<ApiTokenRow, 'personId' | 'label' | 'revokedAt'> | null> {
    const sql =
      'SELECT "person_id" AS "personId", "label", "revoked_at" AS "revokedAt" FROM "api_token" WHERE "id" = ?';
    return row(em, sql, [id]);
  }

  async revoke(tx: EntityManager, id: string, at: string): Promise<void> {
    await change(tx, 'UPDATE "api_token" SET "revoked_at" = ? WHERE "id" = ? AND "revoked_at" IS NULL', [at, id]);
  }

  /** All of a person's. How many there were. */
  async revokeAllOf(tx: EntityManager, personId: string, at: string): Promise<number> {
    const sql = 'UPDATE "api_token" SET "revoked_at" = ? WHERE "person_id" = ? AND "revoked_at" IS NULL';
    return change(tx, sql, [at, personId]);
  }

  /** All of them, newest first. */
  list(em: EntityManager): Promise<TokenListing[]> {
    const sql =
      'SELECT t."id", p."email", t."label", t."created_at" AS "createdAt", t."revoked_at" AS "revokedAt"' +
      ' FROM "api_token" t JOIN "person" p ON p."id" = t."person_id" ORDER BY t."created_at" DESC, t."id" DESC';
    return rows<TokenListing>(em, sql);
  }
}
