import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EncodingDetector, type EncodingVerdict } from '../../../src/features/register/import-encoding.js';
import { dateReader, numberReader } from '../../../src/features/register/import-values.js';

const TEXT = 'Dnr;Ärendemening\r\nKS 2019/1;Översyn av miljö på Åsö, Café “Två”\r\n';

const windows1252 = (text: string): Buffer =>
  Buffer.from([...text].map((char) => ({ '“': 0x93, '”': 0x94, '–': 0x96 })[char] ?? char.charCodeAt(0)));
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

function verdictOf(bytes: Uint8Array, pieces = 7): EncodingVerdict {
  const detector = new EncodingDetector();
  for (let from = 0; from < bytes.length; from += pieces) detector.add(bytes.subarray(from, from + pieces));
  return detector.verdict();
}

describe('The encoding of a file', () => {
  it.each([
    ['utf-8', Buffer.from(TEXT, 'utf8')],
    ['utf-8', Buffer.from(`\ufeff${TEXT}`, 'utf8')],
    ['utf-8', Buffer.from('only ASCII', 'utf8')],
    ['windows-1252', windows1252(TEXT)],
    ['utf-16le', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
    ['utf-16le', Buffer.from(TEXT, 'utf16le')],
    ['utf-16be', utf16be(`\ufeff${TEXT}`)],
    ['utf-16be', utf16be(TEXT)],
  ])('is seen to be %s', (encoding, bytes) => expect(verdictOf(bytes)).toEqual({ ok: true, encoding }));

  it.each([
    ['CP 850', Buffer.from('Dnr;M\x84rke f\x94r \x86tg\x84rd i v\x86r milj\x94', 'latin1'), 'varken'],
    ['Mac Roman', Buffer.from('Dnr;M\x8arke f\x9ar \x8ctg\x8ard i v\x8cr \x81ngest', 'latin1'), 'varken'],
    ['two encodings', Buffer.concat([windows1252('Ärende på Åsö;'), Buffer.from('Översyn på Åsö', 'utf8')]), 'flera'],
    ['a workbook', Buffer.from('PK\x03\x04 and so on', 'latin1'), 'arbetsbok'],
    ['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 9, 9, 9]), 'ingen textfil'],
    ['nothing', Buffer.alloc(0), 'tom'],
  ])('is not guessed for %s', (_what, bytes, words) => {
    expect(verdictOf(bytes)).toEqual({ ok: false, reason: expect.stringContaining(words) });
  });

  it('is the same however the file comes in pieces', () => {
    const bytes = fc.uint8Array({ maxLength: 60 });
    fc.assert(fc.property(bytes, fc.integer({ min: 1, max: 9 }), (one, size) => {
      expect(verdictOf(one, size)).toEqual(verdictOf(one, 1_000));
    })); // prettier-ignore
  });
});

describe('Days', () => {
  const read = dateReader(['YYYY-MM-DD', 'YYYYMMDD', 'D/M YYYY', 'YYMMDD']);

  it.each([
    ['2019-03-02', '2019-03-02'],
    ['2019-03-02 00:00:00', '2019-03-02'],
    ['2019-03-02T10:15', '2019-03-02'],
    ['20190302', '2019-03-02'],
    ['2/3 2019', '2019-03-02'],
    ['190302', '2019-03-02'],
    ['990302', '1999-03-02'],
  ])('%s is read', (text, day) => expect(read(text)).toBe(day));

  it.each(['1899-12-31', '22000101', '29/2 2204'])('%s is a day in a year that is not taken', (text) =>
    expect(read(text)).toBe('other-year'),
  );

  it.each(['2019-02-30', '2201-02-29', '2019-3-2', '', 'x', '2/13 2019', '=2019-03-02', '43526'])(
    '%s is none',
    (text) => expect(read(text)).toBeNull(),
  );
});

describe('Printed numbers', () => {
  const read = numberReader(['{code} {year}/{number}', '{number}/{year:2}'], 'KS');

  it.each([
    ['KS 2019/123', { year: 2019, number: 123 }],
    ['ks2019/00123', { year: 2019, number: 123 }],
    ['123/19', { year: 2019, number: 123 }],
    ['7/98', { year: 1998, number: 7 }],
  ])('%s is read', (text, number) => expect(read(text)).toEqual(number));

  it.each(['KS 2019', 'BUN 2019/1', 'KS 2019/0', 'KS 2019/99999999999', 'KS 2019/1 ', ''])('%s is none', (text) =>
    expect(read(text)).toBeNull(),
  );

  it('that a pattern has dashes in are read whichever dash is typed', () => {
    expect(numberReader(['{code}-{year}-{number:5}'], 'K.S')('K.S–2019-00012')).toEqual({ year: 2019, number: 12 });
  });
});
