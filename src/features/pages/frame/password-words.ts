import { PASSWORD_LONGEST, PASSWORD_SHORTEST } from '../../accounts/account-limits.js';
import type { PasswordFault } from '../../accounts/password-rule.js';

export const PASSWORD_HINT = `Minst ${PASSWORD_SHORTEST} tecken. Några ord som hör ihop för dig är lättast att minnas och svårast att gissa.`;

/** Why a password is refused, and what to do. */
export const PASSWORD_FAULTS: Record<PasswordFault, string> = {
  'too-short': `Lösenordet är för kort: det ska ha minst ${PASSWORD_SHORTEST} tecken.`,
  'too-long': `Lösenordet är för långt: det får ha högst ${PASSWORD_LONGEST} tecken.`,
  common: 'Lösenordet är ett av dem som gissas först. Välj några ord som inte brukar stå ihop.',
  repeats: 'Lösenordet upprepar sig eller följer en ordning. Välj några ord som inte brukar stå ihop.',
  'own-name': 'Lösenordet är ditt namn eller din adress, och gissas lätt. Välj något annat.',
};
