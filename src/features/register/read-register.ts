import { Injectable } from '@nestjs/common';
import { addDays, yearOf, type LocalDate } from '../../domain/calendar/local-date.js';
import { instantAt } from '../../domain/calendar/stockholm-time.js';
import { OffLoopReads } from './off-loop-reads.js';
import type { RegisterRow } from './register-columns.js';

/** The cases of a board, registered on days from `from` to `to`, both included. */
export interface RegisterRange {
  readonly board: string;
  readonly from?: LocalDate | undefined;
  readonly to?: LocalDate | undefined;
}

const SLICE = 500;
/** After any instant there is. */
const LAST = '9999';
const LAST_YEAR = 9999;

const COLUMNS = `r."id", r."board", r."year", r."number", r."diarienummer", r."title", r."internal_title" AS "internalTitle",
  r."sender", r."sender_reference" AS "senderReference", r."received_on" AS "receivedOn",
  r."registered_on" AS "registeredOn", r."registered_at" AS "registeredAt", r."document_date" AS "documentDate",
  r."answer_due" AS "answerDue", r."answer_due_time" AS "answerDueTime", r."answer_to" AS "answerTo",
  r."work_by" AS "workBy", r."officer_id" AS "officerId", p."name" AS "officerName", p."email" AS "officerEmail",
  r."department", m."date" AS "meeting", r."route", r."status", r."next_step" AS "nextStep", r."adjustment",
  r."decision", r."secrecy",
  r."cancellation", r."answer_sent_on" AS "answerSentOn", r."answer_sent_how" AS "answerSentHow", r."note"`;
const RANGE = `r."board" = ? AND r."registered_at" >= ? AND r."registered_at" < ?`;
/** A number may be of the year beside that of its registration. */
const YEARS = `SELECT "year" FROM "series" WHERE "board" = ? AND "year" BETWEEN ? AND ? ORDER BY "year"`;
const PAGE = `SELECT ${COLUMNS} FROM "referral" r LEFT JOIN "meeting" m ON m."id" = r."meeting_id"
  LEFT JOIN "person" p ON p."id" = r."officer_id"
  WHERE ${RANGE} AND r."year" = ? AND r."number" > ? ORDER BY r."number" LIMIT ${SLICE}`;

/** Midnight in Stockholm. The first hour of a day is never one that the clocks skip or repeat. */
const startOf = (day: LocalDate): string => instantAt(day, '00:00').toISOString();

const boundsOf = ({ board, from, to }: RegisterRange): readonly string[] => [
  board,
  from === undefined ? '' : startOf(from),
  to === undefined ? LAST : startOf(addDays(to, 1)),
];

/** Reads the register slice by slice, in the order of its numbers, off the event loop. Uses uq_referral_number. */
@Injectable()
export class ReadRegister {
  constructor(private readonly reads: OffLoopReads) {}

  /** None of them empty. */
  async *slices(range: RegisterRange): AsyncGenerator<readonly RegisterRow[]> {
    const bounds = boundsOf(range);
    for (const year of await this.years(range)) {
      for (let after = 0; ;) {
        const slice = await this.reads.rows<RegisterRow>(PAGE, [...bounds, year, after]);
        if (slice.length > 0) yield slice;
        const last = slice.at(-1);
        if (!last || slice.length < SLICE) break;
        after = last.number;
      }
    }
  }

  private async years({ board, from, to }: RegisterRange): Promise<number[]> {
    const first = from === undefined ? 0 : yearOf(from) - 1;
    const last = to === undefined ? LAST_YEAR : yearOf(to) + 1;
    return (await this.reads.rows<{ year: number }>(YEARS, [board, first, last])).map(({ year }) => year);
  }

  /** Whether there are more than so many. */
  async isLongerThan(range: RegisterRange, limit: number): Promise<boolean> {
    const text = `SELECT count(*) AS "count" FROM (SELECT 1 FROM "referral" r WHERE ${RANGE} LIMIT ?) t`;
    const [found] = await this.reads.rows<{ count: number | string }>(text, [...boundsOf(range), limit + 1]);
    return Number(found?.count ?? 0) > limit;
  }
}
