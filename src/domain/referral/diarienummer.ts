import { RuleError } from '../errors.js';

const LONGEST_PATTERN = 40;
const PLACEHOLDER = /\{([^{}]*)\}/gu;
const KNOWN = /^(?:code|year|year:2|number|number:[1-9])$/u;
/** What may stand between the placeholders of a pattern. */
const LITERAL = /^[\p{L}\p{Nd} ./:_\-–()]*$/u;

function invalid(field: string, pattern: unknown, message: string): RuleError {
  return new RuleError('number-pattern-invalid', `${field}: ${message}`, { field, value: pattern });
}

function count(pattern: string, name: string): number {
  return [...pattern.matchAll(PLACEHOLDER)].filter(([, inside = '']) => inside.split(':')[0] === name).length;
}

/**
 * The pattern that a board's numbers are printed by.
 *
 * `{code}` is the board's code, `{year}` the four digits of the year (`{year:2}` the last two), `{number}` the running
 * number (`{number:5}` with zeros in front up to five digits). Year and number come exactly once each and do not
 * touch, so that no two numbers of a series look alike.
 * @param text  at most 40 characters
 * @param field the name of the field it was given in, for the error
 * @throws RuleError `number-pattern-invalid`
 */
export function numberPattern(text: string, field = 'numberPattern'): string {
  if (typeof text !== 'string' || text === '' || text !== text.trim() || text.length > LONGEST_PATTERN) {
    throw invalid(field, text, `write 1 to ${LONGEST_PATTERN} characters, no space first or last`);
  }
  for (const [whole, inside = ''] of text.matchAll(PLACEHOLDER)) {
    if (!KNOWN.test(inside)) throw invalid(field, text, `${whole} is not a placeholder`);
  }
  if (count(text, 'year') !== 1 || count(text, 'number') !== 1) {
    throw invalid(field, text, '{year} and {number} must come exactly once each');
  }
  if (!LITERAL.test(text.replace(PLACEHOLDER, ''))) {
    throw invalid(field, text, 'only letters, digits, spaces and . / : _ - ( ) may stand beside the placeholders');
  }
  if (touches(text)) throw invalid(field, text, 'something must part {year} and {number} from other digits');
  return text;
}

/** Whether digits of year and number would run together, or into others, so that two numbers could look alike. */
function touches(pattern: string): boolean {
  const shape = pattern.replace(PLACEHOLDER, (_, inside: string) => (inside === 'code' ? 'c' : '#'));
  return /##|#c#|\p{Nd}#|#\p{Nd}/u.test(shape);
}

/**
 * A diarienummer as it is printed.
 *
 * @param pattern one that `numberPattern` has let through
 * @param code    the board's code
 * @param year    the year of registration in Stockholm, four digits
 * @param number  the running number, 1 or more
 * @throws RangeError when year or number is anything else, which is a bug in the caller
 */
export function formatDiarienummer(pattern: string, code: string, year: number, number: number): string {
  if (!Number.isInteger(year) || year < 1000 || year > 9999) throw new RangeError(`year: ${year}`);
  if (!Number.isSafeInteger(number) || number < 1) throw new RangeError(`number: ${number}`);
  return pattern.replace(PLACEHOLDER, (_, inside: string) => {
    const [name, width] = inside.split(':');
    if (name === 'code') return code;
    if (name === 'year') return width === '2' ? String(year).slice(2) : String(year);
    return String(number).padStart(Number(width ?? 1), '0');
  });
}

/**
 * What two ways to write a diarienummer have in common: its runs of letters and of digits, one space between.
 *
 * Case and leading zeros are dropped, and so is every separator: `ks 2023-739`, `KS2023/739` and `KS 2023/0739` are one,
 * `1-202/2019` and `1202/2019` are two. Soft hyphens and other invisible characters are removed first.
 */
export function matchKey(text: string): string {
  const folded = text
    .replace(/\p{Cf}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .normalize('NFC');
  const runs = folded.match(/[\p{L}\p{M}]+|\p{Nd}+/gu) ?? [];
  return runs.map((run) => run.replace(/^0+(?=\p{Nd})/u, '')).join(' ');
}
