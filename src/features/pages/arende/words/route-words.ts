import type { Route } from '../../../../domain/referral/lifecycle.js';
import { warningsOfRoute, type RouteWarning } from '../../../../domain/referral/routes.js';
import type { ReferralView } from '../../../referrals/referral.dto.js';

/** Each way to a decision, with its paragraph. */
export const ROUTE_LAW: Record<Route, { readonly label: string; readonly hint: string }> = {
  meeting: {
    label: 'Beslut vid sammanträde',
    hint: 'Nämnden beslutar själv. Det föreslagna sammanträdet väljs, om något kommer i tid.',
  },
  chair: {
    label: 'Ordförandebeslut',
    hint: 'När ärendet är så brådskande att nämnden inte kan inväntas (KL 6 kap. 39 §). Anmäls vid nästa sammanträde (6 kap. 40 §).',
  },
  delegation: {
    label: 'Beslut på delegation',
    hint: 'När delegationsordningen ger någon rätten (KL 6 kap. 37 § och 7 kap. 5 §). Inte för det som räknas upp i 6 kap. 38 §.',
  },
  declined: {
    label: 'Avstå från att svara',
    hint: 'En remiss från staten är en inbjudan. Beslutet fattas av den som har rätt till det, och avsändaren får veta.',
  },
};

const WARNINGS: Record<RouteWarning, string> = {
  'delegation-limits':
    'Inte för yttranden till fullmäktige eller över ett överklagat beslut av nämnden eller fullmäktige, och inte för ' +
    'verksamhetens mål och inriktning (KL 6 kap. 38 §).',
  'delegation-to-council': 'Remissen kommer från fullmäktige: det svaret får inte delegeras (KL 6 kap. 38 § 2).',
  'declining-executive':
    'Remissen kommer från kommunstyrelsen, som får begära in de yttranden som behövs (KL 6 kap. 12 §). Räkna med att svaret är en skyldighet.',
};

type Sent = Pick<ReferralView, 'sender'>;

export const asksAsExecutive = ({ sender }: Sent): boolean => warningsOfRoute('declined', sender).length > 0;

export const delegationWarning = ({ sender }: Sent): string =>
  warningsOfRoute('delegation', sender)
    .map((code) => WARNINGS[code])
    .join(' ');

/** What to think of before another way than a meeting is taken. */
export function warningsOfRoutes({ view }: { readonly view: Sent }): string[] {
  const declining = warningsOfRoute('declined', view.sender).map((code) => `Avstå: ${WARNINGS[code]}`);
  return [`Delegation: ${delegationWarning(view)}`, ...declining];
}
