import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import { RuleError } from '../../domain/errors.js';
import { ReadsBusy } from '../../platform/database/read-pool.js';
import { boardsSeen, type Actor } from '../people/actor.js';
import { mayOpen } from '../referrals/access.js';
import { neutralised } from './formula.js';
import { makeWorkbook } from './make-workbook.js';
import { ReadRegister, type RegisterRange } from './read-register.js';
import {
  PUBLIC_COLUMNS,
  USUAL_COLUMNS,
  cellOf,
  headingOf,
  type ColumnName,
  type RegisterRow,
} from './register-columns.js';
import type { Cell } from './xlsx-message.js';

export const DELIMITERS = { semicolon: ';', comma: ',', tab: '\t' } as const;

/** What of the register is to be written, and for whom. */
export interface RegisterRequest extends RegisterRange {
  readonly columns?: readonly ColumnName[] | undefined;
  /** Only what anyone may see; else as far as the reader may. */
  readonly view: 'full' | 'public';
}

export interface CsvShape {
  readonly delimiter: keyof typeof DELIMITERS;
  /** The mark at the beginning by which Excel knows UTF-8. */
  readonly bom: boolean;
}

/** A workbook is made in memory, so it has its limit; CSV has none. */
export const MOST_WORKBOOK_ROWS = 20_000;
/** One is made at a time, and so many may wait for it. */
const MOST_WAITING = 5;

/** Writes the register of a board as CSV or as a workbook. Of secret cases number and date alone, for those who may no more. */
@Injectable()
export class ExportRegister {
  private lastWorkbook: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  constructor(private readonly register: ReadRegister) {}

  /**
   * The first slice is read before it answers, so that a database that fails is an error and no half file.
   *
   * @param reader null for whoever runs the system, who opens no secret case by that
   * @throws RuleError `not-found` for a board that the reader does not see, `text-invalid` for columns that are not public;
   *   ReadsBusy, answered as 503
   */
  async csv(
    reader: Actor | null,
    request: RegisterRequest,
    { delimiter, bom }: CsvShape,
  ): Promise<AsyncIterable<string>> {
    const slices = await begun(this.cells(reader, request));
    const options = { delimiter: DELIMITERS[delimiter], record_delimiter: '\r\n' };
    return (async function* () {
      if (bom) yield '\ufeff';
      for await (const rows of slices)
        yield stringify(
          rows.map((row) => [...row]),
          options,
        );
    })();
  }

  /** @throws RuleError as `csv` does, and `export-too-large`; ReadsBusy, answered as 503 */
  async workbook(reader: Actor | null, request: RegisterRequest): Promise<Buffer> {
    const slices = this.cells(reader, request);
    if (await this.register.isLongerThan(request, MOST_WORKBOOK_ROWS)) {
      const message = `a workbook holds ${MOST_WORKBOOK_ROWS} cases at most: choose days, or CSV`;
      throw new RuleError('export-too-large', message, { limit: MOST_WORKBOOK_ROWS });
    }
    return this.inLine(() => makeWorkbook('Diarium', slices));
  }

  /** A workbook takes memory by the row, so two are never made at once. */
  private async inLine<T>(make: () => Promise<T>): Promise<T> {
    if (this.waiting >= MOST_WAITING) throw new ReadsBusy('too many workbooks are asked for');
    this.waiting += 1;
    const made = this.lastWorkbook.then(make);
    this.lastWorkbook = made.catch(() => undefined);
    try {
      return await made;
    } finally {
      this.waiting -= 1;
    }
  }

  private cells(reader: Actor | null, request: RegisterRequest): AsyncGenerator<(readonly Cell[])[]> {
    if (reader && !boardsSeen(reader).includes(request.board)) {
      throw new RuleError('not-found', 'no such board', { field: 'board', value: request.board });
    }
    const columns = columnsOf(request);
    const slices = this.register.slices(request);
    const row = (one: RegisterRow): Cell[] => {
      const open = one.secrecy === null || (request.view === 'full' && reader !== null && mayOpen(reader, one));
      return columns.map((name) => safe(cellOf(name, one, open)));
    };
    return (async function* () {
      const heading = [columns.map(headingOf)];
      const first = await slices.next();
      yield first.done === true ? heading : [...heading, ...first.value.map(row)];
      for await (const slice of slices) yield slice.map(row);
    })();
  }
}

/** The same, its first piece already there. */
async function begun<T>(pieces: AsyncGenerator<T>): Promise<AsyncGenerator<T>> {
  const first = await pieces.next();
  return (async function* () {
    if (first.done !== true) yield first.value;
    yield* pieces;
  })();
}

const safe = (cell: Cell): Cell => (typeof cell === 'string' ? neutralised(cell) : cell);

function columnsOf({ columns, view }: RegisterRequest): readonly ColumnName[] {
  if (view === 'full') return columns ?? USUAL_COLUMNS;
  const hidden = (columns ?? []).filter((name) => !PUBLIC_COLUMNS.includes(name));
  if (hidden.length === 0) return columns ?? PUBLIC_COLUMNS;
  const facts = { field: 'columns', value: hidden.join(','), possible: PUBLIC_COLUMNS };
  throw new RuleError('text-invalid', `the public is not shown ${hidden.join(', ')}`, facts);
}
