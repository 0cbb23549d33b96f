import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RuleError } from '../../../src/domain/errors.js';
import { formatDiarienummer, matchKey, numberPattern } from '../../../src/domain/referral/diarienummer.js';

describe('numberPattern', () => {
  it.each([
    '{code} {year}/{number}',
    '{code} {year}/{number:5}',
    '{code}-{year}-{number:5}',
    '{year}-{number:5}',
    '{number:4}/{year:2}',
    '{code}/{year}:{number}',
    '1.5.1-{number}-{year}',
    'Dnr {code} {year}.{number}',
    'Ärende {year}–{number}',
    '{year} {code} {number}',
    '{code}{year}/{number:5}',
  ])('takes %s', (pattern) => expect(numberPattern(pattern)).toBe(pattern));

  it.each([
    ['', 'nothing'],
    ['{code} {number}', 'the year is missing: next year would repeat the numbers'],
    ['{code} {year}', 'the number is missing'],
    ['{code} {year}/{number}/{number}', 'the number twice'],
    ['{year}/{year:2}-{number}', 'the year twice'],
    ['{year}{number}', 'year and number touch'],
    ['{year:2}{number}', 'year and number touch'],
    ['{year}/{number}0', 'a digit touches the number'],
    ['1{year}/{number}', 'a digit touches the year'],
    ['{year}{code}{number}', 'only the code parts them, which may be a digit'],
    ['{code} {year}/{number:0}', 'no digits'],
    ['{code} {year}/{number:12}', 'too many digits'],
    ['{code} {year:4}/{number}', 'an unknown width'],
    ['{kod} {year}/{number}', 'an unknown placeholder'],
    ['{code} {year}/{number}}', 'a brace too many'],
    ['{code} {year}/{number', 'a brace too few'],
    [' {year}/{number}', 'a space first'],
    ['{year}/{number} ', 'a space last'],
    ['{year}/\n{number}', 'a line break'],
    ['<b>{year}/{number}', 'a sign with a meaning elsewhere'],
    [`{year}/{number} ${'x'.repeat(30)}`, 'too long'],
  ])('refuses %j: %s', (pattern) => {
    const error = { code: 'number-pattern-invalid', facts: { field: 'boards[0].numberPattern', value: pattern } };
    expect(() => numberPattern(pattern, 'boards[0].numberPattern')).toThrow(RuleError);
    expect(() => numberPattern(pattern, 'boards[0].numberPattern')).toThrow(expect.objectContaining(error));
  });
});

describe('formatDiarienummer', () => {
  it.each([
    ['{code} {year}/{number}', 'EÅV 2023/612', 612],
    ['{code} {year}/{number:5}', 'EÅV 2023/00612', 612],
    ['{code}-{year}-{number:5}', 'EÅV-2023-123456', 123456],
    ['{number:4}/{year:2}', '0612/23', 612],
  ])('prints %s as %s', (pattern, printed, number) =>
    expect(formatDiarienummer(pattern, 'EÅV', 2023, number)).toBe(printed),
  );

  it('keeps the zero of a year', () => expect(formatDiarienummer('{number}/{year:2}', 'KS', 2005, 7)).toBe('7/05'));

  it('prints a code as it stands, whatever signs are in it', () =>
    expect(formatDiarienummer('{code} {year}/{number}', '$& {year}', 2023, 1)).toBe('$& {year} 2023/1'));

  it.each([
    [2023, 0],
    [2023, 1.5],
    [23, 1],
    [2023, NaN],
  ])('takes year %p and number %p as a bug', (year, number) =>
    expect(() => formatDiarienummer('{year}/{number}', 'KS', year, number)).toThrow(RangeError),
  );

  it('prints no two numbers of a series alike, nor so that they match', () => {
    const patterns = ['{code} {year}/{number:5}', '{number}/{year:2}', '{year}-{number}', '{year:2} {code} {number:3}'];
    const taken = fc.record({
      year: fc.integer({ min: 2000, max: 2099 }),
      number: fc.integer({ min: 1, max: 200_000 }),
    });
    fc.assert(
      fc.property(fc.constantFrom(...patterns), taken, taken, (pattern, a, b) => {
        fc.pre(a.year !== b.year || a.number !== b.number);
        const [one, two] = [a, b].map(({ year, number }) => formatDiarienummer(pattern, 'KS', year, number));
        expect(one).not.toBe(two);
        expect(matchKey(one ?? '')).not.toBe(matchKey(two ?? ''));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('matchKey', () => {
  it.each([
    ['KS 2023/739', 'ks 2023 739'],
    ['ks 2023-739', 'ks 2023 739'],
    ['KS2023/739', 'ks 2023 739'],
    ['KS 2023/0739', 'ks 2023 739'],
    ['KS-2023-00739', 'ks 2023 739'],
    ['KS/2023:739', 'ks 2023 739'],
    ['  KS  2023 – 739 ', 'ks 2023 739'],
    ['KS\u00a02023/739', 'ks 2023 739'],
    ['K\u00adS 2023/7\u00ad39', 'ks 2023 739'],
    ['\ufeffKS\u200b 2023/739', 'ks 2023 739'],
    ['EÅV 2023/612', 'eåv 2023 612'],
    ['EA\u030aV 2023/612', 'eåv 2023 612'],
    ['Fö2025/00707', 'fö 2025 707'],
    ['1-202/2019', '1 202 2019'],
    ['1202/2019', '1202 2019'],
    ['N2015/07991/MRT', 'n 2015 7991 mrt'],
    ['M 3430-22', 'm 3430 22'],
    ['1.5.3-219-2012', '1 5 3 219 2012'],
    ['000/2023', '0 2023'],
    ['', ''],
    [' –/– ', ''],
  ])('of %j is %j', (text, key) => expect(matchKey(text)).toBe(key));

  it('keeps apart what is not the same', () => {
    const numbers = ['KS 2023/739', 'KS 2023/7390', 'KS 2023/7/39', 'K S 2023/739', 'KS 2022/739', 'KSÅ 2023/739'];
    expect(new Set(numbers.map(matchKey)).size).toBe(numbers.length);
  });

  it('of a key is the key, and neither case nor separators count', () => {
    const word = fc.constantFrom('ks', 'EÅV', 'fö', 'Mrt', 'ÄÖ');
    const part = fc.oneof(word, fc.nat(99_999).map(String));
    const separator = fc.constantFrom('/', '-', ':', ' ', ' – ', '.');
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), separator, separator, (parts, one, two) => {
        const key = matchKey(parts.join(one));
        expect(matchKey(parts.join(two).toUpperCase())).toBe(key);
        expect(matchKey(key)).toBe(key);
        expect(key).toBe(parts.map((p) => p.toLowerCase()).join(' '));
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => expect(matchKey(matchKey(text))).toBe(matchKey(text))),
    );
  });
});
