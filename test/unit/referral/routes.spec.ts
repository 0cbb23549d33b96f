import { describe, expect, it } from '@jest/globals';
import { ROUTES, type Outcome, type Route } from '../../../src/domain/referral/lifecycle.js';
import {
  assertOutcome, outcomesOfRoute, warningsOfRoute, type RouteWarning,
} from '../../../src/domain/referral/routes.js'; // prettier-ignore

describe('what to think of before a way is taken', () => {
  it.each<readonly [Route, string | null, readonly RouteWarning[], string]>([
    ['meeting', 'Kommunstyrelsen', [], 'the board decides'],
    ['chair', 'Kommunfullmäktige', [], 'the chair decides in its place'],
    ['delegation', 'Socialdepartementet', ['delegation-limits'], 'KL 6:38 in general'],
    ['delegation', null, ['delegation-limits'], 'nobody knows who asks'],
    ['delegation', 'Kommunfullmäktige', ['delegation-to-council'], 'KL 6:38 2'],
    ['delegation', 'Stockholms stadsfullmäktige', ['delegation-to-council'], 'KL 6:38 2'],
    ['declined', 'Socialdepartementet', [], 'an invitation'],
    ['declined', 'Kommunstyrelsen', ['declining-executive'], 'KL 6:12'],
    ['declined', 'Stadsledningskontoret', ['declining-executive'], 'KL 6:12'],
  ])('%s, asked by %s: %j: %s', (route, sender, warnings) => expect(warningsOfRoute(route, sender)).toEqual(warnings));
});

describe('what can be decided on a way', () => {
  it.each<readonly [Route, readonly Outcome[]]>([
    ['meeting', ['adopted', 'declined', 'returned', 'tabled', 'noted']],
    ['chair', ['adopted', 'declined', 'noted']],
    ['delegation', ['adopted', 'declined', 'noted']],
    ['declined', ['declined', 'noted']],
  ])('%s: %j', (route, outcomes) => expect(outcomesOfRoute(route)).toEqual(outcomes));

  it('is let through, and nothing else', () => {
    for (const route of ROUTES) {
      for (const outcome of outcomesOfRoute('meeting')) {
        const asked = (): void => assertOutcome(outcome, route);
        const possible = outcomesOfRoute(route);
        if (possible.includes(outcome)) expect(asked).not.toThrow();
        else {
          const facts = { field: 'outcome', value: outcome, route, possible };
          expect(asked).toThrow(expect.objectContaining({ code: 'outcome-not-of-route', facts }));
        }
      }
    }
  });
});
