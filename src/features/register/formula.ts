/**
 * What a spreadsheet would take for a formula or a command: a sign that begins one, its full-width forms, or a tab or
 * line break that pushes one into a cell of its own; blanks before it do not help.
 */
const FORMULA = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/u;

/** A text that was written to be run: signs that plain texts begin with, too, count before a call or command only. */
const RUNNABLE = /^\s*(?:[=@＝＠]|[+\-＋－]\S*(?:[|!]|\p{L}\())/u;
export const looksLikeFormula = (text: string): boolean => RUNNABLE.test(text);

/** The text as it may stand in a cell: with a quote before it when a spreadsheet would else run it. */
export const neutralised = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);
