import { z } from 'zod';
import { YEARS_TAKEN, type LocalDate } from '../../domain/calendar/local-date.js';
import { clockShows } from '../../domain/calendar/stockholm-time.js';
import { OUTCOMES, type Outcome } from '../../domain/referral/lifecycle.js';
import { clockTime } from '../../platform/http/day.js';
import { lineText, longText } from '../../platform/http/text.js';
import { reasonIn } from '../../platform/problem/reasons.js';
import { looksLikeFormula } from './formula.js';
import { IMPORT_FIELDS, type ImportField, type ImportMapping } from './import-mapping.js';
import { dateReader, numberReader } from './import-values.js';

/** Where an imported case stands: to be worked on, finished, or made void. */
export const IMPORT_STATUSES = ['open', 'closed', 'cancelled'] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/** A case as a row of the file says. */
export interface ImportedCase {
  readonly line: number;
  readonly diarienummer: string;
  readonly year: number;
  readonly number: number;
  readonly title: string;
  readonly internalTitle: string | null;
  readonly sender: string;
  readonly senderReference: string | null;
  readonly receivedOn: LocalDate;
  readonly registeredOn: LocalDate;
  readonly documentDate: LocalDate | null;
  readonly answerDue: LocalDate | null;
  readonly answerDueTime: string | null;
  readonly answerTo: string | null;
  readonly status: ImportStatus;
  /** As the file has it: an e-mail address, or for a finished case any name. */
  readonly officer: string | null;
  readonly department: string | null;
  readonly secrecy: string | null;
  readonly decision: { readonly date: LocalDate; readonly paragraph: string | null; readonly outcome: Outcome } | null;
  readonly answerSentOn: LocalDate | null;
  readonly answerSentHow: string | null;
  readonly cancellationReason: string | null;
  readonly note: string | null;
}

/** A row by its number, which can be held against others also when the rest of the row cannot be used. */
export type NumberedRow = Pick<ImportedCase, 'line' | 'diarienummer' | 'year' | 'number'>;

export type RowVerdict =
  | { readonly ok: true; readonly found: ImportedCase }
  | { readonly ok: false; readonly reasons: readonly string[]; readonly numbered: NumberedRow | null };

/** What the rows are judged by, beside the mapping. */
export interface RowContext {
  readonly mapping: ImportMapping;
  readonly numberPatterns: readonly string[];
  readonly code: string;
  readonly today: LocalDate;
}

const LIMITS: Partial<Record<ImportField, number>> = {
  diarienummer: 40,
  title: 1_000,
  internalTitle: 1_000,
  sender: 300,
  senderReference: 200,
  answerTo: 500,
  officer: 320,
  department: 24,
  secrecy: 200,
  decisionParagraph: 40,
  answerSentHow: 200,
  cancellationReason: 1_000,
};
const LONGEST_LINE = 1_000;
const LONGEST_NOTE = 10_000;
/** Made once: a schema takes longer to make than to use. */
const LINES = new Map(IMPORT_FIELDS.map((field) => [field, lineText(LIMITS[field] ?? LONGEST_LINE)]));
const ANY_LINE = lineText(LONGEST_LINE);
const NOTE = longText(LONGEST_NOTE);
const TIME = clockTime();
const inSwedish = { error: reasonIn('sv') };

/** Reads the cells of one row, and keeps every fault. */
class Cells {
  readonly reasons: string[] = [];

  constructor(
    private readonly mapping: ImportMapping,
    private readonly values: ReadonlyMap<ImportField, string>,
    private readonly dateOf: ReturnType<typeof dateReader>,
  ) {}

  fault(field: ImportField, why: string): void {
    const column = this.mapping.columns[field];
    this.reasons.push(`${field}${column === undefined ? '' : ` (kolumnen ”${column}”)`} ${why}`);
  }

  /** The cell as text; what stands in `values` for it goes before it, and the default when it is empty. */
  raw(field: ImportField): string | null {
    const own = this.own(field);
    const text = own === '' ? (this.mapping.defaults[field] ?? '') : own;
    return text === '' ? null : text;
  }

  /** What the row itself says, without the default. */
  own(field: ImportField): string {
    const cell = this.values.get(field)?.trim() ?? '';
    return this.mapping.values[field]?.[cell] ?? cell;
  }

  line(field: ImportField): string | null {
    const text = this.raw(field)?.replace(/\s*[\r\n\t]+\s*/g, ' ') ?? null;
    return text === null ? null : this.checked(field, text, LINES.get(field) ?? ANY_LINE);
  }

  note(): string | null {
    const text = this.raw('note');
    return text === null ? null : this.checked('note', text, NOTE);
  }

  time(): string | null {
    const text = this.raw('answerDueTime')?.replace('.', ':').padStart(5, '0') ?? null;
    return text === null ? null : this.checked('answerDueTime', text, TIME);
  }

