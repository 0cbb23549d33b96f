/** Every rule that a person can break. A platform table gives each its status, and a word list each its Swedish. */
export const RULE_CODES = [
  'date-invalid',
  'date-out-of-order',
  'time-invalid',
  'time-without-day',
  'time-skipped',
  'text-invalid',
  'field-required',
  'lead-times-invalid',
  'number-pattern-invalid',
  'received-in-future',
  'answer-date-invalid',
  'board-unknown',
  'person-unknown',
  'person-lacks-role',
  'department-unknown',
  'meeting-unknown',
  'meeting-exists',
  'meeting-cancelled',
  'meeting-too-late',
  'meeting-in-past',
  'not-found',
  'forbidden',
  'act-not-allowed',
  'step-order',
  'already-done',
  'confirmation-needed',
  'outcome-not-of-route',
  'record-unknown',
  'record-not-latest',
  'field-not-of-record',
  'record-unchanged',
  'adjustment-not-allowed',
  'decline-needs-route',
  'duplicate-referral',
  'version-missing',
  'version-stale',
  'idempotency-key-reused',
  'idempotency-key-invalid',
  'extension-open',
  'extension-not-open',
  'series-exhausted',
  'unauthenticated',
  'cursor-invalid',
  'secrecy-invalid',
  'organisation-invalid',
  'route-invalid',
  'case-closed',
  'reminder-not-resendable',
  'link-not-resendable',
  'export-too-large',
  'too-many-calendars',
  'own-substitute',
  'absence-overlaps',
  'absence-circle',
  'last-admin',
  'officer-has-cases',
  'person-exists',
  'department-exists',
  'manager-needs-department',
  'department-elsewhere',
] as const;

/** The name of one rule. */
export type RuleCode = (typeof RULE_CODES)[number];

/** What a person can cause: a broken rule, its code, an English message, and facts (`field` where there is one). */
export class RuleError extends Error {
  override readonly name = 'RuleError';

  constructor(
    readonly code: RuleCode,
    message: string,
    readonly facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}
