import { describe, expect, it } from '@jest/globals';
import { ACCOUNT, PAIR } from '../../../src/features/accounts/account-limits.js';
import { aged, pauseAfter, subscriber } from '../../../src/features/accounts/sign-in-throttle.js';

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

describe('aged', () => {
  const AT = '2023-10-09T08:00:00.000Z';
  const after = (minutes: number): Date => new Date(Date.parse(AT) + minutes * 60_000);

  it.each([
    [5, 0, 5, 0, 'none is forgotten at once'],
    [5, 11, 5, 0, 'nor before its twelve minutes'],
    [5, 12, 4, 12, 'the first one after a fifth of an hour'],
    [5, 30, 3, 24, 'the half that the next one has waited is kept'],
    [5, 60, 0, 60, 'all that are free within the hour'],
    [8, 60, 3, 60, 'and no more than those'],
    [8, 1000, 0, 1000, 'never below none'],
    [0, 30, 0, 30, 'none stays none, and nothing is saved up'],
    [5, -5, 5, 0, 'a clock that was set back forgets none'],
  ])('of %i failures after %i minutes leaves %i, since %i: %s', (failures, minutes, left, since) => {
    expect(aged({ failures, lastAt: AT }, { free: 5 }, after(minutes))).toEqual({
      failures: left,
      since: after(since),
    });
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
