import type { INestApplicationContext } from '@nestjs/common';
import type { Clock } from '../platform/clock/clock.port.js';
import { EXIT, Interrupted } from './failure.js';
import type { Terminal } from './terminal.js';

/** The application without a server, for one command. */
export interface Opened {
  readonly app: INestApplicationContext;
  /** Aborted by Ctrl+C or SIGTERM: what has been begun is to be ended, and no more begun. */
  readonly interrupted: AbortSignal;
  /** @throws Interrupted when the person has pressed Ctrl+C; to be called between steps */
  goOn(): void;
}

/** Commands say what they do themselves: their log tells of trouble only, unless more is asked for. */
const QUIET = { LOG_LEVEL: 'warn' };

/**
 * Opens the database (which brings its schema up to date), puts the application together, and lets go of it again
 * whatever happens. Loaded when it is needed: `plan` and `--help` do without.
 */
export async function withDiarium<T>(
  terminal: Terminal,
  use: (opened: Opened) => Promise<T>,
  clock?: Clock,
): Promise<T> {
  const { createDiariumContext } = await import('../bootstrap.js');
  const { readConfig } = await import('../platform/config/config.js');
  const config = readConfig({ ...QUIET, ...terminal.env });
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(EXIT.interrupted);
    terminal.err('Avbryter …\n');
    stop.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    const diarium = await createDiariumContext({ config, process: 'command', ...(clock ? { clock } : {}) });
    const goOn = (): void => {
      if (stop.signal.aborted) throw new Interrupted();
    };
    try {
      goOn();
      return await use({ app: diarium.app, interrupted: stop.signal, goOn });
    } finally {
      terminal.progressDone();
      await diarium.close();
    }
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}
