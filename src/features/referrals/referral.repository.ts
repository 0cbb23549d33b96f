import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RuleError } from '../../domain/errors.js';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { UNDECIDED_STATUSES } from '../../domain/referral/lifecycle.js';
import { change, insertRows, marks, onPostgres, row, rows } from '../../platform/database/sql.js';
import type { Referral } from './referral.js';
import { statusList } from './status-list.js';

const JSON_COLUMNS = new Set(['timetable', 'steps', 'decision', 'secrecy', 'cancellation']);

/** Property to column, in the order of the table. */
const COLUMN_OF: Readonly<Record<keyof Referral, string>> = {
  id: 'id',
  version: 'version',
  board: 'board',
  year: 'year',
  number: 'number',
  diarienummer: 'diarienummer',
  numberKey: 'number_key',
  title: 'title',
  internalTitle: 'internal_title',
  sender: 'sender',
  senderKey: 'sender_key',
  senderReference: 'sender_reference',
  senderReferenceKey: 'sender_reference_key',
  receivedOn: 'received_on',
  registeredAt: 'registered_at',
  registeredOn: 'registered_on',
  registeredBy: 'registered_by',
  documentDate: 'document_date',
  answerDue: 'answer_due',
  answerDueTime: 'answer_due_time',
  answerTo: 'answer_to',
  dueKey: 'due_key',
  workBy: 'work_by',
  officerId: 'officer_id',
  officerSince: 'officer_since',
  department: 'department',
  meetingId: 'meeting_id',
  route: 'route',
  routeChosen: 'route_chosen',
  status: 'status',
  statusBefore: 'status_before',
  dormantSince: 'dormant_since',
  adjustment: 'adjustment',
  adjustmentReason: 'adjustment_reason',
  adjustmentSignedAt: 'adjustment_signed_at',
  timetable: 'timetable',
  steps: 'steps',
  plannedOn: 'planned_on',
  noMeetingSince: 'no_meeting_since',
  nextStep: 'next_step',
  nextStepOn: 'next_step_on',
  decision: 'decision',
  secrecy: 'secrecy',
  answerSentOn: 'answer_sent_on',
  answerSentHow: 'answer_sent_how',
  cancellation: 'cancellation',
  duplicateReason: 'duplicate_reason',
  note: 'note',
};

const isProperty = (name: string): name is keyof Referral => Object.hasOwn(COLUMN_OF, name);
const PROPERTIES = Object.keys(COLUMN_OF).filter(isProperty);
const COLUMNS = PROPERTIES.map((property) => COLUMN_OF[property]);

/** Nobody has decided, no agenda has it, and its meeting lies before a day. */
const BEFORE_PAST_MEETING = `"status" IN (${statusList(UNDECIDED_STATUSES.filter((status) => status !== 'on-agenda'))})
  AND r."meeting_id" IN (SELECT m."id" FROM "meeting" m WHERE m."date" < ?)`;

/**
 * Undecided cases whose immediate adjustment was declined before that called for another way, or while choosing one was
 * their next step in spite of their meeting.
 */
const DECLINED_UNPLANNED = `"status" IN (${statusList(UNDECIDED_STATUSES)}) AND r."adjustment" = 'declined'
  AND r."route" = 'meeting' AND r."answer_due" IS NOT NULL
  AND (r."no_meeting_since" IS NULL OR r."next_step" = 'choose-route')
  AND r."meeting_id" IN (SELECT m."id" FROM "meeting" m)`;

/** The select list of a whole case under the alias `r`. */
export const REFERRAL_COLUMNS = PROPERTIES.map((property) => `r."${COLUMN_OF[property]}" AS "${property}"`).join(', ');

const stored = (referral: Referral, property: keyof Referral): unknown => {
  const value = referral[property];
  return JSON_COLUMNS.has(property) && value !== null ? JSON.stringify(value) : value;
};

type RawReferral = Omit<Referral, 'timetable' | 'steps' | 'decision' | 'secrecy' | 'cancellation'> & {
  timetable: string;
  steps: string;
  decision: string | null;
  secrecy: string | null;
  cancellation: string | null;
};

function parsed<T>(text: string | null): T | null {
  if (text === null) return null;
  const value: T = JSON.parse(text);
  return value;
}

/** A case from a row selected with `REFERRAL_COLUMNS`. */
export function referralOf(raw: RawReferral): Referral {
  return {
    ...raw,
    timetable: parsed<Referral['timetable']>(raw.timetable) ?? [],
    steps: parsed<Referral['steps']>(raw.steps) ?? [],
    decision: parsed(raw.decision),
    secrecy: parsed(raw.secrecy),
    cancellation: parsed(raw.cancellation),
  };
}

/**
 * Rows that are read to be changed, until the end of the transaction. NO KEY: a row that points at a case, such as the
 * next reminder of a chain, may come into being meanwhile; else the sweep and an act could wait for each other.
 */
const lockOf = (tx: EntityManager): string => (onPostgres(tx) ? ' FOR NO KEY UPDATE' : '');

/** Where cases are stored. Every read is bound to the boards that the caller may see. */
@Injectable()
export class ReferralRepository {
  async insert(tx: EntityManager, referral: Referral): Promise<void> {
    const values = PROPERTIES.map((property) => stored(referral, property));
    await insertRows(tx, 'referral', COLUMNS, [values]);
  }

  /** A case of one of the boards, or null; on PostgreSQL locked until the end of the transaction. */
  async lock(tx: EntityManager, id: string, boards: readonly string[]): Promise<Referral | null> {
    return this.find(tx, id, boards, lockOf(tx));
  }

