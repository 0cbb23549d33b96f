import { pino, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from '../config/config.js';

/** What a line says beside its message: ids, counts and codes. Never names, addresses, titles, tokens or bodies. */
export type Fields = Readonly<Record<string, unknown>>;

/** Where lines go: standard output for a service, standard error for a command whose output is its result. */
export type LogTo = 'stdout' | 'stderr' | DestinationStream;

/** Should one of these be handed to the log all the same, it is not written. */
const NEVER = [
  'authorization', 'cookie', 'password', 'secret', 'token', 'email', 'name', 'title', 'internalTitle', 'phone', 'body',
  'subject', 'to',
]; // prettier-ignore
const REDACTED = [...NEVER, ...NEVER.map((key) => `*.${key}`)];

/** An error as logged: without the query parameters and answers that libraries hang on theirs, and without addresses. */
export function errorFields(error: unknown): Fields {
  if (!(error instanceof Error)) return { message: withoutAddresses(String(error)) };
  const code = 'code' in error ? { code: error.code } : {};
  const cause = error.cause === undefined ? {} : { cause: errorFields(error.cause) };
  const stack = error.stack === undefined ? {} : { stack: withoutAddresses(error.stack) };
  return { type: error.constructor.name, message: withoutAddresses(error.message), ...code, ...stack, ...cause };
}

const withoutAddresses = (text: string): string => text.replace(/[^\s<>"'(@]{1,64}@[^\s<>"'),]+/g, '[address]');

/** Structured log lines. */
export class Log {
  constructor(private readonly pino: Logger) {}

  debug(message: string, fields: Fields = {}): void {
    this.pino.debug(fields, message);
  }

  info(message: string, fields: Fields = {}): void {
    this.pino.info(fields, message);
  }

  /** @param fields `err` is written as type, message, code and stack */
  warn(message: string, fields: Fields = {}): void {
    this.pino.warn(fields, message);
  }

  error(message: string, fields: Fields = {}): void {
    this.pino.error(fields, message);
  }

  fatal(message: string, fields: Fields = {}): void {
    this.pino.fatal(fields, message);
  }

  /** The same log with fields that stand on every line. */
  child(fields: Fields): Log {
    return new Log(this.pino.child(fields));
  }
}

export function createLog(level: LogLevel, to: LogTo = 'stdout'): Log {
  const options = {
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: errorFields },
    redact: { paths: REDACTED, censor: '[redacted]' },
  };
  if (to === 'stdout') return new Log(pino(options, pino.destination({ dest: 1, sync: true })));
  if (to === 'stderr') return new Log(pino(options, pino.destination({ dest: 2, sync: true })));
  return new Log(pino(options, to));
}
