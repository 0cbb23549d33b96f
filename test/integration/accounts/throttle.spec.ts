import { describe, expect, it } from '@jest/globals';
import { ACCOUNT, PAIR } from '../../../src/features/accounts/account-limits.js';
import { pauseAfter, subscriber } from '../../../src/features/accounts/sign-in-throttle.js';

describe('pauseAfter', () => {
  it.each([
    [0, 0],
    [4, 0],
    [5, 30_000],
    [6, 60_000],
    [7, 120_000],
    [10, 900_000],
    [1_000_000, 900_000],
  ])('%i failures of an account from an address: %i ms', (failures, ms) => {
    expect(pauseAfter(failures, PAIR)).toBe(ms);
  });

  it('is never longer than two minutes for an account from anywhere', () => {
    expect(pauseAfter(10_000, ACCOUNT)).toBe(120_000);
  });
});

describe('subscriber', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
  ])('of %s is %s', (address, expected) => {
    expect(subscriber(address)).toBe(expected);
  });
});
