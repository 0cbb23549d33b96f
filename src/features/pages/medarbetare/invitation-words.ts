import type { Invitation, UnsentMail } from '../../accounts/who-is-invited.js';
import { instantInFull } from '../arende/words/days.js';

/** Of who never chose one, and of who has none any more, with an account opened again or at another address. */
export const NO_PASSWORD = 'Har inget lösenord';

const OF_MAILS: Readonly<Record<UnsentMail, string>> = {
  waiting: 'Ett mejl med en länk är på väg',
  failing: 'Mejlet med en länk har inte gått att skicka än, och försöks igen',
  'given-up': 'Mejlet med en länk gick inte att skicka',
};

function endWords({ endsAt, endedAt }: Invitation): string {
  if (endsAt !== null) return `Länken gäller till ${instantInFull(endsAt)}`;
  return endedAt === null ? 'Ingen länk gäller nu' : `Länken gick ut ${instantInFull(endedAt)}`;
}

/** Until when there is a link to choose a password with, and whether a mail with one has not left. Without full stops. */
export const linkWords = (invitation: Invitation): string[] => [
  endWords(invitation),
  ...(invitation.mail === null ? [] : [OF_MAILS[invitation.mail]]),
];
