const HERE = 'http://here.invalid';
/** Control characters, blanks and backslashes, which browsers read otherwise than they look. */
const MISREAD = /[\p{Cc}\s\\]/u;
const LONGEST = 2_000;

/**
 * A path of ours with its query, for going on to after signing in. Anything that could lead elsewhere, and the sign-in
 * pages themselves, give null.
 */
export function localPath(text: unknown): string | null {
  if (typeof text !== 'string' || text.length > LONGEST || MISREAD.test(text)) return null;
  if (!text.startsWith('/') || text.startsWith('//') || !URL.canParse(text, HERE)) return null;
  const { origin, pathname, search, hash } = new URL(text, HERE);
  if (origin !== HERE || pathname.startsWith('//') || /^\/logga-(?:in|ut)(?:\/|$)/.test(pathname)) return null;
  return pathname + search + hash;
}
