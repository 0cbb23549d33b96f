import type { ReferralView } from '../../../referrals/referral.dto.js';
import { inFull } from './days.js';
import { warningWords } from './case-words.js';

export type OptionView = ReferralView['options'][number];

export const NEED_WORDS: Record<OptionView['adjustment'], string> = {
  ordinary: 'Ordinarie justering',
  immediate: 'Omedelbar justering',
  too_late: 'För sent',
};

/** Whether what makes an option too late is that immediate adjustment has been declined for it. */
export const isDeclined = (
  { meeting, adjustment }: OptionView,
  view: Partial<Pick<ReferralView, 'adjustment' | 'meeting'>>,
): boolean => adjustment === 'too_late' && view.adjustment?.status === 'declined' && view.meeting?.date === meeting;

/** How the paragraph is adjusted and when the answer leaves: `Omedelbar justering; svaret går 27 oktober 2023.` */
export function optionInWords(
  option: OptionView,
  view: Pick<ReferralView, 'status' | 'timetable'> & Partial<Pick<ReferralView, 'adjustment' | 'meeting'>>,
): string {
  const { adjustment, leavesOn, dispatchOn, reachable, warnings } = option;
  const leaves =
    adjustment === 'too_late'
      ? `${isDeclined(option, view) ? 'Omedelbar justering avböjd' : 'För sent'}: svaret kan gå först ${inFull(leavesOn)}.`
      : `${NEED_WORDS[adjustment]}; svaret går ${inFull(leavesOn)}.`;
  const reach = reachable ? '' : ` Kallelsen gick ut ${inFull(dispatchOn)}; ärendet får läggas till i efterhand.`;
  return [leaves + reach, ...warningWords(warnings, view)].join(' ');
}
