import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, localDate } from '../../../src/domain/calendar/local-date.js';
import { planCase, type CaseToPlan } from '../../../src/features/referrals/case-plan.js';
import type { Step } from '../../../src/features/referrals/referral.js';
import { aBoard, aMeeting, aReferral } from '../../support/a-referral.js';

const MEETINGS = [aMeeting('2023-09-28'), aMeeting('2023-10-26'), aMeeting('2023-11-23')];
const TODAY = localDate('2023-09-11');

const plan = (more: Partial<CaseToPlan> = {}) =>
  planCase({
    referral: aReferral(),
    board: aBoard(),
    meetings: MEETINGS,
    choice: { kind: 'recommended' },
    today: TODAY,
    ...more,
  }).referral;

const days = (referral: ReturnType<typeof plan>) =>
  Object.fromEntries(referral.timetable.map(({ milestone, date }) => [milestone, date]));

describe('the plan of a case', () => {
  it('gives the model remiss its ten days, its meeting and the proposal', () => {
    const planned = plan();
    expect(days(planned)).toEqual({
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
    });
    expect(planned).toMatchObject({
      meetingId: 'meeting-2023-10-26',
      adjustment: 'proposed',
      workBy: '2023-10-27',
      nextStep: 'draft',
      nextStepOn: '2023-10-04',
      noMeetingSince: null,
    });
  });

  it('takes a later meeting when the answer date moves, and the first one when it moves back', () => {
    const first = plan();
    const later = plan({ referral: { ...first, answerDue: localDate('2023-12-15') } });
    expect(later).toMatchObject({ meetingId: 'meeting-2023-11-23', adjustment: 'not-needed' });
    const back = plan({ referral: { ...later, answerDue: localDate('2023-10-27') } });
    expect(back).toEqual(first);
  });

  it('keeps the meeting that a person has chosen while it is in time', () => {
    const chosen = plan({ choice: { kind: 'chosen', meetingId: 'meeting-2023-09-28' } });
    expect(chosen).toMatchObject({ meetingId: 'meeting-2023-09-28', routeChosen: 1, adjustment: 'not-needed' });
    expect(plan({ referral: chosen }).meetingId).toBe('meeting-2023-09-28');
    const tooLate = plan({ referral: { ...chosen, answerDue: localDate('2023-09-20') } });
    expect(tooLate).toMatchObject({ meetingId: null, routeChosen: 0, noMeetingSince: '2023-09-11' });
  });

  it('keeps a meeting that a person has chosen knowing that it is too late, until the answer date or the meeting moves', () => {
    const chosen = plan({ choice: { kind: 'chosen', meetingId: 'meeting-2023-11-23' } });
    expect(chosen).toMatchObject({ meetingId: 'meeting-2023-11-23', routeChosen: 1 });
    expect(plan({ referral: chosen, choice: { kind: 'keep' } })).toEqual(chosen);
    const earlier = { ...chosen, answerDue: localDate('2023-10-26') };
    const movedAnswer = plan({ referral: earlier, choice: { kind: 'keep' } });
    expect(movedAnswer).toMatchObject({ meetingId: 'meeting-2023-10-26', routeChosen: 0 });
    const movedMeeting = plan({ referral: chosen, choice: { kind: 'keep' }, sameMeetingDay: false });
    expect(movedMeeting).toMatchObject({ meetingId: 'meeting-2023-10-26', routeChosen: 0 });
  });

  it('flags at once that no meeting comes in time, and remembers since when', () => {
    const none = plan({ referral: aReferral({ answerDue: localDate('2023-09-15') }) });
    expect(none).toMatchObject({ meetingId: null, noMeetingSince: '2023-09-11', nextStep: 'choose-route' });
    expect(none.timetable.map(({ milestone }) => milestone)).toEqual(['answerDue']);
    const days3 = plan({ referral: none, today: localDate('2023-09-14') });
    expect(days3.noMeetingSince).toBe('2023-09-11');
  });

  it('takes the next meeting in time when its own is cancelled', () => {
    const first = plan({ referral: aReferral({ answerDue: localDate('2023-12-15') }) });
    expect(first.meetingId).toBe('meeting-2023-11-23');
    const without = MEETINGS.slice(0, 2);
    expect(plan({ referral: first, meetings: without, choice: { kind: 'keep' } }).meetingId).toBe('meeting-2023-10-26');
  });

  it('takes a case off the agenda of a meeting that is cancelled, and plans it anew', () => {
    const first = plan({ referral: aReferral({ answerDue: localDate('2023-12-15') }) });
    const dispatch = { step: 'dispatch', on: TODAY, at: `${TODAY}T10:00:00.000Z`, by: 'p', byName: 'P' } as const;
    const onAgenda = { ...first, status: 'on-agenda', steps: [dispatch] } as const;
    const planned = plan({ referral: onAgenda, meetings: MEETINGS.slice(0, 2), choice: { kind: 'keep' } });
    expect(planned).toMatchObject({
      status: 'approved',
      meetingId: 'meeting-2023-10-26',
      steps: [],
      noMeetingSince: null,
    });
    const none = plan({ referral: onAgenda, meetings: [], choice: { kind: 'keep' } });
    expect(none).toMatchObject({
      status: 'approved',
      meetingId: null,
      noMeetingSince: TODAY,
      nextStep: 'choose-route',
    });
  });

  describe('when its meeting has been held without it', () => {
    const due = localDate('2023-12-15');
    const after = (more: Partial<CaseToPlan>) => plan({ choice: { kind: 'keep' }, ...more });

    it('gets the next one in time, or none, from the day after', () => {
      const first = plan({
        choice: { kind: 'chosen', meetingId: 'meeting-2023-10-26' },
        referral: aReferral({ answerDue: due }),
      });
      const held = { ...first, status: 'in-preparation', routeChosen: 1 } as const;
      expect(after({ referral: held, today: localDate('2023-10-26') }).meetingId).toBe('meeting-2023-10-26');
      expect(after({ referral: held, today: localDate('2023-10-27') })).toMatchObject({
        meetingId: 'meeting-2023-11-23',
        routeChosen: 0,
        noMeetingSince: null,
      });
      const late = plan({ referral: aReferral({ answerDue: localDate('2023-11-10') }) });
      expect(after({ referral: late, today: localDate('2023-10-27') })).toMatchObject({
        meetingId: null,
        adjustment: 'not-needed',
        noMeetingSince: '2023-10-27',
        nextStep: 'choose-route',
      });
    });

    it('keeps it for three working days once approved: it may have been on an agenda that nobody wrote down', () => {
      const approved = { ...plan(), status: 'approved' } as const;
      expect(after({ referral: approved, today: localDate('2023-10-31') }).meetingId).toBe('meeting-2023-10-26');
      expect(after({ referral: approved, today: localDate('2023-11-01') }).meetingId).toBeNull();
    });

    it('stays on it when it was on the agenda, for the decision is still to be written down', () => {
      const onAgenda = { ...plan(), status: 'on-agenda' } as const;
      expect(after({ referral: onAgenda, today: localDate('2023-12-01') }).meetingId).toBe('meeting-2023-10-26');
    });
  });

  it.each(['decided', 'signed'] as const)('keeps no %s adjustment of a meeting that it has no more', (adjustment) => {
    const tabled = aReferral({ status: 'approved', adjustment, answerDue: localDate('2023-09-15') });
    const again = { kind: 'recommended' } as const;
    expect(plan({ referral: tabled, choice: again })).toMatchObject({ meetingId: null, adjustment: 'not-needed' });
    expect(plan({ referral: { ...tabled, route: 'chair' } })).toMatchObject({ adjustment: 'not-needed' });
    const atMeeting = { ...tabled, status: 'on-agenda', meetingId: 'meeting-2023-09-28' } as const;
    expect(plan({ referral: atMeeting, choice: { kind: 'keep' } })).toMatchObject({ adjustment });
  });

  describe('once decided', () => {
    const keep = { kind: 'keep' } as const;
    const late = [aMeeting('2023-10-26', { adjustmentOn: localDate('2023-11-10') })];
    const planned = plan({
      meetings: [aMeeting('2023-10-26', { adjustmentOn: localDate('2023-10-26') })],
      referral: aReferral({ answerDue: localDate('2023-11-03') }),
    });
    const decided = { ...planned, status: 'decided' } as const;

    it('proposes nothing more, and plans the adjustment on its ordinary day and the answer by its own', () => {
      expect(planned.adjustment).toBe('not-needed');
      expect(plan({ referral: planned, meetings: late, choice: keep }).adjustment).toBe('proposed');
      const moved = plan({ referral: decided, meetings: late, choice: keep, today: localDate('2023-10-27') });
      expect(moved.adjustment).toBe('not-needed');
      expect(days(moved)).toMatchObject({ adjustment: '2023-11-10', notice: '2023-11-13', expedite: '2023-11-03' });
      expect(plan({ referral: moved, meetings: late, choice: keep, today: localDate('2023-10-27') })).toEqual(moved);
    });

    it.each(['proposed', 'confirmed', 'declined'] as const)('leaves what is %s', (adjustment) => {
      const waiting = { ...decided, adjustment, adjustmentReason: 'Anstånd' };
      const moved = plan({ referral: waiting, meetings: late, choice: keep, sameMeetingDay: false });
      expect(moved.adjustment).toBe(adjustment);
    });
  });

  describe('when its immediate adjustment has been declined', () => {
    const keep = { choice: { kind: 'keep' } } as const;
    const decline = (more: Partial<CaseToPlan> = {}) =>
      plan({
        referral: { ...plan(), adjustment: 'declined', adjustmentReason: 'Justeraren är borta' },
        ...keep,
        ...more,
      });

    it('is planned on the ordinary one, by which the answer is late, and needs another way from that day', () => {
      const planned = decline();
      expect(planned).toMatchObject({
        meetingId: 'meeting-2023-10-26',
        adjustment: 'declined',
        adjustmentReason: 'Justeraren är borta',
        noMeetingSince: TODAY,
      });
      expect(days(planned)).toMatchObject({ meeting: '2023-10-26', adjustment: '2023-11-09', expedite: '2023-11-10' });
      const rules = new Map(planned.timetable.map(({ milestone, rule }) => [milestone, rule]));
      expect(rules.get('adjustment')).toBe('senast 14 dagar efter sammanträdet');
    });

    it('is prepared for its meeting all the same, step by step, while another way is looked for', () => {
      const planned = decline();
      expect(planned).toMatchObject({ nextStep: 'draft', nextStepOn: '2023-10-04' });
      const done = (...steps: readonly Step['step'][]) =>
        steps.map((step) => ({ step, on: TODAY, at: `${TODAY}T10:00:00.000Z`, by: 'p', byName: 'P' }));
      const after = (...steps: readonly Step['step'][]) =>
        plan({ referral: { ...planned, status: 'in-preparation', steps: done(...steps) }, ...keep }).nextStep;
      expect(after('draft')).toBe('managerApproval');
      expect(after('draft', 'managerApproval')).toBe('directorApproval');
    });

    it('stays so when it is planned again, since the same day', () => {
      const planned = decline();
      const later = plan({ referral: planned, ...keep, today: localDate('2023-09-18') });
      expect(later).toEqual({ ...planned, plannedOn: '2023-09-18' });
    });

    it.each([
      ['more time that is enough', { answerDue: localDate('2023-11-13') }, {}, 'not-needed'],
      ['more time that is not', { answerDue: localDate('2023-10-30') }, {}, 'proposed'],
      ['the chair', { route: 'chair', routeChosen: 1, meetingId: null }, {}, 'not-needed'],
      ['a delegate', { route: 'delegation', routeChosen: 1, meetingId: null }, {}, 'not-needed'],
      ['another meeting', {}, { choice: { kind: 'chosen', meetingId: 'meeting-2023-09-28' } }, 'not-needed'],
      ['confirming it after all', { adjustment: 'confirmed' }, {}, 'confirmed'],
    ] as const)('needs none any more after %s', (_way, change, more, adjustment) => {
      const planned = plan({ referral: { ...decline(), ...change }, ...keep, ...more });
      expect(planned).toMatchObject({ adjustment, noMeetingSince: null });
      expect(planned.nextStep).not.toBe('choose-route');
    });

    it('is judged anew when its meeting moves, and finds another when that is cancelled', () => {
      const moved = [aMeeting('2023-09-28'), { ...aMeeting('2023-10-26'), date: localDate('2023-10-25') }];
      const planned = plan({ referral: decline(), meetings: moved, ...keep, sameMeetingDay: false });
      expect(planned).toMatchObject({ adjustment: 'proposed', noMeetingSince: null });
      const cancelled = plan({ referral: decline(), meetings: [aMeeting('2023-09-28')], ...keep });
      expect(cancelled).toMatchObject({
        meetingId: 'meeting-2023-09-28',
        adjustment: 'not-needed',
        noMeetingSince: null,
      });
    });

    it('goes on with its meeting once it stands on the agenda, and still lacks a way in time', () => {
      const onAgenda = plan({ referral: { ...decline(), status: 'on-agenda' }, ...keep });
      expect(onAgenda).toMatchObject({ adjustment: 'declined', noMeetingSince: TODAY, nextStep: 'meeting' });
    });

    it('sends its answer by the day to work by once it is decided, however the minutes are adjusted', () => {
      const decided = plan({ referral: { ...decline(), status: 'decided' }, ...keep });
      expect(decided).toMatchObject({ adjustment: 'declined', noMeetingSince: null, nextStep: 'adjustment' });
      expect(days(decided)).toMatchObject({ adjustment: '2023-11-09', expedite: '2023-10-27' });
      expect(plan({ referral: decided, ...keep })).toEqual(decided);
    });

    it.each(['declined', 'noted'] as const)(
      'sends what is decided as %s by that day, as what comes next',
      (outcome) => {
        const decision = { outcome, date: localDate('2023-10-26'), paragraph: '§ 14', by: 'board' } as const;
        const decided = plan({ referral: { ...decline(), status: 'decided', decision }, ...keep });
        expect(decided).toMatchObject({ nextStep: 'expedite', nextStepOn: '2023-10-27' });
      },
    );

    it('has no meeting since the day on which it lost its own, and not since it was declined', () => {
      const missed = plan({ referral: decline(), ...keep, today: localDate('2023-10-27') });
      expect(missed).toMatchObject({ meetingId: null, adjustment: 'not-needed', noMeetingSince: '2023-10-27' });
      const later = plan({ referral: missed, ...keep, today: localDate('2023-10-30') });
      expect(later.noMeetingSince).toBe('2023-10-27');
    });

    it('sends it in time when the board decides immediate adjustment after all', () => {
      const decided = plan({ referral: { ...decline(), status: 'decided', adjustment: 'decided' }, ...keep });
      expect(days(decided)).toMatchObject({ adjustment: '2023-10-26', expedite: '2023-10-27' });
    });

    it('is planned so, too, when an earlier release has left it planned on the immediate one', () => {
      const old = { ...plan(), adjustment: 'declined', adjustmentReason: 'Justeraren är borta' } as const;
      const planned = plan({ referral: old, ...keep, today: localDate('2023-09-14') });
      expect(planned).toMatchObject({ adjustment: 'declined', noMeetingSince: '2023-09-14', nextStep: 'draft' });
    });
  });

  it('leaves a case on the agenda that is already out', () => {
    const first = plan();
    const outAlready = plan({ referral: first, today: localDate('2023-10-24'), choice: { kind: 'keep' } });
    expect(outAlready.meetingId).toBe('meeting-2023-10-26');
  });

  it('plans a case by the chair without meeting and adjustment', () => {
    const planned = plan({ referral: aReferral({ route: 'chair', routeChosen: 1 }) });
    expect(days(planned)).toEqual({
      draft: '2023-10-11',
      decision: '2023-10-26',
      expedite: '2023-10-27',
      answerDue: '2023-10-27',
    });
    expect(planned).toMatchObject({ adjustment: 'not-needed', noMeetingSince: null, nextStep: 'draft' });
  });

  it('has nothing to plan without an answer date', () => {
    const planned = plan({ referral: aReferral({ answerDue: null }) });
    expect(planned).toMatchObject({ dueKey: '9999-12-31', workBy: null, meetingId: null, nextStep: 'set-answer-date' });
    expect(planned.timetable).toEqual([]);
  });

  it('never plans the answer to leave after the day to work by when a meeting was recommended', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.array(fc.integer({ min: 0, max: 220 }), { maxLength: 8 }),
        (due, at) => {
          const meetings = [...new Set(at)].map((days) => aMeeting(addDays(TODAY, days)));
          const planned = plan({ referral: aReferral({ answerDue: addDays(TODAY, due) }), meetings });
          const leaves = planned.timetable.find(({ milestone }) => milestone === 'expedite')?.date;
          if (planned.meetingId === null) expect(planned.noMeetingSince).toBe(TODAY);
          else expect((leaves ?? '9999') <= (planned.workBy ?? '')).toBe(true);
        },
      ),
    );
  });

  it('comes to the same plan however often it is planned', () => {
    const dueIn = fc.integer({ min: -5, max: 120 });
    fc.assert(
      fc.property(dueIn, (due) => {
        const once = plan({ referral: aReferral({ answerDue: addDays(TODAY, due) }) });
        expect(plan({ referral: once, choice: { kind: 'keep' } })).toEqual(once);
      }),
    );
  });
});
