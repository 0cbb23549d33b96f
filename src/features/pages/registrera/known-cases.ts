import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { addDays, localDate, type LocalDate } from '../../../domain/calendar/local-date.js';
import { instantAt } from '../../../domain/calendar/stockholm-time.js';
import { Clock } from '../../../platform/clock/clock.port.js';
import { checkedOnly, rows } from '../../../platform/database/sql.js';
import { senderKey, senderReferenceKey } from '../../referrals/sender-key.js';

/** Why a case may be the same letter: the sender's number with the sender or alone, or the sender with the title. */
export type Likeness = 'same-number' | 'same-title' | 'number-alone';

/** A case that is there already, and may be the same letter. */
export interface KnownCase {
  readonly id: string;
  readonly diarienummer: string;
  readonly title: string;
  readonly sender: string;
  readonly senderReference: string | null;
  readonly receivedOn: LocalDate;
  readonly likeness: Likeness;
}

/** What a letter is known by. */
export interface Letter {
  readonly sender: string;
  readonly senderReference?: string | undefined;
  readonly title: string;
}

type StoredCase = Omit<KnownCase, 'likeness'> & { readonly senderKey: string };

const CASES = `SELECT "id", "diarienummer", "title", "sender", "sender_key" AS "senderKey",
    "sender_reference" AS "senderReference", "received_on" AS "receivedOn"
  FROM "referral" WHERE "status" <> 'cancelled'`;
/** By the index of the sender's numbers, of which few are the same; SQLite would begin with all cases of the board. */
const casesByNumber = (em: EntityManager): string => `${CASES}
  AND "sender_reference_key" = ? AND "sender_reference_key" IS NOT NULL AND ${checkedOnly(em, '"board"')} = ?
  ORDER BY ${checkedOnly(em, '"id"')} LIMIT 5`;
const BY_SENDER = `${CASES} AND "board" = ? AND "sender_key" = ? AND "registered_at" >= ?
  ORDER BY "registered_at" DESC LIMIT 500`;
const FEW = 5;
const DAYS_BACK = 365;

/** A title as compared: neither case nor blanks count. */
const titleKey = (title: string): string => title.normalize('NFC').toLocaleLowerCase('sv').replace(/\s+/gu, '');

/** Registering it again takes a reason. */
export const takesReason = ({ likeness }: Pick<KnownCase, 'likeness'>): boolean => likeness !== 'number-alone';

/** Finds the cases of a board that a letter may be registered as. Only for registrars of it, who may open them all. */
@Injectable()
export class KnownCases {
  constructor(private readonly clock: Clock) {}

  /** Those that most likely are the same come first. */
  async of(em: EntityManager, board: string, letter: Letter): Promise<KnownCase[]> {
    const byNumber = await this.byNumber(em, board, letter);
    const byTitle = await this.byTitle(em, board, letter);
    const more = byTitle.filter(({ id }) => !byNumber.some((one) => one.id === id && takesReason(one)));
    const titled = new Set(more.map(({ id }) => id));
    const all = [...byNumber.filter(({ id }) => !titled.has(id)), ...more];
    return all.sort((a, b) => Number(takesReason(b)) - Number(takesReason(a))).slice(0, FEW);
  }

  /** Of the same sender and with the same title, registered within the last year; the latest first. */
  async byTitle(
    em: EntityManager,
    board: string,
    { sender, title }: Pick<Letter, 'sender' | 'title'>,
  ): Promise<KnownCase[]> {
    const key = titleKey(title);
    if (key === '' || sender.trim() === '') return [];
    const since = instantAt(addDays(this.clock.today(), -DAYS_BACK), '00:00').toISOString();
    const found = await rows<StoredCase>(em, BY_SENDER, [board, senderKey(sender), since]);
    return found
      .filter((one) => titleKey(one.title) === key)
      .slice(0, FEW)
      .map((one) => known(one, 'same-title'));
  }

  private async byNumber(em: EntityManager, board: string, letter: Letter): Promise<KnownCase[]> {
    const reference = senderReferenceKey(letter.senderReference?.normalize('NFC'));
    if (reference === null) return [];
    const sender = senderKey(letter.sender);
    const found = await rows<StoredCase>(em, casesByNumber(em), [reference, board]);
    return found.map((one) => known(one, one.senderKey === sender ? 'same-number' : 'number-alone'));
  }
}

const known = ({ senderKey: _, ...one }: StoredCase, likeness: Likeness): KnownCase => ({
  ...one,
  receivedOn: localDate(one.receivedOn),
  likeness,
});
