import { setImmediate as breathe } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { rows } from '../../platform/database/sql.js';
import { GENESIS, sealOf, type SealedEvent } from './journal.js';

/** A place where a chain does not hold. */
export interface JournalFault {
  readonly chain: string;
  /** The event; null for the chain's head. */
  readonly seq: number | null;
  /** In Swedish. */
  readonly reason: string;
}

export interface JournalVerdict {
  readonly events: number;
  /** Those that were followed, by name. */
  readonly chains: readonly string[];
  readonly faults: readonly JournalFault[];
}

interface Head {
  readonly chain: string;
  readonly count: number;
  readonly hash: string;
}

type Link = SealedEvent & { readonly prevHash: string; readonly hash: string };

/** How a chain ended, as far as it could be followed. */
interface End {
  readonly seq: number;
  readonly hash: string;
}

const SLICE = 1_000;

const LINKS =
  'SELECT "chain", "seq", "id", "at", "actor_id" AS "actorId", "actor_name" AS "actorName", "what",' +
  ' "subject_type" AS "subjectType", "subject_id" AS "subjectId", "before", "after", "prev_hash" AS "prevHash", "hash"' +
  ' FROM "journal" WHERE "chain" = ?';
const FIRST = `${LINKS} ORDER BY "seq" LIMIT ?`;
const NEXT = `${LINKS} AND "seq" > ? ORDER BY "seq" LIMIT ?`;

/** Follows every chain from its first event, and works out each seal anew. */
@Injectable()
export class VerifyJournal {
  /**
   * @param em reads a snapshot, so that a chain cannot grow between its head and its events
   * @param told is called now and then with the number of events followed
   */
  async execute(em: EntityManager, told: (events: number) => void = () => undefined): Promise<JournalVerdict> {
    const faults: JournalFault[] = [];
    let events = 0;
    const heads = new Map((await this.heads(em)).map((head) => [head.chain, head]));
    const chains = await this.chains(em, heads);
    for (const chain of chains) {
      const end = await this.follow(em, chain, faults, (more) => told((events += more)));
      const fault = headFault(chain, heads.get(chain), end);
      if (fault) faults.push(fault);
    }
    return { events, chains, faults };
  }

  private async heads(em: EntityManager): Promise<Head[]> {
    const found = await rows<Head>(em, 'SELECT "chain", "count", "hash" FROM "journal_head"');
    return found.map((head) => ({ ...head, count: Number(head.count) }));
  }

  /** Those with a head and those with events: one of the two may have been taken away. */
  private async chains(em: EntityManager, heads: ReadonlyMap<string, Head>): Promise<string[]> {
    const found = await rows<{ chain: string }>(em, 'SELECT DISTINCT "chain" FROM "journal"');
    return [...new Set([...heads.keys(), ...found.map(({ chain }) => chain)])].sort();
  }

  private async follow(
    em: EntityManager,
    chain: string,
    faults: JournalFault[],
    told: (more: number) => void,
  ): Promise<End> {
    let end: End = { seq: 0, hash: GENESIS };
    // The first slice has no lower bound: someone may have put an event before number 1.
    let links = await rows<Link>(em, FIRST, [chain, SLICE]);
    for (;;) {
      for (const link of links) {
        for (const reason of reasonsAgainst(link, end)) faults.push({ chain, seq: link.seq, reason });
        end = link;
      }
      told(links.length);
      if (links.length < SLICE) return end;
      await breathe();
      links = await rows<Link>(em, NEXT, [chain, end.seq, SLICE]);
    }
  }
}

function reasonsAgainst(link: Link, before: End): string[] {
  const expected = before.seq + 1;
  if (link.seq !== expected) {
    const missing = link.seq < expected ? 'står före kedjans början' : missingFrom(expected, link.seq);
    return [missing, ...(isWhole(link) ? [] : [CHANGED])];
  }
  const reasons = link.prevHash === before.hash ? [] : ['följer inte på händelsen före, som är utbytt'];
  return isWhole(link) ? reasons : [...reasons, CHANGED];
}

const missingFrom = (first: number, next: number): string =>
  next - first === 1 ? `händelse ${first} saknas` : `händelserna från ${first} till ${next} saknas`;

const CHANGED = 'innehållet stämmer inte med sitt sigill';

const isWhole = (link: Link): boolean => link.hash === sealOf(link.prevHash, link);

function headFault(chain: string, head: Head | undefined, end: End): JournalFault | null {
  const fault = (reason: string): JournalFault => ({ chain, seq: null, reason });
  if (!head) return fault(`kedjans huvud saknas, men den har händelser till och med ${end.seq}`);
  if (head.count > end.seq) return fault(`slutet saknas: kedjan slutar vid ${end.seq}, ska ha ${head.count} händelser`);
  if (head.count < end.seq) return fault(`kedjan har ${end.seq} händelser, ska sluta vid ${head.count}`);
  return head.hash === end.hash ? null : fault('den sista händelsen är inte den som kedjans huvud pekar på');
}
