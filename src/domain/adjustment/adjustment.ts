import { RuleError } from '../errors.js';
import type { AdjustmentNeed } from '../timetable/plan.js';

/** Every position that immediate adjustment (omedelbar justering) of a paragraph can have. */
export const ADJUSTMENT_STATUSES = ['not-needed', 'proposed', 'confirmed', 'declined', 'decided', 'signed'] as const;

/** Where the immediate adjustment of a paragraph stands. */
export type AdjustmentStatus = (typeof ADJUSTMENT_STATUSES)[number];

/** The other ways to be in time for one who declines immediate adjustment. */
export const OTHER_WAYS = ['extension', 'other-meeting', 'extra-meeting', 'chair', 'delegation', 'declined'] as const;

/** Another way to be in time than immediate adjustment. */
export type OtherWay = (typeof OTHER_WAYS)[number];

/** What has stayed the same since the status was last worked out. */
export interface Unchanged {
  /** False when the case has moved to another meeting, so that what the board did at the old one counts no more. */
  readonly meeting: boolean;
  /** False when the answer date or the day of the meeting has moved before the case was decided. */
  readonly dates: boolean;
}

/** What stands although the plan is worked out again for the same meeting. */
function stands(current: AdjustmentStatus, unchanged: Unchanged): boolean {
  switch (current) {
    case 'decided':
    case 'signed':
    case 'confirmed':
      return unchanged.meeting;
    case 'declined':
      return unchanged.meeting && unchanged.dates;
    case 'not-needed':
    case 'proposed':
      return false;
  }
}

/**
 * Where immediate adjustment stands once the plan has been worked out again, and whether that is a change.
 *
 * It is proposed when the chosen meeting needs it, and otherwise not needed. What a person has confirmed stands for the
 * same meeting while it is needed, what a person has declined stands until a date moves, and what the board has decided
 * or signed at the same meeting stands whatever the dates say.
 * @param option    the chosen option, or null when the case has no meeting in its plan
 * @param current   the status until now
 * @param unchanged what stayed the same, all of it when left out
 * @see kommunallagen (2017:725) 5 kap. 69 §
 */
export function proposeAdjustment(
  option: { readonly adjustment: AdjustmentNeed } | null,
  current: AdjustmentStatus,
  unchanged: Unchanged = { meeting: true, dates: true },
): { readonly status: AdjustmentStatus; readonly changed: boolean } {
  const happened = current === 'decided' || current === 'signed';
  const needed = option?.adjustment === 'immediate';
  const fresh: AdjustmentStatus = needed ? 'proposed' : 'not-needed';
  const status = (needed || happened) && stands(current, unchanged) ? current : fresh;
  return { status, changed: status !== current };
}

const STEPS = ['confirm', 'decline', 'decide', 'sign'] as const;

/** The steps of immediate adjustment. */
export type AdjustmentStep = (typeof STEPS)[number];

const FROM: Record<AdjustmentStep, readonly AdjustmentStatus[]> = {
  confirm: ['proposed', 'declined'],
  decline: ['proposed', 'confirmed'],
  decide: ['not-needed', 'proposed', 'confirmed', 'declined'],
  sign: ['decided'],
};

/** Whether a step may follow on a status. */
export function mayStep(step: AdjustmentStep, current: AdjustmentStatus): boolean {
  return FROM[step].includes(current);
}

function assertStep(step: AdjustmentStep, current: AdjustmentStatus): void {
  if (mayStep(step, current)) return;
  throw new RuleError('adjustment-not-allowed', `cannot ${step} immediate adjustment that is ${current}`, {
    act: step,
    adjustment: current,
    possible: STEPS.filter((other) => mayStep(other, current)),
  });
}

/**
 * A person confirms that the paragraph shall be adjusted immediately.
 *
 * @throws RuleError `adjustment-not-allowed` unless it is proposed or was declined
 */
export function confirmAdjustment(current: AdjustmentStatus): AdjustmentStatus {
  assertStep('confirm', current);
  return 'confirmed';
}

/**
 * A person declines immediate adjustment, says why, and takes another way to be in time.
 *
 * @throws RuleError `adjustment-not-allowed` unless it is proposed or confirmed, `field-required` without a reason,
 *   `decline-needs-route` without another way
 */
export function declineAdjustment(
  current: AdjustmentStatus,
  why: { readonly reason: string; readonly way: OtherWay | null },
): AdjustmentStatus {
  assertStep('decline', current);
  if (why.reason.trim() === '') {
    throw new RuleError('field-required', 'reason is required', { field: 'reason' });
  }
  if (why.way === null) {
    throw new RuleError('decline-needs-route', 'declining needs another way to be in time', {
      field: 'way',
      possible: OTHER_WAYS,
    });
  }
  return 'declined';
}

/**
 * The board has decided immediate adjustment. It may do so whether or not it was proposed: the board decides.
 *
 * @throws RuleError `adjustment-not-allowed` when it is already decided or signed
 * @see kommunallagen (2017:725) 5 kap. 69 §
 */
export function decideAdjustment(current: AdjustmentStatus): AdjustmentStatus {
  assertStep('decide', current);
  return 'decided';
}

/**
 * The paragraph has been signed by the chair and the adjusters.
 *
 * @throws RuleError `adjustment-not-allowed` unless the board has decided it and it is not yet signed
 */
export function signAdjustment(current: AdjustmentStatus): AdjustmentStatus {
  assertStep('sign', current);
  return 'signed';
}
