import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { withPatience } from '../../../platform/database/postgres-client.js';
import { change, marks, row, rows } from '../../../platform/database/sql.js';
import { livingWorkers } from '../../../platform/queue/heartbeat.js';
import { MoveProgress, type Reached } from './move-progress.js';
import { tableOrder, type TableStep } from './table-order.js';

/** Why a move is not made, or not to be trusted. The message, in Swedish, says what to do. */
export class MoveRefused extends Error {
  override readonly name = 'MoveRefused';
}

/** Tells how far it has come; may throw to break the move off between two slices. */
export type ToldMove = (table: string, rows: number, all: number) => void;

type Row = Readonly<Record<string, unknown>>;

const SLICE = 1_000;
/** Slices go in by one statement: thousands of rows a second, and each commit is a place to go on from. */
const INSERT_LIMIT_MS = 600_000;
/** Have rows as soon as a process has once started on the target: whose turn it was, and that no reminder was missed. */
const UPKEEP: readonly string[] = ['lease', 'reconciliation'];

const list = (names: readonly string[], alias = ''): string => names.map((name) => `${alias}"${name}"`).join(', ');

/** Copies everything from one database to another, slice by slice, and compares the two row by row. */
export class MoveDatabase {
  private readonly progress: MoveProgress;
  private readonly steps: readonly TableStep[];

  constructor(
    private readonly source: DataSource,
    private readonly target: DataSource,
  ) {
    this.progress = new MoveProgress(target);
    this.steps = tableOrder(target.entityMetadatas);
  }

  /**
   * Copies what is not there yet. The source has to stand still; `compare` shows whether it has.
   *
   * @throws MoveRefused when the target has rows and is no unfinished move, or a worker lives on it
   */
  async copy(now: Date, told: ToldMove): Promise<void> {
    if (!(await this.progress.isUnfinished())) await this.begin(now);
    for (const step of this.steps) await this.copyTable(step, told);
    for (const step of this.steps.filter(({ late }) => late.length > 0)) await this.fillIn(step, told);
  }

  /**
   * Compares both sides, table by table, every column of every row.
   *
   * @returns rows in all
   * @throws MoveRefused naming the tables that differ
   */
  async compare(told: ToldMove): Promise<number> {
    const different: string[] = [];
    let seen = 0;
    for (const step of this.steps) {
      const all = await count(this.source.manager, step.table);
      const from = await digest(this.source.manager, step, (n) => told(`${step.table} i källan`, n, all));
      const to = await digest(this.target.manager, step, (n) => told(`${step.table} i målet`, n, all));
      seen += to.rows;
      if (from.hash !== to.hash) different.push(`${step.table} (${from.rows} rader blev ${to.rows})`);
    }
    if (different.length === 0) return seen;
    const todo = 'Källan har troligen ändrats under flytten. Töm målet (DROP DATABASE, CREATE DATABASE) och börja om.';
    throw new MoveRefused(`Målet är inte lika med källan: ${different.join(', ')}. ${todo}`);
  }

  /** Notes that the move is finished: from now on the target is a database like any other. */
  async finish(): Promise<void> {
    await this.progress.end();
    await this.target.query('ANALYZE');
  }

  /** A process that once started there has left what it does by itself, and nobody's data: the source's comes in its place. */
  private async begin(now: Date): Promise<void> {
    await this.assertEmpty();
    const [living] = await livingWorkers(this.target.manager, now);
    if (living !== undefined) {
      const todo = 'Inget har ändrats. Stoppa alla processer som har målet som DATABASE_URL, och vänta en minut.';
      throw new MoveRefused(`Målet används: en arbetare (${living}) har hörts av på den. ${todo}`);
    }
    await this.target.transaction(async (tx) => {
      for (const table of UPKEEP) await change(tx, `DELETE FROM "${table}"`, []);
      await this.progress.begin(tx);
    });
  }

