import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { change, insertRows, row } from '../../platform/database/sql.js';
import type { CredentialRow } from './credential.entity.js';

/** Passwords, by person. */
@Injectable()
export class CredentialRepository {
  find(em: EntityManager, personId: string): Promise<Pick<CredentialRow, 'hash' | 'changedAt'> | null> {
    const sql = 'SELECT "hash", "changed_at" AS "changedAt" FROM "credential" WHERE "person_id" = ?';
    return row(em, sql, [personId]);
  }

  async save(tx: EntityManager, { personId, hash, changedAt }: CredentialRow): Promise<void> {
    const update =
      'ON CONFLICT ("person_id") DO UPDATE SET "hash" = excluded."hash", "changed_at" = excluded."changed_at"';
    await insertRows(tx, 'credential', ['person_id', 'hash', 'changed_at'], [[personId, hash, changedAt]], update);
  }

  /** The same password, hashed anew: it is as old as it was. False when another has taken its place meanwhile. */
  async rehash(tx: EntityManager, personId: string, hash: string, anew: string): Promise<boolean> {
    const text = 'UPDATE "credential" SET "hash" = ? WHERE "person_id" = ? AND "hash" = ?';
    return (await change(tx, text, [anew, personId, hash])) === 1;
  }

  async remove(tx: EntityManager, personId: string): Promise<void> {
    await change(tx, 'DELETE FROM "credential" WHERE "person_id" = ?', [personId]);
  }
}
