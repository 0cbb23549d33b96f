import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { PREPARED_STATUSES, type ReferralStatus } from '../../domain/referral/lifecycle.js';
import { isFitForOfficer, type Role } from '../../domain/referral/permissions.js';
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.js';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { checkedOnly, marks, often, rows } from '../../platform/database/sql.js';
import { boardsSeen, rolesOn, type Actor } from '../people/actor.js';
import { mayOpen } from './access.js';
import { isOwn, OFFICER_OR_NONE } from './own-cases.js';
import type { ReferralItem, ReferralPage } from './referral.dto.js';
import { SearchPort } from './search.port.js';
import { statusList } from './status-list.js';

export interface ListQuery {
  /** Numbers or words to search for; without it, or blank, all are listed. */
  readonly q?: string | undefined;
  readonly board?: string | undefined;
  /** E-mail address. */
  readonly officer?: string | undefined;
  readonly department?: string | undefined;
  readonly status?: ReferralStatus | 'open' | undefined;
  /** The answer date is before this day. */
  readonly dueBefore?: LocalDate | undefined;
  readonly sort: 'answerDue' | 'registeredAt';
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A row of the list as the database gives it. */
export interface ListedRow extends Omit<ReferralItem, 'officer' | 'secret' | 'status' | 'nextStep'> {
  readonly status: ReferralStatus;
  readonly dueKey: string;
  readonly officerId: string | null;
  readonly officerEmail: string | null;
  readonly officerName: string | null;
  readonly secrecy: string | null;
  readonly nextStep: string | null;
  readonly nextStepOn: string | null;
}

/** The select list and joins of a list row, under the alias `r`. */
export const LISTED = `r."id", r."board", r."diarienummer", r."title", r."sender",
  r."sender_reference" AS "senderReference", r."received_on" AS "receivedOn", r."registered_at" AS "registeredAt",
  r."answer_due" AS "answerDue", r."work_by" AS "workBy", r."status", r."route", r."adjustment", r."department",
  r."due_key" AS "dueKey", r."officer_id" AS "officerId", r."secrecy", r."next_step" AS "nextStep",
  r."next_step_on" AS "nextStepOn", m."date" AS "meeting", p."email" AS "officerEmail", p."name" AS "officerName"`;
export const LISTED_FROM = `"referral" r LEFT JOIN "meeting" m ON m."id" = r."meeting_id"
  LEFT JOIN "person" p ON p."id" = r."officer_id"`;

/** A list row for a person: number and date alone when the case is secret to them. Built in one go: it is hot. */
export function itemOf(actor: Actor, row: ListedRow): ReferralItem {
  if (row.secrecy !== null && !mayOpen(actor, row)) {
    const { id, board, diarienummer, receivedOn, registeredAt } = row;
    return { ...HIDDEN, id, board, diarienummer, receivedOn, registeredAt };
  }
  const { officerEmail, officerName, nextStep } = row;
  return {
    id: row.id,
    board: row.board,
    diarienummer: row.diarienummer,
    secret: row.secrecy !== null,
    title: row.title,
    sender: row.sender,
    senderReference: row.senderReference,
    receivedOn: row.receivedOn,
    registeredAt: row.registeredAt,
    answerDue: row.answerDue,
    workBy: row.workBy,
    status: row.status,
    route: row.route,
    adjustment: row.adjustment,
    meeting: row.meeting,
    department: row.department,
    officer: officerEmail === null || officerName === null ? null : { email: officerEmail, name: officerName },
    nextStep: nextStep === null ? null : { step: nextStep, on: row.nextStepOn },
  };
}

const HIDDEN = {
  secret: true,
  title: null,
  sender: null,
  senderReference: null,
  answerDue: null,
  workBy: null,
  status: null,
  route: null,
  adjustment: null,
  meeting: null,
  department: null,
  officer: null,
  nextStep: null,
} as const;

const place = z.tuple([z.enum(['answerDue', 'registeredAt']), z.string().max(40), z.string().max(40)]);
type Place = z.infer<typeof place>;

/** The place by answer date of a case that the person may not open: after all days, so that it tells none. */
const HIDDEN_PLACE = 'hidden';

/** Lists cases of the boards that the person sees, page by page; a page costs the same however far down it is. */
@Injectable()
export class ListReferrals {
  constructor(
    private readonly db: ReadDatabase,
    private readonly finder: SearchPort,
  ) {}

