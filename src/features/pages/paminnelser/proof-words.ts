import type { LedgerCounts } from '../../reminders/reconcile-ledger-verdict.js';
import { counted } from '../arende/words/days.js';
import { capital } from '../lista/capital.js';
import type { Proof } from './read-reminders.js';

const reminders = (count: number): string => counted(count, 'påminnelse', 'påminnelser');

const faultsIn = ({ missing, late, stuck }: LedgerCounts): string =>
  [
    missing > 0 ? `${reminders(missing)} saknades och är nu ${missing === 1 ? 'inlagd' : 'inlagda'}` : '',
    late > 0 ? `${reminders(late)} skulle ha gått för mer än en timme sedan` : '',
    stuck > 0 ? `${reminders(stuck)} hade fastnat på väg` : '',
  ]
    .filter((text) => text !== '')
    .join('; ');

/** What the day's comparison found. */
export function proofWords({ isProven, counts }: Pick<Proof, 'isProven' | 'counts'>): string {
  if (counts === null) return isProven ? 'Inget saknades.' : 'Något gick inte som det skulle. Registratorn kan se vad.';
  if (isProven) return `Inget saknades i ${counted(counts.cases, 'öppet ärende', 'öppna ärenden')}.`;
  return `${capital(faultsIn(counts))}.`;
}
