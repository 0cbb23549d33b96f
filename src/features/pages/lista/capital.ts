/** A text with a capital first: as a sentence or a line of its own begins. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
