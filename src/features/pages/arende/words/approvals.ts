import { localDateAt } from '../../../../domain/calendar/stockholm-time.js';
import type { CaseEvent } from './journal-words.js';

export interface GivenApproval {
  readonly by: string;
  readonly on: string;
}

export interface Approvals {
  readonly manager: GivenApproval | null;
  readonly director: GivenApproval | null;
}

function approvalOf({ by, at, after }: CaseEvent, step: string): GivenApproval {
  const steps = after?.['steps'];
  const on: unknown = typeof steps === 'object' && steps !== null ? Reflect.get(steps, step) : undefined;
  return { by, on: typeof on === 'string' ? on : localDateAt(new Date(at)) };
}

/** The approvals that stand, from what has happened: a case that is returned is approved anew. */
export function approvalsIn(events: readonly CaseEvent[]): Approvals {
  let approvals: Approvals = { manager: null, director: null };
  for (const event of events) {
    if (event.what === 'manager-approved') approvals = { ...approvals, manager: approvalOf(event, 'managerApproval') };
    if (event.what === 'director-approved')
      approvals = { ...approvals, director: approvalOf(event, 'directorApproval') };
    if (event.what === 'decision-returned') approvals = { manager: null, director: null };
  }
  return approvals;
}
