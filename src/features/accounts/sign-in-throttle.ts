import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock/clock.port.js';
import { change, insertRows, marks, rows } from '../../platform/database/sql.js';
import { Signer } from '../../platform/web/signer.js';
import { emailKey } from '../people/people.repository.js';
import { ACCOUNT, ADDRESS, FORGET_FREE_MS, KNOWN_FOR_MS, PAIR } from './account-limits.js';
import type { SignInAttemptRow } from './sign-in-attempt.entity.js';

/** Who tries, and from where. */
export interface Attempt {
  /** As typed: also for accounts that do not exist, which then look alike. */
  readonly email: string;
  readonly address: string;
  /** Asking for password links is counted apart, so that it keeps nobody from signing in. Signing in when it is left out. */
  readonly purpose?: 'sign-in' | 'link';
}

type Limit = typeof PAIR;

interface Keys {
  readonly pair: string;
  readonly account: string;
  readonly address: string;
}

const COLUMNS =
  '"key", "failures", "last_at" AS "lastAt", "paused_until" AS "pausedUntil", "succeeded_at" AS "succeededAt"';

/** The part of an address that one subscriber has: of IPv6 the first 64 bits. */
export function subscriber(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const start = head === '' ? [] : head.split(':');
  const end = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - start.length - end.length }, () => '0');
  return [...start, ...zeros, ...end].slice(0, 4).join(':');
}

/** The pause after so many failures in a row; none while they are few. */
export function pauseAfter(failures: number, { free, firstPauseMs, longestPauseMs }: Limit): number {
  if (failures < free) return 0;
  return Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures - free, 20));
}

/** What is left of failures that are forgotten one by one, and since when the next one is being forgotten. */
export function aged(
  { failures, lastAt }: Pick<SignInAttemptRow, 'failures' | 'lastAt'>,
  { free }: Pick<Limit, 'free'>,
  now: Date,
): { readonly failures: number; readonly since: Date } {
  const each = FORGET_FREE_MS / free;
  const since = new Date(lastAt).getTime();
  const forgotten = Math.max(0, Math.floor((now.getTime() - since) / each));
  if (forgotten >= failures) return { failures: 0, since: now };
  return { failures: failures - forgotten, since: new Date(since + forgotten * each) };
}

/**
 * Slows guessing down: growing pauses per account and address together, per address, and, for a short while, per
 * account. An account that has signed in from an address before is held there by its own failures alone, and adds none
 * to those of the address. An attempt is counted before the password is looked at, and given back when it was right, so that many at
 * once do not get through before the first has failed.
 */
@Injectable()
export class SignInThrottle {
  constructor(
    private readonly clock: Clock,
    private readonly signer: Signer,
  ) {}

  /** Counts an attempt, in a transaction of its own. When it has to wait, until when; then it was not counted. */
  async begin(tx: EntityManager, attempt: Attempt): Promise<Date | null> {
    const now = this.clock.now();
    const keys = this.keysOf(attempt);
    const known = await this.locked(tx, keys, now);
    const isKnown = isKnownHere(known.get(keys.pair), now);
    const pausedUntil = pauseOf(isKnown ? [keys.pair] : Object.values(keys), known, now);
    if (pausedUntil !== null) return pausedUntil;
    await this.count(tx, known.get(keys.pair), PAIR, now);
    await this.count(tx, known.get(keys.account), ACCOUNT, now);
    if (!isKnown) await this.count(tx, known.get(keys.address), ADDRESS, now);
    return null;
  }

  /** The password was right: the attempt is taken back, and from here the account is known. */
  async succeeded(tx: EntityManager, attempt: Attempt): Promise<void> {
    const keys = this.keysOf(attempt);
    const now = this.clock.now();
    const known = await this.locked(tx, keys, now);
    // What others failed with stays: whoever has an account could else lift the pause of the address by signing in.
    if (!isKnownHere(known.get(keys.pair), now)) {
      const less = 'UPDATE "sign_in_attempt" SET "failures" = "failures" - 1, "paused_until" = NULL';
      await change(tx, `${less} WHERE "key" = ? AND "failures" > 0`, [keys.address]);
    }
    const clean = 'UPDATE "sign_in_attempt" SET "failures" = 0, "paused_until" = NULL';
    await change(tx, `${clean}, "succeeded_at" = ? WHERE "key" = ?`, [now.toISOString(), keys.pair]);
    await change(tx, `${clean} WHERE "key" = ?`, [keys.account]);
  }

  /** Forgets what is too old to matter. */
  async tidy(tx: EntityManager): Promise<void> {
    const now = this.clock.now().getTime();
    const before = (ms: number): string => new Date(now - ms).toISOString();
    const sql = 'DELETE FROM "sign_in_attempt" WHERE "last_at" < ? AND ("succeeded_at" IS NULL OR "succeeded_at" < ?)';
    await change(tx, sql, [before(FORGET_FREE_MS), before(KNOWN_FOR_MS)]);
  }

  private keysOf({ email, address, purpose = 'sign-in' }: Attempt): Keys {
    const key = (kind: string, text: string): string =>
      this.signer.sign('throttle', `${purpose} ${kind} ${text}`).toString('hex');
    const [account, from] = [emailKey(email), subscriber(address)];
    return { pair: key('pair', `${account} ${from}`), account: key('account', account), address: key('address', from) };
  }

  /** The rows, made when they are not there, and held until commit: others who try the same wait. */
  private async locked(tx: EntityManager, keys: Keys, now: Date): Promise<Map<string, SignInAttemptRow>> {
    const all = Object.values(keys).sort();
    const columns = ['key', 'failures', 'last_at', 'paused_until', 'succeeded_at'];
    const fresh = all.map((key) => [key, 0, now.toISOString(), null, null]);
    await insertRows(tx, 'sign_in_attempt', columns, fresh, 'ON CONFLICT DO NOTHING');
    const chosen = `"key" IN (${marks(all.length)})`;
    await change(tx, `UPDATE "sign_in_attempt" SET "failures" = "failures" WHERE ${chosen}`, all);
    const found = await rows<SignInAttemptRow>(tx, `SELECT ${COLUMNS} FROM "sign_in_attempt" WHERE ${chosen}`, all);
    return new Map(found.map((one) => [one.key, one]));
  }

  private async count(tx: EntityManager, row: SignInAttemptRow | undefined, limit: Limit, now: Date): Promise<void> {
    if (!row) throw new Error('an attempt without its row');
    const left = aged(row, limit, now);
    const failures = left.failures + 1;
    const pause = pauseAfter(failures, limit);
    const pausedUntil = pause === 0 ? null : new Date(now.getTime() + pause).toISOString();
    const sql = 'UPDATE "sign_in_attempt" SET "failures" = ?, "last_at" = ?, "paused_until" = ? WHERE "key" = ?';
    await change(tx, sql, [failures, left.since.toISOString(), pausedUntil, row.key]);
  }
}

/** Whether the account has signed in from the address of late. */
function isKnownHere(pair: SignInAttemptRow | undefined, now: Date): boolean {
  const succeededAt = pair?.succeededAt ?? null;
  return succeededAt !== null && now.getTime() - new Date(succeededAt).getTime() < KNOWN_FOR_MS;
}

/** Until when the longest pause of these lasts; null when there is none. */
function pauseOf(keys: readonly string[], known: ReadonlyMap<string, SignInAttemptRow>, now: Date): Date | null {
  const pauses = keys.map((key) => known.get(key)?.pausedUntil ?? '').filter((until) => until > now.toISOString());
  const longest = pauses.sort().at(-1);
  return longest === undefined ? null : new Date(longest);
}
