export type Cell = string | number;

/** What the thread that makes workbooks is told: rows, the headings first, and at last to make the file. */
export type XlsxMessage = { readonly rows: readonly (readonly Cell[])[] } | { readonly sheet: string };

export type XlsxAnswer = { readonly file: ArrayBuffer } | { readonly error: string };
