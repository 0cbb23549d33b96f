import { matchKey } from '../../domain/referral/diarienummer.js';

/** A sender's name as compared: case, runs of blanks and Unicode form do not count. */
export const senderKey = (sender: string): string =>
  sender.normalize('NFC').toLocaleLowerCase('sv').replace(/\s+/gu, ' ').trim();

/** The sender's number as compared; null when it has no letter or digit to compare by. */
export function senderReferenceKey(reference: string | null | undefined): string | null {
  if (!reference) return null;
  const key = matchKey(reference);
  return key === '' ? null : key;
}
