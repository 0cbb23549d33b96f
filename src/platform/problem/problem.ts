import { HttpException } from '@nestjs/common';
import { RuleError, type RuleCode } from '../../domain/errors.js';
import { fieldErrors, type FieldError } from './field-errors.js';
import { InvalidRequest } from './invalid-request.js';
import type { Language } from './language.js';
import { REQUEST_STATUS, STATUS, type RequestCode } from './statuses.js';
import { REQUEST_TEXTS, RULE_TEXTS, detailWith } from './texts.js';
import { TooManyFields } from './too-many-fields.js';
import { isUnavailable } from './unavailable.js';

/** A problem document (RFC 9457). Facts of the rule stand beside these members. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The id of the request, as in the log and in X-Request-Id. */
  readonly instance: string;
  readonly errors?: readonly FieldError[];
  readonly [fact: string]: unknown;
}

export interface Described {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether it is our fault, and goes to the log with its stack. */
  readonly ours: boolean;
}

/** What the one who describes needs to know about the request. */
export interface Asked {
  readonly language: Language;
  readonly requestId: string;
  /** Methods that the address has, when it has others than the one asked for. */
  readonly allow: readonly string[];
  /** Whether the request carried credentials, which were then wrong. */
  readonly withCredentials: boolean;
  /** Whether the request sent a form, as a page does. */
  readonly isForm: boolean;
}

type Facts = Readonly<Record<string, unknown>>;

/** A fact that is named as a member of the document goes under another name. */
const RENAMED: Readonly<Record<string, string>> = { status: 'caseStatus', title: 'caseTitle', type: 'caseType' };
const RESERVED = new Set(['detail', 'instance', 'errors']);

function withoutReserved(facts: Facts): Facts {
  const kept = Object.entries(facts).filter(([name]) => !RESERVED.has(name));
  return Object.fromEntries(kept.map(([name, fact]) => [RENAMED[name] ?? name, fact]));
}

const isFieldError = (value: unknown): value is FieldError =>
  typeof value === 'object' && value !== null && 'field' in value && 'reason' in value;

function errorsIn(facts: Facts, detail: string): FieldError[] {
  const { errors, field } = facts;
  if (Array.isArray(errors)) return errors.filter(isFieldError);
  return typeof field === 'string' ? [{ field, reason: detail }] : [];
}

const WORDS_FOR_CREDENTIALS = {
  none: 'Bearer realm="diarium"',
  wrong: 'Bearer realm="diarium", error="invalid_token"',
};

function headersOf(code: RuleCode, asked: Asked): Record<string, string> {
  if (code === 'unauthenticated') {
    return { 'WWW-Authenticate': WORDS_FOR_CREDENTIALS[asked.withCredentials ? 'wrong' : 'none'] };
  }
  return {};
}

function describeRule(error: RuleError, asked: Asked): Described {
  const { language } = asked;
  const texts = RULE_TEXTS[error.code][language];
  const template = texts.detail === '' ? null : texts.detail;
  const detail = (template === null ? error.message : detailWith(template, error.facts)) || texts.title;
  const errors = errorsIn(error.facts, detail);
  const problem: Problem = {
    ...withoutReserved(error.facts),
    type: `/problems/${error.code}`,
    title: texts.title,
    status: STATUS[error.code],
    detail,
    instance: asked.requestId,
    ...(errors.length === 0 ? {} : { errors }),
  };
  return { problem, headers: headersOf(error.code, asked), ours: false };
}

function describeRequest(code: RequestCode, asked: Asked, facts: Facts = {}, errors?: readonly FieldError[]): Problem {
  const { title, detail } = REQUEST_TEXTS[code][asked.language];
  return {
    ...facts,
    type: `/problems/${code}`,
    title,
    status: REQUEST_STATUS[code],
    detail: detailWith(detail, facts),
    instance: asked.requestId,
    ...(errors === undefined ? {} : { errors }),
  };
}

const BY_STATUS: Readonly<Record<number, RequestCode>> = {
  403: 'form-not-ours',
  404: 'no-such-route',
  408: 'request-timeout',
  413: 'body-too-large',
  414: 'address-too-long',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
};

const NOT_JSON = new Set(['FST_ERR_CTP_INVALID_JSON_BODY', 'FST_ERR_CTP_EMPTY_JSON_BODY']);

/** Fastify's code, which Nest hides in the cause; a body that cannot be parsed has it or is a SyntaxError. */
function isMalformedJson(error: HttpException): boolean {
  const { cause } = error;
  if (cause instanceof SyntaxError) return true;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' && NOT_JSON.has(cause.code);
}

function describeHttp(error: HttpException, asked: Asked, bodyLimit: number): Described {
  const status = error.getStatus();
  if (status === 404 && asked.allow.length > 0) {
    const allow = asked.allow.join(', ');
    return { problem: describeRequest('method-not-allowed', asked, { allow }), headers: { Allow: allow }, ours: false };
  }
  const facts = status === 413 ? { limit: bodyLimit } : {};
  const byStatus = status === 413 && asked.isForm ? 'form-too-large' : (BY_STATUS[status] ?? 'bad-request');
  const code = isMalformedJson(error) ? 'malformed-json' : byStatus;
  return { problem: describeRequest(code, asked, facts), headers: {}, ours: false };
}

/**
 * Says in the reader's language what went wrong, and nothing of what only we may know.
 *
 * @param bodyLimit of such a request, in bytes
 */
export function describeProblem(error: unknown, asked: Asked, bodyLimit: number): Described {
  if (error instanceof RuleError) return describeRule(error, asked);
  if (error instanceof InvalidRequest) {
    const errors = fieldErrors(error, asked.language);
    return { problem: describeRequest('invalid-request', asked, {}, errors), headers: {}, ours: false };
  }
  if (error instanceof TooManyFields) {
    return { problem: describeRequest('too-many-fields', asked, { limit: error.limit }), headers: {}, ours: false };
  }
  if (error instanceof HttpException && error.getStatus() < 500) return describeHttp(error, asked, bodyLimit);
  if (isUnavailable(error)) {
    return { problem: describeRequest('unavailable', asked), headers: { 'Retry-After': '5' }, ours: true };
  }
  return { problem: describeRequest('internal-error', asked), headers: {}, ours: true };
}
