import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { localDate } from '../../../src/domain/calendar/local-date.js';
import type { LocalDate } from '../../../src/domain/calendar/local-date.js';
import { isWorkingDay, NO_CLOSED_DAYS } from '../../../src/domain/calendar/working-day.js';
import { leadTimes } from '../../../src/domain/timetable/lead-times.js';
import { milestonesOfOption, milestonesOfRoute, withActuals } from '../../../src/domain/timetable/milestones.js';
import type { Milestone, MilestoneName, TimetableContext } from '../../../src/domain/timetable/milestones.js';
import { chooseOption, planReferral } from '../../../src/domain/timetable/plan.js';
import type { Route } from '../../../src/domain/referral/lifecycle.js';
import type { Option } from '../../../src/domain/timetable/plan.js';
import { somePlanInput } from '../../support/arbitraries.js';

const meeting = localDate('2023-10-26');

function contextOf(answerDue: string | null, partial: Record<string, unknown> = {}): TimetableContext {
  return {
    answerDue: answerDue === null ? null : localDate(answerDue),
    leadTimes: leadTimes(partial),
    closedDays: NO_CLOSED_DAYS,
  };
}

function optionFor(context: TimetableContext, own: { dispatchOn?: string; adjustmentOn?: string } = {}): Option {
  const day = (text: string | undefined) => (text === undefined ? null : localDate(text));
  const meetings = [{ date: meeting, adjustmentOn: day(own.adjustmentOn), dispatchOn: day(own.dispatchOn) }];
  const option = chooseOption(planReferral({ planningDay: localDate('2023-09-01'), meetings, ...context }), meeting);
  if (option === null) throw new Error('no option');
  return option;
}

const dates = (milestones: readonly Milestone[]): Record<string, string> =>
  Object.fromEntries(milestones.map(({ milestone, date }) => [milestone, date]));

describe('milestonesOfOption', () => {
  it('says for each day which rule gave it and where the rule stands', () => {
    const context = contextOf('2023-10-27');
    const rows = milestonesOfOption(optionFor(context), context);
    expect(rows.map(({ milestone, rule, source }) => [milestone, rule, source])).toEqual([
      ['draft', '16 arbetsdagar före sammanträdet', 'nämndens ledtider'],
      ['managerApproval', '14 arbetsdagar före sammanträdet', 'nämndens ledtider'],
      ['directorApproval', '13 arbetsdagar före sammanträdet', 'nämndens ledtider'],
      ['dispatch', '5 arbetsdagar före sammanträdet', 'nämndens ledtider'],
      ['meeting', 'nämndens sammanträde', 'KL 6 kap. 23 §'],
      ['adjustment', 'omedelbar justering, vid sammanträdet', 'KL 5 kap. 69 §'],
      ['notice', 'senast andra dagen efter justeringen', 'KL 8 kap. 12 §, lag (1930:173) 2 §'],
      ['expedite', '1 arbetsdag efter justeringen', 'nämndens ledtider'],
      ['answerDue', 'dagen som avsändaren har satt, flyttas aldrig', 'avsändarens begäran'],
      ['appealEnds', 'tre veckor från anslaget', 'KL 13 kap. 5 §, lag (1930:173) 2 §'],
    ]);
    expect(rows.every(({ doneOn }) => doneOn === null)).toBe(true);
  });

  it.each([
    ['ordinary adjustment', '2023-12-01', {}, {}, 'adjustment', '2023-11-09', 'senast 14 dagar efter sammanträdet'],
    [
      'own adjustment day',
      '2023-12-01',
      {},
      { adjustmentOn: '2023-11-02' },
      'adjustment',
      '2023-11-02',
      'sammanträdets egen justeringsdag',
    ],
    [
      'own dispatch day',
      '2023-10-27',
      {},
      { dispatchOn: '2023-10-12' },
      'dispatch',
      '2023-10-12',
      'sammanträdets egen utskicksdag',
    ],
    [
      'expedite cut by the answer date',
      '2023-10-27',
      { expedite: 3 },
      {},
      'expedite',
      '2023-10-27',
      'sista arbetsdagen till och med svarsdagen',
    ],
    ['expedite at once', '2023-10-27', { expedite: 0 }, {}, 'expedite', '2023-10-26', 'samma dag som justeringen'],
    [
      'dispatch on the meeting day',
      '2023-10-27',
      { dispatch: 0 },
      {},
      'dispatch',
      '2023-10-26',
      'samma dag som sammanträdet',
    ],
    ['one day before', '2023-10-27', { dispatch: 1 }, {}, 'dispatch', '2023-10-25', '1 arbetsdag före sammanträdet'],
    [
      'preparation',
      '2023-10-27',
      { preparation: 7 },
      {},
      'preparation',
      '2023-10-17',
      '7 arbetsdagar före sammanträdet',
    ],
  ])('words %s', (_, answerDue, partial, own, name, date, rule) => {
    const context = contextOf(answerDue, partial);
    const row = milestonesOfOption(optionFor(context, own), context).find((m) => m.milestone === name);
    expect(row).toMatchObject({ date, rule });
  });

  it('puts the preparation before the dispatch, and only where the board has one', () => {
    const context = contextOf('2023-10-27', { preparation: 7 });
    const names = milestonesOfOption(optionFor(context), context).map(({ milestone }) => milestone);
    expect(names.slice(2, 5)).toEqual(['directorApproval', 'preparation', 'dispatch']);
    expect(names).toHaveLength(11);
  });

  it('has for any recommended option the days that the plan printed', () => {
    fc.assert(
      fc.property(somePlanInput, (input) => {
        const plan = planReferral(input);
        const option = plan.recommended && chooseOption(plan, plan.recommended.meeting);
        if (!option) return;
        const { preparation, ...rest } = dates(milestonesOfOption(option, input));
        expect(rest).toEqual(plan.recommended?.milestones);
        expect(preparation === undefined).toBe(input.leadTimes.preparation === null);
      }),
    );
  });
});

