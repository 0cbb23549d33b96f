import { RuleError } from '../domain/errors.js';
import { DatabaseRefused } from '../platform/database/database-refused.js';
import { BadSettings } from '../platform/config/config.js';
import { errorText } from '../platform/queue/error-text.js';
import { RULE_TEXTS, detailWith } from '../platform/problem/texts.js';

/** What a person can do something about, said as it is to be printed. */
export class CommandFailed extends Error {}

/** The person pressed Ctrl+C. */
export class Interrupted extends Error {}

/** Exit codes, as `diarium --help` tells them. */
export const EXIT = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** Errors of parts that are loaded when they are needed; their message is for people. */
const TOLD = new Set(['MoveRefused', 'QueueRefused']);

function ofRule(error: RuleError): string {
  const { title, detail } = RULE_TEXTS[error.code].sv;
  return detail === '' ? title : detailWith(detail, error.facts);
}

function isOutOfDisk(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'SQLITE_FULL' || error.code === 'ENOSPC');
}

/** Why a command could not do what it was asked, in words; never a stack. */
export function failureText(error: unknown): string {
  if (error instanceof CommandFailed || error instanceof BadSettings || error instanceof DatabaseRefused) {
    return error.message;
  }
  if (error instanceof RuleError) return ofRule(error);
  if (error instanceof Error && TOLD.has(error.name)) return error.message;
  if (isOutOfDisk(error)) return 'Disken är full. Inget har ändrats; gör plats och kör kommandot igen.';
  return `Ett oväntat fel: ${errorText(error)}`;
}
