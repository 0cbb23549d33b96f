import { describe, expect, it } from '@jest/globals';
import { localDate } from '../../../src/domain/calendar/local-date.js';
import type { MilestoneName } from '../../../src/domain/timetable/milestones.js';
import { shortOfTime } from '../../../src/domain/timetable/short-of-time.js';

const on = (milestone: MilestoneName, day: string) => ({ milestone, date: localDate(day) });

/** The model document's days. */
const BY_MEETING = [
  on('draft', '2023-10-04'),
  on('managerApproval', '2023-10-06'),
  on('directorApproval', '2023-10-09'),
  on('dispatch', '2023-10-19'),
  on('meeting', '2023-10-26'),
  on('expedite', '2023-10-27'),
];
const BY_CHAIR = [on('draft', '2023-10-11'), on('decision', '2023-10-26'), on('expedite', '2023-10-27')];

describe('shortOfTime', () => {
  it.each([
    [BY_MEETING, 'draft', '2023-10-04', '2023-10-04', null, 'the day of registration can be kept'],
    [BY_MEETING, 'draft', '2023-10-04', '2023-10-16', null, 'it could be kept, and was not: late'],
    [BY_MEETING, 'draft', '2023-10-05', '2023-10-05', '2023-10-19', 'its day had passed: before the dispatch'],
    [BY_MEETING, 'draft', '2023-10-05', '2023-10-19', '2023-10-19', 'so still on the day of the dispatch'],
    [BY_MEETING, 'managerApproval', '2023-10-10', '2023-10-10', '2023-10-19', 'an approval likewise'],
    [BY_MEETING, 'draft', '2023-10-05', '2023-10-20', '2023-10-26', 'the agenda is out: before the meeting'],
    [BY_MEETING, 'dispatch', '2023-10-20', '2023-10-20', '2023-10-26', 'the agenda was out before: added afterwards'],
    [BY_MEETING, 'draft', '2023-10-05', '2023-10-27', null, 'the meeting has been: late'],
    [BY_MEETING, 'meeting', '2023-10-30', '2023-10-30', null, 'a meeting is held, not prepared'],
    [BY_MEETING, 'expedite', '2023-10-30', '2023-10-30', null, 'an answer is late whenever it came'],
    [BY_CHAIR, 'draft', '2023-10-12', '2023-10-12', '2023-10-26', 'by the chair: before the decision'],
    [[], 'draft', '2023-10-12', '2023-10-12', null, 'no timetable'],
    [BY_MEETING, 'choose-route', '2023-10-12', '2023-10-12', null, 'no step of the timetable'],
  ] as const)('%#', (rows, step, registeredOn, today, before, _why) => {
    const short = shortOfTime(rows, step, localDate(registeredOn), localDate(today));
    expect(short?.before.date ?? null).toBe(before);
  });
});
