import type { LocalDate } from '../../domain/calendar/local-date.js';
import type { MilestoneName } from '../../domain/timetable/milestones.js';
import type { Referral } from './referral.js';

/** What is to be done next in a case. */
export type NextStep = 'assign' | 'set-answer-date' | 'choose-route' | 'close' | MilestoneName;

/** The steps up to the answer, in order; one that is done closes those before it. */
const IN_ORDER: readonly MilestoneName[] = [
  'draft',
  'managerApproval',
  'directorApproval',
  'dispatch',
  'meeting',
  'decision',
  'adjustment',
  'expedite',
];

type Next = { nextStep: NextStep | null; nextStepOn: LocalDate | null };

const NOTHING: Next = { nextStep: null, nextStepOn: null };

const dateOf = (referral: Referral, name: MilestoneName): LocalDate | null =>
  referral.timetable.find((row) => row.milestone === name)?.date ?? null;

function afterAnswer(referral: Referral): Next {
  const notice = referral.timetable.find((row) => row.milestone === 'notice');
  if (notice && notice.doneOn === null) return { nextStep: 'notice', nextStepOn: notice.date };
  return { nextStep: 'close', nextStepOn: dateOf(referral, 'appealEnds') ?? referral.answerSentOn };
}

/** How far the status says that a case has come, as an index into `IN_ORDER`. */
function passedByStatus(referral: Referral): number {
  switch (referral.status) {
    case 'approved':
      return IN_ORDER.indexOf('directorApproval');
    case 'on-agenda':
      return IN_ORDER.indexOf('dispatch');
    case 'decided':
      return IN_ORDER.indexOf('decision');
    case 'adjusted':
      return IN_ORDER.indexOf('adjustment');
    case 'registered':
    case 'assigned':
    case 'in-preparation':
    case 'expedited':
    case 'closed':
    case 'cancelled':
      return -1;
  }
}

function nextMilestone(referral: Referral): Next {
  const rows = new Map(referral.timetable.map((row) => [row.milestone, row]));
  const lastDone = IN_ORDER.findLastIndex((name) => (rows.get(name)?.doneOn ?? null) !== null);
  const passed = Math.max(lastDone, passedByStatus(referral));
  for (const name of IN_ORDER.slice(passed + 1)) {
    const row = rows.get(name);
    if (row) return { nextStep: name, nextStepOn: row.date };
  }
  return { nextStep: 'expedite', nextStepOn: referral.workBy };
}

/** What is to be done next in a case and by which day; both null when nothing is. */
export function nextStepOf(referral: Referral): Next {
  switch (referral.status) {
    case 'closed':
    case 'cancelled':
      return NOTHING;
    case 'expedited':
      return afterAnswer(referral);
    case 'registered':
      return { nextStep: 'assign', nextStepOn: referral.registeredOn };
    case 'assigned':
    case 'in-preparation':
    case 'approved':
    case 'on-agenda':
    case 'decided':
    case 'adjusted':
      break;
  }
  const outcome = referral.decision?.outcome;
  if (referral.status === 'decided' && (outcome === 'declined' || outcome === 'noted')) {
    return { nextStep: 'expedite', nextStepOn: dateOf(referral, 'expedite') ?? referral.workBy };
  }
  if (referral.answerDue === null) return { nextStep: 'set-answer-date', nextStepOn: referral.registeredOn };
  // What has a meeting is prepared for it, also while another way is looked for: its answer may not leave in time by it.
  if (referral.noMeetingSince !== null && referral.meetingId === null)
    return { nextStep: 'choose-route', nextStepOn: referral.noMeetingSince };
  return nextMilestone(referral);
}
