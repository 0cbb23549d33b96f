import { expect, it } from '@jest/globals';
import { referralId } from '../../../src/features/referrals/referral-id.js';

it('gives ids that grow, also within one millisecond', () => {
  const now = new Date('2026-11-22T12:00:00.000Z');
  const ids = Array.from({ length: 1000 }, () => referralId(now));
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  expect(referralId(new Date('2026-11-22T12:00:00.001Z')) > (ids.at(-1) ?? '')).toBe(true);
});
