import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, localDate } from '../../../src/domain/calendar/local-date.js';
import type { LocalDate } from '../../../src/domain/calendar/local-date.js';
import { isWorkingDay, lastWorkingDayUntil, NO_CLOSED_DAYS } from '../../../src/domain/calendar/working-day.js';
import { ADJUSTMENT_STATUSES, proposeAdjustment } from '../../../src/domain/adjustment/adjustment.js';
import { REFERRAL_STATUSES, ROUTES } from '../../../src/domain/referral/lifecycle.js';
import { DEFAULT_LEAD_TIMES } from '../../../src/domain/timetable/lead-times.js';
import { milestonesOfOption, milestonesOfRoute, withActuals } from '../../../src/domain/timetable/milestones.js';
import type { MilestoneName } from '../../../src/domain/timetable/milestones.js';
import { chooseOption, planReferral } from '../../../src/domain/timetable/plan.js';
import { reopenedSteps, wantedReminders } from '../../../src/domain/timetable/reminder-plan.js';
import type { ReminderAbout, ReminderCase, WantedReminder } from '../../../src/domain/timetable/reminder-plan.js';
import { closedDays, days } from '../../support/arbitraries.js';

const meeting = localDate('2023-10-26');
const answerDue = localDate('2023-10-27');
const context = { answerDue, leadTimes: DEFAULT_LEAD_TIMES, closedDays: NO_CLOSED_DAYS };
const through = localDate('2023-10-13');

/** The model document on its way: assigned on 12 September, immediate adjustment proposed. */
function aCase(
  change: Partial<ReminderCase> = {},
  actuals: Partial<Record<MilestoneName, LocalDate>> = {},
): ReminderCase {
  const meetings = [{ date: meeting, adjustmentOn: null, dispatchOn: null }];
  const option = chooseOption(planReferral({ planningDay: localDate('2023-09-11'), meetings, ...context }), meeting);
  if (option === null) throw new Error('no option');
  return {
    status: 'assigned',
    dormant: false,
    route: 'meeting',
    registeredOn: localDate('2023-09-11'),
    answerDue,
    workBy: answerDue,
    milestones: withActuals(milestonesOfOption(option, context), actuals, context),
    adjustment: 'proposed',
    officerSince: localDate('2023-09-12'),
    noMeetingSince: null,
    openExtensionAskedOn: null,
    chairDecision: null,
    meetingHeld: false,
    closedDays: NO_CLOSED_DAYS,
    ...change,
  };
}

const line = (r: WantedReminder): string => `${r.about} ${r.date} ${r.offset} ${r.to} ${r.leaveOn}`;
const lines = (c: ReminderCase, about: ReminderAbout, until = through): string[] =>
  wantedReminders(c, until)
    .filter((r) => r.about === about)
    .map(line);
const abouts = (c: ReminderCase): string[] => [...new Set(wantedReminders(c, through).map((r) => r.about))].sort();

