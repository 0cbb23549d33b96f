import { readFile } from 'node:fs/promises';
import { BringInOrganisation, type BroughtIn } from '../features/organisation/bring-in-organisation.js';
import { OrganisationRefused } from '../features/organisation/organisation-file.js';
import { CommandFailed, EXIT } from './failure.js';
import type { Terminal } from './terminal.js';
import { withDiarium } from './with-diarium.js';

/** More than this many faults are counted and not told: the first ones usually explain the rest. */
const MOST = 200;

const KINDS = { board: 'nämnd', department: 'avdelning', meeting: 'sammanträde', person: 'person' } as const;
const BY = { personId: null, name: 'diarium setup' } as const;

const READ_FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'finns inte',
  EISDIR: 'är en mapp',
  EACCES: 'får inte läsas',
};

async function bytesOf(file: string, stdin: Terminal['stdin']): Promise<Uint8Array> {
  if (file === '-') {
    const pieces: Buffer[] = [];
    for await (const piece of stdin) pieces.push(Buffer.from(piece));
    return Buffer.concat(pieces);
  }
  try {
    return await readFile(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new CommandFailed(`Filen ${file} ${READ_FAULTS[code] ?? `går inte att läsa (${code})`}.`);
  }
}

function refusal(file: string, { faults }: OrganisationRefused): string {
  const lines = faults.slice(0, MOST).map(({ path, reason }) => `  ${path}: ${reason}`);
  const rest = faults.length > MOST ? [`  … och ${faults.length - MOST} fel till`] : [];
  const count = faults.length === 1 ? 'ett fel' : `${faults.length} fel`;
  return [`${file} har ${count}. Inget har ändrats.`, ...lines, ...rest].join('\n');
}

function lineOf({ kind, name, done, fields }: BroughtIn): string {
  const what = done === 'added' ? 'ny' : 'ändrad';
  return `${what.padEnd(7)}${KINDS[kind].padEnd(13)}${name}${fields.length > 0 ? `  (${fields.join(', ')})` : ''}\n`;
}

function summary(things: readonly BroughtIn[]): string {
  const count = (done: BroughtIn['done']): number => things.filter((thing) => thing.done === done).length;
  return `${count('added')} nya, ${count('changed')} ändrade, ${count('unchanged')} oförändrade\n`;
}

/** `diarium setup FILE` */
export async function setup(file: string, terminal: Terminal): Promise<number> {
  const bytes = await bytesOf(file, terminal.stdin);
  return withDiarium(terminal, async ({ app }) => {
    terminal.progress(`Läser in ${file} …`);
    try {
      const { things, replanned, warnings } = await app.get(BringInOrganisation).execute(bytes, BY);
      const told = things.filter(({ done }) => done !== 'unchanged').map(lineOf);
      terminal.progressDone();
      await terminal.out(told.join('') + summary(things));
      for (const warning of warnings) terminal.err(`Obs: ${warning}\n`);
      if (replanned.length > 0) terminal.err(`Öppna ärenden har planerats om i ${replanned.join(', ')}.\n`);
      return EXIT.ok;
    } catch (error) {
      if (error instanceof OrganisationRefused) throw new CommandFailed(refusal(file, error));
      throw error;
    }
  });
}
