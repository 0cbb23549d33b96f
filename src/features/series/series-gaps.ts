import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { change, insertRows, row, rows } from '../../platform/database/sql.js';

/** Numbers from `from` to `to`, both included. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
}

/** Numbers that are known not to exist, since the diarium that was brought in lacks them. */
@Injectable()
export class SeriesGaps {
  /** The last number taken, 0 when none is; the row stays locked until the end of the transaction. */
  async lastOf(tx: EntityManager, board: string, year: number): Promise<number> {
    await insertRows(tx, 'series', ['board', 'year', 'last'], [[board, year, 0]], 'ON CONFLICT DO NOTHING');
    const lock = 'UPDATE "series" SET "last" = "last" WHERE "board" = ? AND "year" = ?';
    await change(tx, lock, [board, year]);
    const read = 'SELECT "last" FROM "series" WHERE "board" = ? AND "year" = ?';
    return Number((await row<{ last: number }>(tx, read, [board, year]))?.last ?? 0);
  }

  async note(
    tx: EntityManager,
    board: string,
    year: number,
    ranges: readonly NumberRange[],
    { reason, at }: { readonly reason: string; readonly at: string },
  ): Promise<void> {
    const columns = ['board', 'year', 'from_number', 'to_number', 'reason', 'noted_at'];
    const values = ranges.map(({ from, to }) => [board, year, from, to, reason, at]);
    await insertRows(tx, 'series_gap', columns, values);
  }
}

/** Every known gap of a series, in order. */
export function knownGaps(em: EntityManager, board: string, year: number): Promise<NumberRange[]> {
  const sql =
    'SELECT "from_number" AS "from", "to_number" AS "to" FROM "series_gap"' +
    ' WHERE "board" = ? AND "year" = ? ORDER BY "from_number"';
  return rows<NumberRange>(em, sql, [board, year]);
}

/** What of a range none of the known gaps explains, in order. */
export function unexplained(range: NumberRange, known: readonly NumberRange[]): NumberRange[] {
  let from = range.from;
  const left: NumberRange[] = [];
  for (const gap of known) {
    if (gap.to < from || gap.from > range.to) continue;
    if (gap.from > from) left.push({ from, to: gap.from - 1 });
    from = gap.to + 1;
  }
  return from > range.to ? left : [...left, { from, to: range.to }];
}

/** The numbers after `after` up to `to` that are not among `taken`, as ranges. */
export function missingAfter(after: number, to: number, taken: ReadonlySet<number>): NumberRange[] {
  const present = [...taken].filter((number) => number > after && number <= to).sort((a, b) => a - b);
  const ranges: NumberRange[] = [];
  let next = after + 1;
  for (const number of [...present, to + 1]) {
    if (number > next) ranges.push({ from: next, to: number - 1 });
    next = number + 1;
  }
  return ranges;
}