describe('the reminders of a case on its way to a meeting', () => {
  it('are the whole table, each on a working day', () => {
    expect(wantedReminders(aCase(), through).map(line)).toEqual([
      'answerDue 2023-10-27 -10 officer 2023-10-13',
      'answerDue 2023-10-27 -5 officer 2023-10-20',
      'answerDue 2023-10-27 -2 officer 2023-10-25',
      'answerDue 2023-10-27 0 officer 2023-10-27',
      'answerDue 2023-10-27 1 officer 2023-10-30',
      'answerDue 2023-10-27 1 department-manager 2023-10-30',
      'draft 2023-10-04 -5 officer 2023-09-27',
      'draft 2023-10-04 -1 officer 2023-10-03',
      'draft 2023-10-04 0 officer 2023-10-04',
      'managerApproval 2023-10-06 -1 department-manager 2023-10-05',
      'managerApproval 2023-10-06 0 department-manager 2023-10-06',
      'directorApproval 2023-10-09 -1 directors 2023-10-06',
      'directorApproval 2023-10-09 0 directors 2023-10-09',
      'dispatch 2023-10-19 -2 secretaries 2023-10-17',
      'dispatch 2023-10-19 0 secretaries 2023-10-19',
      'adjustment 2023-10-26 0 secretaries 2023-10-26',
      'notice 2023-10-30 0 secretaries 2023-10-30',
      'expedite 2023-10-27 0 secretaries 2023-10-27',
      'expedite 2023-10-27 0 officer 2023-10-27',
      'immediate-adjustment 2023-10-26 -1 secretaries 2023-10-25',
      'assignment 2023-09-12 0 officer at-once',
    ]);
  });

  it('count the answer from the day to work by, and show the day as the sender wrote it', () => {
    const sunday = localDate('2023-10-29');
    const c = aCase({ answerDue: sunday, workBy: lastWorkingDayUntil(sunday, NO_CLOSED_DAYS) });
    expect(lines(c, 'answerDue')[3]).toBe('answerDue 2023-10-29 0 officer 2023-10-27');
    expect(lines(c, 'answerDue')[4]).toBe('answerDue 2023-10-29 1 officer 2023-10-30');
  });

  it('count from the day to work by that the case was planned with', () =>
    expect(lines(aCase({ workBy: localDate('2023-10-26') }), 'answerDue')[3]).toBe(
      'answerDue 2023-10-27 0 officer 2023-10-26',
    ));

  it('count from the last working day until a milestone that is none', () => {
    const saturday = localDate('2023-10-14');
    const milestones = aCase().milestones.map((m) => (m.milestone === 'draft' ? { ...m, date: saturday } : m));
    expect(lines(aCase({ milestones }), 'draft')).toEqual([
      'draft 2023-10-14 -5 officer 2023-10-06',
      'draft 2023-10-14 -1 officer 2023-10-12',
      'draft 2023-10-14 0 officer 2023-10-13',
    ]);
  });

  it('skip the closed days of the board', () =>
    expect(lines(aCase({ closedDays: new Set([localDate('2023-10-25')]) }), 'immediate-adjustment')).toEqual([
      'immediate-adjustment 2023-10-26 -1 secretaries 2023-10-24',
    ]));
});

describe('what goes on until its cause is gone', () => {
  it('an overdue answer comes back every fifth working day, up to the first day after the horizon', () => {
    const c = aCase();
    expect(lines(c, 'answerDue', localDate('2023-11-06')).slice(4)).toEqual([
      'answerDue 2023-10-27 1 officer 2023-10-30',
      'answerDue 2023-10-27 1 department-manager 2023-10-30',
      'answerDue 2023-10-27 6 officer 2023-11-06',
      'answerDue 2023-10-27 6 department-manager 2023-11-06',
      'answerDue 2023-10-27 11 officer 2023-11-13',
      'answerDue 2023-10-27 11 department-manager 2023-11-13',
    ]);
    expect(lines(c, 'answerDue', localDate('2023-11-05'))).toHaveLength(8);
  });

  it('an answer date of long ago wants nothing from before the case was registered', () => {
    const [longAgo, registeredOn] = [localDate('1900-01-02'), localDate('2023-09-11')];
    const c = aCase({ answerDue: longAgo, workBy: longAgo, registeredOn, milestones: [] });
    const overdue = wantedReminders(c, registeredOn).filter(({ about, offset }) => about === 'answerDue' && offset > 0);
    expect(overdue.every(({ leaveOn }) => leaveOn >= registeredOn)).toBe(true);
    expect(overdue.length).toBeLessThanOrEqual(4);
    expect(overdue.every(({ offset }) => offset % 5 === 1)).toBe(true);
  });

  it('an unanswered extension comes back every third', () =>
    expect(
      lines(aCase({ openExtensionAskedOn: localDate('2023-10-02') }), 'extension', localDate('2023-10-05')),
    ).toEqual(['extension 2023-10-02 3 officer 2023-10-05', 'extension 2023-10-02 6 officer 2023-10-10']));

  it('a case that no meeting fits comes at once and then every second', () => {
    const milestones = milestonesOfRoute('meeting', context);
    const c = aCase({ noMeetingSince: localDate('2023-10-11'), milestones });
    expect(lines(c, 'no-meeting', localDate('2023-10-12'))).toEqual([
      'no-meeting 2023-10-11 0 officer-or-registrars at-once',
      'no-meeting 2023-10-11 0 department-manager at-once',
      'no-meeting 2023-10-11 0 secretaries at-once',
      'no-meeting 2023-10-11 2 officer-or-registrars 2023-10-13',
      'no-meeting 2023-10-11 2 department-manager 2023-10-13',
      'no-meeting 2023-10-11 2 secretaries 2023-10-13',
    ]);
    expect(lines({ ...c, route: 'chair' }, 'no-meeting')).toEqual([]);
    expect(lines({ ...c, status: 'decided' }, 'no-meeting')).toEqual([]);
  });

  it('is marked as recurring, and nothing else is', () => {
    const c = aCase({ noMeetingSince: meeting, openExtensionAskedOn: meeting });
    for (const r of wantedReminders(c, through)) {
      const chained = ['extension', 'no-meeting'].includes(r.about) || (r.about === 'answerDue' && r.offset > 0);
      expect([line(r), r.recurring]).toEqual([line(r), chained]);
    }
  });
});

