import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import type { ClosedDays } from '../../domain/calendar/working-day.js';
import type { AdjustmentStatus } from '../../domain/adjustment/adjustment.js';
import { OFFICERS_ROLES } from '../../domain/referral/permissions.js';
import type { ReferralStatus, Route } from '../../domain/referral/lifecycle.js';
import type { Milestone } from '../../domain/timetable/milestones.js';
import { marks, rows } from '../../platform/database/sql.js';
import { BoardRepository, type Board } from '../boards/board.repository.js';

/** Where a case stands, as far as a reminder tells it. */
export interface CasePosition {
  readonly id: string;
  readonly board: string;
  readonly boardName: string;
  readonly diarienummer: string;
  /** A secret case is named by its number only: title and sender are empty. */
  readonly secret: boolean;
  readonly title: string;
  readonly sender: string;
  readonly senderReference: string | null;
  readonly answerTo: string | null;
  readonly answerDue: LocalDate | null;
  readonly answerDueTime: string | null;
  readonly workBy: LocalDate | null;
  readonly registeredOn: LocalDate;
  readonly status: ReferralStatus;
  readonly route: Route;
  readonly adjustment: AdjustmentStatus;
  readonly answerSentOn: LocalDate | null;
  readonly officerId: string | null;
  readonly officerName: string | null;
  /** The first day on which the officer's account is no longer in use, or null. */
  readonly officerEndedOn: LocalDate | null;
  /** Whether the officer has a role by which one has cases at the board. */
  readonly officerHasRole: boolean;
  /** The code of its department. */
  readonly department: string | null;
  readonly departmentName: string | null;
  /** What is to be done next, as the case has it. */
  readonly nextStep: string | null;
  readonly meetingOn: LocalDate | null;
  readonly meetingTime: string | null;
  readonly meetingPlace: string | null;
  /** When more time was asked for, and until when, where the sender has not answered; null otherwise. */
  readonly askedOn: LocalDate | null;
  readonly askedUntil: LocalDate | null;
  /** The last meeting that the board has planned; null when it has none at all. */
  readonly lastMeeting: LocalDate | null;
  readonly milestones: readonly Milestone[];
  readonly closedDays: ClosedDays;
}

/** A board that has no meeting planned lacks them altogether: there is no answer day to blame. */
export const boardLacksMeetings = ({ lastMeeting }: CasePosition, today: LocalDate): boolean =>
  lastMeeting === null || lastMeeting < today;

type Stored = Omit<CasePosition, 'boardName' | 'secret' | 'milestones' | 'closedDays' | 'officerHasRole'> & {
  readonly officerHasRole: number;
  readonly secrecy: string | null;
  readonly timetable: string;
};

const AT_ONCE = 500;

const OFFICER_HAS_ROLE = `CASE WHEN EXISTS (SELECT 1 FROM "person_role" pr WHERE pr."person_id" = r."officer_id"
  AND pr."board" = r."board" AND pr."role" IN (${OFFICERS_ROLES.map((role) => `'${role}'`).join(', ')})) THEN 1 ELSE 0 END`;

const SELECT = `SELECT r."id" AS "id", r."board" AS "board", r."diarienummer" AS "diarienummer", r."title" AS "title",
    r."sender" AS "sender", r."sender_reference" AS "senderReference", r."answer_to" AS "answerTo",
    r."answer_due" AS "answerDue", r."answer_due_time" AS "answerDueTime", r."work_by" AS "workBy",
    r."registered_on" AS "registeredOn", r."status" AS "status", r."route" AS "route", r."adjustment" AS "adjustment",
    r."answer_sent_on" AS "answerSentOn", r."timetable" AS "timetable", r."secrecy" AS "secrecy",
    r."officer_id" AS "officerId",
    o."name" AS "officerName", o."ended_on" AS "officerEndedOn", ${OFFICER_HAS_ROLE} AS "officerHasRole", r."department" AS "department",
    d."name" AS "departmentName", r."next_step" AS "nextStep", m."date" AS "meetingOn", m."time" AS "meetingTime", m."place" AS "meetingPlace",
    e."asked_on" AS "askedOn", e."asked_until" AS "askedUntil",
    (SELECT max(p."date") FROM "meeting" p WHERE p."board" = r."board" AND p."state" = 'planned') AS "lastMeeting"
  FROM "referral" r LEFT JOIN "person" o ON o."id" = r."officer_id" LEFT JOIN "meeting" m ON m."id" = r."meeting_id"
    LEFT JOIN "department" d ON d."board" = r."board" AND d."code" = r."department"
    LEFT JOIN "extension" e ON e."referral_id" = r."id" AND e."state" = 'asked'`;

/** Reads how cases stand. */
@Injectable()
export class CasePositions {
  constructor(private readonly boards: BoardRepository) {}

  /** The cases by id, as they are now. */
  async of(em: EntityManager, referralIds: readonly string[]): Promise<Map<string, CasePosition>> {
    const ids = [...new Set(referralIds)];
    const stored: Stored[] = [];
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const part = ids.slice(from, from + AT_ONCE);
      stored.push(...(await rows<Stored>(em, `${SELECT} WHERE r."id" IN (${marks(part.length)})`, part)));
    }
    const codes = [...new Set(stored.map((row) => row.board))];
    const boards = new Map((await this.boards.boards(em, codes)).map((board) => [board.code, board]));
    return new Map(stored.map((row) => [row.id, positionOf(row, boards.get(row.board))]));
  }
}

function positionOf({ secrecy, timetable, ...row }: Stored, board: Board | undefined): CasePosition {
  if (!board) throw new Error(`no board ${row.board}`);
  const milestones: Milestone[] = JSON.parse(timetable);
  const officerHasRole = Number(row.officerHasRole) === 1;
  const facts = { ...row, officerHasRole, boardName: board.name, closedDays: board.closedDays, milestones };
  if (secrecy === null) return { ...facts, secret: false };
  return { ...facts, secret: true, title: '', sender: '', senderReference: null, answerTo: null };
}
