import { RuleError } from '../errors.js';
import { OUTCOMES, type Outcome, type Route } from './lifecycle.js';

/** What to think of before a way to a decision is taken. */
export const ROUTE_WARNINGS = ['delegation-limits', 'delegation-to-council', 'declining-executive'] as const;

/**
 * A thing to think of: matters that may not be delegated, an answer to the council, which may not be either, and a
 * request by the executive, which may ask for the opinions that it needs.
 */
export type RouteWarning = (typeof ROUTE_WARNINGS)[number];

const FROM_THE_EXECUTIVE = /kommunstyrelse|stadsledningskontor/iu;
const FROM_THE_COUNCIL = /(?:kommun|stads)fullmäktige/iu;

/**
 * What to think of before a way is taken, by who asks.
 *
 * @see kommunallagen (2017:725) 6 kap. 38 § for delegation, 6 kap. 12 § for the executive
 */
export function warningsOfRoute(route: Route, sender: string | null): RouteWarning[] {
  switch (route) {
    case 'delegation':
      return [sender !== null && FROM_THE_COUNCIL.test(sender) ? 'delegation-to-council' : 'delegation-limits'];
    case 'declined':
      return sender !== null && FROM_THE_EXECUTIVE.test(sender) ? ['declining-executive'] : [];
    case 'meeting':
    case 'chair':
      return [];
  }
}

/**
 * What can be decided on a way: a board may send a matter back or put it off, others decide it or leave it.
 *
 * @see kommunallagen (2017:725) 6 kap. 33 §
 */
export function outcomesOfRoute(route: Route): readonly Outcome[] {
  switch (route) {
    case 'meeting':
      return OUTCOMES;
    case 'chair':
    case 'delegation':
      return ['adopted', 'declined', 'noted'];
    case 'declined':
      return ['declined', 'noted'];
  }
}

/**
 * Lets through what can be decided on the way that the case goes.
 *
 * @throws RuleError `outcome-not-of-route` with the outcome, the route and what is possible instead
 */
export function assertOutcome(outcome: Outcome, route: Route): void {
  const possible = outcomesOfRoute(route);
  if (possible.includes(outcome)) return;
  const facts = { field: 'outcome', value: outcome, route, possible };
  throw new RuleError('outcome-not-of-route', `${outcome} is no decision by the route ${route}`, facts);
}
