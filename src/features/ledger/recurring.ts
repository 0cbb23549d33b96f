import { v7 as uuid } from 'uuid';
import { instantAt } from '../../domain/calendar/stockholm-time.js';
import { addWorkingDays, lastWorkingDayUntil, type ClosedDays } from '../../domain/calendar/working-day.js';
import type { ReminderAbout } from '../../domain/timetable/reminder-plan.js';
import { LEAVES_AT } from './leaves-at.js';
import type { ReminderRow } from './reminder.entity.js';

/** Working days from one reminder of a chain to the next, and the offset with which the chain begins. */
const CHAINS: Partial<Record<ReminderAbout, { readonly from: number; readonly every: number }>> = {
  answerDue: { from: 1, every: 5 },
  extension: { from: 3, every: 3 },
  'no-meeting': { from: 0, every: 2 },
};

/** The offset of the reminder that follows in the chain, or null for a reminder that stands alone. */
export function nextOffset({ about, offset }: Pick<ReminderRow, 'about' | 'offset'>): number | null {
  const chain = CHAINS[about];
  return chain && offset >= chain.from ? offset + chain.every : null;
}

type Link = Pick<ReminderRow, 'referralId' | 'about' | 'date' | 'offset' | 'personId'>;

/**
 * The rows by which a chain goes on after a row of it that is due: each up to and including the first that is not.
 *
 * @param closed the closed days of the case's board
 * @param now    ISO instant
 */
export function successors(link: Link, closed: ClosedDays, now: string): ReminderRow[] {
  const base = lastWorkingDayUntil(link.date, closed);
  const following: ReminderRow[] = [];
  for (let offset = nextOffset(link); offset !== null; offset = nextOffset({ ...link, offset })) {
    const dueAt = instantAt(addWorkingDays(base, offset, closed), LEAVES_AT).toISOString();
    const { referralId, about, date, personId } = link;
    const state = 'pending' as const;
    const row = { id: uuid(), referralId, about, date, offset, personId, dueAt, state, mailId: null };
    following.push({ ...row, createdAt: now, changedAt: now });
    if (dueAt > now) break;
  }
  return following;
}
