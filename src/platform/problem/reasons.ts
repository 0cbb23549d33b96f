import type { z } from 'zod';
import { locales } from 'zod';
import { YEARS_TAKEN } from '../../domain/calendar/local-date.js';
import type { Language } from './language.js';

type Words = Readonly<Record<Language, string>>;

/** What our own checks say; a schema names one as `params: { reason }`, or as its `error`. */
export const REASONS = {
  blank: { sv: 'får inte vara tom', en: 'must not be blank' },
  'control-characters': {
    sv: 'innehåller styrtecken, som inte får finnas i text',
    en: 'contains control characters, which text must not have',
  },
  'not-a-day': {
    sv: 'ska vara en dag som finns, skriven ÅÅÅÅ-MM-DD',
    en: 'must be a day that exists, written YYYY-MM-DD',
  },
  'year-not-taken': {
    sv: `ska vara en dag i åren ${YEARS_TAKEN}`,
    en: `must be a day in the years ${YEARS_TAKEN}`,
  },
  'time-invalid': { sv: 'ska vara ett klockslag, skrivet TT:MM', en: 'must be a time of day, written HH:MM' },
  'date-invalid': {
    sv: 'ska vara en dag som finns, skriven ÅÅÅÅ-MM-DD',
    en: 'must be a day that exists, written YYYY-MM-DD',
  },
  'not-an-address': { sv: 'ska vara en e-postadress', en: 'must be an e-mail address' },
  'nothing-to-change': { sv: 'anger inget att ändra', en: 'names nothing to change' },
} as const satisfies Record<string, Words>;

export type Reason = keyof typeof REASONS;

const isReason = (value: unknown): value is Reason => typeof value === 'string' && value in REASONS;

/** A message that is the name of a reason, in words; any other as it is. */
export const worded = (message: string, language: Language): string =>
  isReason(message) ? REASONS[message][language] : message;

const TYPES: Readonly<Record<string, Words>> = {
  string: { sv: 'text', en: 'text' },
  number: { sv: 'ett tal', en: 'a number' },
  int: { sv: 'ett heltal', en: 'a whole number' },
  boolean: { sv: 'true eller false', en: 'true or false' },
  array: { sv: 'en lista', en: 'a list' },
  object: { sv: 'ett objekt', en: 'an object' },
  record: { sv: 'ett objekt', en: 'an object' },
  null: { sv: 'null', en: 'null' },
};

const FORMATS: Readonly<Record<string, Words>> = {
  email: REASONS['not-an-address'],
  date: REASONS['not-a-day'],
  datetime: {
    sv: 'ska vara en tidpunkt med tidszon, skriven ÅÅÅÅ-MM-DDTTT:MM:SSZ',
    en: 'must be an instant with its time zone, written YYYY-MM-DDTHH:MM:SSZ',
  },
  uuid: { sv: 'ska vara ett UUID', en: 'must be a UUID' },
  regex: { sv: 'har fel form', en: 'has the wrong form' },
};

const UNITS: Readonly<Record<string, Words>> = {
  string: { sv: ' tecken', en: ' characters' },
  array: { sv: ' poster', en: ' items' },
  set: { sv: ' poster', en: ' items' },
};

const FALLBACK = { sv: locales.sv().localeError, en: locales.en().localeError };

type Issue = z.core.$ZodRawIssue;

function typeReason(issue: Extract<Issue, { code: 'invalid_type' }>, language: Language): string {
  if (issue.input === undefined) return language === 'sv' ? 'måste anges' : 'is required';
  const type = TYPES[issue.expected]?.[language] ?? String(issue.expected);
  return language === 'sv' ? `ska vara ${type}` : `must be ${type}`;
}

function valueReason(values: readonly unknown[], language: Language): string {
  const allowed = values.map(String).join(', ');
  return language === 'sv' ? `ska vara något av: ${allowed}` : `must be one of: ${allowed}`;
}

function sizeReason(issue: Extract<Issue, { code: 'too_big' | 'too_small' }>, language: Language): string {
  const unit = UNITS[issue.origin]?.[language] ?? '';
  const big = issue.code === 'too_big';
  const limit = String(issue.code === 'too_big' ? issue.maximum : issue.minimum);
  if (language === 'sv') return `får vara ${big ? 'högst' : 'minst'} ${limit}${unit}`;
  return `must be at ${big ? 'most' : 'least'} ${limit}${unit}`;
}

function plain(message: string | { message: string } | null | undefined): string {
  return typeof message === 'object' && message !== null ? message.message : (message ?? '');
}

/** What is wrong with a value, in words that follow on the field's name. */
export function reasonIn(language: Language): (issue: Issue) => string {
  return (issue) => {
    if (issue.code === 'invalid_type') return typeReason(issue, language);
    if (issue.code === 'invalid_value') return valueReason(issue.values, language);
    if (issue.code === 'invalid_union' && Array.isArray(issue.options)) return valueReason(issue.options, language);
    if (issue.code === 'too_big' || issue.code === 'too_small') return sizeReason(issue, language);
    if (issue.code === 'invalid_format' && FORMATS[issue.format]) return FORMATS[issue.format]?.[language] ?? '';
    const reason: unknown = issue.code === 'custom' ? issue.params?.['reason'] : undefined;
    return isReason(reason) ? REASONS[reason][language] : plain(FALLBACK[language](issue));
  };
}