  /** The board of a case, which never changes; null when there is no such case. */
  async boardOf(em: EntityManager, id: string): Promise<string | null> {
    const found = await row<{ board: string }>(em, 'SELECT "board" FROM "referral" WHERE "id" = ?', [id]);
    return found && found.board;
  }

  /** A case of one of the boards, or null. */
  async find(em: EntityManager, id: string, boards: readonly string[], suffix = ''): Promise<Referral | null> {
    const text = `SELECT ${REFERRAL_COLUMNS} FROM "referral" r WHERE r."id" = ? AND r."board" IN (${marks(boards.length)})${suffix}`;
    const found = await row<RawReferral>(em, text, [id, ...boards]);
    return found && referralOf(found);
  }

  /**
   * Stores what is different and takes the next version.
   *
   * @throws RuleError `version-stale` when someone else has changed the case since `before` was read
   */
  async update(tx: EntityManager, before: Referral, after: Referral): Promise<void> {
    const changed = PROPERTIES.filter((property) => stored(before, property) !== stored(after, property));
    const sets = changed.map((property) => `"${COLUMN_OF[property]}" = ?`).join(', ');
    const text = `UPDATE "referral" SET ${sets} WHERE "id" = ? AND "version" = ?`;
    const values = changed.map((property) => stored(after, property));
    const affected = await change(tx, text, [...values, before.id, before.version]);
    if (affected === 1) return;
    throw new RuleError('version-stale', 'someone else has changed the case', { expected: before.version });
  }

  /** Open cases on a meeting, oldest number first, locked on PostgreSQL. */
  async openOnMeeting(tx: EntityManager, meetingId: string): Promise<Referral[]> {
    return this.openWhere(tx, '"meeting_id" = ?', [meetingId]);
  }

  /** Whether a case that was decided at a meeting is there, cancelled ones not counted. */
  async isDecidedAt(em: EntityManager, meetingId: string): Promise<boolean> {
    const undecided = [...UNDECIDED_STATUSES, 'cancelled'];
    const text = `SELECT 1 AS "one" FROM "referral" WHERE "meeting_id" = ? AND "status" NOT IN (${marks(undecided.length)}) LIMIT 1`;
    return (await row(em, text, [meetingId, ...undecided])) !== null;
  }

  /** Every open case of a board, oldest number first, locked on PostgreSQL. */
  async openOfBoard(tx: EntityManager, board: string): Promise<Referral[]> {
    return this.openWhere(tx, '"board" = ?', [board]);
  }

  /** Boards that have cases as `beforePastMeetings` finds them. */
  async boardsWithPastMeetings(em: EntityManager, today: LocalDate): Promise<string[]> {
    const text = `SELECT DISTINCT r."board" FROM "referral" r WHERE r.${BEFORE_PAST_MEETING}
      AND r."status" NOT IN ('closed', 'cancelled') ORDER BY r."board"`;
    return (await rows<{ board: string }>(em, text, [today])).map(({ board }) => board);
  }

  /** Open cases of a board that are on no agenda yet, and whose meeting has been; locked on PostgreSQL. */
  async beforePastMeetings(tx: EntityManager, board: string, today: LocalDate): Promise<Referral[]> {
    return this.openWhere(tx, `"board" = ? AND r.${BEFORE_PAST_MEETING}`, [board, today]);
  }

  /** Boards that have cases as `declinedUnplanned` finds them. Uses ix_referral_declined. */
  async boardsWithDeclinedUnplanned(em: EntityManager): Promise<string[]> {
    const text = `SELECT DISTINCT r."board" FROM "referral" r WHERE r.${DECLINED_UNPLANNED} ORDER BY r."board"`;
    return (await rows<{ board: string }>(em, text, [])).map(({ board }) => board);
  }

  /** Cases of a board that have declined immediate adjustment, and were last planned as if they had not; locked. */
  async declinedUnplanned(tx: EntityManager, board: string): Promise<Referral[]> {
    return this.openWhere(tx, `"board" = ? AND r.${DECLINED_UNPLANNED}`, [board]);
  }

  /** Open cases of an officer on a board, oldest number first, locked on PostgreSQL. */
  async openOfOfficer(tx: EntityManager, officerId: string): Promise<Referral[]> {
    return this.openWhere(tx, '"officer_id" = ?', [officerId]);
  }

  /** Another case of the board with the same sender and sender's number, cancelled ones not counted. */
  async duplicateOf(
    em: EntityManager,
    board: string,
    senderKey: string,
    referenceKey: string,
    otherThan = '',
  ): Promise<Pick<Referral, 'id' | 'diarienummer'> | null> {
    return row(
      em,
      `SELECT "id", "diarienummer" FROM "referral"
       WHERE "board" = ? AND "sender_key" = ? AND "sender_reference_key" = ? AND "sender_reference_key" IS NOT NULL
         AND "status" <> 'cancelled' AND "id" <> ? ORDER BY "id" LIMIT 1`,
      [board, senderKey, referenceKey, otherThan],
    );
  }

  private async openWhere(tx: EntityManager, condition: string, params: readonly unknown[]): Promise<Referral[]> {
    const text = `SELECT ${REFERRAL_COLUMNS} FROM "referral" r
      WHERE r.${condition} AND r."status" NOT IN ('closed', 'cancelled') ORDER BY r."id"${lockOf(tx)}`;
    return (await rows<RawReferral>(tx, text, params)).map(referralOf);
  }
}
