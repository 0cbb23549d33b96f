import { describe, expect, it } from '@jest/globals';
import { localDate } from '../../../src/domain/calendar/local-date.js';
import { proofWords } from '../../../src/features/pages/paminnelser/proof-words.js';
import { morningMail, type BoardMorning } from '../../../src/features/reminders/templates/morning-report.js';

const NONE = { cases: 1, wanted: 1, missing: 0, late: 0, stuck: 0, stray: 0, unplanned: 0 };
const PROVEN = { ...NONE, doneAt: new Date('2023-09-27T04:46:00.000Z'), found: [] };

const board = (more: Partial<BoardMorning>): BoardMorning => ({
  name: 'Nämnden',
  wentOut: { mails: 1, people: 1, cases: 1 },
  undelivered: { tried: 0, givenUp: 0 },
  waiting: 0,
  control: PROVEN,
  attention: [],
  ...more,
});
const mail = (more: Partial<BoardMorning>) =>
  morningMail({
    toName: 'Rut Registrator',
    today: localDate('2023-09-27'),
    boards: [board(more)],
    baseUrl: 'https://diarium.example.se',
  });

describe('The morning mail speaks of one as one, and of many as many', () => {
  it.each([
    ['nothing amiss', {}, 'ett mejl skickat, inget saknas'],
    ['one missing', { control: { ...PROVEN, missing: 1 } }, 'ett mejl skickat, en påminnelse saknades'],
    ['one waiting', { waiting: 1 }, 'ett mejl skickat, men allt har inte kommit fram'],
    ['no comparison', { control: null }, 'ett mejl skickat, kontrollen är inte gjord'],
    ['two mails', { wentOut: { mails: 2, people: 1, cases: 1 } }, '2 mejl skickade, inget saknas'],
  ])('in its subject, with %s', (_, more, subject) => {
    expect(mail(more).subject).toBe(`Påminnelser i morse: ${subject}`);
  });

  it.each([
    [
      'one missing',
      { control: { ...PROVEN, missing: 1 } },
      'en påminnelse saknades och är planerad på nytt (ett öppet ärende, en påminnelse).',
    ],
    ['two missing', { control: { ...PROVEN, missing: 2 } }, '2 påminnelser saknades och är planerade på nytt'],
    ['one late', { control: { ...PROVEN, late: 1 } }, 'en påminnelse skulle ha gått för mer än en timme sedan'],
    [
      'one waiting',
      { waiting: 1 },
      'Inte skickat än: en påminnelse som skulle ha gått. Den går när e-postservern svarar.',
    ],
    ['two waiting', { waiting: 2 }, 'Inte skickat än: 2 påminnelser som skulle ha gått. De går när'],
    [
      'one given up',
      { undelivered: { tried: 0, givenUp: 1 } },
      'ett mejl som e-postservern inte tar emot. Se till att den berörda får veta det',
    ],
    [
      'two given up',
      { undelivered: { tried: 0, givenUp: 2 } },
      '2 mejl som e-postservern inte tar emot. Se till att de berörda får veta det',
    ],
  ])('in its text, with %s', (_, more, words) => {
    expect(mail(more).text).toContain(words);
  });
});

describe('The comparison on the page of reminders speaks of one as one', () => {
  it.each([
    [{ missing: 1 }, '1 påminnelse saknades och är nu inlagd.'],
    [{ missing: 2 }, '2 påminnelser saknades och är nu inlagda.'],
    [{ late: 1, stuck: 1 }, '1 påminnelse skulle ha gått för mer än en timme sedan; 1 påminnelse hade fastnat på väg.'],
  ])('%p', (more, words) => {
    expect(proofWords({ isProven: false, counts: { ...NONE, ...more } })).toBe(words);
  });
});
