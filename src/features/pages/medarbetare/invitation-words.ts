import type { Invitation } from '../../accounts/who-is-invited.js';
import { instantInFull } from '../arende/words/days.js';

/** What the account is like of someone who has never chosen a password. Nobody is called invited whom no link was made for. */
export const invitedWords = ({ endsAt, endedAt }: Invitation): string =>
  endsAt === null && endedAt === null ? 'Har inte valt lösenord' : 'Inbjuden – har inte valt lösenord';

/** Until when there is a link to choose one with. */
export function linkWords({ endsAt, endedAt }: Invitation): string {
  if (endsAt !== null) return `Länken gäller till ${instantInFull(endsAt)}`;
  return endedAt === null ? 'Ingen länk gäller nu' : `Länken gick ut ${instantInFull(endedAt)}`;
}