  day(field: ImportField): LocalDate | null {
    const text = this.raw(field);
    if (text === null) return null;
    const day = this.dateOf(text);
    const formats = this.mapping.dates.join(' eller ');
    if (day !== null && day !== 'other-year') return day;
    const kind = day === null ? 'en dag som finns' : `en dag i åren ${YEARS_TAKEN}`;
    this.fault(field, `ska vara ${kind}, skriven ${formats}, inte ”${short(text)}”`);
    return null;
  }

  oneOf<T extends string>(field: ImportField, allowed: readonly T[]): T | null {
    const text = this.raw(field);
    if (text === null) return null;
    const found = allowed.find((one) => one === text.toLowerCase());
    if (found === undefined) {
      this.fault(field, `ska bli något av ${allowed.join(', ')} (se ”values” i mappningsfilen), inte ”${short(text)}”`);
    }
    return found ?? null;
  }

  required<T>(field: ImportField, value: T | null): T | null {
    if (value === null && this.raw(field) === null) this.fault(field, 'måste anges');
    return value;
  }

  private checked(field: ImportField, text: string, schema: z.ZodType<string>): string | null {
    const result = schema.safeParse(text, inSwedish);
    if (result.success) return result.data;
    this.fault(field, result.error.issues[0]?.message ?? 'går inte att läsa');
    return null;
  }
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** Reads rows as the mapping says. */
export function rowReader({ mapping, numberPatterns, code, today }: RowContext) {
  const dateOf = dateReader(mapping.dates);
  const numberOf = numberReader(numberPatterns, code);

  const decisionOf = (cells: Cells): ImportedCase['decision'] => {
    const date = cells.day('decisionDate');
    const paragraph = cells.line('decisionParagraph');
    const outcome = cells.oneOf('decisionOutcome', OUTCOMES);
    return date === null ? null : { date, paragraph, outcome: outcome ?? 'adopted' };
  };
  const printedOf = (cells: Cells) => {
    const diarienummer = cells.required('diarienummer', cells.line('diarienummer'));
    const parsed = diarienummer === null ? null : numberOf(diarienummer);
    if (diarienummer !== null && parsed === null) {
      cells.fault('diarienummer', `”${short(diarienummer)}” följer inte mönstret ${numberPatterns.join(' eller ')}`);
    }
    return diarienummer === null || parsed === null ? null : { diarienummer, ...parsed };
  };
  const answerTimeOf = (cells: Cells, answerDue: LocalDate | null): string | null => {
    // A time that all rows have by default is nothing that a row without a day has got wrong.
    if (answerDue === null && cells.own('answerDueTime') === '') return null;
    const time = cells.time();
    if (time === null) return null;
    if (answerDue !== null && !clockShows(answerDue, time)) {
      cells.fault('answerDueTime', `${time} finns inte ${answerDue}: klockan ställs då fram från 02:00 till 03:00`);
    }
    if (cells.raw('answerDue') === null) {
      cells.fault('answerDueTime', `${time} saknar dag: fyll i answerDue, eller ta bort klockslaget`);
    }
    return time;
  };
  const assertPast = (cells: Cells, field: ImportField, day: LocalDate | null): void => {
    if (day !== null && day > today) cells.fault(field, `${day} har inte varit än`);
  };

  return (line: number, values: ReadonlyMap<ImportField, string>): RowVerdict => {
    const cells = new Cells(mapping, values, dateOf);
    for (const [field, text] of values) if (looksLikeFormula(text)) cells.fault(field, 'ser ut som en formel');
    const printed = printedOf(cells);
    const title = cells.required('title', cells.line('title'));
    const sender = cells.required('sender', cells.line('sender'));
    const receivedOn = cells.required('receivedOn', cells.day('receivedOn'));
    const registeredOn = cells.day('registeredOn') ?? receivedOn;
    const status = cells.required('status', cells.oneOf('status', IMPORT_STATUSES));
    assertPast(cells, 'receivedOn', receivedOn);
    assertPast(cells, 'registeredOn', registeredOn === receivedOn ? null : registeredOn);
    if (printed && printed.year > Number(today.slice(0, 4))) cells.fault('diarienummer', `är av år ${printed.year}`);
    const answerDue = cells.day('answerDue');
    const rest = {
      internalTitle: cells.line('internalTitle'),
      senderReference: cells.line('senderReference'),
      documentDate: cells.day('documentDate'),
      answerDue,
      answerDueTime: answerTimeOf(cells, answerDue),
      answerTo: cells.line('answerTo'),
      officer: cells.line('officer'),
      department: cells.line('department'),
      secrecy: cells.line('secrecy'),
      decision: decisionOf(cells),
      answerSentOn: cells.day('answerSentOn'),
      answerSentHow: cells.line('answerSentHow'),
      cancellationReason: cells.line('cancellationReason'),
      note: cells.note(),
    };
    if (!printed || !title || !sender || !receivedOn || !registeredOn || !status || cells.reasons.length > 0) {
      return { ok: false, reasons: cells.reasons, numbered: printed && { line, ...printed } };
    }
    return { ok: true, found: { line, ...printed, title, sender, receivedOn, registeredOn, status, ...rest } };
  };
}
