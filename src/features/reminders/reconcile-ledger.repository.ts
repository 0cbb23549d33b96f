import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { change, insertRows, marks, row, rows } from '../../platform/database/sql.js';
import { later, LONGEST_LEASE_MS } from '../../platform/queue/lease.js';
import { REFERRAL_COLUMNS, referralOf } from '../referrals/referral.repository.js';
import type { CasePeople } from '../ledger/reminder-target.js';
import type { Referral } from '../referrals/referral.js';
import type { ReconciliationRow } from './reconcile-ledger.entity.js';

/** Someone before the ledger: from when the person counts, and whether the person has left. */
export interface KnownPerson {
  readonly since: string;
  readonly hasLeft: boolean;
}

type Raw = Parameters<typeof referralOf>[0];

/** How long results are kept. */
const KEPT_MS = 60 * 24 * 3_600_000;

/** Events about a person that do not change whose reminders are whose. */
const ASIDE = ['token-%', 'password-%', 'sign-in-%', 'absence-%', 'cases-handed-over', 'account-%'];

const COLUMNS = [
  'id', 'done_at', 'cases', 'wanted', 'missing', 'late', 'stuck', 'stray', 'unplanned', 'boards', 'found',
] as const; // prettier-ignore

const numberByBoard = (found: readonly { board: string; n: number | string }[]): ReadonlyMap<string, number> =>
  new Map(found.map(({ board, n }) => [board, Number(n)]));

/** Reads what the ledger is compared with, and keeps what was found. */
@Injectable()
export class ReconcileLedgerRepository {
  /** Open cases of a board after another, by answer date. Uses ix_referral_board_open. */
  async openCases(em: EntityManager, board: string, after: Referral | null, limit: number): Promise<Referral[]> {
    const beyond = after ? 'AND (r."due_key", r."id") > (?, ?)' : '';
    const text = `SELECT ${REFERRAL_COLUMNS} FROM "referral" r
      WHERE r."board" = ? AND r."status" NOT IN ('closed', 'cancelled') ${beyond}
      ORDER BY r."due_key", r."id" LIMIT ?`;
    const params = [board, ...(after ? [after.dueKey, after.id] : []), limit];
    return (await rows<Raw>(em, text, params)).map(referralOf);
  }

  /**
   * When a case was last changed, and thereby planned, or its officer or manager got other roles. What befell its mails
   * and papers is no change of it.
   */
  async lastPlanned(
    em: EntityManager,
    { id, board, officerId, department }: Pick<Referral, 'id' | 'board' | 'officerId' | 'department'>,
  ): Promise<string | null> {
    const text = `SELECT max("at") AS "at" FROM (
      SELECT "at" FROM "journal" WHERE "subject_id" = ? AND "what" NOT LIKE 'reminder-%'
        AND "what" NOT LIKE 'document-%'
      UNION ALL
      SELECT "at" FROM "journal" WHERE "subject_id" IN (
        ?, (SELECT "manager_id" FROM "department" WHERE "board" = ? AND "code" = ?))
        AND "what" = 'person-changed' AND "after" LIKE '%"roles"%') e`;
    const params = [id, officerId ?? '', board, department ?? ''];
    return (await row<{ at: string | null }>(em, text, params))?.at ?? null;
  }

  /** When what all cases of a board hang on last changed: its days, lead times, or a department's manager. */
  async boardPlanned(em: EntityManager, board: string): Promise<string> {
    const subjects = `SELECT "code" FROM "board" WHERE "code" = ?
      UNION ALL SELECT "board" || '/' || "code" FROM "department" WHERE "board" = ?`;
    const text = `SELECT max("at") AS "at" FROM "journal" WHERE "subject_id" IN (${subjects})
      AND "subject_type" IN ('board', 'department')
      AND ("after" LIKE '%closedDays%' OR "after" LIKE '%leadTimes%' OR "after" LIKE '%manager%')`;
    return (await row<{ at: string | null }>(em, text, [board, board]))?.at ?? '';
  }

