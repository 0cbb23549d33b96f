import { existsSync, statSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import { VerifyJournal } from '../features/journal/verify-journal.js';
import { MoveDatabase, MoveRefused } from '../features/operations/move/move-database.js';
import { SystemClock } from '../platform/clock/system-clock.js';
import { BadSettings, readConfig } from '../platform/config/config.js';
import { MIGRATIONS, readDataSource, writeDataSource, type DatabaseAddress } from '../platform/database/data-source.js';
import { DatabaseRefused, closeDatabase, openDatabase, type OpenDatabase } from '../platform/database/open-database.js';
import { inSnapshot } from '../platform/database/snapshot.js';
import { rows } from '../platform/database/sql.js';
import { ENTITIES } from '../schema.js';
import { CommandFailed, EXIT, Interrupted } from './failure.js';
import type { Terminal } from './terminal.js';
import { verifyNumbers } from './verify-numbers.js';

export interface MoveOptions {
  readonly from: string;
  /** Left out, it is the database of the settings, whose password then stands in no list of processes. */
  readonly to?: string;
}

interface Goal {
  readonly address: DatabaseAddress;
  /** What to name when something is wrong with it. */
  readonly name: string;
}

/** The key of PostgreSQL's advisory lock on moving: "move" in ASCII. */
const MOVE_LOCK = 0x6d_6f_76_65;

function addressOf(text: string, kind: DatabaseAddress['kind'], option: string): DatabaseAddress {
  try {
    const { database } = readConfig({ DATABASE_URL: text });
    if (database.kind === kind) return database;
  } catch (error) {
    if (!(error instanceof BadSettings)) throw error;
  }
  const shape = kind === 'sqlite' ? 'sqlite:SÖKVÄG' : 'postgres://ANVÄNDARE:LÖSENORD@VÄRD/DATABAS';
  throw new CommandFailed(`${option} ska vara ${shape}.`);
}

function goalOf({ to }: MoveOptions, terminal: Terminal): Goal {
  if (to !== undefined) return { address: addressOf(to, 'postgres', '--to'), name: '--to' };
  const { database } = readConfig(terminal.env);
  if (database.kind === 'postgres') return { address: database, name: 'DATABASE_URL' };
  throw new CommandFailed(
    'Målet saknas: sätt DATABASE_URL eller DATABASE_URL_FILE till postgres://ANVÄNDARE:LÖSENORD@VÄRD/DATABAS, eller ge det med --to.',
  );
}

/** Refuses a source that is not there, is in use, or was not closed: what another writes now would be left behind. */
function assertStill(path: string): void {
  if (!existsSync(path)) throw new CommandFailed(`--from: filen ${path} finns inte.`);
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
  if (!log || log.size === 0) return;
  const todo = 'Stoppa Diarium. Stannade det inte ordentligt: kör npx diarium migrate, och flytta sedan.';
  throw new CommandFailed(`--from: ${path} är öppen för en annan process. ${todo}`);
}

/** Opened for reading alone, as it is: an older schema is not brought up to date here. */
async function openSource(address: DatabaseAddress): Promise<DataSource> {
  const source = readDataSource(address, writeDataSource(address, ENTITIES), ENTITIES);
  await source.initialize();
  const made = await rows<{ name: string }>(source.manager, 'SELECT "name" FROM "migrations"').catch(() => []);
  const names = new Set(made.map(({ name }) => name));
  if (names.size === MIGRATIONS.length && MIGRATIONS.every(({ name }) => names.has(name))) return source;
  await source.destroy();
  throw new CommandFailed(
    '--from: databasen är av en annan version. Kör npx diarium migrate med den, och flytta sedan.',
  );
}

/** Its faults are those of `--to` where that was given: the setting then says nothing of where a move goes. */
function openTarget({ address, name }: Goal): Promise<OpenDatabase> {
  return openDatabase(address, ENTITIES).catch((error: unknown) => {
    if (!(error instanceof DatabaseRefused)) throw error;
    throw new CommandFailed(error.message.replaceAll('DATABASE_URL', name), { cause: error });
  });
}

/** What must hold on the target by itself, worked out anew there. */
async function verifyTarget(target: DataSource, terminal: Terminal, goOn: () => void): Promise<void> {
  await inSnapshot(target, async (em) => {
    const told = (text: string): void => {
      goOn();
      terminal.progress(text);
    };
    const journal = await new VerifyJournal().execute(em, (events) => told(`Journalen: ${events} händelser …`));
    const numbers = await verifyNumbers(em, told);
    const faults = [
      ...journal.faults.map(
        ({ chain, seq, reason }) => `${chain}${seq === null ? '' : `, händelse ${seq}`}: ${reason}`,
      ),
      ...numbers.faults,
    ];
    if (faults.length > 0) throw new MoveRefused(`Flytten stämmer inte:\n${faults.slice(0, 20).join('\n')}`);
    terminal.progressDone();
    terminal.err(`Journalen: ${journal.events} händelser i ${journal.chains.length} kedjor, inga fel\n`);
    terminal.err(`Nummerserierna: ${numbers.seen}, inga fel\n`);
  });
}

async function moveInto(target: DataSource, source: DataSource, terminal: Terminal, goOn: () => void): Promise<void> {
  const move = new MoveDatabase(source, target);
  const told =
    (what: string) =>
    (table: string, done: number, all: number): void => {
      goOn();
      terminal.progress(`${what} ${table}: ${done} av ${all} rader …`);
    };
  await move.copy(new SystemClock().now(), told('Kopierar'));
  const compared = await move.compare(told('Jämför'));
  terminal.progressDone();
  terminal.err(`Databasen: ${compared} rader jämförda, inga skillnader\n`);
  await verifyTarget(target, terminal, goOn);
  await move.finish();
}

/** Only one move into a database at a time. */
async function alone<T>(target: DataSource, name: string, act: () => Promise<T>): Promise<T> {
  const holder = target.createQueryRunner();
  try {
    const [found]: { mine: boolean }[] = await holder.query(`SELECT pg_try_advisory_lock(${MOVE_LOCK}) AS "mine"`);
    if (found?.mine !== true) throw new CommandFailed(`${name}: en annan flytt till databasen pågår.`);
    return await act();
  } finally {
    await holder.query(`SELECT pg_advisory_unlock(${MOVE_LOCK})`).catch(() => undefined);
    await holder.release();
  }
}

/** `diarium move --from sqlite:… [--to postgres://…]` */
export async function move(options: MoveOptions, terminal: Terminal): Promise<number> {
  const address = addressOf(options.from, 'sqlite', '--from');
  const goal = goalOf(options, terminal);
  if (address.kind === 'sqlite') assertStill(address.path);
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  const goOn = (): void => {
    if (!stop.signal.aborted) return;
    terminal.progressDone();
    terminal.err('Avbruten. Kör samma kommando igen för att fortsätta.\n');
    throw new Interrupted();
  };
  const source = await openSource(address);
  try {
    const target = await openTarget(goal);
    try {
      await alone(target.write, goal.name, () => moveInto(target.write, source, terminal, goOn));
    } finally {
      await closeDatabase(target);
    }
  } finally {
    await source.destroy();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
  terminal.err('Flyttat. Sätt DATABASE_URL till den nya databasen; mappen DATA_DIR med filerna behålls eller delas.\n');
  return EXIT.ok;
}
