import { describe, expect, it } from '@jest/globals';
import { addDays, localDate, type LocalDate } from '../../../src/domain/calendar/local-date.js';
import { instantAt } from '../../../src/domain/calendar/stockholm-time.js';
import { lastWorkingDayUntil } from '../../../src/domain/calendar/working-day.js';
import { wantedReminders, type ReminderCase } from '../../../src/domain/timetable/reminder-plan.js';
import { nextOffset, successors } from '../../../src/features/ledger/recurring.js';

const closed = new Set([localDate('2026-06-01')]);

/** A case that is overdue, waits for an extension and has no meeting: all three chains at once. */
function everythingWrong(answerDue: LocalDate): ReminderCase {
  return {
    status: 'assigned', dormant: false, route: 'meeting', registeredOn: localDate('2026-03-02'), answerDue,
    workBy: lastWorkingDayUntil(answerDue, closed), milestones: [], adjustment: 'not-needed',
    officerSince: localDate('2026-03-02'), noMeetingSince: localDate('2026-05-09'),
    openExtensionAskedOn: localDate('2026-05-11'), chairDecision: null, meetingHeld: false, closedDays: closed,
  }; // prettier-ignore
}

describe('a chain', () => {
  it.each([
    ['answerDue', -2, null, 'not before the day has passed'],
    ['answerDue', 0, null, 'nor on it'],
    ['answerDue', 1, 6, 'overdue: every fifth'],
    ['extension', 3, 6, 'every third'],
    ['no-meeting', 0, 2, 'after the one at once'],
    ['no-meeting', 4, 6, 'every second'],
    ['draft', 0, null, 'stands alone'],
  ] as const)('%s %i is followed by %p: %s', (about, offset, next, _why) => {
    expect(nextOffset({ about, offset })).toBe(next);
  });

  it.each(['2026-05-15', '2026-05-23', '2026-05-25', '2026-06-01'])(
    'goes on by itself exactly as the rules would plan it, answer due %s',
    (day) => {
      const c = everythingWrong(localDate(day));
      const until = addDays(localDate(day), 45);
      const now = instantAt(until, '07:30').toISOString();
      const ruled = wantedReminders(c, until).filter(({ recurring }) => recurring);
      for (const about of ['answerDue', 'extension', 'no-meeting'] as const) {
        const chain = ruled.filter((w) => w.about === about && w.to !== 'secretaries' && w.to !== 'department-manager');
        const [first, ...rest] = chain;
        if (!first) throw new Error(`no ${about}`);
        const grown = successors({ ...first, referralId: 'case', personId: 'hanna' }, closed, now);
        expect(grown.map(({ offset, dueAt }) => [offset, dueAt])).toEqual(
          rest.map(({ offset, leaveOn }) => [
            offset,
            leaveOn === 'at-once' ? '' : instantAt(leaveOn, '07:30').toISOString(),
          ]),
        );
        expect((grown.at(-1)?.dueAt ?? '') > now).toBe(true);
      }
    },
  );
});
