import { ROLES, type Role } from '../../../domain/referral/permissions.js';
import { ROLE_WORDS } from '../../../platform/problem/words.js';
import { capital } from '../lista/capital.js';

/** `Registrator och nämndsekreterare`. */
export function rolesInWords(roles: Iterable<Role>): string {
  const has = new Set(roles);
  const words = ROLES.filter((role) => has.has(role)).map((role) => ROLE_WORDS[role]);
  const last = words.pop();
  if (last === undefined) return 'Utan roll';
  return capital(words.length === 0 ? last : `${words.join(', ')} och ${last}`);
}

/** What each may do, for who gives the roles. */
export const ROLE_MEANINGS: Record<Role, string> = {
  registrar: 'Registrerar remisser, fördelar dem på handläggare och ser alla nämndens ärenden.',
  officer: 'Får ärenden att handlägga, skriver utkastet till svar och skickar svaret.',
  manager: 'Är chef för en avdelning: fördelar och attesterar dess ärenden, och kan handlägga själv.',
  director: 'Attesterar svaren sist, innan de går till nämnden.',
  secretary: 'Lägger in sammanträden, och antecknar utskick, beslut, justering och anslag.',
  reader: 'Läser nämndens ärenden, utom de sekretessmarkerade, och ändrar inget.',
  admin: 'Lägger till medarbetare och avdelningar och ger roller. Ser inga ärenden med den rollen.',
};

/** What the watch list is to each, the role that has most to do in it first. */
const WATCHED_AS: readonly (readonly [Role, string])[] = [
  ['registrar', 'Här i Bevakning står de remisser som kräver något av dig eller av andra, de mest brådskande först.'],
  ['officer', 'Här i Bevakning står dina remisser, och vad som ska göras härnäst i var och en.'],
  ['manager', 'Här i Bevakning står din avdelnings remisser, och det som väntar på din attest.'],
  ['director', 'Här i Bevakning står det som väntar på din attest.'],
  ['secretary', 'Här i Bevakning står det som väntar på dig före och efter nämndens sammanträden.'],
  ['reader', 'Här i Bevakning står nämndens remisser, och hur det går med dem.'],
  ['admin', 'Här i Bevakning står det som nämnden saknar för att kunna arbeta.'],
];

/** What someone is told who has just chosen a first password. */
export function welcome(roles: Iterable<Role>): string {
  const has = new Set(roles);
  const sentence = WATCHED_AS.find(([role]) => has.has(role))?.[1];
  return ['Välkommen. Ditt lösenord är sparat och du är inloggad.', sentence].filter(Boolean).join(' ');
}
