/** Tabs, line breaks and the separators that break lines. */
const BREAKS = /[\t-\r\u0085\u2028\u2029]+/u;
/** Control characters, halves of characters, and marks that turn the direction of writing. */
const UNSEEN = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu;
/** The same, but for line breaks and tabs. */
const UNSEEN_IN_LINES = /[^\n\t\P{Cc}]|[\p{Cs}\u202a-\u202e\u2066-\u2069]/gu;

/**
 * One line as it was typed, or pasted out of a letter: what breaks it is a blank, and what cannot be seen in it is gone.
 * The rules refuse such characters, and nobody finds them in a field.
 */
export const typedLine = (text: string): string =>
  text
    .split(BREAKS)
    .map((part) => part.trim())
    .join(' ')
    .replace(UNSEEN, '')
    .trim();

/** Several lines, with their line breaks and tabs. */
export const typedLines = (text: string): string =>
  text.replace(/\r\n?|[\v\f\u0085\u2028\u2029]/gu, '\n').replace(UNSEEN_IN_LINES, '');
