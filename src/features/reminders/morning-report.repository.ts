import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { row, rows } from '../../platform/database/sql.js';

/** What went out, in numbers. */
export interface WentOut {
  readonly mails: number;
  readonly people: number;
  readonly cases: number;
}

/** Reminders that could not be delivered, in numbers: still tried, and given up. */
export interface Undelivered {
  readonly tried: number;
  readonly givenUp: number;
}

/** What a registrar should look at. */
export const ATTENTIONS = ['overdue', 'no-meeting', 'no-officer', 'no-answer-date'] as const;
export type Attention = (typeof ATTENTIONS)[number];

export interface AttentionCase {
  readonly id: string;
  readonly diarienummer: string;
  readonly answerDue: LocalDate | null;
}

/** The first cases of a kind, and how many there are. */
export interface AttentionList {
  readonly kind: Attention;
  readonly count: number;
  readonly cases: readonly AttentionCase[];
}

const MOST_CASES = 10;
const NOT_ANSWERED = `r."status" NOT IN ('expedited', 'closed', 'cancelled') AND r."answer_sent_on" IS NULL`;

/** A case with a meeting needs another way until that has been held, as `needsAnotherWay` says. */
const CONDITION: Record<Attention, string> = {
  overdue: `${NOT_ANSWERED} AND r."work_by" < ?`,
  'no-meeting': `${NOT_ANSWERED} AND r."no_meeting_since" IS NOT NULL AND r."route" = 'meeting'
    AND r."status" NOT IN ('decided', 'adjusted')
    AND (r."meeting_id" IS NULL OR EXISTS (SELECT 1 FROM "meeting" m WHERE m."id" = r."meeting_id" AND m."date" >= ?))`,
  'no-officer': `${NOT_ANSWERED} AND r."officer_id" IS NULL`,
  'no-answer-date': `${NOT_ANSWERED} AND r."answer_due" IS NULL`,
};

/** Reads what the morning mail tells. Each question is one board's. */
@Injectable()
export class MorningReportRepository {
  /** Between two instants, mails sent again by a person not counted. Uses ix_reminder_sent. */
  async wentOut(em: EntityManager, board: string, from: string, to: string): Promise<WentOut> {
    const text = `SELECT count(DISTINCT x."mail_id") AS "mails", count(DISTINCT m."person_id") AS "people",
        count(DISTINCT x."referral_id") AS "cases"
      FROM "reminder" x JOIN "mail" m ON m."id" = x."mail_id" JOIN "referral" r ON r."id" = x."referral_id"
      WHERE x."state" = 'sent' AND x."changed_at" >= ? AND x."changed_at" <= ? AND r."board" = ?`;
    const found = await row<Record<keyof WentOut, number | string>>(em, text, [from, to, board]);
    return { mails: Number(found?.mails), people: Number(found?.people), cases: Number(found?.cases) };
  }

  /** Of mails that first failed after `since`: an older one has been told of often enough. Uses ix_reminder_unsettled. */
  async undelivered(em: EntityManager, board: string, since: string): Promise<Undelivered> {
    const text = `SELECT m."state" AS "state", count(DISTINCT x."mail_id") AS "n"
      FROM "reminder" x JOIN "mail" m ON m."id" = x."mail_id" JOIN "referral" r ON r."id" = x."referral_id"
      WHERE x."state" IN ('claimed', 'failed') AND x."state" = 'failed' AND r."board" = ?
        AND x."changed_at" >= ? AND r."status" NOT IN ('closed', 'cancelled')
      GROUP BY m."state"`;
    const found = await rows<{ state: string; n: number | string }>(em, text, [board, since]);
    const count = (of: (state: string) => boolean): number =>
      found.filter(({ state }) => of(state)).reduce((sum, { n }) => sum + Number(n), 0);
    return { tried: count((state) => state !== 'dead'), givenUp: count((state) => state === 'dead') };
  }

  /** The soonest first. Uses ix_referral_board_open. */
  async attention(em: EntityManager, board: string, kind: Attention, today: LocalDate): Promise<AttentionList> {
    const where = `FROM "referral" r WHERE r."board" = ? AND r."status" NOT IN ('closed', 'cancelled') AND ${CONDITION[kind]}`;
    const params = CONDITION[kind].includes('?') ? [board, today] : [board];
    const counted = await row<{ n: number | string }>(em, `SELECT count(*) AS "n" ${where}`, params);
    const list = `SELECT r."id" AS "id", r."diarienummer" AS "diarienummer", r."answer_due" AS "answerDue" ${where}
      ORDER BY r."due_key", r."id" LIMIT ${MOST_CASES}`;
    return { kind, count: Number(counted?.n), cases: await rows<AttentionCase>(em, list, params) };
  }
}
