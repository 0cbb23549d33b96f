import { describe, expect, it } from '@jest/globals';
import { paragraphWords } from '../../../../src/features/pages/arende/words/case-words.js';
import { howFar } from '../../../../src/features/pages/arende/words/days.js';
import { byLaw, movedFrom, movedWords } from '../../../../src/features/pages/arende/words/moved-words.js';
import { localDate } from '../../../../src/domain/calendar/local-date.js';
import { DEFAULT_LEAD_TIMES } from '../../../../src/domain/timetable/lead-times.js';

describe('a last day that the law has moved', () => {
  it.each([
    ['2023-10-14', '2023-10-16', ', flyttad från lördag 14 oktober', 'a Saturday'],
    ['2023-10-15', '2023-10-16', ', flyttad från söndag 15 oktober', 'a Sunday'],
    ['2024-03-29', '2024-04-02', ', flyttad från fredag 29 mars (långfredagen)', 'a holiday by name'],
    ['2023-10-13', '2023-10-13', '', 'a working day stays'],
    ['2023-10-14', '2023-10-20', '', 'a day that was chosen is not moved by the law'],
  ])('%s to %s is told as "%s": %s', (unmoved, lastDay, words) => {
    const moved = movedFrom(localDate(unmoved), localDate(lastDay));
    expect(moved).toBe(words);
    expect(byLaw(moved)).toBe(words === '' ? '' : `${words}, lag (1930:173)`);
  });

  it('is told in a timetable, from what really happened', () => {
    const row = (milestone: string, date: string, doneOn: string | null = null) => ({ milestone, date, doneOn });
    const rows = [
      row('meeting', '2023-10-12'),
      row('adjustment', '2023-10-26', '2023-10-20'),
      row('notice', '2023-10-23'),
      row('appealEnds', '2023-11-13'),
      row('answerDue', '2023-11-11'),
    ];
    expect(rows.map((one) => movedWords(one, rows, DEFAULT_LEAD_TIMES))).toEqual([
      '',
      '',
      ', flyttad från söndag 22 oktober',
      '',
      '',
    ]);
  });
});

describe('a paragraph of the minutes', () => {
  it.each([
    ['12', '§\u00a012'],
    ['12 a', '§\u00a012 a'],
    ['§ 14', '§ 14'],
    ['§§ 3–5', '§§ 3–5'],
    ['punkt 3', 'punkt 3'],
  ])('%s is shown as %s', (typed, shown) => expect(paragraphWords(typed)).toBe(shown));
});

describe('how far it is to a day', () => {
  const at = { today: localDate('2023-10-06'), closed: new Set([localDate('2023-10-10')]) };

  it.each([
    ['2023-10-06', 'i dag'],
    ['2023-10-07', 'i morgon'],
    ['2023-10-08', 'om 2 dagar'],
    ['2023-10-12', 'om 3 arbetsdagar'],
    ['2023-10-05', 'i går'],
    ['2023-10-02', 'för 4 arbetsdagar sedan'],
  ])('%s is %s', (day, words) => expect(howFar(day, at)).toBe(words));
});
