/** One word that is searched for, in its ways of writing. */
export interface WordTerm {
  /** The word as typed, and a number also without its leading zeros. */
  readonly forms: readonly string[];
  /** Whether words that begin with it are hits too. Never of a number: 73 is not half of 739. */
  readonly isPrefix: boolean;
}

const MOST_TERMS = 12;
const LONGEST_TEXT = 2_000;
const LONGEST_TERM = 100;
/** One letter begins too many words to be worth gathering. */
const SHORTEST_PREFIX = 2;

/**
 * The words of a text, the last of them a prefix. Letters keep their dots and rings: `för` is not `for`.
 *
 * Empty when there is no letter or digit in the text. Of a longer text the first 12 words count.
 */
export function wordTerms(text: string): WordTerm[] {
  const words = text.slice(0, LONGEST_TEXT).normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? []; // prettier-ignore
  const kept = words.slice(0, MOST_TERMS).map((word) => [...word].slice(0, LONGEST_TERM).join(''));
  return kept.map((word, index) => ({
    forms: /^0+\d+$/.test(word) ? [word, word.replace(/^0+(?=\d)/, '')] : [word],
    isPrefix: index === words.length - 1 && !/^\d+$/.test(word) && [...word].length >= SHORTEST_PREFIX,
  }));
}

/** A board as a word of the index; the migration that made the index writes it so. */
const boardWord = (code: string): string => `\u{e000}${Buffer.from(code, 'utf8').toString('hex')}`;

const quoted = (word: string): string => `"${word.replaceAll('"', '""')}"`;
const either = (parts: readonly string[]): string => (parts.length === 1 ? parts.join('') : `(${parts.join(' OR ')})`);

/** The expression that FTS5 takes: one of the boards, and every word. Each word is quoted, so none is an operator. */
export function ftsExpression(boards: readonly string[], terms: readonly WordTerm[]): string {
  const words = terms.map(({ forms, isPrefix }) =>
    either(forms.map((form) => (isPrefix ? `${quoted(form)}*` : quoted(form)))),
  );
  return [either(boards.map((code) => quoted(boardWord(code)))), ...words].join(' AND ');
}

/**
 * The same for PostgreSQL's `to_tsquery`; boards are looked at by the query itself.
 *
 * @param weight which words of the index count: `A`, the stems, or `D`, those as written
 */
export function tsqueryExpression(terms: readonly WordTerm[], weight: 'A' | 'D'): string {
  const literal = (form: string): string => `'${form.replaceAll("'", "''")}'`;
  return terms
    .map(({ forms, isPrefix }) =>
      either(forms.map((form) => `${literal(form)}:${isPrefix ? '*' : ''}${weight}`)).replaceAll(' OR ', ' | '),
    )
    .join(' & ');
}
