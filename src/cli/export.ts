import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { localDate } from '../domain/calendar/local-date.js';
import { BoardRepository } from '../features/boards/board.repository.js';
import { Actors } from '../features/people/actors.js';
import type { Actor } from '../features/people/actor.js';
import { PeopleRepository } from '../features/people/people.repository.js';
import {
  DELIMITERS,
  ExportRegister,
  type CsvShape,
  type RegisterRequest,
} from '../features/register/export-register.js';
import { COLUMN_NAMES, type ColumnName } from '../features/register/register-columns.js';
import { Clock } from '../platform/clock/clock.port.js';
import { ReadDatabase } from '../platform/database/read-database.js';
import { CommandFailed, EXIT } from './failure.js';
import type { Terminal } from './terminal.js';
import { withDiarium } from './with-diarium.js';

/** The options of `diarium export`, as texts. */
export interface ExportArgs {
  readonly board: string;
  readonly format?: string | undefined;
  readonly columns?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly bom: boolean;
  readonly public?: boolean | undefined;
  /** E-mail address of the person with whose rights secret cases are written. */
  readonly as?: string | undefined;
}

function oneOf<T extends string>(value: string, allowed: readonly T[], option: string): T {
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  throw new CommandFailed(`--${option} ska vara något av: ${allowed.join(', ')}. Inte ”${value}”.`);
}

const columnsIn = (text: string | undefined): ColumnName[] | undefined =>
  text?.split(',').map((name) => oneOf(name.trim(), COLUMN_NAMES, 'columns'));

function requestOf(args: ExportArgs): RegisterRequest {
  return {
    board: args.board,
    columns: columnsIn(args.columns),
    from: args.from === undefined ? undefined : localDate(args.from, 'from'),
    to: args.to === undefined ? undefined : localDate(args.to, 'to'),
    view: args.public === true ? 'public' : 'full',
  };
}

const kindOf = (args: ExportArgs, file: string): 'csv' | 'xlsx' =>
  args.format === undefined && file.toLowerCase().endsWith('.xlsx')
    ? 'xlsx'
    : oneOf(args.format ?? 'csv', ['csv', 'xlsx'], 'format');

function shapeOf(args: ExportArgs): CsvShape {
  const names = Object.keys(DELIMITERS).filter((name): name is CsvShape['delimiter'] =>
    Object.hasOwn(DELIMITERS, name),
  );
  return { delimiter: oneOf(args.delimiter ?? 'semicolon', names, 'delimiter'), bom: args.bom };
}

async function readerOf(app: INestApplicationContext, email: string | undefined): Promise<Actor | null> {
  if (email === undefined) return null;
  const em = app.get(ReadDatabase).manager;
  const today = app.get(Clock).today();
  return app.get(Actors).actorOf(em, await app.get(PeopleRepository).byEmail(em, email, today, 'as'), today);
}

const FILE_FAULTS = ['EACCES', 'EISDIR', 'ENOENT', 'ENOSPC', 'ENOTDIR', 'EPERM', 'EROFS'];

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/** Into the file in one piece: what was there before stays until all is written. */
async function write(file: string, pieces: AsyncIterable<string> | Buffer, terminal: Terminal): Promise<void> {
  if (file === '-') {
    if (Buffer.isBuffer(pieces)) throw new CommandFailed('En arbetsbok skrivs till en fil, inte till standard ut.');
    for await (const piece of pieces) await terminal.out(piece);
    return;
  }
  const draft = `${file}.part`;
  try {
    const source = Readable.from(Buffer.isBuffer(pieces) ? [pieces] : pieces, { objectMode: false });
    await pipeline(source, createWriteStream(draft, { mode: 0o600 }));
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    const code = codeOf(error);
    if (FILE_FAULTS.includes(code)) {
      throw new CommandFailed(`Filen ${file} går inte att skriva (${code}).`);
    }
    throw error;
  }
}

/** `diarium export --board CODE FILE` */
export async function exportRegister(file: string, args: ExportArgs, terminal: Terminal): Promise<number> {
  const kind = kindOf(args, file);
  const shape = shapeOf(args);
  const request = requestOf(args);
  return withDiarium(terminal, async ({ app }) => {
    await app.get(BoardRepository).boardByCode(app.get(ReadDatabase).manager, args.board);
    const reader = await readerOf(app, args.as);
    const register = app.get(ExportRegister);
    terminal.progress(`Skriver ${file} …`);
    const pieces =
      kind === 'csv' ? await register.csv(reader, request, shape) : await register.workbook(reader, request);
    await write(file, pieces, terminal);
    return EXIT.ok;
  });
}
