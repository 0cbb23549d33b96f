import { BackupRefused } from '../features/operations/backup/backup-refused.js';
import { CommandFailed, EXIT, Interrupted } from './failure.js';
import type { Terminal } from './terminal.js';

/** Runs work that Ctrl+C and SIGTERM end by way of a signal; a second one ends the process at once. */
export async function withInterrupt<T>(terminal: Terminal, use: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(EXIT.interrupted);
    terminal.err('Avbryter …\n');
    stop.abort(new Interrupted());
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    return await use(stop.signal);
  } catch (error) {
    if (stop.signal.aborted) throw new Interrupted();
    throw error instanceof BackupRefused ? new CommandFailed(error.message, { cause: error }) : error;
  } finally {
    terminal.progressDone();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}
