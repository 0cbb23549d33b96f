import { describe, expect, it } from '@jest/globals';
import { localDate } from '../../../src/domain/calendar/local-date.js';
import { DEFAULT_LEAD_TIMES } from '../../../src/domain/timetable/lead-times.js';
import { milestonesOfOption, withActuals } from '../../../src/domain/timetable/milestones.js';
import { chooseOption, planReferral } from '../../../src/domain/timetable/plan.js';

const answerDue = localDate('2023-10-27');
const closedDays = new Set<never>();
const leadTimes = DEFAULT_LEAD_TIMES;
const meeting = localDate('2023-10-26');

describe('the model document, EÅV 2023-10-26', () => {
  const plan = planReferral({
    planningDay: localDate('2023-09-11'),
    answerDue,
    meetings: [{ date: meeting, adjustmentOn: null, dispatchOn: null }],
    leadTimes,
    closedDays,
  });

  it('plans as the office did: attests 6 and 9 October, adjusted and announced at once', () => {
    expect(plan.recommended).toEqual({
      meeting: '2023-10-26',
      adjustment: 'immediate',
      milestones: {
        draft: '2023-10-04',
        managerApproval: '2023-10-06',
        directorApproval: '2023-10-09',
        dispatch: '2023-10-19',
        meeting: '2023-10-26',
        adjustment: '2023-10-26',
        notice: '2023-10-30',
        expedite: '2023-10-27',
        answerDue: '2023-10-27',
        appealEnds: '2023-11-20',
      },
    });
  });

  it('ends the appeal on 17 November once the notice is posted on 27 October', () => {
    const option = chooseOption(plan, meeting);
    if (option === null) throw new Error('no option');
    const context = { answerDue, leadTimes, closedDays };
    const rows = withActuals(milestonesOfOption(option, context), { notice: localDate('2023-10-27') }, context);
    expect(rows.map((m) => [m.milestone, m.date, m.doneOn])).toEqual([
      ['draft', '2023-10-04', null],
      ['managerApproval', '2023-10-06', null],
      ['directorApproval', '2023-10-09', null],
      ['dispatch', '2023-10-19', null],
      ['meeting', '2023-10-26', null],
      ['adjustment', '2023-10-26', null],
      ['notice', '2023-10-30', '2023-10-27'],
      ['expedite', '2023-10-27', null],
      ['answerDue', '2023-10-27', null],
      ['appealEnds', '2023-11-17', null],
    ]);
    expect(rows[0]?.rule).toBe('16 arbetsdagar före sammanträdet');
  });
});
