import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { localDate } from '../../../src/domain/calendar/local-date.js';
import {
  assertCorrects, assertFieldsOfRecord, beforeSteps, earlierDecision, fieldsOfRecord, heldAgainst, offAgenda, recordOf, RECORDS, statusBySteps, stepOfRecord, takenBack, withEarlierDecision,
  type RecordedCase, type RecordFields, type RecordName, type Step,
} from '../../../src/domain/referral/records.js'; // prettier-ignore
import { dayFault } from '../../../src/domain/referral/step-days.js';

const DAY = localDate('2023-10-26');
let count = 0;
const aStep = (step: Step['step'], more: Partial<Step> = {}): Step => ({
  step,
  on: DAY,
  at: new Date(Date.UTC(2023, 9, 26, 8, 0, count++)).toISOString(),
  by: 'p1',
  byName: 'Sixten',
  ...more,
});
const aCase = (more: Partial<RecordedCase> = {}): RecordedCase => ({
  status: 'assigned',
  decision: null,
  adjustment: 'confirmed',
  adjustmentReason: null,
  route: 'meeting',
  meetingId: 'm1',
  routeChosen: 0,
  steps: [],
  hasOfficer: true,
  ...more,
});
/** A case after a step, as an act records it. */
function after(was: RecordedCase, step: Step['step'], more: Partial<RecordedCase> = {}): RecordedCase {
  const steps = [...(more.steps ?? was.steps), aStep(step)];
  const last = steps.at(-1);
  const recorded = steps.map((one) => (one === last ? { ...one, before: beforeSteps(was, steps) } : one));
  return { ...was, ...more, steps: recorded };
}
const DECIDED = { date: DAY, paragraph: '§ 14', outcome: 'adopted', by: null } as const;
const SENT_BACK = { ...DECIDED, outcome: 'returned' } as const;
const same = ({ hasOfficer: _, ...rest }: RecordedCase) => rest;

