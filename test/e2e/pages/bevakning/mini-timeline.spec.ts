import { describe, expect, it } from '@jest/globals';
import { localDate } from '../../../../src/domain/calendar/local-date.js';
import type { Milestone, MilestoneName } from '../../../../src/domain/timetable/milestones.js';
import { miniTimeline } from '../../../../src/features/pages/bevakning/mini-timeline.js';
import type { WatchedCase } from '../../../../src/features/pages/bevakning/watch-row.js';

const milestone = (name: MilestoneName, date: string, doneOn: string | null = null): Milestone => ({
  milestone: name,
  date: localDate(date),
  doneOn: doneOn === null ? null : localDate(doneOn),
  rule: '',
  source: '',
});

/** What a drawing says to those who do not see it. */
function words(today: string, milestones: readonly Milestone[], answerSentOn: string | null = null): string[] {
  const known: Pick<WatchedCase, 'milestones' | 'registeredOn' | 'answerDue' | 'answerSentOn'> = {
    milestones,
    registeredOn: localDate('2023-09-11'),
    answerDue: '2023-11-20',
    answerSentOn: answerSentOn === null ? null : localDate(answerSentOn),
  };
  return miniTimeline(known, localDate(today))?.words.split(', ') ?? [];
}

const PLAN = [
  milestone('draft', '2023-10-04'),
  milestone('managerApproval', '2023-10-06'),
  milestone('directorApproval', '2023-10-10'),
  milestone('dispatch', '2023-10-12'),
  milestone('meeting', '2023-10-26'),
  milestone('expedite', '2023-11-13'),
  milestone('answerDue', '2023-11-20'),
];

describe('The small timeline says in Swedish', () => {
  it('what is to come, and what is today', () => {
    expect(words('2023-10-04', PLAN)).toEqual([
      'Registrerad 11 september',
      'utkastet ska vara klart i dag',
      'avdelningschefen ska attestera 6 oktober',
      'förvaltningschefen ska attestera 10 oktober',
      'kallelsen ska skickas ut 12 oktober',
      'nämnden sammanträder 26 oktober',
      'svaret ska skickas 13 november',
      'svaret ska vara inne 20 november',
    ]);
  });

  it('what should have been', () => {
    expect(words('2023-11-21', PLAN).slice(1)).toEqual([
      'utkastet skulle ha varit klart 4 oktober',
      'avdelningschefen skulle ha attesterat 6 oktober',
      'förvaltningschefen skulle ha attesterat 10 oktober',
      'kallelsen skulle ha skickats ut 12 oktober',
      'beslutet är inte antecknat efter sammanträdet 26 oktober',
      'svaret skulle ha skickats 13 november',
      'svaret skulle ha varit inne 20 november',
    ]);
  });

  it('what has been done, each with the day it was recorded for, if any', () => {
    const done = [
      milestone('draft', '2023-10-04', '2023-10-03'),
      milestone('managerApproval', '2023-10-06'),
      milestone('directorApproval', '2023-10-10', '2023-10-09'),
      milestone('dispatch', '2023-10-12', '2023-10-12'),
      milestone('meeting', '2023-10-26', '2023-10-26'),
      milestone('expedite', '2023-11-13', '2023-11-10'),
      milestone('answerDue', '2023-11-20'),
    ];
    expect(words('2023-11-10', done, '2023-11-10').slice(1)).toEqual([
      'utkastet blev klart 3 oktober',
      'avdelningschefen attesterade',
      'förvaltningschefen attesterade 9 oktober',
      'kallelsen skickades ut 12 oktober',
      'nämnden beslutade 26 oktober',
      'svaret skickades i dag',
    ]);
  });

  it('what is decided in the board’s stead', () => {
    const decision = (doneOn: string | null) => [milestone('decision', '2023-11-16', doneOn)];
    expect(words('2023-11-15', decision(null))[1]).toBe('beslutet ska fattas 16 november');
    expect(words('2023-11-17', decision(null))[1]).toBe('beslutet skulle ha fattats 16 november');
    expect(words('2023-11-17', decision('2023-11-15'))[1]).toBe('beslutet fattades 15 november');
  });

  it('the year, where it is another than today’s', () => {
    expect(words('2024-01-02', [milestone('draft', '2023-10-04'), milestone('answerDue', '2024-02-01')])).toEqual([
      'Registrerad 11 september 2023',
      'utkastet skulle ha varit klart 4 oktober 2023',
      'svaret ska vara inne 1 februari',
    ]);
  });
});