  private async assertEmpty(): Promise<void> {
    for (const { table } of this.steps) {
      if (UPKEEP.includes(table)) continue;
      if ((await row(this.target.manager, `SELECT 1 FROM "${table}" LIMIT 1`)) === null) continue;
      throw new MoveRefused(`Målet är inte tomt: tabellen ${table} har rader. Inget har ändrats. Ange en tom databas.`);
    }
  }

  private async copyTable(step: TableStep, told: ToldMove): Promise<void> {
    const now = step.columns.filter((column) => !step.late.includes(column));
    const insert = `INSERT INTO "${step.table}" (${list(now)})
      SELECT ${list(now)} FROM json_populate_recordset(NULL::"${step.table}", ?::json)`;
    await this.bySlices(step, step.table, '', insert, told);
  }

  private async fillIn(step: TableStep, told: ToldMove): Promise<void> {
    const sets = step.late.map((column) => `"${column}" = s."${column}"`).join(', ');
    const same = step.key.map((column) => `t."${column}" = s."${column}"`).join(' AND ');
    const update = `UPDATE "${step.table}" t SET ${sets}
      FROM json_populate_recordset(NULL::"${step.table}", ?::json) s WHERE ${same}`;
    const filled = step.late.map((column) => `"${column}" IS NOT NULL`).join(' OR ');
    await this.bySlices(step, `${step.table}: ${step.late.join(', ')}`, `(${filled}) AND `, update, told);
  }

  private async bySlices(step: TableStep, part: string, only: string, write: string, told: ToldMove): Promise<void> {
    const all = await count(this.source.manager, step.table);
    let reached = await this.progress.reached(part);
    while (!reached.done) {
      told(part, reached.rows, all);
      const slice = await sliceOf(this.source.manager, step, reached.after, only);
      const after = slice.at(-1);
      const next: Reached = {
        rows: reached.rows + slice.length,
        after: after ? step.key.map((column) => after[column]) : reached.after,
        done: slice.length < SLICE,
      };
      await this.target.transaction(async (tx) => {
        if (slice.length > 0) await patiently(tx, () => rows(tx, write, [JSON.stringify(slice)]));
        await this.progress.note(tx, part, next);
      });
      reached = next;
      await breathe();
    }
  }
}

async function patiently(tx: EntityManager, act: () => Promise<unknown>): Promise<void> {
  if (tx.queryRunner) await withPatience(tx.queryRunner, INSERT_LIMIT_MS, act);
}

async function count(em: EntityManager, table: string): Promise<number> {
  const found = await row<{ n: number | string }>(em, `SELECT count(*) AS "n" FROM "${table}"`);
  return Number(found?.n ?? 0);
}

/** Rows after a key, in the order of the key, which is the same on both sides: texts compare by their bytes. */
function sliceOf(em: EntityManager, step: TableStep, after: readonly unknown[] | null, only = ''): Promise<Row[]> {
  const beyond = after === null ? '1 = 1' : `(${list(step.key)}) > (${marks(step.key.length)})`;
  const sql = `SELECT ${list(step.columns)} FROM "${step.table}" WHERE ${only}${beyond} ORDER BY ${list(step.key)} LIMIT ?`;
  return rows<Row>(em, sql, [...(after ?? []), SLICE]);
}

/** A hash over every column of every row, numbers as text, since one side gives some of them so. */
async function digest(
  em: EntityManager,
  step: TableStep,
  told: (rows: number) => void,
): Promise<{ rows: number; hash: string }> {
  const hash = createHash('sha256');
  let seen = 0;
  for (let after: readonly unknown[] | null = null; ;) {
    told(seen);
    const slice: Row[] = await sliceOf(em, step, after);
    for (const one of slice) {
      hash.update(JSON.stringify(step.columns.map((column) => (one[column] === null ? null : String(one[column])))));
    }
    seen += slice.length;
    const last = slice.at(-1);
    if (!last || slice.length < SLICE) return { rows: seen, hash: hash.digest('hex') };
    after = step.key.map((column) => last[column]);
    await breathe();
  }
}
