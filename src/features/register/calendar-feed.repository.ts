import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { change, insertRows, row, rows } from '../../platform/database/sql.js';
import type { CalendarFeedRow } from './calendar-feed.entity.js';

/** A feed as it is listed: never its address, which nobody but its reader has. */
export type FeedListing = Pick<CalendarFeedRow, 'id' | 'board' | 'createdAt' | 'revokedAt'>;

/** Whose feed it is. */
export interface FeedHolder {
  readonly feedId: string;
  readonly board: string | null;
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

const SHAPE = /^[A-Za-z0-9_-]{43}$/;

/** 256 random bits: nobody guesses one, so a plain hash is enough to keep. */
export const newFeedToken = (): string => randomBytes(32).toString('base64url');
export const isFeedToken = (text: string): boolean => SHAPE.test(text);
export const feedHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Calendar feeds, by the hash of their address. */
@Injectable()
export class CalendarFeedRepository {
  async insert(tx: EntityManager, feed: CalendarFeedRow): Promise<void> {
    const { id, personId, board, hash, createdAt, revokedAt } = feed;
    const columns = ['id', 'person_id', 'board', 'hash', 'created_at', 'revoked_at'];
    await insertRows(tx, 'calendar_feed', columns, [[id, personId, board, hash, createdAt, revokedAt]]);
  }

  /** Whose feed has this address, unless it is revoked or its person has left. Uses uq_calendar_feed_hash. */
  holderOf(em: EntityManager, token: string, today: LocalDate): Promise<FeedHolder | null> {
    const sql = `SELECT f."id" AS "feedId", f."board", p."id", p."name", p."email" FROM "calendar_feed" f
      JOIN "person" p ON p."id" = f."person_id"
      WHERE f."hash" = ? AND f."revoked_at" IS NULL AND (p."ended_on" IS NULL OR p."ended_on" > ?)`;
    return row<FeedHolder>(em, sql, [feedHash(token), today]);
  }

  /** A person's feeds, newest first. */
  ofPerson(em: EntityManager, personId: string): Promise<FeedListing[]> {
    const sql = `SELECT "id", "board", "created_at" AS "createdAt", "revoked_at" AS "revokedAt" FROM "calendar_feed"
      WHERE "person_id" = ? ORDER BY "created_at" DESC, "id" DESC`;
    return rows<FeedListing>(em, sql, [personId]);
  }

  async revoke(tx: EntityManager, id: string, at: string): Promise<void> {
    await change(tx, 'UPDATE "calendar_feed" SET "revoked_at" = ? WHERE "id" = ? AND "revoked_at" IS NULL', [at, id]);
  }
}
