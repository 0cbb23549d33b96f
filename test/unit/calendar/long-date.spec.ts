import { describe, expect, it } from '@jest/globals';
import { localDate } from '../../../src/domain/calendar/local-date.js';
import { dayFrom } from '../../../src/domain/calendar/long-date.js';

describe('dayFrom', () => {
  it.each([
    ['2023-12-31', '2023-01-02', '2 januari', 'the same year needs no year'],
    ['2023-12-31', '2024-01-02', '2 januari 2024', 'the next year is told'],
    ['2024-01-02', '2023-12-31', '31 december 2023', 'and the last one'],
  ])('on %s, %s is %s: %s', (today, day, words) => {
    expect(dayFrom(localDate(today), localDate(day))).toBe(words);
  });
});
