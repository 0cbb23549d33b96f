import type { RecordName } from '../../../../domain/referral/records.js';

/** What is recorded of a case, at the start of a sentence. */
export const RECORD_WORDS: Record<RecordName, string> = {
  started: 'Beredningen påbörjad',
  draft: 'Utkastet klart',
  managerApproval: 'Avdelningschefens attest',
  directorApproval: 'Förvaltningschefens attest',
  'agenda-dispatch': 'Kallelsen utskickad',
  'earlier-decision': 'Den tidigare återremissen eller bordläggningen',
  decision: 'Beslutet',
  'adjustment-decision': 'Beslutet om omedelbar justering',
  adjustment: 'Justeringen',
  notice: 'Anslaget uppsatt',
  'notice-down': 'Anslaget nedtaget',
  answer: 'Svaret skickat',
};

/** A record by its name in the journal. */
export const recordWords = (name: string): string =>
  Object.entries(RECORD_WORDS).find(([known]) => known === name)?.[1] ?? name;
