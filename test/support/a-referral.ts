import { localDate } from '../../src/domain/calendar/local-date.js';
import { leadTimes } from '../../src/domain/timetable/lead-times.js';
import type { Board } from '../../src/features/boards/board.repository.js';
import type { Meeting } from '../../src/features/boards/meeting.repository.js';
import type { Referral } from '../../src/features/referrals/referral.js';

/** A board with the default lead times. */
export const aBoard = (more: Partial<Board> = {}): Board => ({
  code: 'EÅV',
  name: 'Enskede-Årsta-Vantörs stadsdelsnämnd',
  administration: null,
  numberPattern: '{code} {year}/{number}',
  leadTimes: leadTimes({}),
  closedDays: new Set(),
  morningReport: true,
  ...more,
});

/** A planned meeting; its id is its day. */
export const aMeeting = (date: string, more: Partial<Meeting> = {}): Meeting => ({
  id: `meeting-${date}`,
  board: 'EÅV',
  date: localDate(date),
  time: '18:00',
  place: null,
  adjustmentOn: null,
  dispatchOn: null,
  state: 'planned',
  createdAt: '2023-01-01T08:00:00.000Z',
  ...more,
});

/** The model remiss as it is when it has been registered, before it is planned. */
export const aReferral = (more: Partial<Referral> = {}): Referral => ({
  id: '0190a000-0000-7000-8000-000000000001',
  version: 1,
  board: 'EÅV',
  year: 2023,
  number: 1,
  diarienummer: 'EÅV 2023/1',
  numberKey: 'eåv|2023|1',
  title: 'Förslag till nytt program för trygghet',
  internalTitle: null,
  sender: 'Kommunstyrelsen',
  senderKey: 'kommunstyrelsen',
  senderReference: 'KS 2023/739',
  senderReferenceKey: 'ks|2023|739',
  receivedOn: localDate('2023-09-11'),
  registeredAt: '2023-09-11T08:41:00.000Z',
  registeredOn: localDate('2023-09-11'),
  registeredBy: 'registrar',
  documentDate: null,
  answerDue: localDate('2023-10-27'),
  answerDueTime: null,
  answerTo: null,
  dueKey: '2023-10-27',
  workBy: null,
  officerId: 'officer',
  officerSince: localDate('2023-09-11'),
  department: 'HR',
  meetingId: null,
  route: 'meeting',
  routeChosen: 0,
  status: 'assigned',
  statusBefore: null,
  dormantSince: null,
  adjustment: 'not-needed',
  adjustmentReason: null,
  adjustmentSignedAt: null,
  timetable: [],
  steps: [],
  plannedOn: localDate('2023-09-11'),
  noMeetingSince: null,
  nextStep: null,
  nextStepOn: null,
  decision: null,
  secrecy: null,
  answerSentOn: null,
  answerSentHow: null,
  cancellation: null,
  duplicateReason: null,
  note: null,
  ...more,
});
