import { describe, expect, it } from '@jest/globals';
import { localDate } from '../../../src/domain/calendar/local-date.js';
import {
  assertConfirmed, cautionsOfClosing, cautionsOfDecision, cautionsOfExtension, cautionsOfNoticeDays, cautionsOfTakingDown,
  type NoticeFacts,
} from '../../../src/domain/referral/cautions.js'; // prettier-ignore

const ENDS = localDate('2023-11-17');

describe('what is to be confirmed', () => {
  it.each([
    ['2023-10-25', [], 'before the meeting is refused elsewhere'],
    ['2023-10-26', [], 'at the meeting'],
    ['2023-10-27', [{ code: 'decision-after-meeting', day: '2023-10-26' }], 'after it'],
  ])('of a decision %s: %j: %s', (day, cautions) =>
    expect(cautionsOfDecision(localDate(day), localDate('2023-10-26'))).toEqual(cautions),
  );

  it('of a decision without a meeting: nothing', () =>
    expect(cautionsOfDecision(localDate('2023-10-27'), null)).toEqual([]));

  it.each([
    ['2023-11-16', [{ code: 'notice-too-early', day: '2023-11-18' }], 'the time runs'],
    ['2023-11-17', [{ code: 'notice-too-early', day: '2023-11-18' }], 'its last day'],
    ['2023-11-18', [], 'it has ended'],
  ])('of a notice taken down %s: %j: %s', (day, cautions) =>
    expect(cautionsOfTakingDown(localDate(day), { appealEnds: ENDS })).toEqual(cautions),
  );

  it.each([
    ['2025-09-11', [], 'two years'],
    ['2025-09-12', [{ code: 'far-ahead', day: '2025-09-12' }], 'a day more'],
    ['2127-01-04', [{ code: 'far-ahead', day: '2127-01-04' }], 'a slip of the year'],
  ])('of more time to %s: %j: %s', (day, cautions) =>
    expect(cautionsOfExtension(localDate(day), localDate('2023-09-11'))).toEqual(cautions),
  );

  const done = { adjusted: true, posted: true, takenDown: true, appealEnds: ENDS };
  it.each<readonly [string, NoticeFacts, readonly string[], string]>([
    ['2023-11-18', done, [], 'all is done'],
    ['2023-11-17', done, ['appeal-running'], 'the last day to appeal'],
    ['2023-11-18', { ...done, takenDown: false }, ['notice-still-up'], 'the notice is up'],
    ['2023-11-18', { ...done, posted: false, takenDown: false }, ['notice-not-posted'], 'nothing was announced'],
    ['2023-11-17', { ...done, posted: false }, ['notice-not-posted', 'appeal-running'], 'two things'],
    ['2023-11-18', { ...done, adjusted: false, posted: false }, [], 'no minutes to announce'],
    ['2023-11-17', { ...done, adjusted: false, appealEnds: null }, [], 'decided by the chair'],
  ])('of a case closed %s with %j: %j: %s', (today, facts, codes) =>
    expect(cautionsOfClosing(localDate(today), facts).map(({ code }) => code)).toEqual(codes),
  );

  it('is refused until it is confirmed', () => {
    const cautions = cautionsOfTakingDown(ENDS, { appealEnds: ENDS });
    expect(() => assertConfirmed(cautions, true)).not.toThrow();
    expect(() => assertConfirmed([], false)).not.toThrow();
    expect(() => assertConfirmed(cautions, false)).toThrow(
      expect.objectContaining({
        code: 'confirmation-needed',
        facts: { field: 'confirm', warnings: ['notice-too-early'], day: '2023-11-18' },
      }),
    );
  });
});

describe('a notice whose days are corrected', () => {
  it.each<readonly [string | null, string | null, readonly string[], string]>([
    ['2026-10-09', '2026-10-30', ['notice-too-early'], 'the last day to appeal'],
    ['2026-10-09', '2026-10-31', [], 'the day after it'],
    ['2026-10-10', '2026-11-02', ['notice-too-early'], 'three weeks end on a Saturday and are moved'],
    ['2026-10-09', null, [], 'still up'],
    [null, '2026-10-09', [], 'not known when it went up'],
  ])('from %s to %s: %j, %s', (posted, down, codes) => {
    const day = (text: string | null) => (text === null ? null : localDate(text));
    expect(cautionsOfNoticeDays(day(posted), day(down)).map(({ code }) => code)).toEqual(codes);
  });
});
