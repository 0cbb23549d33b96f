import { describe, expect, it } from '@jest/globals';
import { RuleError } from '../../../src/domain/errors.js';
import { DEFAULT_LEAD_TIMES, leadTimes } from '../../../src/domain/timetable/lead-times.js';

describe('leadTimes', () => {
  it('gives the defaults for nothing', () => {
    const defaults = { draft: 16, managerApproval: 14, directorApproval: 13, dispatch: 5, expedite: 1 };
    expect(leadTimes(undefined)).toEqual({ ...defaults, ordinaryAdjustmentDays: 14, preparation: null });
    expect(leadTimes({})).toEqual(DEFAULT_LEAD_TIMES);
  });

  it.each<readonly [Record<string, number | null | undefined>, string]>([
    [{ draft: 20 }, 'one alone'],
    [{ preparation: 7 }, 'a step that is off by default'],
    [{ preparation: null }, 'the same step, said to be off'],
    [{ draft: undefined }, 'one left out'],
    [
      { draft: 0, managerApproval: 0, directorApproval: 0, dispatch: 0, expedite: 0, ordinaryAdjustmentDays: 0 },
      'all 0',
    ],
    [{ draft: 250, managerApproval: 250, directorApproval: 250, dispatch: 250 }, 'equal ones, the longest'],
    [{ dispatch: 13 }, 'as long as the one before it'],
  ])('takes %j: %s', (partial) => {
    const given = Object.fromEntries(Object.entries(partial).filter(([, value]) => value !== undefined));
    expect(leadTimes(partial)).toEqual({ ...DEFAULT_LEAD_TIMES, ...given });
  });

  it.each<readonly [unknown, string, string]>([
    [{ draft: -1 }, 'draft', 'negative'],
    [{ draft: 1.5 }, 'draft', 'half a day'],
    [{ draft: '16' }, 'draft', 'a text'],
    [{ draft: null }, 'draft', 'only preparation can be off'],
    [{ draft: 251 }, 'draft', 'more than a year of working days'],
    [{ expedite: -1 }, 'expedite', 'before the adjustment'],
    [{ ordinaryAdjustmentDays: NaN }, 'ordinaryAdjustmentDays', 'no number'],
    [{ preparation: 1.5 }, 'preparation', 'half a day'],
    [{ draft: 10 }, 'draft', 'less than the managerApproval of the defaults'],
    [{ managerApproval: 17 }, 'managerApproval', 'more than the draft of the defaults'],
    [{ directorApproval: 15 }, 'directorApproval', 'more than the managerApproval of the defaults'],
    [{ dispatch: 14 }, 'dispatch', 'more than the directorApproval of the defaults'],
    [{ managerApproval: 12 }, 'managerApproval', 'less than the directorApproval of the defaults'],
    [{ utkast: 16 }, 'utkast', 'no such key'],
    [{ toString: 1 }, 'toString', 'no such key of its own'],
    [[16], 'leadTimes', 'a list'],
    [null, 'leadTimes', 'null'],
    ['16', 'leadTimes', 'a text'],
  ])('refuses %j and names %s: %s', (partial, field) => {
    let caught: unknown;
    try {
      leadTimes(partial as Record<string, unknown>);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(RuleError);
    expect(caught).toMatchObject({ code: 'lead-times-invalid', facts: { field } });
  });
});
