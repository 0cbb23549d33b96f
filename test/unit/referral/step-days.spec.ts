import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, localDate } from '../../../src/domain/calendar/local-date.js';
import {
  assertStepDay, dayFault, DAY_ORDER, RECORDED_DAYS, type KnownDays, type RecordedDay,
} from '../../../src/domain/referral/step-days.js'; // prettier-ignore
import { days } from '../../support/arbitraries.js';

const TODAY = localDate('2023-12-01');
/** The model remiss, all of it recorded. */
const WHOLE = {
  received: '2023-09-11',
  started: '2023-09-20',
  draft: '2023-10-04',
  managerApproval: '2023-10-06',
  directorApproval: '2023-10-09',
  dispatch: '2023-10-19',
  convened: '2023-10-26',
  meeting: '2023-10-26',
  adjustment: '2023-10-26',
  notice: '2023-10-27',
  'notice-down': '2023-11-20',
  expedite: '2023-10-27',
} as Readonly<Record<string, string>> as KnownDays;

describe('a day that is recorded', () => {
  it.each<readonly [RecordedDay, string, 'earliest' | 'latest', string, string, string]>([
    ['started', '2023-09-10', 'earliest', 'received-day', '2023-09-11', 'nothing is done before it came in'],
    ['draft', '2023-09-19', 'earliest', 'started-day', '2023-09-20', 'the preparation begins before the draft is done'],
    ['draft', '2023-10-07', 'latest', 'managerApproval-day', '2023-10-06', 'nobody approves what is not written'],
    ['managerApproval', '2023-10-03', 'earliest', 'draft-day', '2023-10-04', 'nobody approves what is not written'],
    ['directorApproval', '2023-10-27', 'latest', 'meeting-day', '2023-10-26', 'what is decided has been approved'],
    ['adjustmentDecided', '2023-10-27', 'latest', 'adjustment-day', '2023-10-26', 'what is signed has been decided'],
    ['managerApproval', '2023-10-10', 'latest', 'directorApproval-day', '2023-10-09', 'the director approves last'],
    ['directorApproval', '2023-10-05', 'earliest', 'managerApproval-day', '2023-10-06', 'the director approves last'],
    ['dispatch', '2023-10-27', 'latest', 'convened-day', '2023-10-26', 'the notice of a meeting comes before it'],
    ['meeting', '2023-10-25', 'earliest', 'convened-day', '2023-10-26', 'a board decides when it meets'],
    ['meeting', '2023-10-28', 'latest', 'adjustment-day', '2023-10-26', 'what is signed has been decided'],
    ['adjustment', '2023-10-25', 'earliest', 'meeting-day', '2023-10-26', 'what is signed has been decided'],
    ['adjustment', '2023-10-28', 'latest', 'notice-day', '2023-10-27', 'what is posted has been adjusted'],
    ['notice', '2023-10-25', 'earliest', 'adjustment-day', '2023-10-26', 'what is posted has been adjusted'],
    ['notice', '2023-11-21', 'latest', 'notice-down-day', '2023-11-20', 'what is taken down has been posted'],
    ['notice-down', '2023-10-26', 'earliest', 'notice-day', '2023-10-27', 'what is taken down has been posted'],
    ['expedite', '2023-10-25', 'earliest', 'meeting-day', '2023-10-26', 'an answer that is sent has been decided'],
    ['expedite', '2023-12-02', 'latest', 'today', '2023-12-01', 'what has happened is not to come'],
    ['received', '2023-09-21', 'latest', 'started-day', '2023-09-20', 'nothing is done before it came in'],
  ])('%s %s: %s, %s %s: %s', (name, day, bound, against, other) =>
    expect(dayFault(name, localDate(day), WHOLE, TODAY)).toEqual({ bound, against, day: other }),
  );

  it.each<readonly [RecordedDay, string, string]>([
    ['draft', '2023-09-20', 'the day on which the preparation began'],
    ['dispatch', '2023-09-11', 'an agenda may be out before the case is approved'],
    ['meeting', '2023-10-26', 'the day of the meeting'],
    ['expedite', '2023-10-26', 'the day of the decision, before the minutes are adjusted'],
    ['expedite', '2023-12-01', 'today'],
    ['notice', '2023-10-26', 'the day of the adjustment'],
  ])('%s %s may be: %s', (name, day) => expect(dayFault(name, localDate(day), WHOLE, TODAY)).toBeNull());

  it('of a case that was sent back lies after that', () => {
    const known = { received: localDate('2023-09-11'), sentBack: localDate('2023-09-28') };
    const fault = { bound: 'earliest', against: 'sentBack-day', day: '2023-09-28' };
    for (const name of ['draft', 'managerApproval', 'directorApproval', 'dispatch', 'meeting', 'decision'] as const) {
      expect(dayFault(name, localDate('2023-09-27'), known, TODAY)).toEqual(fault);
    }
  });

  it('is refused with its field, its value and what is in the way', () => {
    expect(() => assertStepDay('notice', localDate('2023-10-25'), WHOLE, TODAY, 'on')).toThrow(
      expect.objectContaining({
        code: 'date-out-of-order',
        facts: { field: 'on', value: '2023-10-25', earliest: '2023-10-26', against: 'adjustment-day' },
      }),
    );
  });
});

describe('the order of days', () => {
  const someDay = days('2023-09-01', '2023-12-31');
  const known: fc.Arbitrary<KnownDays> = fc.dictionary(fc.constantFrom(...RECORDED_DAYS), someDay);
  const someName = fc.constantFrom(...RECORDED_DAYS);

  it('goes round in no circle, and names each pair once', () => {
    const afterAll = (name: RecordedDay): RecordedDay[] =>
      DAY_ORDER.filter(([before]) => before === name).flatMap(([, after]) => [after, ...afterAll(after)]);
    for (const name of RECORDED_DAYS) expect(afterAll(name)).not.toContain(name);
    expect(new Set(DAY_ORDER.map((pair) => pair.join(' '))).size).toBe(DAY_ORDER.length);
  });

  it('lets through exactly what breaks no pair when the case is looked at as a whole', () => {
    fc.assert(
      fc.property(someName, someDay, known, someDay, (name, day, facts, today) => {
        const whole = new Map<string, string>(Object.entries({ ...facts, [name]: day }) as [string, string][]);
        const broken = DAY_ORDER.filter((pair) => pair.includes(name)).some(
          ([a, b]) => (whole.get(a) ?? '0000') > (whole.get(b) ?? '9999'),
        );
        expect(dayFault(name, day, facts, today) === null).toBe(!broken && day <= today);
      }),
      { numRuns: 3000 },
    );
  });

  it('names a bound that the day breaks, and that a day on it does not', () => {
    fc.assert(
      fc.property(someName, someDay, known, (name, day, facts) => {
        const fault = dayFault(name, day, facts, addDays(day, 400));
        if (fault === null) return;
        expect(fault.bound === 'earliest' ? day < fault.day : day > fault.day).toBe(true);
        const onIt = dayFault(name, fault.day, facts, addDays(day, 800));
        expect(onIt?.bound).not.toBe(fault.bound);
      }),
      { numRuns: 3000 },
    );
  });
});
