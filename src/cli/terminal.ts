import type { Env } from '../platform/config/settings-reader.js';

/** Where a command reads and writes: results to `out`, everything else to `err`. */
export interface Terminal {
  readonly env: Env;
  readonly stdin: AsyncIterable<string | Buffer>;
  /** Resolves when the text is handed on, so that a slow reader is waited for. */
  out(text: string): Promise<void>;
  err(text: string): void;
  /** Says how far long work has come: on one line of a terminal, else a line now and then. */
  progress(text: string): void;
  /** Takes the line of `progress` away. */
  progressDone(): void;
}

const SECONDS_BETWEEN_LINES = 5;

export function processTerminal(env: Env): Terminal {
  // A reader that has had enough (`| head`) is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  process.stderr.on('error', () => undefined);
  const err = (text: string): void => void process.stderr.write(text);
  let shown = false;
  let lastLine = -Infinity;
  const progressDone = (): void => {
    if (shown) err('\r\u001b[K');
    shown = false;
  };
  return {
    env,
    stdin: process.stdin,
    out: (text) => new Promise((done) => void process.stdout.write(text, () => done())),
    err: (text) => {
      progressDone();
      err(text);
    },
    progress: (text) => {
      if (process.stderr.isTTY) {
        err(`\r\u001b[K${text}`);
        shown = true;
      } else if (process.uptime() - lastLine >= SECONDS_BETWEEN_LINES) {
        if (lastLine !== -Infinity) err(`${text}\n`);
        lastLine = process.uptime();
      }
    },
    progressDone,
  };
}
