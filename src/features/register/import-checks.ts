import { Injectable } from '@nestjs/common';
import { OFFICERS_ROLES } from '../../domain/referral/permissions.js';
import type { EntityManager } from 'typeorm';
import { matchKey } from '../../domain/referral/diarienummer.js';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { marks, rows } from '../../platform/database/sql.js';
import { BoardRepository } from '../boards/board.repository.js';
import { PeopleRepository, hasLeft } from '../people/people.repository.js';
import { senderKey, senderReferenceKey } from '../referrals/sender-key.js';
import type { ImportFault } from './import-refused.js';
import type { ImportedCase, NumberedRow } from './import-row.js';

/** What a file holds. */
export interface ImportedRows {
  readonly cases: readonly ImportedCase[];
  /** Every row whose number can be read, those that are no case for another reason included. */
  readonly numbered: readonly NumberedRow[];
}

/** What the cases are connected to, and what is wrong with them. */
export interface ImportCheck {
  readonly faults: readonly ImportFault[];
  /** Worth a look, but no hindrance. */
  readonly warnings: readonly ImportFault[];
  /** Ids of the people named as officers, by their text in the file. */
  readonly officers: ReadonlyMap<string, string>;
}

const SLICE = 400;

function* slicesOf<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += SLICE) yield all.slice(from, from + SLICE);
}

/** The lines on which each key stands. */
function linesBy<R extends NumberedRow>(all: readonly R[], keyOf: (one: R) => string | null): Map<string, number[]> {
  const lines = new Map<string, number[]>();
  for (const one of all) {
    const key = keyOf(one);
    if (key === null) continue;
    const known = lines.get(key);
    if (known) known.push(one.line);
    else lines.set(key, [one.line]);
  }
  return lines;
}

function twice(lines: ReadonlyMap<string, readonly number[]>, what: string): ImportFault[] {
  return [...lines.values()].flatMap(([first, ...more]) =>
    first === undefined ? [] : more.map((line) => ({ line, reason: `${what} som rad ${first}` })),
  );
}

const seriesKey = ({ year, number }: { year: number; number: number }): string => `${year} ${number}`;
const senderPair = ({ sender, senderReference }: ImportedCase): string | null => {
  const reference = senderReferenceKey(senderReference);
  return reference === null ? null : `${senderKey(sender)}\n${reference}`;
};

/** Two numbers that are printed alike are one to whoever looks for them, even when a pattern reads them apart. */
function sameTextOtherNumber(numbered: readonly NumberedRow[]): ImportFault[] {
  const toldOf = new Set(twice(linesBy(numbered, seriesKey), '').map(({ line }) => line));
  const alike = twice(
    linesBy(numbered, ({ diarienummer }) => matchKey(diarienummer)),
    'samma diarienummer',
  );
  return alike.filter(({ line }) => !toldOf.has(line));
}

/** Holds the cases of a file against one another and against what is stored. */
@Injectable()
export class ImportChecks {
  constructor(
    private readonly people: PeopleRepository,
    private readonly boards: BoardRepository,
  ) {}

  async check(
    em: EntityManager,
    board: string,
    { cases, numbered }: ImportedRows,
    today: LocalDate,
  ): Promise<ImportCheck> {
    const officers = new Map<string, string>();
    const faults = [
      ...twice(linesBy(numbered, seriesKey), 'samma år och löpnummer'),
      ...sameTextOtherNumber(numbered),
      ...(await this.storedNumbers(em, board, numbered)),
      ...(await this.departments(em, board, cases)),
      ...(await this.officers(em, board, cases, today, officers)),
    ];
    const warnings = [
      ...twice(linesBy(cases, senderPair), 'samma avsändare och nummer hos avsändaren'),
      ...(await this.storedSenders(em, board, cases)),
    ];
    return { faults: inOrder(faults), warnings: inOrder(warnings), officers };
  }

