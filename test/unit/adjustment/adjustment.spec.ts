import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ADJUSTMENT_STATUSES,
  confirmAdjustment,
  decideAdjustment,
  declineAdjustment,
  OTHER_WAYS,
  proposeAdjustment,
  signAdjustment,
} from '../../../src/domain/adjustment/adjustment.js';
import type { AdjustmentStatus, Unchanged } from '../../../src/domain/adjustment/adjustment.js';
import { RuleError } from '../../../src/domain/errors.js';

const same = { meeting: true, dates: true };
const movedDates = { meeting: true, dates: false };
const movedMeeting = { meeting: false, dates: true };
const immediate = { adjustment: 'immediate' } as const;
const ordinary = { adjustment: 'ordinary' } as const;
const tooLate = { adjustment: 'too_late' } as const;

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof RuleError) return error.code;
    throw error;
  }
  return 'done';
}

describe('proposeAdjustment', () => {
  it.each<readonly [Parameters<typeof proposeAdjustment>[0], AdjustmentStatus, Unchanged, AdjustmentStatus, string]>([
    [immediate, 'not-needed', same, 'proposed', 'needed from now on'],
    [immediate, 'proposed', same, 'proposed', 'still needed'],
    [immediate, 'proposed', movedMeeting, 'proposed', 'needed at the new meeting too'],
    [ordinary, 'proposed', movedDates, 'not-needed', 'an extension gave time enough'],
    [tooLate, 'proposed', movedDates, 'not-needed', 'no adjustment helps any more'],
    [null, 'proposed', movedMeeting, 'not-needed', 'another route'],
    [ordinary, 'not-needed', same, 'not-needed', 'as before'],
    [immediate, 'confirmed', movedDates, 'confirmed', 'a person has confirmed it for this meeting'],
    [immediate, 'confirmed', movedMeeting, 'proposed', 'to be confirmed for the new meeting'],
    [ordinary, 'confirmed', movedDates, 'not-needed', 'confirmed, but not needed any more'],
    [immediate, 'declined', same, 'declined', 'nothing has moved since it was declined'],
    [immediate, 'declined', movedDates, 'proposed', 'the dates have moved: asked again'],
    [immediate, 'declined', movedMeeting, 'proposed', 'the meeting has moved: asked again'],
    [ordinary, 'declined', movedDates, 'not-needed', 'declined, and not needed any more'],
    [ordinary, 'decided', movedDates, 'decided', 'the board has decided it, whatever the dates say'],
    [ordinary, 'signed', movedDates, 'signed', 'it is signed, whatever the dates say'],
    [null, 'signed', same, 'signed', 'it is signed, though no option is left'],
    [immediate, 'signed', movedMeeting, 'proposed', 'sent back and planned for a new meeting'],
    [ordinary, 'decided', movedMeeting, 'not-needed', 'put off to a meeting with time enough'],
  ])('%j, was %s, unchanged %j: %s: %s', (option, current, unchanged, status) =>
    expect(proposeAdjustment(option, current, unchanged)).toEqual({ status, changed: status !== current }),
  );

  it('takes everything as unchanged when not told', () => {
    expect(proposeAdjustment(immediate, 'declined').status).toBe('declined');
    expect(proposeAdjustment(immediate, 'confirmed').status).toBe('confirmed');
  });

  it('changes nothing when worked out twice', () => {
    const option = fc.constantFrom(null, immediate, ordinary, tooLate);
    const unchanged = fc.record({ meeting: fc.boolean(), dates: fc.boolean() });
    fc.assert(
      fc.property(option, fc.constantFrom(...ADJUSTMENT_STATUSES), unchanged, (o, current, u) => {
        const { status } = proposeAdjustment(o, current, u);
        expect(proposeAdjustment(o, status)).toEqual({ status, changed: false });
      }),
    );
  });
});

describe('the steps of immediate adjustment', () => {
  const decline = (current: AdjustmentStatus) =>
    declineAdjustment(current, { reason: 'Ordföranden bortrest', way: 'chair' });
  const steps = { confirm: confirmAdjustment, decline, decide: decideAdjustment, sign: signAdjustment };
  const allowed: Record<keyof typeof steps, Partial<Record<AdjustmentStatus, AdjustmentStatus>>> = {
    confirm: { proposed: 'confirmed', declined: 'confirmed' },
    decline: { proposed: 'declined', confirmed: 'declined' },
    decide: { 'not-needed': 'decided', proposed: 'decided', confirmed: 'decided', declined: 'decided' },
    sign: { decided: 'signed' },
  };
  const rows = (['confirm', 'decline', 'decide', 'sign'] as const).flatMap((step) =>
    ADJUSTMENT_STATUSES.map((status) => [step, status, allowed[step][status] ?? 'adjustment-not-allowed'] as const),
  );

  it.each(rows)('%s from %s gives %s', (step, status, result) => {
    if (result === 'adjustment-not-allowed') expect(codeOf(() => steps[step](status))).toBe(result);
    else expect(steps[step](status)).toBe(result);
  });

  it('names the steps that are possible instead', () =>
    expect(() => signAdjustment('proposed')).toThrow(
      expect.objectContaining({
        facts: { act: 'sign', adjustment: 'proposed', possible: ['confirm', 'decline', 'decide'] },
      }),
    ));

  it('cannot be declined without a reason or without another way', () => {
    expect(codeOf(() => declineAdjustment('proposed', { reason: ' ', way: 'chair' }))).toBe('field-required');
    expect(codeOf(() => declineAdjustment('proposed', { reason: 'x', way: null }))).toBe('decline-needs-route');
    expect(codeOf(() => declineAdjustment('signed', { reason: '', way: null }))).toBe('adjustment-not-allowed');
    for (const way of OTHER_WAYS) expect(declineAdjustment('proposed', { reason: 'x', way })).toBe('declined');
  });
});