describe('milestonesOfRoute', () => {
  it.each<readonly [Route, string, Record<string, string>, string]>([
    ['meeting', '2023-10-28', { answerDue: '2023-10-28' }, 'no meeting in time: the answer date alone, unmoved'],
    ['declined', '2023-10-28', { answerDue: '2023-10-28' }, 'not to answer: the answer date alone'],
    [
      'chair',
      '2023-10-28',
      { draft: '2023-10-11', decision: '2023-10-26', expedite: '2023-10-27', answerDue: '2023-10-28' },
      'sent on the Friday, decided the day before, drafted eleven working days before that',
    ],
    [
      'delegation',
      '2023-10-27',
      { draft: '2023-10-11', decision: '2023-10-26', expedite: '2023-10-27', answerDue: '2023-10-27' },
      'the same days by delegation',
    ],
  ])('by %s, due %s: %j: %s', (route, answerDue, expected) =>
    expect(dates(milestonesOfRoute(route, contextOf(answerDue)))).toEqual(expected),
  );

  it.each(['meeting', 'chair', 'delegation', 'declined'] as const)('by %s is empty without an answer date', (route) =>
    expect(milestonesOfRoute(route, contextOf(null))).toEqual([]),
  );

  it.each([
    ['chair', 'KL 6 kap. 39 §'],
    ['delegation', 'KL 6 kap. 37 §, 7 kap. 5 §'],
  ] as const)('by %s rests the decision on %s', (route, source) => {
    const decision = milestonesOfRoute(route, contextOf('2023-10-27')).find((m) => m.milestone === 'decision');
    expect(decision).toMatchObject({ source, rule: '1 arbetsdag före expedieringen' });
  });
});

describe('withActuals', () => {
  const after = (actuals: Partial<Record<MilestoneName, string>>, answerDue = '2023-12-01') => {
    const context = contextOf(answerDue);
    const real = actuals as Partial<Record<MilestoneName, LocalDate>>;
    return withActuals(milestonesOfOption(optionFor(context), context), real, context);
  };

  it.each<readonly [Partial<Record<MilestoneName, string>>, string, string, string, string]>([
    [{}, '2023-11-13', '2023-11-10', '2023-12-04', 'nothing has happened yet: 11 November is a Saturday'],
    [{ adjustment: '2023-11-01' }, '2023-11-03', '2023-11-02', '2023-11-24', 'adjusted early: all of it earlier'],
    [{ adjustment: '2023-11-02' }, '2023-11-06', '2023-11-03', '2023-11-27', 'the notice day falls on a Saturday'],
    [{ adjustment: '2023-11-13' }, '2023-11-15', '2023-11-14', '2023-12-06', 'adjusted late: all of it later'],
    [{ notice: '2023-11-09' }, '2023-11-13', '2023-11-10', '2023-11-30', 'posted early: the appeal ends earlier'],
    [
      { adjustment: '2023-11-01', notice: '2023-11-02' },
      '2023-11-03',
      '2023-11-02',
      '2023-11-23',
      'posted the day after signing: three weeks run from the posting',
    ],
  ])('%j: notice %s, expedite %s, appeal ends %s: %s', (actuals, notice, expedite, appealEnds) =>
    expect(dates(after(actuals))).toMatchObject({ notice, expedite, appealEnds }),
  );

  it('moves the end of an appeal off a holiday', () =>
    // Posted on 2023-12-05: three weeks later is annandag jul.
    expect(dates(after({ notice: '2023-12-05' })).appealEnds).toBe('2023-12-27'));

  it('sends the answer no later than the day to work by while that can be kept', () => {
    expect(dates(after({ adjustment: '2023-10-27' }, '2023-10-27')).expedite).toBe('2023-10-27');
    expect(dates(after({ adjustment: '2023-10-30' }, '2023-10-27')).expedite).toBe('2023-10-31');
  });

  it('marks what is done, and leaves the planned day of a step beside it', () => {
    const rows = after({ draft: '2023-10-09', meeting: '2023-10-26' });
    expect(rows.find((m) => m.milestone === 'draft')).toMatchObject({ date: '2023-10-04', doneOn: '2023-10-09' });
    expect(rows.filter((m) => m.doneOn !== null).map((m) => m.milestone)).toEqual(['draft', 'meeting']);
  });

  it('sends a chair decision the day after it is taken', () => {
    const context = contextOf('2023-10-27');
    const rows = withActuals(milestonesOfRoute('chair', context), { decision: localDate('2023-10-16') }, context);
    expect(dates(rows)).toMatchObject({ decision: '2023-10-26', expedite: '2023-10-17' });
  });

  it('adds no step that the timetable has not', () => {
    const context = contextOf('2023-10-27');
    const alone = milestonesOfRoute('declined', context);
    expect(withActuals(alone, { notice: meeting, adjustment: meeting }, context)).toEqual(alone);
  });

  it('changes nothing when done twice', () => {
    fc.assert(
      fc.property(somePlanInput, (input) => {
        const plan = planReferral(input);
        const option = plan.recommended && chooseOption(plan, plan.recommended.meeting);
        if (!option) return;
        const actuals = { adjustment: option.adjustsOn, notice: option.adjustsOn };
        const once = withActuals(milestonesOfOption(option, input), actuals, input);
        expect(withActuals(once, actuals, input)).toEqual(once);
        const statutory = once.filter((m) => m.milestone === 'notice' || m.milestone === 'appealEnds');
        for (const { date } of statutory) expect(isWorkingDay(date, NO_CLOSED_DAYS)).toBe(true);
      }),
    );
  });
});