describe('what a case lacks', () => {
  it('an officer: told two working days after registration, to registrars and managers', () => {
    const c = aCase({ status: 'registered', officerSince: null });
    expect(lines(c, 'no-officer')).toEqual([
      'no-officer 2023-09-11 2 registrars 2023-09-13',
      'no-officer 2023-09-11 2 managers 2023-09-13',
    ]);
    expect(lines(c, 'assignment')).toEqual([]);
    expect(wantedReminders(c, through).filter((r) => r.to === 'officer')).toEqual([]);
    expect(lines(c, 'answerDue')).toEqual([
      'answerDue 2023-10-27 -10 officer-or-registrars 2023-10-13',
      'answerDue 2023-10-27 -5 officer-or-registrars 2023-10-20',
      'answerDue 2023-10-27 -2 officer-or-registrars 2023-10-25',
      'answerDue 2023-10-27 0 officer-or-registrars 2023-10-27',
      'answerDue 2023-10-27 1 officer-or-registrars 2023-10-30',
      'answerDue 2023-10-27 1 department-manager 2023-10-30',
    ]);
  });

  it('an answer date: told likewise', () => {
    const c = aCase({ answerDue: null, workBy: null, milestones: [], registeredOn: localDate('2023-09-15') });
    expect(wantedReminders(c, through).map(line)).toEqual([
      'assignment 2023-09-12 0 officer at-once',
      'no-answer-date 2023-09-15 2 registrars 2023-09-19',
      'no-answer-date 2023-09-15 2 managers 2023-09-19',
    ]);
  });

  it('the board its report of what the chair decided, until it has it', () => {
    const decidedOn = localDate('2023-10-10');
    const chairDecision = { reported: false, decidedOn, nextDispatchOn: localDate('2023-10-19') };
    const c = aCase({ route: 'chair', status: 'expedited', milestones: [], chairDecision });
    expect(wantedReminders(c, through).map(line)).toEqual(['chair-report 2023-10-19 -2 secretaries 2023-10-17']);
    const justBefore = { ...chairDecision, decidedOn: localDate('2023-10-18') };
    expect(wantedReminders({ ...c, chairDecision: justBefore }, through).map(line)).toEqual([
      'chair-report 2023-10-19 0 secretaries 2023-10-19',
    ]);
    expect(abouts({ ...c, chairDecision: { ...chairDecision, reported: true } })).toEqual([]);
    expect(abouts({ ...c, chairDecision: { reported: false, decidedOn, nextDispatchOn: null } })).toEqual([]);
    expect(abouts({ ...c, status: 'closed' })).toEqual([]);
  });
});