  /** @throws RuleError `cursor-invalid` */
  async execute(actor: Actor, query: ListQuery): Promise<ReferralPage> {
    const { q, ...rest } = query;
    if (q !== undefined && q.trim() !== '') return this.finder.search(actor, { ...rest, q });
    const found = await this.find(actor, query);
    const page = found.slice(0, query.limit);
    const last = found.length > query.limit ? page.at(-1) : undefined;
    const next = last && encodeCursor([query.sort, placeOf(actor, query, last), last.id]);
    return { items: page.map((row) => itemOf(actor, row)), next: next ?? null };
  }

  /** By answer date, cases that the person may not open come last: their place would tell the date. */
  private async find(actor: Actor, query: ListQuery): Promise<ListedRow[]> {
    const after = placeIn(query);
    const list = (which: Which, from: Place | null, limit: number): Promise<ListedRow[]> => {
      const { text, params } = statement(this.db.manager, actor, query, { which, after: from, limit });
      return rows<ListedRow>(this.db.manager, text, params);
    };
    const wanted = query.limit + 1;
    if (query.sort !== 'answerDue' || isFiltered(query) || opensAll(actor, boardsOf(actor, query))) {
      return list('all', after, wanted);
    }
    const amongHidden = after?.[1] === HIDDEN_PLACE;
    const opened = amongHidden ? [] : await list('opened', after, wanted);
    const left = wanted - opened.length;
    return left === 0 ? opened : [...opened, ...(await list('hidden', amongHidden ? after : null, left))];
  }
}

/** Which cases: all that the filters let through, those that the person may open, or the secret ones beside them. */
type Which = 'all' | 'opened' | 'hidden';

const boardsOf = (actor: Actor, query: ListQuery): string[] =>
  boardsSeen(actor).filter((board) => query.board === undefined || board === query.board);

function placeOf(actor: Actor, query: ListQuery, row: ListedRow): string {
  if (query.sort === 'registeredAt') return row.registeredAt;
  return row.secrecy !== null && !mayOpen(actor, row) ? HIDDEN_PLACE : row.dueKey;
}

function placeIn({ cursor, sort }: ListQuery): Place | null {
  if (cursor === undefined) return null;
  return decodeCursor(
    cursor,
    place.refine(([of]) => of === sort),
  );
}

/** A filter on a fact of the case would tell that fact of a secret one, so those who may not open it do not get it. */
function statement(
  em: EntityManager,
  actor: Actor,
  query: ListQuery,
  { which, after, limit }: { readonly which: Which; readonly after: Place | null; readonly limit: number },
): { text: string; params: unknown[] } {
  const boards = boardsOf(actor, query);
  const where: string[] = [];
  const params: unknown[] = [];
  const add = (condition: string, ...values: unknown[]): void => {
    where.push(condition);
    params.push(...values);
  };
  const board = query.officer === undefined ? 'r."board"' : checkedOnly(em, 'r."board"');
  add(`${board} IN (${marks(boards.length)})`, ...boards);
  addFilters(query, add);
  if (which === 'opened' || isFiltered(query)) addOpenable(actor, boards, add);
  if (which === 'hidden') addHidden(actor, boards, add);
  const [column, direction, beyond] =
    query.sort === 'answerDue' ? (['due_key', 'ASC', '>'] as const) : (['registered_at', 'DESC', '<'] as const);
  const order = which === 'hidden' ? 'r."id"' : `r."${column}" ${direction}, r."id" ${direction}`;
  if (after !== null && which === 'hidden') add('r."id" > ?', after[2]);
  else if (after !== null) add(`(r."${column}", r."id") ${beyond} (?, ?)`, after[1], after[2]);
  const text = `SELECT ${LISTED} FROM ${LISTED_FROM} WHERE ${where.join(' AND ')} ORDER BY ${order} LIMIT ${limit}`;
  return { text: often(text), params };
}

/** Conditions on a case for each filter of the list but the board. */
export function addFilters(query: Omit<ListQuery, 'q'>, add: Add): void {
  if (query.officer !== undefined)
    add('r."officer_id" = (SELECT "id" FROM "person" WHERE "email" = ?)', query.officer.toLowerCase());
  if (query.department !== undefined) add('r."department" = ?', query.department);
  if (query.status === 'open') add(`r."status" NOT IN ('closed', 'cancelled')`);
  else if (query.status !== undefined) add('r."status" = ?', query.status);
  if (query.dueBefore !== undefined) add('r."due_key" < ?', query.dueBefore);
}

export const isFiltered = ({ officer, department, status, dueBefore }: Omit<ListQuery, 'q'>): boolean =>
  [officer, department, status, dueBefore].some((value) => value !== undefined);

export type Add = (condition: string, ...values: unknown[]) => void;

/** Boards on which the person opens every secret case. */
const opened = (actor: Actor, boards: readonly string[]): string[] =>
  boards.filter((board) => (['registrar', 'secretary'] as const).some((role) => has(actor, board, role)));

/** Boards on which the person opens those that are one's own. */
const worked = (actor: Actor, boards: readonly string[]): string[] =>
  boards.filter((board) => isFitForOfficer(rolesOn(actor, board)));

/** Boards on which the person opens those that have come to the director. */
const directed = (actor: Actor, boards: readonly string[]): string[] =>
  boards.filter((board) => has(actor, board, 'director'));

/** As `hasReachedDirector` has it. */
const WITH_DIRECTOR = `(COALESCE(r."next_step", '') = 'directorApproval'
  OR r."status" IN (${statusList(PREPARED_STATUSES)}))`;

/** Whether the person opens every case of these boards, secret ones too. */
export const opensAll = (actor: Actor, boards: readonly string[]): boolean =>
  opened(actor, boards).length === boards.length;

/** Leaves out secret cases that the person may not open. */
export function addOpenable(actor: Actor, boards: readonly string[], add: Add): void {
  const all = opened(actor, boards);
  if (all.length === boards.length) return;
  const asOfficer = worked(actor, boards);
  const own = isOwn(actor, asOfficer);
  const managed = [...actor.manages];
  const asDirector = directed(actor, boards);
  add(
    `(r."secrecy" IS NULL OR r."board" IN (${marks(all.length)})
      OR (r."board" IN (${marks(asOfficer.length)}) AND ${own.text})
      OR r."board" || '/' || r."department" IN (${marks(managed.length)})
      OR (r."board" IN (${marks(asDirector.length)}) AND ${WITH_DIRECTOR}))`,
    ...all,
    ...asOfficer,
    ...own.params,
    ...managed,
    ...asDirector,
  );
}

/** What `addOpenable` leaves out, and nothing else. */
function addHidden(actor: Actor, boards: readonly string[], add: Add): void {
  const all = opened(actor, boards);
  const managed = [...actor.manages];
  add('r."secrecy" IS NOT NULL');
  // A list without values is left out: it would be NULL, and nothing is outside of that.
  if (all.length > 0) add(`r."board" NOT IN (${marks(all.length)})`, ...all);
  const asOfficer = worked(actor, boards);
  if (asOfficer.length > 0) {
    const own = isOwn(actor, asOfficer, OFFICER_OR_NONE);
    add(`NOT (r."board" IN (${marks(asOfficer.length)}) AND ${own.text})`, ...asOfficer, ...own.params);
  }
  if (managed.length > 0) {
    add(`r."board" || '/' || COALESCE(r."department", '') NOT IN (${marks(managed.length)})`, ...managed);
  }
  const asDirector = directed(actor, boards);
  if (asDirector.length > 0) {
    add(`NOT (r."board" IN (${marks(asDirector.length)}) AND ${WITH_DIRECTOR})`, ...asDirector);
  }
}

const has = (actor: Actor, board: string, role: Role): boolean => rolesOn(actor, board).has(role);
