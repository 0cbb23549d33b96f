import { access, constants, readFile } from 'node:fs/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { PeopleRepository } from '../features/people/people.repository.js';
import { importMapping, type ImportMapping } from '../features/register/import-mapping.js';
import { ImportRefused, type ImportFault } from '../features/register/import-refused.js';
import { ImportRegister, type ImportOutcome } from '../features/register/import-register.js';
import { Clock } from '../platform/clock/clock.port.js';
import { ReadDatabase } from '../platform/database/read-database.js';
import { reasonIn } from '../platform/problem/reasons.js';
import { CommandFailed, EXIT } from './failure.js';
import type { Terminal } from './terminal.js';
import { withDiarium } from './with-diarium.js';

/** The options of `diarium import`. */
export interface ImportArgs {
  readonly board: string;
  readonly mapping: string;
  readonly dryRun?: boolean | undefined;
  /** E-mail address of the person who answers for it, as the journal tells. */
  readonly by?: string | undefined;
}

const LONGEST_MAPPING = 1_000_000;

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

function unreadable(file: string, error: unknown): CommandFailed {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'finns inte',
    EISDIR: 'är en mapp',
    EACCES: 'får inte läsas',
  };
  return new CommandFailed(`Filen ${file} ${reasons[codeOf(error)] ?? `går inte att läsa (${codeOf(error)})`}.`);
}

async function mappingIn(file: string): Promise<ImportMapping> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
  if (text.length > LONGEST_MAPPING) throw new CommandFailed(`Mappningsfilen ${file} är för stor.`);
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    throw new CommandFailed(`Mappningsfilen ${file} är inte JSON: ${why}`);
  }
  const result = importMapping.safeParse(value, { error: reasonIn('sv') });
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `  ${path.join('.') || 'filen'}: ${message}`);
  throw new CommandFailed([`Mappningsfilen ${file} går inte att använda:`, ...faults].join('\n'));
}

const lineOf = ({ line, reason }: ImportFault): string => (line === null ? `${reason}\n` : `rad ${line}: ${reason}\n`);
const counted = (count: number, one: string, many: string): string => (count === 1 ? `1 ${one}` : `${count} ${many}`);

function told({ cases, open, encoding, gaps, hash }: ImportOutcome, dryRun: boolean): string {
  const done = dryRun ? 'Skulle läsas in' : 'Inlästa';
  const lines = [
    `${done}: ${counted(cases, 'ärende', 'ärenden')}, varav ${open} pågående (${encoding}, SHA-256 ${hash}).`,
  ];
  for (const [year, ranges] of gaps) {
    const missing = ranges.map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`)).join(', ');
    lines.push(`Kända luckor i ${year} års serie: ${missing}.`);
  }
  return `${lines.join('\n')}\n`;
}

async function doerOf(app: INestApplicationContext, email: string | undefined) {
  if (email === undefined) return { personId: null, name: 'diarium import' };
  const em = app.get(ReadDatabase).manager;
  const { id, name } = await app.get(PeopleRepository).byEmail(em, email, app.get(Clock).today(), 'by');
  return { personId: id, name };
}

/** `diarium import --board CODE --mapping FILE FILE` */
export async function importRegister(file: string, args: ImportArgs, terminal: Terminal): Promise<number> {
  const mapping = await mappingIn(args.mapping);
  await access(file, constants.R_OK).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  const dryRun = args.dryRun === true;
  return withDiarium(terminal, async ({ app }) => {
    const progress = (done: number, all: number | null): void =>
      terminal.progress(all === null ? `Läser ${file}: ${done} ärenden …` : `Lagrar ${done} av ${all} ärenden …`);
    try {
      const by = await doerOf(app, args.by);
      const request = { board: args.board, mapping, path: file, dryRun, by };
      const outcome = await app.get(ImportRegister).execute(request, progress);
      terminal.progressDone();
      for (const warning of outcome.warnings) terminal.err(`Obs ${lineOf(warning)}`);
      await terminal.out(told(outcome, dryRun));
      return EXIT.ok;
    } catch (error) {
      if (!(error instanceof ImportRefused)) throw codeOf(error) === 'EISDIR' ? unreadable(file, error) : error;
      terminal.progressDone();
      await terminal.out(error.faults.map(lineOf).join(''));
      throw new CommandFailed(`${counted(error.faults.length, 'fel', 'fel')} i ${file}. Inget har ändrats.`);
    }
  });
}
