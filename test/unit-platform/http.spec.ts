import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { RuleError } from '../../src/domain/errors.js';
import { decodeCursor, encodeCursor } from '../../src/platform/http/cursor.js';
import { clockTime, day } from '../../src/platform/http/day.js';
import { ANY_VERSION, etagOf, versionFrom, versionIfAny } from '../../src/platform/http/if-match.js';
import { email, lineText, longText } from '../../src/platform/http/text.js';

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof RuleError) return error.code;
    throw error;
  }
  return 'none';
};

describe('a cursor', () => {
  const place = z.tuple([z.literal('answerDue'), z.string(), z.uuid()]);

  it('comes back as the place that it was made from', () => {
    fc.assert(
      fc.property(fc.string(), fc.uuid(), (text, id) => {
        const cursor = encodeCursor(['answerDue', text, id]);
        expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(decodeCursor(cursor, place)).toEqual(['answerDue', text, id]);
      }),
    );
  });

  it.each([
    ['', 'nothing'],
    ['!!!', 'no base64url'],
    ['aGVq', 'no JSON'],
    [encodeCursor(['registeredAt', 'x', '00000000-0000-4000-8000-000000000000']), 'of another list'],
    [encodeCursor({ __proto__: null, 0: 'answerDue' }), 'of another shape'],
    ['A'.repeat(2001), 'too long'],
  ])('%.20j is refused (%s)', (cursor, _why) =>
    expect(codeOf(() => decodeCursor(cursor, place))).toBe('cursor-invalid'),
  );
});

describe('If-Match', () => {
  it.each([
    [undefined, 'version-missing', 'not sent'],
    ['', 'version-missing', 'empty'],
    ['*', 'version-missing', 'would let changes be lost'],
    ['3', 'version-stale', 'no ETag'],
    ['W/"3"', 'version-stale', 'weak, and only strong ones match'],
    ['"3", "4"', 'version-stale', 'more than one'],
    ['"abc"', 'version-stale', 'never given by us'],
  ])('%j is %s (%s)', (header, code, _why) => expect(codeOf(() => versionFrom(header))).toBe(code));

  it('gives back the version of our ETag', () => expect(versionFrom(etagOf(42))).toBe(42));

  it.each([
    [undefined, undefined, 'not sent'],
    [' ', undefined, 'blank'],
    ['*', ANY_VERSION, 'whatever is there'],
    [etagOf('K3u0-Q8_'), 'K3u0-Q8_', 'one of ours'],
  ])('that need not be sent: %j is %j (%s)', (header, version, _why) => expect(versionIfAny(header)).toBe(version));

  it.each(['K3u0', 'W/"K3u0"', '"a", "b"', '""', '"å"'])('that need not be sent: %j is stale', (header) =>
    expect(codeOf(() => versionIfAny(header))).toBe('version-stale'),
  );
});

describe('a line of text', () => {
  const line = lineText(20);

  it.each([
    ['  Svar på remiss \t', 'Svar på remiss', 'blanks around it are taken away'],
    ['A\u030A', 'Å', 'is brought to NFC'],
    ['Remiss\u200Bvar', 'Remiss\u200Bvar', 'what stands within is kept'],
    ['👩‍👩‍👧 ok', '👩‍👩‍👧 ok', 'joiners belong to their signs'],
    ['x'.repeat(20), 'x'.repeat(20), 'as long as may be'],
  ])('%j is kept as %j (%s)', (text, kept, _why) => expect(line.parse(text)).toBe(kept));

  it.each([
    ['', 'empty'],
    ['\u3164', 'Hangul filler'],
    ['\u115F\u1160', 'Hangul fillers'],
    ['\u2800', 'empty Braille cell'],
    ['\u200B\u200C\u200D\u2060\uFEFF', 'zero-width'],
    ['\u00AD', 'soft hyphen'],
    ['\u00A0\u2003', 'other blanks'],
    ['\u0301', 'an accent without a letter'],
    ['a\u0007b', 'bell'],
    ['a\u0085b', 'next line'],
    ['a\nb', 'line break'],
    ['a\u2029b', 'paragraph separator'],
    ['a\u202Eb', 'turns the direction of writing'],
    ['a\u2066b', 'isolates a direction of writing'],
    ['a\uDC00b', 'half a sign'],
    ['x'.repeat(21), 'too long'],
  ])('%j is refused (%s)', (text, _why) => expect(line.safeParse(text).success).toBe(false));

  it('is never made from anything but text', () => {
    for (const value of [null, 7, true, [], {}, undefined]) expect(line.safeParse(value).success).toBe(false);
  });

  it('is either refused or has something to show', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        const result = line.safeParse(text);
        if (!result.success) return;
        expect(result.data).toMatch(/[\p{L}\p{N}\p{P}\p{S}]/u);
        expect(result.data).not.toMatch(/[\p{Cc}\p{Cs}]/u);
      }),
      { numRuns: 2000 },
    );
  });

  it('may be several lines where that is meant', () => {
    expect(longText(50).parse('ett\r\n\ttvå\n')).toBe('ett\r\n\ttvå');
    expect(longText(50).safeParse('a\u0000b').success).toBe(false);
  });
});

describe('other values', () => {
  it.each(['2023-10-27', '2024-02-29'])('%s is a day', (text) => expect(day().parse(text)).toBe(text));
  it.each(['2023-02-29', '2023-1-1', '20231027', '', ' 2023-10-27', '2023-10-27T00:00:00Z'])('%j is no day', (text) =>
    expect(day().safeParse(text).success).toBe(false),
  );
  it.each(['00:00', '23:59'])('%s is a time of day', (text) => expect(clockTime().parse(text)).toBe(text));
  it.each(['24:00', '9:30', '12:60', '12.30'])('%j is no time of day', (text) =>
    expect(clockTime().safeParse(text).success).toBe(false),
  );
  it('an address is kept in lower case', () => expect(email().parse(' Rut@Example.SE ')).toBe('rut@example.se'));
  it.each(['rut', 'rut@', '@example.se', 'a b@example.se', 'a@b, c@d', 'a@b\r\nBcc: c@d', `${'x'.repeat(320)}@y.se`])(
    '%.20j is no address',
    (text) => expect(email().safeParse(text).success).toBe(false),
  );
});
