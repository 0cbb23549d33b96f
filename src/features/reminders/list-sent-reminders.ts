import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { addDays, type LocalDate } from '../../domain/calendar/local-date.js';
import { instantAt } from '../../domain/calendar/stockholm-time.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { checkedOnly, marks, rows } from '../../platform/database/sql.js';
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.js';
import { boardsSeen, type Actor } from '../people/actor.js';
import { addOpenable } from '../referrals/list-referrals.js';
import { ENTRY, ENTRY_FROM, ListReminders, type LedgerEntry } from './list-reminders.js';
import type { SentPage, SentQuery } from './reminder.dto.js';

type Found = LedgerEntry & {
  readonly board: string;
  readonly diarienummer: string;
  readonly title: string;
  readonly secrecy: string | null;
};

const place = z.tuple([z.enum(['sent', 'failed', 'claimed']), z.string().max(40), z.string().max(40)]);

/** Reminders that were sent, failed or are on their way, the latest first, of the cases that the person may read. */
@Injectable()
export class ListSentReminders {
  constructor(
    private readonly read: ReadDatabase,
    private readonly clock: Clock,
    private readonly list: ListReminders,
  ) {}

  /** @throws RuleError `cursor-invalid` */
  async execute(actor: Actor, query: SentQuery): Promise<SentPage> {
    const em = this.read.manager;
    const at = { today: this.clock.today(), board: checkedOnly(em, 'c."board"') };
    const { text, params } = statement(actor, query, at);
    const found = await rows<Found>(em, text, params);
    const page = found.slice(0, query.limit);
    const last = found.length > query.limit ? page.at(-1) : undefined;
    const views = await this.list.views(em, page);
    const byId = new Map(page.map((row) => [row.id, row]));
    return {
      items: views.flatMap((view) => {
        const row = byId.get(view.id);
        if (!row) return [];
        const { referralId, board, diarienummer, secrecy } = row;
        const title = secrecy === null ? row.title : null;
        return [{ ...view, referral: { id: referralId, board, diarienummer, title } }];
      }),
      next: last ? encodeCursor([query.state, last.changedAt, last.id]) : null,
    };
  }
}

/**
 * Uses ix_reminder_sent; those that failed or are on their way are few, and found by ix_reminder_unsettled.
 *
 * @param at its `board` is as `checkedOnly` has it
 */
function statement(
  actor: Actor,
  query: SentQuery,
  at: { readonly today: LocalDate; readonly board: string },
): { text: string; params: unknown[] } {
  const boards = boardsSeen(actor).filter((board) => query.board === undefined || query.board === board);
  const unsettled = query.state === 'sent' ? '' : `r."state" IN ('claimed', 'failed') AND `;
  const where: string[] = [`${unsettled}r."state" = '${query.state}'`];
  const params: unknown[] = [];
  // The case has the alias `c` here, and `r` in the conditions of the lists of cases.
  const add = (condition: string, ...values: unknown[]): void => {
    where.push(condition.replaceAll('r."', 'c."'));
    params.push(...values);
  };
  add(`${at.board} IN (${marks(boards.length)})`, ...boards);
  addOpenable(actor, boards, add);
  where.push('r."changed_at" >= ?');
  params.push(instantAt(addDays(at.today, -query.days), '00:00').toISOString());
  if (query.cursor !== undefined) {
    const ofThisState = place.refine(([state]) => state === query.state);
    const [, changedAt, id] = decodeCursor(query.cursor, ofThisState);
    where.push('(r."changed_at", r."id") < (?, ?)');
    params.push(changedAt, id);
  }
  const text = `SELECT ${ENTRY}, c."board" AS "board", c."diarienummer" AS "diarienummer", c."title" AS "title",
      c."secrecy" AS "secrecy"
    FROM ${ENTRY_FROM} JOIN "referral" c ON c."id" = r."referral_id" WHERE ${where.join(' AND ')}
    ORDER BY r."changed_at" DESC, r."id" DESC LIMIT ?`;
  return { text, params: [...params, query.limit + 1] };
}