describe('what is taken back', () => {
  it('leaves the case as it was, one step after the other', () => {
    const statuses = ['registered', 'assigned', 'in-preparation', 'approved', 'on-agenda', 'decided'] as const;
    const steps = fc.constantFrom<Step['step']>('started', 'draft', 'dispatch', 'notice', 'notice-down', 'expedite');
    const next = fc.record({ step: steps, status: fc.constantFrom(...statuses) });
    fc.assert(
      fc.property(fc.array(next, { minLength: 1, maxLength: 8 }), (acts) => {
        const stands = [aCase()];
        for (const { step, status } of acts) stands.push(after(stands.at(-1) ?? aCase(), step, { status }));
        for (let i = acts.length; i > 0; i -= 1) {
          const now = stands[i] ?? aCase();
          const latest = now.steps.at(-1);
          const was = stands[i - 1] ?? aCase();
          const dispatched = was.steps.some(({ step }) => step === 'dispatch');
          const status = was.status === 'on-agenda' && !dispatched ? 'approved' : was.status;
          const expected = { ...was, status: status === 'registered' ? 'assigned' : status };
          expect(takenBack(now, latest ? recordOf(latest) : 'draft')).toEqual(same(expected as RecordedCase));
        }
      }),
    );
  });

  it('of a decision leaves what the board decided of immediate adjustment before it', () => {
    const dispatched = aCase({ status: 'on-agenda', steps: [aStep('dispatch')] });
    const onAgenda = after(dispatched, 'adjustmentDecided', { adjustment: 'decided' });
    const decided = after(onAgenda, 'meeting', { status: 'decided', decision: DECIDED });
    expect(takenBack(decided, 'decision')).toEqual(same(onAgenda));
    expect(takenBack(onAgenda, 'adjustment-decision')).toEqual(same(dispatched));
  });

  it('puts no case on an agenda that it has left since', () => {
    const dispatched = aCase({ status: 'on-agenda', steps: [aStep('draft'), aStep('dispatch')] });
    const decided = after(dispatched, 'adjustmentDecided', { adjustment: 'decided' });
    expect(offAgenda(decided)).toEqual({ steps: decided.steps.slice(0, 1), adjustment: 'not-needed' });
    // As it was stored while only the agenda was left behind.
    const steps = decided.steps.filter(({ step }) => step !== 'dispatch');
    const moved: RecordedCase = { ...decided, status: 'approved', meetingId: 'm2', steps };
    expect(takenBack(moved, 'adjustment-decision')).toMatchObject({ status: 'approved', steps: steps.slice(0, 1) });
  });

  it.each(['not-needed', 'proposed', 'confirmed', 'declined'] as const)(
    'off an agenda what people think of immediate adjustment, such as %s, stands',
    (adjustment) => expect(offAgenda({ steps: [], adjustment })).toEqual({ steps: [], adjustment }),
  );

  it('of a return gives back the draft, the approvals, the agenda and the meeting', () => {
    const steps = [aStep('draft'), aStep('managerApproval'), aStep('directorApproval'), aStep('dispatch')];
    const onAgenda = aCase({ status: 'on-agenda', steps });
    const change = { status: 'in-preparation', decision: SENT_BACK, steps: [], meetingId: 'm2' } as const;
    const returned = after(onAgenda, 'sentBack', { ...change, adjustment: 'not-needed' });
    expect(takenBack(returned, 'decision')).toEqual(same(onAgenda));
  });

  it.each(['chair', 'delegation', 'declined'] as const)(
    'of a tabling gives back the way by the board when another, such as %s, has been chosen since',
    (route) => {
      const onAgenda = aCase({ status: 'on-agenda', steps: [aStep('dispatch')] });
      const tabled = after(onAgenda, 'sentBack', {
        status: 'approved',
        decision: { ...DECIDED, outcome: 'tabled' },
        steps: [],
        meetingId: 'm2',
      });
      const elsewhere: RecordedCase = { ...tabled, route, meetingId: null, routeChosen: 1 };
      expect(takenBack(elsewhere, 'decision')).toEqual(same(onAgenda));
    },
  );

  it('of anything else leaves the way as it is', () =>
    expect(takenBack(after(aCase({ route: 'chair', meetingId: null }), 'decision'), 'decision').route).toBe('chair'));

  it('is what was recorded last, and nothing else', () => {
    const now = after(after(aCase(), 'draft'), 'managerApproval');
    expect(() => takenBack(now, 'draft')).toThrow(
      expect.objectContaining({ code: 'record-not-latest', facts: { field: 'record', value: 'draft', latest: 'managerApproval' } }),
    ); // prettier-ignore
    expect(() => takenBack(now, 'answer')).toThrow(
      expect.objectContaining({ code: 'record-unknown', facts: { field: 'record', value: 'answer', possible: ['draft', 'managerApproval'] } }),
    ); // prettier-ignore
  });

  it.each<readonly [readonly Step['step'][], boolean, string]>([
    [[], false, 'registered'],
    [[], true, 'assigned'],
    [['draft'], true, 'in-preparation'],
    [['sentBack'], true, 'in-preparation'],
    [['draft', 'directorApproval'], true, 'approved'],
    [['dispatch'], true, 'on-agenda'],
    [['dispatch', 'meeting'], true, 'decided'],
    [['decision'], true, 'decided'],
    [['meeting', 'adjustment'], true, 'adjusted'],
    [['meeting', 'expedite'], true, 'expedited'],
  ])('after %j (officer: %p), where nothing older was kept, is %s', (names, hasOfficer, status) =>
    expect(statusBySteps(names.map((name) => aStep(name)), hasOfficer)).toBe(status),
  ); // prettier-ignore
});

describe('the day of a step that is corrected', () => {
  const on = (step: Step['step'], day: string) => aStep(step, { on: localDate(day) });
  const [draft, approval] = [on('draft', '2023-10-04'), on('directorApproval', '2023-10-09')];
  const [sentBack, again] = [on('sentBack', '2023-10-26'), on('draft', '2023-11-01')];
  const meetingOn = localDate('2023-10-26');
  const TABLED = [draft, approval, sentBack, on('dispatch', '2023-11-16')];
  const RETURNED = [on('started', '2023-09-12'), sentBack, again];
  const faultOf = (steps: readonly Step[], step: Step, day: string) => {
    const known = {
      ...Object.fromEntries(steps.map((one) => [one.step, one.on])),
      received: localDate('2023-09-11'),
      convened: localDate('2023-11-23'),
    };
    const faults = heldAgainst(steps, step, known, meetingOn).map(({ name, days }) =>
      dayFault(name, localDate(day), days, localDate('2023-12-01')),
    );
    return faults.find((fault) => fault !== null)?.against ?? null;
  };

  it.each<readonly [string, readonly Step[], Step, string, string | null]>([
    ['a tabling is not before its meeting', TABLED, sentBack, '2023-10-25', 'convened-day'],
    ['nor after the next agenda', TABLED, sentBack, '2023-11-17', 'dispatch-day'],
    ['but may be between, before the new meeting', TABLED, sentBack, '2023-10-27', null],
    ['what stands though it was tabled was done before that', TABLED, approval, '2023-10-27', 'meeting-day'],
    ['and may be corrected to another day before it', TABLED, approval, '2023-10-10', null],
    ['and so may the draft', TABLED, draft, '2023-10-05', null],
    ['what was done anew was done after the return', RETURNED, again, '2023-10-25', 'sentBack-day'],
    ['on its day too', RETURNED, again, '2023-10-26', null],
    ['and the return was before it', RETURNED, sentBack, '2023-11-02', 'draft-day'],
  ])('%s', (_why, steps, step, day, against) => expect(faultOf(steps, step, day)).toBe(against));
});