describe('what ends reminders', () => {
  const ALL = [
    'adjustment',
    'answerDue',
    'assignment',
    'directorApproval',
    'dispatch',
    'draft',
    'expedite',
    'immediate-adjustment',
    'managerApproval',
    'notice',
  ];
  const without = (...gone: string[]) => ALL.filter((about) => !gone.includes(about));
  const upToDirector = ['draft', 'managerApproval', 'directorApproval'];
  const upToMeeting = [...upToDirector, 'dispatch', 'immediate-adjustment'];
  const on = (...names: MilestoneName[]) => Object.fromEntries(names.map((name) => [name, localDate('2023-10-02')]));

  it.each([
    ['nothing done', {}, {}, ALL],
    ['the draft', {}, on('draft'), without('draft')],
    ['the manager, not the draft before', {}, on('managerApproval'), without('draft', 'managerApproval')],
    ['the director alone', {}, on('directorApproval'), without(...upToDirector)],
    ['the dispatch alone', {}, on('dispatch'), without(...upToDirector, 'dispatch')],
    ['approved', { status: 'approved' }, {}, without(...upToDirector)],
    ['on the agenda', { status: 'on-agenda' }, {}, without(...upToDirector, 'dispatch')],
    ['sent back: all of it again', { status: 'in-preparation' }, {}, ALL],
    ['the meeting held', { meetingHeld: true }, {}, without(...upToMeeting)],
    ['decided', { status: 'decided' }, {}, without(...upToMeeting)],
    ['signed', { status: 'decided', adjustment: 'signed' }, on('adjustment'), without(...upToMeeting, 'adjustment')],
    ['adjusted', { status: 'adjusted' }, {}, without(...upToMeeting, 'adjustment')],
    ['posted', { status: 'decided' }, on('notice'), without(...upToMeeting, 'adjustment', 'notice')],
    ['sent: signing and notice remain', { status: 'expedited' }, {}, ['adjustment', 'notice']],
    ['sent, marked by its day', { status: 'decided' }, on('expedite'), ['adjustment', 'notice']],
    ['sent and posted', { status: 'expedited' }, on('notice'), []],
    ['closed', { status: 'closed' }, {}, []],
    ['cancelled', { status: 'cancelled' }, {}, []],
    ['dormant', { dormant: true }, {}, ['answerDue']],
    ['immediate adjustment confirmed', { adjustment: 'confirmed' }, {}, ALL],
    ['immediate adjustment declined', { adjustment: 'declined' }, {}, without('immediate-adjustment')],
    ['immediate adjustment not needed', { adjustment: 'not-needed' }, {}, without('immediate-adjustment')],
  ] as const)('%s', (_, change, actuals, expected) => {
    expect(abouts(aCase(change as Partial<ReminderCase>, actuals))).toEqual([...expected].sort());
  });

  it('by the chair: the draft until the decision, then the sending', () => {
    const milestones = milestonesOfRoute('chair', context);
    const c = aCase({ route: 'chair', milestones, adjustment: 'not-needed' });
    expect(abouts(c)).toEqual(['answerDue', 'assignment', 'draft', 'expedite']);
    const decided = withActuals(milestones, { decision: localDate('2023-10-16') }, context);
    expect(lines({ ...c, milestones: decided }, 'draft')).toEqual([]);
    expect(lines({ ...c, milestones: decided }, 'expedite')[0]).toBe('expedite 2023-10-17 0 secretaries 2023-10-17');
  });
});

describe('the steps that are open again', () => {
  const reopened = (before: ReminderCase, after: ReminderCase): string[] =>
    reopenedSteps(wantedReminders(before, through), wantedReminders(after, through)).map(
      ({ about, date }) => `${about} ${date}`,
    );
  const drafted = aCase({}, { draft: localDate('2023-09-29') });
  const sent = aCase({ status: 'expedited' }, { expedite: localDate('2023-10-26') });

  it.each<[string, ReminderCase, ReminderCase, string[]]>([
    ['the draft, once it is not done', drafted, aCase(), ['draft 2023-10-04']],
    ['none, once it is done', aCase(), drafted, []],
    ['none, where nothing has changed', aCase(), aCase(), []],
    [
      'all that an answer had closed, once it is not sent',
      sent,
      aCase({ status: 'decided' }),
      ['answerDue 2023-10-27', 'expedite 2023-10-27', 'assignment 2023-09-12'],
    ],
    [
      'a step that has another day',
      aCase({}, { adjustment: localDate('2023-10-30') }),
      aCase({}, { adjustment: localDate('2023-10-26') }),
      ['notice 2023-10-30', 'expedite 2023-10-27'],
    ],
  ])('are %s', (_why, before, after, steps) => {
    expect(reopened(before, after)).toEqual(steps);
  });
});

