/** What the sign-in page says above its form, by the word in its address: no other text can be put there by a link. */
export const SIGN_IN_NOTICES: ReadonlyMap<string, string> = new Map([['utloggad', 'Du är utloggad.']]);

/** The same for the account page. */
export const ACCOUNT_NOTICES: ReadonlyMap<string, string> = new Map([
  ['losenord', 'Lösenordet är bytt. Alla andra inloggningar har avslutats.'],
  ['avslutad', 'Inloggningen är avslutad.'],
  ['sparrad', 'Kalenderadressen är spärrad.'],
  ['alla', 'Alla andra inloggningar är avslutade.'],
  [
    'installerad',
    'Nämnden är upplagd och du är inloggad. Lägg till personer under Medarbetare, bland dem en nämndsekreterare, som lägger upp sammanträdena. Avdelningar, och mycket på en gång, läses in med npx diarium setup.',
  ],
  ['valkommen', 'Välkommen. Ditt lösenord är sparat och du är inloggad.'],
]);
