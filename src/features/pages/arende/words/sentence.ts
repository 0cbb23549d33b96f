/** What someone has written, ended as a sentence is: it may have its full stop already. */
export const asSentence = (text: string): string =>
  /[.!?…]$/u.test(text.trimEnd()) ? text.trimEnd() : `${text.trimEnd()}.`;
