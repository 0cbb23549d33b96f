import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { change, insertRows, often, row, rows } from '../../platform/database/sql.js';
import type { SessionRow } from './session.entity.js';

export interface SessionHolder {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

interface Found extends SessionHolder {
  readonly lastSeenAt: string;
  readonly expiresAt: string;
}

const COLUMNS =
  '"id", "person_id" AS "personId", "signed_in_by" AS "signedInBy", "created_at" AS "createdAt",' +
  ' "last_seen_at" AS "lastSeenAt", "expires_at" AS "expiresAt", "user_agent" AS "userAgent"';

const HOLDER = often(
  'SELECT p."id", p."name", p."email", s."last_seen_at" AS "lastSeenAt", s."expires_at" AS "expiresAt"' +
    ' FROM "session" s JOIN "person" p ON p."id" = s."person_id"' +
    ' WHERE s."id" = ? AND (p."ended_on" IS NULL OR p."ended_on" > ?)',
);

/** Sessions, by the hash of their cookie. */
@Injectable()
export class SessionRepository {
  async insert(tx: EntityManager, session: SessionRow): Promise<void> {
    const { id, personId, signedInBy, createdAt, lastSeenAt, expiresAt, userAgent } = session;
    const columns = ['id', 'person_id', 'signed_in_by', 'created_at', 'last_seen_at', 'expires_at', 'user_agent'];
    await insertRows(tx, 'session', columns, [[id, personId, signedInBy, createdAt, lastSeenAt, expiresAt, userAgent]]);
  }

  /** Whose session it is, unless they have left. Whether it has ended is for the caller to see. */
  holderOf(em: EntityManager, id: string, today: LocalDate): Promise<Found | null> {
    return row<Found>(em, HOLDER, [id, today]);
  }

  async touch(tx: EntityManager, id: string, at: string): Promise<void> {
    await change(tx, 'UPDATE "session" SET "last_seen_at" = ? WHERE "id" = ? AND "last_seen_at" < ?', [at, id, at]);
  }

  /** A person's sessions that have not ended, last used first. */
  listOf(em: EntityManager, personId: string, now: string, seenAfter: string): Promise<SessionRow[]> {
    const sql =
      `SELECT ${COLUMNS} FROM "session" WHERE "person_id" = ? AND "expires_at" > ? AND "last_seen_at" > ?` +
      ' ORDER BY "last_seen_at" DESC, "id"';
    return rows<SessionRow>(em, sql, [personId, now, seenAfter]);
  }

  async remove(tx: EntityManager, id: string): Promise<void> {
    await change(tx, 'DELETE FROM "session" WHERE "id" = ?', [id]);
  }

  /** Only when it is this person's. */
  async removeOf(tx: EntityManager, personId: string, id: string): Promise<void> {
    await change(tx, 'DELETE FROM "session" WHERE "id" = ? AND "person_id" = ?', [id, personId]);
  }

  /** All of a person's, but for the one that is kept. How many there were. */
  async removeAllOf(tx: EntityManager, personId: string, kept: string | null): Promise<number> {
    return change(tx, 'DELETE FROM "session" WHERE "person_id" = ? AND "id" <> ?', [personId, kept ?? '']);
  }

  /** Whoever's, when they have ended anyway. */
  async removeEnded(tx: EntityManager, now: string, seenAfter: string): Promise<void> {
    await change(tx, 'DELETE FROM "session" WHERE "expires_at" <= ? OR "last_seen_at" <= ?', [now, seenAfter]);
  }
}
