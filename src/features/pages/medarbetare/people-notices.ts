/** What the pages say above all, by the word in their address: no other text can be put there by a link. */
const NOTICES: ReadonlyMap<string, string> = new Map([
  ['installerad', 'Nämnden är upplagd och du är inloggad.'],
  ['tillagd', 'Medarbetaren är tillagd. Ett mejl med en länk att välja lösenord med är på väg.'],
  [
    'tillagd-annan',
    'Medarbetaren är tillagd. Ett mejl med en länk att välja lösenord med är på väg. Personen hör till en avdelning i en annan nämnd, och är kvar i den.',
  ],
  ['roller', 'Rollerna är sparade.'],
  ['lamnat', 'Medarbetaren har inte längre någon roll i nämnden.'],
  ['slutar', 'Det som fanns att lämna över är överlämnat, och dagen då kontot avslutas är sparad.'],
  ['ateroppnat', 'Kontot är återöppnat. Ett mejl med en länk att välja lösenord med är på väg.'],
  ['uppgifter', 'Uppgifterna är sparade.'],
  ['nyadress', 'Uppgifterna är sparade. Ett mejl med en länk att välja lösenord med är på väg till den nya adressen.'],
  ['kvar', 'Kontot blir kvar.'],
]);

export const noticeOf = (word: unknown): string | null =>
  typeof word === 'string' ? (NOTICES.get(word) ?? null) : null;
