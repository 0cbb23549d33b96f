import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { BackupRefused } from '../features/operations/backup/backup-refused.js';
import { DrillRecord, type Drill } from '../features/operations/backup/drill-record.js';
import { restoreBackup } from '../features/operations/backup/restore-backup.js';
import { withScratchDatabase } from '../features/operations/backup/scratch-database.js';
import { Clock } from '../platform/clock/clock.port.js';
import { readConfig, withSettings, type AppConfig } from '../platform/config/config.js';
import { CommandFailed, EXIT, Interrupted } from './failure.js';
import { KNOWN_MIGRATIONS, when } from './restore.js';
import type { Terminal } from './terminal.js';
import { verify } from './verify.js';
import { withDiarium } from './with-diarium.js';
import { withInterrupt } from './with-interrupt.js';

export interface DrillOptions {
  /** Where backups lie; the newest is taken. */
  readonly dir?: string;
  /** Where it is unpacked for a while. */
  readonly scratch?: string;
}

type Tried = Pick<Drill, 'outcome' | 'takenAt' | 'reason'>;

const BY = { personId: null, name: 'diarium drill' } as const;

/** The newest archive by its file's time. Should it be no backup, that is told, and no older one is taken in its stead. */
async function newestIn(folder: string): Promise<string> {
  const names = await readdir(folder).catch(() => {
    throw new CommandFailed(`Mappen ${folder} går inte att läsa.`);
  });
  let newest: { readonly path: string; readonly at: number } | null = null;
  for (const name of names.filter((one) => one.endsWith('.tar') && !one.startsWith('.'))) {
    const path = join(folder, name);
    const found = await stat(path);
    if (!found.isFile()) continue;
    const { mtimeMs } = found;
    if (newest === null || mtimeMs > newest.at) newest = { path, at: mtimeMs };
  }
  if (newest) return newest.path;
  throw new CommandFailed(`I mappen ${folder} finns ingen säkerhetskopia (.tar).`);
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

/** Restores and verifies; whatever is wrong with the backup is the outcome, and no failure of the command. */
async function attempt(file: string, folder: string, config: AppConfig, terminal: Terminal): Promise<Tried> {
  let takenAt: string | null = null;
  try {
    return await withInterrupt(terminal, (signal) =>
      withScratchDatabase(config.database, folder, async (database) => {
        const place = { dataDir: join(folder, 'data'), database };
        const path = terminal.env['PATH'] ?? '';
        const told = (text: string): void => terminal.progress(text);
        const request = { file, config: place, known: KNOWN_MIGRATIONS, path, signal, told };
        ({ takenAt } = await restoreBackup(request));
        const url = database.kind === 'sqlite' ? `sqlite:${database.path}` : database.url;
        const env = withSettings(terminal.env, { DATA_DIR: place.dataDir, DATABASE_URL: url });
        const whole = (await verify({ ...terminal, env })) === EXIT.ok;
        return { takenAt, outcome: whole ? 'ok' : 'failed', reason: whole ? null : 'verify hittade fel' };
      }),
    );
  } catch (error) {
    if (error instanceof CommandFailed && error.cause instanceof BackupRefused && error.cause.because !== 'tool') {
      return { takenAt, outcome: 'failed', reason: error.message };
    }
    throw error;
  }
}

/** `diarium drill [FILE]` */
export async function drill(given: string | undefined, options: DrillOptions, terminal: Terminal): Promise<number> {
  const config = readConfig(terminal.env);
  if ((given === undefined) === (options.dir === undefined)) {
    terminal.err('Ange en säkerhetskopia, eller mappen där de ligger med --dir\n');
    return EXIT.usage;
  }
  if (given !== undefined && !(await isFile(resolve(given)))) {
    terminal.err(`${given} finns inte eller är ingen fil\n`);
    return EXIT.usage;
  }
  const file = given === undefined ? await newestIn(resolve(options.dir ?? '.')) : resolve(given);
  const folder = await mkdtemp(join(options.scratch ?? tmpdir(), 'diarium-drill-'));
  let tried: Tried;
  try {
    tried = await attempt(file, folder, config, terminal);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  await withDiarium(terminal, async ({ app, interrupted }) => {
    if (interrupted.aborted) throw new Interrupted();
    const doneAt = app.get(Clock).now().toISOString();
    await app.get(DrillRecord).save({ doneAt, file: basename(file), ...tried }, BY);
  });
  const { outcome, takenAt, reason } = tried;
  if (outcome === 'failed') throw new CommandFailed(`${file} går inte att återställa: ${reason ?? ''}`);
  await terminal.out(`${file}\n`);
  terminal.err(`Säkerhetskopian från ${when(takenAt ?? '')} går att återställa. Provet är antecknat.\n`);
  return EXIT.ok;
}
