import { Injectable } from '@nestjs/common';
import { addDays, type LocalDate } from '../../../domain/calendar/local-date.js';
import { RuleError } from '../../../domain/errors.js';
import type { AdjustmentStatus } from '../../../domain/adjustment/adjustment.js';
import type { ReferralStatus } from '../../../domain/referral/lifecycle.js';
import { Clock } from '../../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import { checkedOnly, row, rows } from '../../../platform/database/sql.js';
import { BoardRepository, type Board } from '../../boards/board.repository.js';
import { MeetingRepository, type Meeting } from '../../boards/meeting.repository.js';
import { boardsSeen, rolesOn, type Actor } from '../../people/actor.js';
import { hasLeft, PeopleRepository } from '../../people/people.repository.js';
import { addOpenable } from '../../referrals/list-referrals.js';
import type { LastChange } from '../arende/views/conflict-view.js';

/** A case on a meeting. */
export interface MeetingCase {
  readonly id: string;
  readonly diarienummer: string;
  readonly title: string;
  readonly status: ReferralStatus;
  readonly adjustment: AdjustmentStatus;
  readonly answerDue: LocalDate | null;
  readonly officerName: string | null;
}

/** A meeting with its cases, as far as the person may open them. */
export interface MeetingWithCases {
  readonly meeting: Meeting;
  readonly board: Board;
  readonly cases: readonly MeetingCase[];
  /** There are more than those. */
  readonly more: boolean;
}

export interface BoardMeetings {
  readonly board: Board;
  readonly maySteer: boolean;
  /** Today's and later ones, the next first. */
  readonly coming: readonly MeetingWithCases[];
  /** Those of the last year, the latest first. */
  readonly past: readonly Meeting[];
}

/** What moving or cancelling a meeting would bring about. */
export interface Consequence {
  /** Open cases that would be planned anew. */
  readonly cases: number;
  /** Who would be told, by name. */
  readonly told: readonly string[];
}

const OPEN_BY_OFFICER = `SELECT "officer_id" AS "officerId", count(*) AS "count" FROM "referral"
  WHERE "meeting_id" = ? AND "status" NOT IN ('closed', 'cancelled') GROUP BY "officer_id"`;
const LAST_CHANGE = `SELECT "actor_name" AS "by", "at" FROM "journal" WHERE "subject_id" = ? AND "chain" = ?
  ORDER BY "seq" DESC LIMIT 1`;
const DAYS_BACK = 365;
const FEW_CASES = 25;
const MANY_CASES = 300;

/** Reads meetings with their cases. */
@Injectable()
export class ReadMeetings {
  constructor(
    private readonly db: ReadDatabase,
    private readonly clock: Clock,
    private readonly boards: BoardRepository,
    private readonly meetings: MeetingRepository,
    private readonly people: PeopleRepository,
  ) {}

  /** Every board that the person sees. */
  async all(actor: Actor): Promise<BoardMeetings[]> {
    const em = this.db.manager;
    const codes = boardsSeen(actor);
    const today = this.clock.today();
    const meetings = await this.meetings.meetingsOfBoards(em, codes, addDays(today, -DAYS_BACK));
    const found: BoardMeetings[] = [];
    for (const board of await this.boards.boards(em, codes)) {
      const own = meetings.filter((meeting) => meeting.board === board.code);
      const coming: MeetingWithCases[] = [];
      for (const meeting of own.filter(({ date }) => date >= today)) {
        coming.push(await this.withCases(actor, board, meeting, FEW_CASES));
      }
      const past = own.filter(({ date }) => date < today).reverse();
      found.push({ board, maySteer: rolesOn(actor, board.code).has('secretary'), coming, past });
    }
    return found;
  }

  /** @throws RuleError `not-found`, for a meeting of a board that the person does not see too */
  async one(actor: Actor, id: string): Promise<MeetingWithCases> {
    const meeting = await this.meetings.meetingById(this.db.manager, id);
    if (!meeting || !boardsSeen(actor).includes(meeting.board)) {
      throw new RuleError('not-found', 'no such meeting', { id });
    }
    const board = await this.boards.boardByCode(this.db.manager, meeting.board);
    return this.withCases(actor, board, meeting, MANY_CASES);
  }

  /** Who last changed a meeting, and the instant. */
  lastChange({ id, board }: Meeting): Promise<LastChange | null> {
    return row<LastChange>(this.db.manager, LAST_CHANGE, [id, board]);
  }

  /** For a secretary of the board, who may open all of its cases. */
  async consequenceOf(actor: Actor, meeting: Meeting): Promise<Consequence> {
    const em = this.db.manager;
    const today = this.clock.today();
    const open = await rows<{ officerId: string | null; count: number | string }>(em, OPEN_BY_OFFICER, [meeting.id]);
    const cases = open.reduce((sum, { count }) => sum + Number(count), 0);
    const officers = await this.people.byIds(em, open.flatMap(({ officerId }) => officerId ?? [])); // prettier-ignore
    const present = [...officers.values()].filter((person) => !hasLeft(person, today));
    const secretaries = cases === 0 ? [] : await this.people.peopleWithRole(em, meeting.board, 'secretary', today);
    const orphaned = open.some(({ officerId }) => !present.some(({ id }) => id === officerId));
    const registrars = orphaned ? await this.people.peopleWithRole(em, meeting.board, 'registrar', today) : [];
    const told = new Map([...present, ...registrars, ...secretaries].map(({ id, name }) => [id, name]));
    told.delete(actor.personId);
    return { cases, told: [...told.values()] };
  }

  private async withCases(actor: Actor, board: Board, meeting: Meeting, most: number): Promise<MeetingWithCases> {
    const where = [
      'r."meeting_id" = ?',
      `${checkedOnly(this.db.manager, 'r."board"')} = ?`,
      `r."status" <> 'cancelled'`,
    ];
    const params: unknown[] = [meeting.id, board.code];
    addOpenable(actor, [board.code], (condition, ...values) => {
      where.push(condition);
      params.push(...values);
    });
    const text = `SELECT r."id", r."diarienummer", r."title", r."status", r."adjustment", r."answer_due" AS "answerDue",
        p."name" AS "officerName"
      FROM "referral" r LEFT JOIN "person" p ON p."id" = r."officer_id"
      WHERE ${where.join(' AND ')} ORDER BY r."due_key", r."id" LIMIT ?`;
    const found = await rows<MeetingCase>(this.db.manager, text, [...params, most + 1]);
    return { meeting, board, cases: found.slice(0, most), more: found.length > most };
  }
}
