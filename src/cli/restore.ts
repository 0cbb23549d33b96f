import { localDateAt, localTimeAt } from '../domain/calendar/stockholm-time.js';
import { restoreBackup } from '../features/operations/backup/restore-backup.js';
import { readConfig } from '../platform/config/config.js';
import { MIGRATIONS } from '../platform/database/data-source.js';
import { CommandFailed, EXIT } from './failure.js';
import type { Terminal } from './terminal.js';
import { verify } from './verify.js';
import { withInterrupt } from './with-interrupt.js';

/** Every migration of this version. */
export const KNOWN_MIGRATIONS: ReadonlySet<string> = new Set(MIGRATIONS.map(({ name }) => name));

/** An instant as people say it. */
export const when = (instant: string): string => {
  const at = new Date(instant);
  return `${localDateAt(at)} kl. ${localTimeAt(at).replace(':', '.')}`;
};

/** `diarium restore FILE` */
export async function restore(file: string, terminal: Terminal): Promise<number> {
  const config = readConfig(terminal.env);
  const manifest = await withInterrupt(terminal, (signal) => {
    const told = (text: string): void => terminal.progress(text);
    const path = terminal.env['PATH'] ?? '';
    return restoreBackup({ file, config, known: KNOWN_MIGRATIONS, path, signal, told });
  });
  terminal.err(`Återställt som det var ${when(manifest.takenAt)}. Kontrollerar …\n`);
  if ((await verify(terminal)) === EXIT.ok) return EXIT.ok;
  throw new CommandFailed('Allt är återställt så som det säkerhetskopierades, men kontrollen hittade fel: se ovan.');
}
