import { makeBackup, type BackupMade } from '../features/operations/backup/make-backup.js';
import { SystemClock } from '../platform/clock/system-clock.js';
import { readConfig } from '../platform/config/config.js';
import { EXIT } from './failure.js';
import type { Terminal } from './terminal.js';
import { withInterrupt } from './with-interrupt.js';

export interface BackupOptions {
  readonly force: boolean;
  readonly withSecrets: boolean;
}

function summary({ size, manifest: { members, tables, engine } }: BackupMade): string {
  const files = members.filter(({ name }) => name.startsWith('files/')).length;
  const megabytes = (size / 1_000_000).toFixed(1).replace('.', ',');
  const database = engine === 'sqlite' ? 'SQLite' : 'PostgreSQL';
  return `${database} med ${tables['referral'] ?? 0} ärenden, ${files === 1 ? 'en fil' : `${files} filer`}, ${megabytes} MB.\n`;
}

/**
 * `diarium backup FILE`
 *
 * The one command that opens the database without bringing its schema up to date: a backup is made before that.
 */
export function backup(target: string, options: BackupOptions, terminal: Terminal): Promise<number> {
  const config = readConfig(terminal.env);
  const takenAt = new SystemClock(config.clockStartsAt ?? undefined).now();
  return withInterrupt(terminal, async (signal) => {
    const told = (text: string): void => terminal.progress(text);
    const path = terminal.env['PATH'] ?? '';
    const made = await makeBackup({ config, target, ...options, takenAt, path, signal, told });
    terminal.progressDone();
    await terminal.out(`${made.file}\n`);
    terminal.err(summary(made));
    for (const name of made.changed)
      terminal.err(`FEL ${name}: innehållet är inte det som namnet säger; filen är skadad.\n`);
    return made.changed.length > 0 ? EXIT.failed : EXIT.ok;
  });
}