  async people(em: EntityManager, ids: readonly string[], today: LocalDate): Promise<Map<string, KnownPerson>> {
    if (ids.length === 0) return new Map();
    const changed = `SELECT max(j."at") FROM "journal" j WHERE j."subject_id" = p."id" AND j."subject_type" = 'person'
      AND ${ASIDE.map((what) => `j."what" NOT LIKE '${what}'`).join(' AND ')}`;
    const text = `SELECT p."id" AS "id", p."ended_on" AS "endedOn", p."created_at" AS "createdAt", (${changed}) AS "at"
      FROM "person" p WHERE p."id" IN (${marks(ids.length)})`;
    type Found = { id: string; endedOn: string | null; createdAt: string; at: string | null };
    const found = await rows<Found>(em, text, ids);
    return new Map(
      found.map(({ id, endedOn, createdAt, at }) => [
        id,
        { since: at !== null && at > createdAt ? at : createdAt, hasLeft: endedOn !== null && endedOn <= today },
      ]),
    );
  }

  /** Days until today on which someone left whose reminders of the case then went to others: its officer, a manager. */
  async leavingDays(em: EntityManager, { board, officerId }: CasePeople, today: LocalDate): Promise<LocalDate[]> {
    const managers = `SELECT "person_id" FROM "person_role" WHERE "board" = ? AND "role" = 'manager'
      UNION SELECT "manager_id" FROM "department" WHERE "board" = ? AND "manager_id" IS NOT NULL`;
    const text = `SELECT DISTINCT "ended_on" AS "day" FROM "person"
      WHERE "ended_on" <= ? AND ("id" = ? OR "id" IN (${managers})) ORDER BY "day"`;
    const found = await rows<{ day: LocalDate }>(em, text, [today, officerId ?? '', board, board]);
    return found.map(({ day }) => day);
  }

  /** Pending rows that have waited since before an instant, by board. Uses ix_reminder_due. */
  async late(em: EntityManager, before: string): Promise<ReadonlyMap<string, number>> {
    const text = `SELECT r."board" AS "board", count(*) AS "n" FROM "reminder" x
      JOIN "referral" r ON r."id" = x."referral_id"
      WHERE x."state" = 'pending' AND x."due_at" < ? GROUP BY r."board"`;
    return numberByBoard(await rows(em, text, [before]));
  }

  /** Claimed rows whose mail nobody has had a hold of since before an instant, by board. Uses ix_reminder_unsettled. */
  async stuck(em: EntityManager, before: string): Promise<ReadonlyMap<string, number>> {
    const text = `SELECT r."board" AS "board", count(*) AS "n" FROM "reminder" x
      JOIN "mail" m ON m."id" = x."mail_id" JOIN "referral" r ON r."id" = x."referral_id"
      WHERE x."state" IN ('claimed', 'failed') AND x."state" = 'claimed' AND m."state" = 'claimed'
        AND m."next_attempt_at" < ? GROUP BY r."board"`;
    return numberByBoard(await rows(em, text, [before]));
  }

  /** Keeps a result, and lets go of those that are sixty days old, or were made by a clock that was ahead. */
  async keep(tx: EntityManager, result: ReconciliationRow): Promise<void> {
    const { id, doneAt, cases, wanted, missing, late, stuck, stray, unplanned, boards, found } = result;
    const values = [id, doneAt, cases, wanted, missing, late, stuck, stray, unplanned, boards, found];
    await insertRows(tx, 'reconciliation', COLUMNS, [values]);
    const kept = [-KEPT_MS, LONGEST_LEASE_MS].map((ms) => later(new Date(doneAt), ms));
    await change(tx, 'DELETE FROM "reconciliation" WHERE "done_at" < ? OR "done_at" > ?', kept);
  }

  /** The latest results, the newest first. Uses ix_reconciliation_done. */
  async latest(em: EntityManager, limit: number): Promise<ReconciliationRow[]> {
    const list = COLUMNS.map((name) => `"${name}" AS "${name === 'done_at' ? 'doneAt' : name}"`).join(', ');
    const text = `SELECT ${list} FROM "reconciliation" ORDER BY "done_at" DESC, "id" DESC LIMIT ?`;
    return rows<ReconciliationRow>(em, text, [limit]);
  }
}
