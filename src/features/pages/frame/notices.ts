/** What a page says above all, by the word in its address: no other text can be put there by a link. */
export type Notices = ReadonlyMap<string, string>;

export const noticeOf = (notices: Notices, word: unknown): string | null =>
  typeof word === 'string' ? (notices.get(word) ?? null) : null;

export const SIGN_IN_NOTICES: Notices = new Map([['utloggad', 'Du är utloggad.']]);

export const ACCOUNT_NOTICES: Notices = new Map([
  ['losenord', 'Lösenordet är bytt. Alla andra inloggningar har avslutats.'],
  ['avslutad', 'Inloggningen är avslutad.'],
  ['sparrad', 'Kalenderadressen är spärrad.'],
  ['alla', 'Alla andra inloggningar är avslutade.'],
  ['valkommen', 'Välkommen. Ditt lösenord är sparat och du är inloggad.'],
]);