describe('what is corrected', () => {
  it('is the latest of its kind', () => {
    const steps = [aStep('draft', { on: localDate('2023-10-01') }), aStep('meeting')];
    expect(stepOfRecord(steps, 'decision')).toBe(steps[1]);
  });

  it('is an earlier return or tabling, too, once a decision has followed on it', () => {
    const tabled = { ...DECIDED, outcome: 'tabled' } as const;
    const first = after(aCase(), 'sentBack', { decision: tabled });
    expect(recordOf(stepOfRecord(first.steps, 'decision'), first.steps)).toBe('decision');
    expect(() => stepOfRecord(first.steps, 'earlier-decision')).toThrow(
      expect.objectContaining({ code: 'record-unknown' }),
    );
    const then = after(first, 'meeting', { decision: DECIDED });
    expect(then.steps.map((step) => recordOf(step, then.steps))).toEqual(['earlier-decision', 'decision']);
    expect(stepOfRecord(then.steps, 'earlier-decision').step).toBe('sentBack');
    expect(earlierDecision(then.steps)).toEqual(tabled);
    expect(() => takenBack(then, 'earlier-decision')).toThrow(expect.objectContaining({ code: 'record-not-latest' }));
    const right = { ...tabled, paragraph: '§ 9' };
    const steps = withEarlierDecision(then.steps, right);
    expect(earlierDecision(steps)).toEqual(right);
    expect(takenBack({ ...then, steps }, 'decision').decision).toEqual(right);
  });

  it('is not known of an earlier one that was recorded before that was kept', () => {
    const steps = [aStep('sentBack'), aStep('meeting')];
    expect(earlierDecision(steps)).toBeNull();
    expect(withEarlierDecision(steps, DECIDED)).toEqual(steps);
  });

  it.each(RECORDS)('%s has exactly its fields', (record) => {
    const all = { on: DAY, signedAt: new Date(0), paragraph: '§ 1', by: null, how: 'brev' };
    for (const field of Object.keys(all) as (keyof RecordFields)[]) {
      const asked = () => assertFieldsOfRecord(record, { [field]: all[field] });
      if (fieldsOfRecord(record).includes(field)) expect(asked).not.toThrow();
      else expect(asked).toThrow(expect.objectContaining({ code: 'field-not-of-record' }));
    }
  });

  it('says something that did not stand there', () => {
    const stands = { on: DAY, signedAt: new Date(0), paragraph: '§ 14', by: null, how: null };
    const refused: RecordFields[] = [{ on: DAY }, { signedAt: new Date(0) }, { paragraph: '§ 14', by: null }];
    for (const asked of refused) {
      expect(() => assertCorrects('decision', asked, stands)).toThrow(
        expect.objectContaining({ code: 'record-unchanged', facts: { field: Object.keys(asked)[0], record: 'decision' } }),
      ); // prettier-ignore
    }
    const other: RecordFields[] = [{ on: DAY, paragraph: '§ 15' }, { signedAt: new Date(1) }, { paragraph: null }];
    for (const asked of other) expect(() => assertCorrects('decision', asked, stands)).not.toThrow();
  });

  it('is something', () => {
    const record: RecordName = 'decision';
    expect(() => assertFieldsOfRecord(record, {})).toThrow(expect.objectContaining({ code: 'field-required' }));
  });
});
