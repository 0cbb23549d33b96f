import { describe, expect, it } from '@jest/globals';
import { isDayOfOtherYear } from '../../../src/domain/calendar/local-date.js';

describe('a day of a year that is not taken', () => {
  it.each([
    ['9999-12-31', true, 'a last day as other systems write it'],
    ['0001-01-01', true, 'a first day as other systems write it'],
    ['1899-12-31', true, 'the day before the first'],
    ['2200-01-01', true, 'the day after the last'],
    ['2400-02-29', true, 'a leap day of a later year'],
    ['2300-02-29', false, 'no leap year, so no day'],
    ['2199-12-31', false, 'taken'],
    ['9999-13-01', false, 'no month'],
    ['12345-01-01', false, 'not written so'],
    [null, false, 'no text'],
  ])('%s: %s, %s', (text, is, _why) => expect(isDayOfOtherYear(text)).toBe(is));
});
