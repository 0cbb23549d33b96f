import { addWorkingDays } from '../../domain/calendar/working-day.js';
import { longDate } from '../../domain/calendar/long-date.js';
import type { Option } from '../../domain/timetable/plan.js';
import { addDays } from '../../domain/calendar/local-date.js';
import { statutoryDay } from '../../domain/calendar/working-day.js';
import type { Board } from '../boards/board.repository.js';
import type { Referral } from './referral.js';

type Adjusted = Pick<Referral, 'adjustment' | 'adjustmentReason' | 'answerDue'>;

/** A meeting comes too late after the last working day to the answer day, which may be some days before that day. */
function lateTail({ adjustment, meeting }: Option, answerDue: string): string {
  if (adjustment !== 'too_late') return '';
  return meeting > answerDue
    ? ' Sammanträdet ligger efter svarsdagen.'
    : ' Sammanträdet ligger efter den sista arbetsdagen före svarsdagen.';
}

/** Why the paragraph must be adjusted immediately, or why it need not, in Swedish words; null without a meeting. */
export function adjustmentReason(referral: Adjusted, option: Option | null, board: Board): string | null {
  if (referral.adjustment === 'declined') return referral.adjustmentReason;
  if (option === null || referral.answerDue === null) return null;
  const meeting = longDate(option.meeting);
  const due = longDate(referral.answerDue);
  if (option.adjustment === 'ordinary') {
    const leaves = longDate(option.leavesOn);
    return `Nämnden sammanträder ${meeting}. Efter ordinarie justering kan svaret gå ${leaves}, i tid till ${due}.`;
  }
  const ordinary = statutoryDay(addDays(option.meeting, board.leadTimes.ordinaryAdjustmentDays));
  const adjustsOn = option.adjustment === 'too_late' ? option.adjustsOn : ordinary;
  const leaves = addWorkingDays(adjustsOn, board.leadTimes.expedite, board.closedDays);
  return (
    `Nämnden sammanträder ${meeting} och svaret ska vara inne ${due}. Ordinarie justering blir klar senast ` +
    `${longDate(adjustsOn)} (KL 5 kap. 69 §) och svaret kan gå först ${longDate(leaves)}.${lateTail(option, referral.answerDue)}`
  );
}
