import { matchKey } from '../../domain/referral/diarienummer.js';

/** A number of a series; `year` is null when only the running number was typed. */
export interface OwnNumber {
  readonly year: number | null;
  readonly number: number;
}

/** What a text can mean as a number: our own of a board, or the sender's. */
export interface NumberTerms {
  /** Our own, by board code. */
  readonly own: ReadonlyMap<string, readonly OwnNumber[]>;
  /** As compared: `numberKey` and `senderReferenceKey` of the case. */
  readonly keys: readonly string[];
  /** The beginning of a sender's number that has more to it, such as the unit after `N2015/07991`. */
  readonly prefix: string | null;
}

const LONGEST = 60;
const MOST_RUNS = 6;
const LARGEST = 2_147_483_647;
/** What people write before a number. */
const LEADING = /^\s*(?:diarienummer|diarienr|dnr|ärendenummer|ärende|nr)\b[\s.:]*/iu;

const isFourDigitYear = (digits: string): boolean => /^(?:19|2[01])\d\d$/.test(digits);

/** The year that a run of digits can mean: four digits, or the last two of 1980 to 2079. */
function yearOf(digits: string): number | null {
  if (isFourDigitYear(digits)) return Number(digits);
  if (!/^\d\d$/.test(digits)) return null;
  return Number(digits) + (Number(digits) >= 80 ? 1900 : 2000);
}

function running(digits: string): number | null {
  const number = Number(digits);
  return Number.isSafeInteger(number) && number >= 1 && number <= LARGEST ? number : null;
}

function ownNumbers(runs: readonly string[]): OwnNumber[] {
  const [first = '', second] = runs;
  if (runs.length === 0 || runs.length > 2) return [];
  if (second === undefined) {
    const number = running(first);
    return number === null ? [] : [{ year: null, number }];
  }
  const pairs: readonly (readonly [string, string])[] = [[first, second], [second, first]]; // prettier-ignore
  return pairs.flatMap(([yearText, numberText]) => {
    const year = yearOf(yearText);
    const number = running(numberText);
    return year === null || number === null ? [] : [{ year, number }];
  });
}

/** The runs of a text without those of a board's code; null when they are not all there, or something else is. */
function digitsBeside(runs: readonly string[], code: string): string[] | null {
  const rest = [...runs];
  for (const part of matchKey(code).split(' ')) {
    const place = rest.findIndex((run) => matchKey(run) === part);
    if (place < 0) return null;
    rest.splice(place, 1);
  }
  return rest.every((run) => /^\d/.test(run)) ? rest : null;
}

/** The same number written in the other ways that people have: the year in full, or on the other side. */
function variants(runs: readonly string[]): string[] {
  const found = new Set([runs.join(' ')]);
  const digits = runs.flatMap((run, index) => (/^\d/.test(run) ? [index] : []));
  for (const index of digits) {
    const year = yearOf(runs[index] ?? '');
    if (year !== null) found.add(runs.with(index, String(year)).join(' '));
  }
  const [a, b] = digits;
  if (digits.length === 2 && a !== undefined && b !== undefined) {
    for (const one of [...found]) {
      const parts = one.split(' ');
      found.add(parts.with(a, parts[b] ?? '').with(b, parts[a] ?? '').join(' ')); // prettier-ignore
    }
  }
  return [...new Set([...found].map(matchKey))];
}

/**
 * What a text can mean as a number.
 *
 * @param boards codes of the boards that the one who asks may see
 * @returns null when the text is no number, however it is read
 */
export function numberTerms(text: string, boards: readonly string[]): NumberTerms | null {
  const typed = text.replace(LEADING, '').trim();
  if (typed.length > LONGEST) return null;
  const folded = typed.replace(/\p{Cf}/gu, '').normalize('NFC').toLowerCase().normalize('NFC'); // prettier-ignore
  const runs: string[] = folded.match(/[\p{L}\p{M}]+|\p{Nd}+/gu) ?? [];
  const digits = runs.filter((run) => /^\p{Nd}/u.test(run));
  if (digits.length === 0 || runs.length > MOST_RUNS || !digits.every((run) => /^\d+$/.test(run))) return null;
  const bare = digits.length === runs.length;
  const own = new Map<string, OwnNumber[]>();
  for (const board of boards) {
    const rest = bare ? digits : digitsBeside(runs, board);
    const numbers = rest ? ownNumbers(rest) : [];
    if (numbers.length > 0) own.set(board, numbers);
  }
  const keys = runs.length > 1 ? variants(runs) : [matchKey(folded)];
  return { own, keys, prefix: digits.length >= 2 ? matchKey(folded) : null };
}