  private async storedNumbers(
    em: EntityManager,
    board: string,
    numbered: readonly NumberedRow[],
  ): Promise<ImportFault[]> {
    const faults = new Map<number, ImportFault>();
    const tell = (line: number | undefined, as: string): void => {
      if (line !== undefined && !faults.has(line)) faults.set(line, { line, reason: `${as} finns redan i diariet` });
    };
    for (const slice of slicesOf(numbered)) {
      const byKey = new Map(slice.map((one) => [matchKey(one.diarienummer), one.line]));
      const bySeries = new Map(slice.map((one) => [seriesKey(one), one.line]));
      const keys = [...byKey.keys()];
      const numbers = slice.map(({ number }) => number);
      const years = [...new Set(slice.map(({ year }) => year))];
      const found = await rows<{ numberKey: string; diarienummer: string; year: number; number: number }>(
        em,
        `SELECT "number_key" AS "numberKey", "diarienummer", "year", "number" FROM "referral"
         WHERE "board" = ? AND "number_key" IN (${marks(keys.length)})
         UNION SELECT "number_key", "diarienummer", "year", "number" FROM "referral"
         WHERE "board" = ? AND "year" IN (${marks(years.length)}) AND "number" IN (${marks(numbers.length)})`,
        [board, ...keys, board, ...years, ...numbers],
      );
      for (const one of found) {
        tell(byKey.get(one.numberKey), one.diarienummer);
        tell(bySeries.get(seriesKey(one)), one.diarienummer);
      }
    }
    return [...faults.values()];
  }

  private async departments(em: EntityManager, board: string, cases: readonly ImportedCase[]): Promise<ImportFault[]> {
    const known = new Set((await this.boards.departmentsOf(em, board)).map(({ code }) => code));
    return cases.flatMap(({ line, department }) =>
      department === null || known.has(department)
        ? []
        : [{ line, reason: `nämndens förvaltning har ingen avdelning med koden ”${department}”` }],
    );
  }

  /** An open case needs an officer who works here; who had a finished one is kept as it was written. */
  private async officers(
    em: EntityManager,
    board: string,
    cases: readonly ImportedCase[],
    today: LocalDate,
    officers: Map<string, string>,
  ): Promise<ImportFault[]> {
    const faults: ImportFault[] = [];
    const why = new Map<string, string | null>();
    for (const name of new Set(cases.flatMap(({ officer }) => (officer === null ? [] : [officer])))) {
      const person = name.includes('@') ? await this.people.findByEmail(em, name) : null;
      if (!person) why.set(name, `ingen person har adressen ”${name}”`);
      else {
        officers.set(name, person.id);
        const may = await this.people.hasRole(em, person.id, board, OFFICERS_ROLES);
        if (hasLeft(person, today)) why.set(name, `${name} har slutat`);
        else why.set(name, may ? null : `${name} är inte handläggare vid nämnden`);
      }
    }
    for (const { line, officer, status } of cases) {
      const reason = officer === null || status !== 'open' ? null : why.get(officer);
      if (reason) faults.push({ line, reason });
    }
    return faults;
  }

  private async storedSenders(
    em: EntityManager,
    board: string,
    cases: readonly ImportedCase[],
  ): Promise<ImportFault[]> {
    const warnings: ImportFault[] = [];
    const paired = cases.filter((one) => senderPair(one) !== null);
    for (const slice of slicesOf(paired)) {
      const byPair = new Map(slice.map((one) => [senderPair(one), one.line]));
      const references = slice.map((one) => senderReferenceKey(one.senderReference));
      const found = await rows<{ diarienummer: string; sender: string; reference: string }>(
        em,
        `SELECT "diarienummer", "sender_key" AS "sender", "sender_reference_key" AS "reference" FROM "referral"
         WHERE "sender_reference_key" IN (${marks(references.length)}) AND "sender_reference_key" IS NOT NULL
           AND "board" = ?`,
        [...references, board],
      );
      for (const { diarienummer, sender, reference } of found) {
        const line = byPair.get(`${sender}\n${reference}`);
        if (line !== undefined) warnings.push({ line, reason: `samma avsändare och nummer som ${diarienummer}` });
      }
    }
    return warnings;
  }
}

const inOrder = (faults: readonly ImportFault[]): ImportFault[] =>
  [...faults].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
