import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { change, insertRows, row, rows } from '../../platform/database/sql.js';
import type { ExtensionRow } from './extension.entity.js';

export type Extension = Readonly<ExtensionRow>;

const SELECT = `SELECT "id", "referral_id" AS "referralId", "state", "asked_on" AS "askedOn", "asked_by" AS "askedBy",
  "asked_until" AS "askedUntil", "old_due" AS "oldDue", "new_due" AS "newDue", "answered_on" AS "answeredOn",
  "answered_by" AS "answeredBy", "note" FROM "extension"`;

const COLUMNS = [
  'id', 'referral_id', 'state', 'asked_on', 'asked_by', 'asked_until', 'old_due', 'new_due', 'answered_on',
  'answered_by', 'note',
]; // prettier-ignore

/** Anstånd asked for, oldest first. */
@Injectable()
export class ExtensionRepository {
  of(em: EntityManager, referralId: string): Promise<Extension[]> {
    return rows<Extension>(em, `${SELECT} WHERE "referral_id" = ? ORDER BY "asked_on", "id"`, [referralId]);
  }

  /** The one that waits for the sender's answer, or null. */
  openOf(em: EntityManager, referralId: string): Promise<Extension | null> {
    return row<Extension>(em, `${SELECT} WHERE "referral_id" = ? AND "state" = 'asked' ORDER BY "id" LIMIT 1`, [
      referralId,
    ]);
  }

  async insert(tx: EntityManager, e: Extension): Promise<void> {
    const values = [
      e.id, e.referralId, e.state, e.askedOn, e.askedBy, e.askedUntil, e.oldDue, e.newDue, e.answeredOn, e.answeredBy,
      e.note,
    ]; // prettier-ignore
    await insertRows(tx, 'extension', COLUMNS, [values]);
  }

  async answer(tx: EntityManager, e: Extension): Promise<void> {
    await change(
      tx,
      `UPDATE "extension" SET "state" = ?, "new_due" = ?, "answered_on" = ?, "answered_by" = ?, "note" = ?
       WHERE "id" = ?`,
      [e.state, e.newDue, e.answeredOn, e.answeredBy, e.note, e.id],
    );
  }
}
