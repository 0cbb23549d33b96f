const ADDED = 'Medarbetaren är tillagd. Ett mejl med en länk att välja lösenord med är på väg.';
const STAYS_ELSEWHERE = 'Personen hör till en avdelning i en annan nämnd, och är kvar i den.';
const HAS_MANAGER =
  'Avdelningen har redan en chef, och har kvar den. Personen är inte chef för den avdelningen. Chef väljs under Avdelningar.';

/** What the pages say above all, by the word in their address: no other text can be put there by a link. */
const NOTICES: ReadonlyMap<string, string> = new Map([
  ['installerad', 'Nämnden är upplagd och du är inloggad.'],
  ['tillagd', ADDED],
  ['tillagd-chef-finns', `${ADDED} ${HAS_MANAGER}`],
  ['tillagd-annan', `${ADDED} ${STAYS_ELSEWHERE}`],
  ['tillagd-annan-chef-finns', `${ADDED} ${STAYS_ELSEWHERE} ${HAS_MANAGER}`],
  ['roller', 'Rollerna är sparade.'],
  ['lamnat', 'Medarbetaren har inte längre någon roll i nämnden.'],
  ['slutar', 'Det som fanns att lämna över är överlämnat, och dagen då kontot avslutas är sparad.'],
  ['ateroppnat', 'Kontot är återöppnat. Ett mejl med en länk att välja lösenord med är på väg.'],
  ['uppgifter', 'Uppgifterna är sparade.'],
  ['nyadress', 'Uppgifterna är sparade. Ett mejl med en länk att välja lösenord med är på väg till den nya adressen.'],
  ['lanken', 'Ett mejl med en ny länk att välja lösenord med är på väg.'],
  ['lanken-redan', 'Formuläret skickades redan, och inget mer mejl skickas. Här står hur det är med kontot nu.'],
  ['kvar', 'Kontot blir kvar.'],
]);

export const noticeOf = (word: unknown): string | null =>
  typeof word === 'string' ? (NOTICES.get(word) ?? null) : null;
