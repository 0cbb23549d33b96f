import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { dayFault, dayIn, timeFault, typedDay, typedTime } from '../../../../src/features/pages/frame/typed-day.js';
import { readTypedForm } from '../../../../src/features/pages/frame/typed-form.js';
import { typedLine, typedLines } from '../../../../src/features/pages/frame/typed-line.js';
import { readable } from '../../../../src/features/pages/arende/words/days.js';
import { day } from '../../../../src/platform/http/day.js';
import { lineText, longText } from '../../../../src/platform/http/text.js';

describe('a typed day', () => {
  it.each([
    ['2023-10-27', '2023-10-27'],
    ['20231027', '2023-10-27'],
    ['231027', '2023-10-27'],
    ['2023–10–27', '2023-10-27'],
    ['29 januari 2027', '29 januari 2027'],
  ])('%s is read as %s', (text, day) => expect(typedDay(text)).toBe(day));

  it.each([
    ['29 januari 2027', 'Dagen går inte att läsa. Skriv dagen som 2027-01-29.'],
    ['fredagen den 29 jan. 2027', 'Dagen går inte att läsa. Skriv dagen som 2027-01-29.'],
    ['29/1 2027', 'Dagen går inte att läsa. Skriv dagen som 2027-01-29.'],
    ['29.1.2027', 'Dagen går inte att läsa. Skriv dagen som 2027-01-29.'],
    ['2027/1/29', 'Dagen går inte att läsa. Skriv dagen som 2027-01-29.'],
    ['30 februari 2027', 'Dagen går inte att läsa. Skriv dagen som ÅÅÅÅ-MM-DD, till exempel 2027-01-29.'],
    ['snart', 'Dagen går inte att läsa. Skriv dagen som ÅÅÅÅ-MM-DD, till exempel 2027-01-29.'],
    ['2027-02-30', 'Dagen ska vara en dag som finns, skriven ÅÅÅÅ-MM-DD.'],
    ['20270230', 'Dagen ska vara en dag som finns, skriven ÅÅÅÅ-MM-DD.'],
    ['9999-12-31', 'Dagen ska vara en dag i åren 1900–2199.'],
    ['00010101', 'Dagen ska vara en dag i åren 1900–2199.'],
    ['29 januari 2227', 'Dagen ska vara en dag i åren 1900–2199.'],
    ['9999-02-29', 'Dagen ska vara en dag som finns, skriven ÅÅÅÅ-MM-DD.'],
    ['2027-01-29', null],
  ])('%s has the fault %s', (text, fault) => expect(dayFault('Dagen', text)).toBe(fault));

  it.each(['2023-02-30', '', 'snart', undefined])('%s is none', (text) => expect(dayIn(text)).toBeNull());
});

describe('a typed time of day', () => {
  it.each([
    ['9', '09:00'],
    ['kl. 9.05', '09:05'],
    ['0905', '09:05'],
    ['lunch', 'lunch'],
  ])('%s is read as %s', (text, time) => expect(typedTime(text)).toBe(time));

  it('has a fault that says how to write it', () => {
    expect(timeFault('Klockslaget', 'lunch')).toBe(
      'Klockslaget ska vara ett klockslag, skrivet TT:MM, till exempel 09:30.',
    );
    expect(timeFault('Klockslaget', '9.30')).toBeNull();
  });
});

describe('a typed line', () => {
  it.each([
    ['Remiss\tav\u2028ett\u2029förslag', 'Remiss av ett förslag', 'tabs and separators are blanks'],
    ['Remiss av\r\n  ett förslag\n', 'Remiss av ett förslag', 'line breaks too, with the blanks around them'],
    ['\u202eRemiss\u202c \u2067av\u2069\u0007', 'Remiss av', 'bidi marks and control characters are gone'],
    ['\u200fعنوان\u200f', '\u200fعنوان\u200f', 'marks that belong to a writing stay'],
    ['🏳️‍🌈 fri', '🏳️‍🌈 fri', 'what is joined stays joined'],
  ])('%j is %j: %s', (text, line) => {
    expect(typedLine(text)).toBe(line);
    expect(lineText(100).safeParse(typedLine(text)).success).toBe(true);
  });

  it('is read at once, however many blanks are in it', () => {
    const blanks = ' '.repeat(250_000);
    expect(typedLine(`a${blanks}b`)).toBe(`a${blanks}b`);
    expect(typedLine(`a${blanks}\n${blanks}b`)).toBe('a b');
  });

  it('keeps its line breaks where there may be several', () => {
    expect(typedLines('Ett\r\ntvå\u2028tre\tfyra\u0007\u202e')).toBe('Ett\ntvå\ntre\tfyra');
    expect(longText(100).safeParse(typedLines('Ett\u0085två\u0000')).success).toBe(true);
  });
});

describe('a form', () => {
  const schema = z.object({ sent: day(), title: lineText(10), first: z.string().optional() });
  const labels = { first: 'Först', title: 'Titeln', sent: 'Dagen' };
  const kinds = { title: 'line', sent: 'day' } as const;
  const read = (body: object) => readTypedForm(schema, body, labels, kinds);

  it('is read as it is typed', () => {
    expect(read({ sent: '20231027', title: 'En\ttitel' }).data).toEqual({ sent: '2023-10-27', title: 'En titel' });
  });

  it('tells its faults in the order of the page, and keeps what was typed', () => {
    const { values, errors } = read({ sent: '29 januari 2027', title: 'x'.repeat(11) });
    expect(errors).toEqual([
      { field: 'title', message: 'Titeln får vara högst 10 tecken.' },
      { field: 'sent', message: 'Dagen går inte att läsa. Skriv dagen som 2027-01-29.' },
    ]);
    expect(values['sent']).toBe('29 januari 2027');
  });
});

describe('a text that looks like a day', () => {
  it.each([
    ['2023-10-27', '27 oktober 2023'],
    ['2023-13-45', '2023-13-45'],
    ['2023-13-45T10:00:00Z', '2023-13-45T10:00:00Z'],
    ['snart', 'snart'],
  ])('%s is shown as %s', (text, shown) => expect(readable(text)).toBe(shown));
});
