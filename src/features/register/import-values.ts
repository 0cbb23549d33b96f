import { isDayOfOtherYear, isLocalDate, type LocalDate } from '../../domain/calendar/local-date.js';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

const PARTS: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  YY: '(?<year>\\d{2})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{2})',
  D: '(?<day>\\d{1,2})',
};

/** A clock time after the day is what exports from databases have. */
const CLOCK = '(?:[T ]\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?)?';

function expressionOf(format: string): RegExp {
  const source = format.replace(/YYYY|YY|MM|M|DD|D|[^YMD]+/g, (part) => PARTS[part] ?? escaped(part));
  return new RegExp(`^${source}${CLOCK}$`);
}

const fullYear = (year: string): string =>
  year.length === 4 ? year : String(Number(year) + (Number(year) >= 80 ? 1900 : 2000));

/**
 * Reads days written in one of the formats. `other-year` for a day in a year that is not taken, and null for anything else,
 * and for days that do not exist.
 */
export function dateReader(formats: readonly string[]): (text: string) => LocalDate | 'other-year' | null {
  const expressions = formats.map(expressionOf);
  return (text) => {
    let other: 'other-year' | null = null;
    for (const expression of expressions) {
      const { year = '', month = '', day = '' } = expression.exec(text)?.groups ?? {};
      const iso = `${fullYear(year)}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
      if (isLocalDate(iso)) return iso;
      if (isDayOfOtherYear(iso)) other = 'other-year';
    }
    return other;
  };
}

export interface PrintedNumber {
  readonly year: number;
  readonly number: number;
}

const LARGEST = 2_147_483_647;

function numberExpression(pattern: string, code: string): RegExp {
  const source = pattern.replace(/\{([^{}]*)\}|\s+|[-–—]|[^{}\s–—-]+/g, (part, inside?: string) => {
    if (inside === 'code') return escaped(code);
    if (inside === 'year') return '(?<year>\\d{4})';
    if (inside === 'year:2') return '(?<year>\\d{2})';
    if (inside !== undefined) return '(?<number>\\d{1,10})';
    if (/^\s+$/.test(part)) return '\\s*';
    return /^[-–—]$/.test(part) ? '[-–—]' : escaped(part);
  });
  return new RegExp(`^${source}$`, 'i');
}

/** Reads year and running number out of printed numbers; null for one that no pattern fits. */
export function numberReader(patterns: readonly string[], code: string): (printed: string) => PrintedNumber | null {
  const expressions = patterns.map((pattern) => numberExpression(pattern, code));
  return (printed) => {
    for (const expression of expressions) {
      const { year, number } = expression.exec(printed)?.groups ?? {};
      if (year === undefined || number === undefined) continue;
      const found = { year: Number(fullYear(year)), number: Number(number) };
      if (found.number >= 1 && found.number <= LARGEST && found.year >= 1900) return found;
    }
    return null;
  };
}
