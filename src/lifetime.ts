import type { Diarium } from './bootstrap.js';
import { BadSettings } from './platform/config/config.js';
import { DatabaseRefused } from './platform/database/database-refused.js';
import { errorFields, type Log } from './platform/log/log.js';
import { QueueRefused } from './platform/queue/queue-refused.js';

const portTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

/** Errors whose message is for the one who starts the process. */
const isTold = (error: unknown): error is Error =>
  error instanceof BadSettings || error instanceof DatabaseRefused || error instanceof QueueRefused;

/** Tells why it did not start, in words where we know them, and ends with 1. */
export function tellFailure(error: unknown): never {
  if (isTold(error)) process.stderr.write(`${error.message}\n`);
  else if (portTaken(error)) process.stderr.write('Porten är upptagen. Stäng det som använder den, eller sätt PORT.\n');
  else process.stderr.write(`Diarium kunde inte starta.\n${JSON.stringify(errorFields(error), null, 2)}\n`);
  process.exit(1);
}

/** One Ctrl+C may reach us twice: from the terminal, and handed on by npm. */
const ECHO_MS = 500;
const LONG_MS = 2 ** 30;

/**
 * Runs until SIGTERM or SIGINT, then ends what has been begun and exits with 0. A second signal exits at once, and so
 * does an error that nobody has caught: what state it left is not known.
 */
export function runUntilSignal(log: Log, diarium: Diarium): void {
  // A worker may have nothing open that would keep it running.
  setInterval(() => undefined, LONG_MS);
  let stopping = false;
  let asked = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    if (asked) return;
    asked = true;
    setTimeout(() => (stopping = true), ECHO_MS).unref();
    log.info('stopping', { signal });
    diarium.close().then(
      () => {
        log.info('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        log.fatal('stopping failed', { err: error });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** From the first moment on. */
export function dieOnUncaught(log: Log): void {
  const die = (error: unknown): void => {
    log.fatal('an error that nobody has caught', { err: error });
    process.exit(1);
  };
  process.on('unhandledRejection', die);
  process.on('uncaughtException', die);
}