describe('the reminders of any case', () => {
  const anyCase: fc.Arbitrary<ReminderCase> = fc
    .record({
      status: fc.constantFrom(...REFERRAL_STATUSES),
      dormant: fc.boolean(),
      route: fc.constantFrom(...ROUTES),
      registeredOn: days('2025-05-01', '2025-06-30'),
      answerDue: days('2025-07-01', '2025-12-31'),
      meetingOn: days('2025-07-01', '2025-12-31'),
      adjustment: fc.constantFrom(...ADJUSTMENT_STATUSES),
      officerSince: fc.option(days('2025-05-01', '2025-06-30'), { nil: null }),
      noMeetingSince: fc.option(days('2025-05-01', '2025-06-30'), { nil: null }),
      openExtensionAskedOn: fc.option(days('2025-05-01', '2025-06-30'), { nil: null }),
      chairDecision: fc.option(
        fc.record({
          reported: fc.boolean(),
          decidedOn: days('2025-06-01', '2025-06-30'),
          nextDispatchOn: fc.option(days('2025-07-01', '2025-12-31')),
        }),
        { nil: null },
      ),
      meetingHeld: fc.boolean(),
      closedDays,
    })
    .map(({ meetingOn, ...rest }) => {
      const ctx = { answerDue: rest.answerDue, leadTimes: DEFAULT_LEAD_TIMES, closedDays: rest.closedDays };
      const meetings = [{ date: meetingOn, adjustmentOn: null, dispatchOn: null }];
      const option = planReferral({ planningDay: rest.registeredOn, meetings, ...ctx }).options[0];
      const milestones = option ? milestonesOfOption(option, ctx) : [];
      return { ...rest, workBy: lastWorkingDayUntil(rest.answerDue, rest.closedDays), milestones };
    });
  const key = (r: WantedReminder): string => `${r.about} ${r.date} ${r.offset} ${r.to}`;

  it('leave on a working day, are wanted once, and reach past the horizon where they recur', () => {
    fc.assert(
      fc.property(anyCase, days('2025-05-01', '2026-03-31'), (c, horizon) => {
        const wanted = wantedReminders(c, horizon);
        expect(new Set(wanted.map(key)).size).toBe(wanted.length);
        for (const { leaveOn } of wanted)
          if (leaveOn !== 'at-once') expect(isWorkingDay(leaveOn, c.closedDays)).toBe(true);
        for (const about of ['answerDue', 'extension', 'no-meeting']) {
          const chained = wanted.filter((r) => r.about === about && r.recurring).map((r) => String(r.leaveOn));
          const past = new Set(chained.filter((day) => day !== 'at-once' && day > horizon));
          expect([about, past.size]).toEqual([about, chained.length > 0 ? 1 : 0]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('stay what they were when the horizon moves on', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(60), (c, more) => {
        const horizon = localDate('2025-09-01');
        const later = new Set(wantedReminders(c, addDays(horizon, more)).map(line));
        for (const r of wantedReminders(c, horizon)) expect(later.has(line(r))).toBe(true);
      }),
    );
  });

  it('are restored when a date goes there and back', () => {
    fc.assert(
      fc.property(days('2025-10-01', '2025-12-31'), fc.integer({ min: -20, max: 20 }), closedDays, (due, n, own) => {
        const meetings = ['2025-09-25', '2025-10-23', '2025-11-20', '2025-12-11'].map((day) => ({
          date: localDate(day),
          adjustmentOn: null,
          dispatchOn: null,
        }));
        const remindersFor = (day: LocalDate): string[] => {
          const ctx = { answerDue: day, leadTimes: DEFAULT_LEAD_TIMES, closedDays: own };
          const plan = planReferral({ planningDay: localDate('2025-08-01'), meetings, ...ctx });
          const option = plan.recommended && chooseOption(plan, plan.recommended.meeting);
          const milestones = option ? milestonesOfOption(option, ctx) : milestonesOfRoute('meeting', ctx);
          const adjustment = proposeAdjustment(option, 'not-needed').status;
          const c = aCase({ answerDue: day, workBy: plan.workBy, milestones, adjustment, closedDays: own });
          return wantedReminders(c, localDate('2025-08-01')).map(key);
        };
        const before = remindersFor(due);
        const moved = remindersFor(addDays(due, n));
        expect(moved.some((k) => !before.includes(k))).toBe(n !== 0);
        expect(remindersFor(addDays(addDays(due, n), -n))).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });
});
