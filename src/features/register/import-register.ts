import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { Clock } from '../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { BoardRepository, type Board } from '../boards/board.repository.js';
import { ImportChecks, type ImportCheck } from './import-checks.js';
import { assertComplete, inspect, sourceRows, type ImportSource } from './import-file.js';
import type { ImportMapping } from './import-mapping.js';
import { ImportRefused, type ImportFault } from './import-refused.js';
import { rowReader, type ImportedCase, type NumberedRow } from './import-row.js';
import type { NumberRange } from '../series/series-gaps.js';
import { StoreImport, type ImportProgress, type StoredImport } from './store-import.js';

export interface ImportRequest {
  readonly board: string;
  readonly mapping: ImportMapping;
  readonly path: string;
  /** Looks at everything, and changes nothing. */
  readonly dryRun: boolean;
  readonly by: { readonly personId: string | null; readonly name: string };
}

/** What was brought in, or would be. */
export interface ImportOutcome {
  readonly encoding: string;
  readonly hash: string;
  readonly cases: number;
  readonly open: number;
  readonly warnings: readonly ImportFault[];
  /** The gaps that the series now have, by year; empty for a dry run. */
  readonly gaps: ReadonlyMap<number, readonly NumberRange[]>;
}

/** Brings a legacy diarium in: all of it, or nothing. */
@Injectable()
export class ImportRegister {
  constructor(
    private readonly work: UnitOfWork,
    private readonly read: ReadDatabase,
    private readonly clock: Clock,
    private readonly boards: BoardRepository,
    private readonly checks: ImportChecks,
    private readonly store: StoreImport,
  ) {}

  /**
   * @throws ImportRefused with every fault of the file
   * @throws RuleError `board-unknown`
   */
  async execute(request: ImportRequest, progress: ImportProgress = () => undefined): Promise<ImportOutcome> {
    const { mapping, path } = request;
    const board = await this.boards.boardByCode(this.read.manager, request.board);
    assertComplete(mapping);
    const source = await inspect(path, mapping.encoding);
    const { faults, ...rows } = await this.rowsIn(source, request, board, progress);
    const { cases } = rows;
    const check = await this.checks.check(this.read.manager, board.code, rows, this.clock.today());
    refuse([...faults, ...check.faults]);
    const stored = request.dryRun ? null : await this.bringIn(source, request, cases, progress);
    return {
      encoding: source.encoding,
      hash: source.hash,
      cases: cases.length,
      open: cases.filter(({ status }) => status === 'open').length,
      warnings: check.warnings,
      gaps: stored?.gaps ?? new Map(),
    };
  }

  private async rowsIn(source: ImportSource, request: ImportRequest, board: Board, progress: ImportProgress) {
    const { mapping } = request;
    const numberPatterns = mapping.numberPatterns ?? [board.numberPattern];
    const code = mapping.code ?? board.code;
    const read = rowReader({ mapping, numberPatterns, code, today: this.clock.today() });
    const cases: ImportedCase[] = [];
    const numbered: NumberedRow[] = [];
    const faults: ImportFault[] = [];
    for await (const { line, values } of sourceRows(source, mapping)) {
      const verdict = read(line, values);
      if (verdict.ok) cases.push(verdict.found);
      else faults.push(...verdict.reasons.map((reason) => ({ line, reason })));
      const row = verdict.ok ? verdict.found : verdict.numbered;
      if (row !== null) numbered.push(row);
      if ((cases.length + faults.length) % 1_000 === 0) progress(cases.length, null);
    }
    return { cases, numbered, faults };
  }

  /** Checked again in the transaction: someone may have registered a case meanwhile. */
  private bringIn(
    source: ImportSource,
    request: ImportRequest,
    cases: readonly ImportedCase[],
    progress: ImportProgress,
  ): Promise<StoredImport> {
    return this.work.run(async (tx: EntityManager) => {
      const board = await this.boards.boardByCode(tx, request.board);
      const lock = await this.store.lockSeries(tx, board.code, cases);
      const check: ImportCheck = await this.checks.check(
        tx,
        board.code,
        { cases, numbered: cases },
        this.clock.today(),
      );
      refuse(check.faults);
      const { mapping, by } = request;
      const about = { id: uuid(), hash: source.hash, gapReason: mapping.gapReason };
      return this.store.inTransaction(
        tx,
        { board, cases, officers: check.officers, lastBefore: lock, by, about },
        progress,
      );
    });
  }
}

function refuse(faults: readonly ImportFault[]): void {
  if (faults.length === 0) return;
  throw new ImportRefused([...faults].sort((a, b) => (a.line ?? 0) - (b.line ?? 0)));
}
