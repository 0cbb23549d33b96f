import type { LoggerService } from '@nestjs/common';
import { Log } from './log.js';

/** Nest's own lines in our log. What it tells while starting is of interest to developers only. */
export class NestLog implements LoggerService {
  constructor(private readonly ours: Log) {}

  log(message: unknown, ...more: unknown[]): void {
    this.ours.debug(String(message), { from: more.at(-1) });
  }

  debug(message: unknown, ...more: unknown[]): void {
    this.ours.debug(String(message), { from: more.at(-1) });
  }

  verbose(message: unknown, ...more: unknown[]): void {
    this.ours.debug(String(message), { from: more.at(-1) });
  }

  warn(message: unknown, ...more: unknown[]): void {
    this.ours.warn(String(message), { from: more.at(-1) });
  }

  /** Nest hands over an error as message, stack and context, or as the error itself. */
  error(message: unknown, ...more: unknown[]): void {
    if (message instanceof Error) this.ours.error(message.message, { err: message, from: more.at(-1) });
    else this.ours.error(String(message), { detail: more.map(String) });
  }

  fatal(message: unknown, ...more: unknown[]): void {
    this.ours.fatal(String(message), { from: more.at(-1) });
  }
}
