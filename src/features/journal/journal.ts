import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { Clock } from '../../platform/clock/clock.port.js';
import { change, insertRows, row } from '../../platform/database/sql.js';
import type { JournalRow } from './journal.entity.js';

/** The chain of people and settings; every board has one of its own, named by its code. */
export const PEOPLE_CHAIN = '#people';
/** The hash before the first event of a chain. */
export const GENESIS = '0'.repeat(64);

export interface JournalEvent {
  /** A board's code, or `PEOPLE_CHAIN`. */
  readonly chain: string;
  readonly by: { readonly personId: string | null; readonly name: string };
  /** The event's name, such as `referral-registered`. */
  readonly what: string;
  readonly subjectType: 'referral' | 'meeting' | 'board' | 'department' | 'person' | 'setting' | 'reminder';
  readonly subjectId: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

export type SealedEvent = Pick<
  JournalRow,
  'chain' | 'seq' | 'id' | 'at' | 'actorId' | 'actorName' | 'what' | 'subjectType' | 'subjectId' | 'before' | 'after'
>;

/** The hash of an event after `prevHash`: SHA-256 over both, in hex. */
export function sealOf(prevHash: string, e: SealedEvent): string {
  const fields = [
    e.chain,
    e.seq,
    e.id,
    e.at,
    e.actorId,
    e.actorName,
    e.what,
    e.subjectType,
    e.subjectId,
    e.before,
    e.after,
  ];
  return createHash('sha256')
    .update(JSON.stringify([prevHash, ...fields]))
    .digest('hex');
}

const COLUMNS = [
  'chain', 'seq', 'id', 'at', 'actor_id', 'actor_name', 'what', 'subject_type', 'subject_id', 'before', 'after',
  'prev_hash', 'hash',
]; // prettier-ignore

const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

/** Writes events to the hash chains, in the transaction of what they tell of. */
@Injectable()
export class Journal {
  constructor(private readonly clock: Clock) {}

  /**
   * Adds events, which may belong to several chains, in the order given. Last in the lock order
   * (series, referral, chain head): the head's row lock makes other writers of the chain wait until commit.
   */
  async record(tx: EntityManager, ...events: readonly JournalEvent[]): Promise<void> {
    const chains = [...new Set(events.map((event) => event.chain))].sort();
    for (const chain of chains) {
      await this.append(
        tx,
        chain,
        events.filter((event) => event.chain === chain),
      );
    }
  }

  private async append(tx: EntityManager, chain: string, events: readonly JournalEvent[]): Promise<void> {
    const grown = 'UPDATE "journal_head" SET "count" = "count" + ? WHERE "chain" = ? RETURNING "count", "hash"';
    let head = await row<{ count: number; hash: string }>(tx, grown, [events.length, chain]);
    if (!head) {
      const start = [[chain, 0, GENESIS]];
      await insertRows(tx, 'journal_head', ['chain', 'count', 'hash'], start, 'ON CONFLICT DO NOTHING');
      head = await row<{ count: number; hash: string }>(tx, grown, [events.length, chain]);
    }
    if (!head) throw new Error(`journal head of ${chain} cannot be made`);
    const at = this.clock.now().toISOString();
    let prevHash = head.hash;
    let seq = Number(head.count) - events.length;
    const values = events.map((event) => {
      seq += 1;
      const sealed: SealedEvent = {
        chain,
        seq,
        id: uuid(),
        at,
        actorId: event.by.personId,
        actorName: event.by.name,
        what: event.what,
        subjectType: event.subjectType,
        subjectId: event.subjectId,
        before: json(event.before),
        after: json(event.after),
      };
      const hash = sealOf(prevHash, sealed);
      const tuple = [
        chain, seq, sealed.id, at, sealed.actorId, sealed.actorName, sealed.what, sealed.subjectType, sealed.subjectId,
        sealed.before, sealed.after, prevHash, hash,
      ]; // prettier-ignore
      prevHash = hash;
      return tuple;
    });
    await insertRows(tx, 'journal', COLUMNS, values);
    await change(tx, 'UPDATE "journal_head" SET "hash" = ? WHERE "chain" = ?', [prevHash, chain]);
  }
}
