import { RuleError } from '../../../../domain/errors.js';
import { CAUTIONS, type Caution } from '../../../../domain/referral/cautions.js';
import { swedish } from '../../../../platform/problem/words.js';
import { capital } from '../../lista/capital.js';
import { inFull } from './days.js';

const SENTENCES: Partial<Record<Caution['code'], (day: string) => string>> = {
  'decision-after-meeting': (day) => `Ärendets sammanträde är ${day}, och beslutsdagen ligger efter det.`,
  'notice-too-early': (day) =>
    `Med den dagen togs anslaget ned innan tiden för överklagande hade gått ut: det fick tas ned från och med ${day}.`,
  'far-ahead': (day) => `Dagen är ${day}, om mer än två år. Kontrollera årtalet.`,
};

/** What a rule wants confirmed, in sentences; none for any other error. */
export function cautionWords(error: unknown): string[] {
  if (!(error instanceof RuleError) || error.code !== 'confirmation-needed') return [];
  const { warnings, day } = error.facts;
  const codes = CAUTIONS.filter((code) => Array.isArray(warnings) && warnings.includes(code));
  const told = typeof day === 'string' ? inFull(day) : '';
  return codes.map((code) => SENTENCES[code]?.(told) ?? `${capital(swedish(code))}.`);
}
