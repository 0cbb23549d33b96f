import { COMMON_PASSWORDS, COMMON_WORDS } from './common-passwords.js';
import { PASSWORD_LONGEST, PASSWORD_SHORTEST } from './account-limits.js';

export type PasswordFault = 'too-short' | 'too-long' | 'common' | 'repeats' | 'own-name';

/** Whose password it is to be. */
export interface Owner {
  readonly name: string;
  readonly email: string;
}

/** No text so long is as short as a password when it is normalized, which would take seconds. */
const TOO_LONG_ANYHOW = 20 * PASSWORD_LONGEST;

/** As it is hashed: the same on every keyboard. */
export const passwordKey = (password: string): string =>
  password.length > TOO_LONG_ANYHOW ? password : password.normalize('NFKC');

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}]/gu, '');
/** What is left when someone has dressed a word up: `L0sen0rd!!` is `losenord`. */
const DISGUISES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '@': 'a',
  $: 's',
};
const undisguised = (text: string): string =>
  lettersOf(text.toLowerCase().replace(/[013457@$]/g, (c) => DISGUISES[c] ?? c));

/** Few characters over and over, or keys and digits in their order. */
function isMonotonous(text: string): boolean {
  if (new Set(text).size < 5) return true;
  const steps = [...text].map((c, index, all) => (c.codePointAt(0) ?? 0) - (all[index - 1]?.codePointAt(0) ?? 0));
  const even = steps.slice(1).filter((step) => Math.abs(step) <= 1).length;
  return even >= text.length - 3;
}

/**
 * What is wrong with a password. Length counts, composition does not (NIST SP 800-63B); refused are those that are
 * tried first: common ones, a common word with digits around it, and one's own name.
 */
export function passwordFault(password: string, { name, email }: Owner): PasswordFault | null {
  const text = passwordKey(password);
  const length = [...text].length;
  if (length < PASSWORD_SHORTEST) return 'too-short';
  if (length > PASSWORD_LONGEST) return 'too-long';
  const lower = text.toLowerCase();
  if (isMonotonous(lower)) return 'repeats';
  const words = [lettersOf(text), undisguised(text)];
  if (COMMON_PASSWORDS.has(lower) || words.some((word) => COMMON_WORDS.has(word))) return 'common';
  const [local = '', domain = ''] = email.toLowerCase().split('@');
  const own = [...name.split(/\s+/), name, local, ...local.split(/[._-]/), domain, email].map(lettersOf);
  return words.some((word) => own.includes(word) && word !== '') ? 'own-name' : null;
}
