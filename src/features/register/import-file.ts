import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { EncodingDetector, type Encoding } from './import-encoding.js';
import type { ImportField, ImportMapping } from './import-mapping.js';
import { REQUIRED_FIELDS, IMPORT_FIELDS } from './import-mapping.js';
import { ImportRefused, type ImportFault } from './import-refused.js';

/** More rows than this are refused before the rest of the file is read. */
export const MOST_IMPORT_ROWS = 50_000;
const LONGEST_ROW = 200_000;
const DELIMITERS = [';', '\t', ',', '|'] as const;
type Delimiter = (typeof DELIMITERS)[number];

/** A file as it was found: how it is written, and what it hashes to. */
export interface ImportSource {
  readonly path: string;
  readonly encoding: Encoding;
  /** SHA-256 in hex. */
  readonly hash: string;
}

/** A row of the file: the cells that the mapping names. */
export interface SourceRow {
  /** The line on which it ends; a cell may span several. */
  readonly line: number;
  readonly values: ReadonlyMap<ImportField, string>;
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

const refuse = (reason: string, line: number | null = null): ImportRefused => new ImportRefused([{ line, reason }]);

/** Reads the file once, whatever its size. @throws ImportRefused when its encoding cannot be told */
export async function inspect(path: string, given: Encoding | undefined): Promise<ImportSource> {
  const detector = new EncodingDetector();
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) {
    detector.add(piece);
    hash.update(piece);
  }
  const verdict = detector.verdict();
  if (given === undefined && !verdict.ok) throw refuse(`Filen ${verdict.reason}.`);
  return { path, encoding: given ?? (verdict.ok ? verdict.encoding : 'utf-8'), hash: hash.digest('hex') };
}

/** @throws ImportRefused when the bytes are not of the encoding, which happens only when it was given */
async function* decoded({ path, encoding }: ImportSource): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const piece of createReadStream(path)) yield decoder.decode(piece, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (codeOf(error) !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    throw refuse(`Filen är inte skriven i ${encoding}.`);
  }
}

/** The sign that parts the headings, of those that a table is written with. */
async function delimiterOf(source: ImportSource): Promise<Delimiter> {
  let head = '';
  for await (const piece of decoded(source)) {
    head += piece;
    if (head.includes('\n') || head.length > LONGEST_ROW) break;
  }
  const line = head.split(/\r?\n/, 1)[0] ?? '';
  const count = (sign: string): number => line.split(sign).length;
  return DELIMITERS.reduce((best, sign) => (count(sign) > count(best) ? sign : best), ';');
}

/** The place of each field's column. @throws ImportRefused naming every column that is not there */
function placesIn(heads: readonly string[], mapping: ImportMapping): ReadonlyMap<ImportField, number> {
  const names = heads.map((head) => head.trim().normalize('NFC'));
  const faults: ImportFault[] = [];
  const places = new Map<ImportField, number>();
  for (const field of IMPORT_FIELDS) {
    const wanted = mapping.columns[field]?.trim().normalize('NFC');
    if (wanted === undefined) continue;
    const found = names.flatMap((name, index) => (name === wanted ? [index] : []));
    const [place] = found;
    if (place === undefined) faults.push({ line: 1, reason: `kolumnen ”${wanted}” för ${field} finns inte i filen` });
    else if (found.length > 1) faults.push({ line: 1, reason: `kolumnen ”${wanted}” finns ${found.length} gånger` });
    else places.set(field, place);
  }
  if (faults.length === 0) return places;
  const shown = names.slice(0, 60).join(', ').slice(0, 1_000);
  throw new ImportRefused([...faults, { line: 1, reason: `kolumnerna är: ${shown}` }]);
}

/** @throws ImportRefused for fields that neither a column nor a default gives */
export function assertComplete(mapping: ImportMapping): void {
  const missing = REQUIRED_FIELDS.filter((field) => !mapping.columns[field] && !mapping.defaults[field]);
  if (missing.length === 0) return;
  throw refuse(`Mappningsfilen säger inte varifrån ${missing.join(', ')} ska komma.`);
}

const CSV_FAULTS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'ett citattecken öppnas och stängs aldrig',
  CSV_INVALID_CLOSING_QUOTE: 'efter ett avslutande citattecken kommer något annat än nästa cell',
  INVALID_OPENING_QUOTE: 'ett citattecken står mitt i en cell utan citattecken',
  CSV_MAX_RECORD_SIZE: `raden är längre än ${LONGEST_ROW} tecken`,
};

/** What csv-parse has against a row, in words; any other error as it is. */
function csvFault(error: unknown): unknown {
  const code = codeOf(error);
  if (!(error instanceof CsvError)) return error;
  const lines: unknown = Reflect.get(error, 'lines');
  return refuse(CSV_FAULTS[code] ?? `raden går inte att läsa (${code})`, typeof lines === 'number' ? lines : null);
}

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * The rows of the file, one by one.
 *
 * @throws ImportRefused when it is no table, lacks a column, or has too many rows
 */
export async function* sourceRows(source: ImportSource, mapping: ImportMapping): AsyncGenerator<SourceRow> {
  const delimiter = mapping.delimiter ?? (await delimiterOf(source));
  const parser = parse({
    delimiter, bom: true, info: true, relax_column_count: true, skip_empty_lines: true, max_record_size: LONGEST_ROW,
  }); // prettier-ignore
  const input = Readable.from(decoded(source), { objectMode: true });
  input.on('error', (error) => parser.destroy(error)).pipe(parser);
  let places: ReadonlyMap<ImportField, number> | null = null;
  let count = 0;
  try {
    for await (const one of parser) {
      const { record, info }: Parsed = one;
      if (places === null) {
        places = placesIn(record, mapping);
        continue;
      }
      if (record.every((cell) => cell.trim() === '')) continue;
      count += 1;
      if (count > MOST_IMPORT_ROWS) {
        throw refuse(`Filen har fler än ${MOST_IMPORT_ROWS} ärenden. Dela den, till exempel per år.`);
      }
      yield { line: info.lines, values: new Map([...places].map(([field, place]) => [field, record[place] ?? ''])) };
    }
  } catch (error) {
    throw csvFault(error);
  } finally {
    input.destroy();
    parser.destroy();
  }
  if (places === null) throw refuse('Filen är tom.');
  if (count === 0) throw refuse('Filen har rubriker men inga ärenden.');
}
