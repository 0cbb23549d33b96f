/** How much of an error is kept. */
const MOST = 900;

/**
 * An error in one line for the job table and the log: without credentials of addresses like `smtp://user:secret@host`,
 * without e-mail addresses, bounded.
 */
export function errorText(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text
    .slice(0, 20 * MOST)
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\/\/[^\s/@:]{0,255}(?::[^\s@]{0,512})?@/g, '//***@')
    .replace(/[^\s<>"'(),:;@]{1,64}@[^\s<>"'(),:;@]{1,255}/g, (found) =>
      found.startsWith('//***') ? found : '***@***',
    )
    .slice(0, MOST);
}
