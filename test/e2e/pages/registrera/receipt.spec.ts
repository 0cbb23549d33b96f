import { describe, expect, it } from '@jest/globals';
import { localDate } from '../../../../src/domain/calendar/local-date.js';
import type { ReferralView } from '../../../../src/features/referrals/referral.dto.js';
import { noDaysWords, stepsAhead } from '../../../../src/features/pages/registrera/views/receipt-view.js';

type Row = ReferralView['timetable'][number];

const row = (milestone: Row['milestone'], date: string, doneOn: string | null = null): Row => ({
  milestone,
  date,
  rule: '',
  source: 'rule',
  doneOn,
});
const TODAY = localDate('2026-03-02');

describe('The days of a receipt', () => {
  it('stand in the order of their dates, and are the nearest five', () => {
    const timetable = [
      row('draft', '2026-03-09'),
      row('managerApproval', '2026-03-01'),
      row('directorApproval', '2026-03-03', '2026-03-02'),
      row('dispatch', '2026-03-12'),
      row('meeting', '2026-03-19'),
      row('decision', '2026-03-19'),
      row('adjustment', '2026-04-02'),
      row('expedite', '2026-04-03'),
      row('answerDue', '2026-03-10'),
    ];
    expect(stepsAhead({ timetable }, TODAY).map(({ milestone }) => milestone)).toEqual([
      'draft',
      'answerDue',
      'dispatch',
      'meeting',
      'decision',
    ]);
  });

  it.each<[string | null, Row[], string, string]>([
    [null, [], 'Utan svarsdag finns ingen tidplan än.', 'there is no answer day'],
    ['2026-02-27', [row('answerDue', '2026-02-27')], 'Alla dagar i planen har passerat', 'the answer day has been'],
    ['2026-03-27', [], 'Ärendet har en svarsdag men ingen tidplan än.', 'no meeting comes in time'],
  ])('say why there are none, with the answer day %p: %#', (answerDue, timetable, words, _why) => {
    expect(stepsAhead({ timetable }, TODAY)).toEqual([]);
    expect(noDaysWords({ answerDue, timetable })).toContain(words);
  });
});
