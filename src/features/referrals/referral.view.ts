import type { LocalDate } from '../../domain/calendar/local-date.js';
import { needsAnotherWay } from '../../domain/referral/another-way.js';
import type { Caution } from '../../domain/referral/cautions.js';
import type { Act, Route } from '../../domain/referral/lifecycle.js';
import { OPEN_STATUSES, ROUTES, UNDECIDED_STATUSES } from '../../domain/referral/lifecycle.js';
import { recordOf } from '../../domain/referral/records.js';
import { outcomesOfRoute, warningsOfRoute } from '../../domain/referral/routes.js';
import type { Option, Plan } from '../../domain/timetable/plan.js';
import type { Board, Department } from '../boards/board.repository.js';
import type { Meeting } from '../boards/meeting.repository.js';
import type { Person } from '../people/people.repository.js';
import type { ReferralView } from './referral.dto.js';
import type { Extension } from './extension.repository.js';
import type { Referral } from './referral.js';
import { adjustmentReason } from './wording.js';

export interface ReferralParts {
  readonly referral: Referral;
  readonly board: Board;
  readonly officer: Person | null;
  /** Whether the officer's account has ended: an open case is then owned by nobody who works here. */
  readonly officerLeft: boolean;
  /** Whether the officer has no role at the board by which one has cases. */
  readonly officerLacksRole: boolean;
  readonly department: Department | null;
  readonly meeting: Meeting | null;
  readonly plan: Plan;
  readonly option: Option | null;
  readonly today: LocalDate;
  readonly extensions: readonly Extension[];
  readonly acts: readonly Act[];
  /** What is to be confirmed before the case is closed now, for those who may close it. */
  readonly cautions: readonly Caution[];
}

/** What everyone who sees the board may know of a secret case: its number and date (OSL 5 kap. 2 §). */
function closedView(referral: Referral): ReferralView {
  return {
    ...EMPTY,
    id: referral.id,
    version: referral.version,
    board: referral.board,
    diarienummer: referral.diarienummer,
    secret: true,
    readable: false,
    receivedOn: referral.receivedOn,
    registeredAt: referral.registeredAt,
  };
}

const EMPTY = {
  title: null,
  internalTitle: null,
  sender: null,
  senderReference: null,
  documentDate: null,
  answerDue: null,
  answerDueTime: null,
  answerTo: null,
  workBy: null,
  officer: null,
  department: null,
  meeting: null,
  route: null,
  status: null,
  dormantSince: null,
  adjustment: null,
  timetable: [],
  options: [],
  recommended: null,
  routes: [],
  none: null,
  warnings: [],
  nextStep: null,
  extensions: [],
  decision: null,
  secrecy: null,
  answer: null,
  records: [],
  cancellation: null,
  duplicateReason: null,
  note: null,
  acts: [],
};

const isUndecided = (referral: Referral): boolean => UNDECIDED_STATUSES.includes(referral.status);
/** The meeting itself comes in time: what makes it too late is that immediate adjustment has been declined. */
const isDeclined = ({ adjustment }: Referral): boolean => adjustment === 'declined';
const isOpen = (referral: Referral): boolean => OPEN_STATUSES.includes(referral.status);

/** A case as the API shows it; only number and date when the reader may not open it. */
export function viewOf(parts: ReferralParts, readable: boolean): ReferralView {
  const { referral, plan } = parts;
  if (!readable) return closedView(referral);
  const { answerSentOn, nextStep, nextStepOn } = referral;
  const planned = isOpen(referral);
  return {
    id: referral.id,
    version: referral.version,
    board: referral.board,
    diarienummer: referral.diarienummer,
    secret: referral.secrecy !== null,
    readable: true,
    title: referral.title,
    internalTitle: referral.internalTitle,
    sender: referral.sender,
    senderReference: referral.senderReference,
    receivedOn: referral.receivedOn,
    registeredAt: referral.registeredAt,
    documentDate: referral.documentDate,
    answerDue: referral.answerDue,
    answerDueTime: referral.answerDueTime,
    answerTo: referral.answerTo,
    workBy: referral.workBy,
    officer: parts.officer && { email: parts.officer.email, name: parts.officer.name, phone: parts.officer.phone },
    department: parts.department && { code: parts.department.code, name: parts.department.name },
    meeting: parts.meeting && { date: parts.meeting.date, time: parts.meeting.time, place: parts.meeting.place },
    route: referral.route,
    status: referral.status,
    dormantSince: referral.dormantSince,
    adjustment: { status: referral.adjustment, reason: adjustmentReason(referral, parts.option, parts.board) },
    timetable: [...referral.timetable],
    options: planned ? plan.options.map((option) => ({ ...option, warnings: [...option.warnings] })) : [],
    recommended: planned ? (plan.recommended?.meeting ?? null) : null,
    routes: isUndecided(referral) ? ROUTES.map((route) => routeOf(route, referral)) : [],
    none: planned ? plan.none : null,
    warnings: warningsOf(parts),
    nextStep: nextStep === null ? null : { step: nextStep, on: nextStepOn },
    extensions: parts.extensions.map((e) => ({
      state: e.state,
      askedOn: e.askedOn,
      askedUntil: e.askedUntil,
      oldDue: e.oldDue,
      newDue: e.newDue,
      answeredOn: e.answeredOn,
      note: e.note,
    })),
    decision: referral.decision,
    secrecy: referral.secrecy,
    answer: answerSentOn === null ? null : { on: answerSentOn, how: referral.answerSentHow },
    records: referral.steps.map((step, _at, steps) => ({
      record: recordOf(step, steps),
      on: step.on,
      by: step.byName,
    })),
    cancellation: referral.cancellation && {
      reason: referral.cancellation.reason,
      by: referral.cancellation.byName,
      at: referral.cancellation.at,
    },
    duplicateReason: referral.duplicateReason,
    note: referral.note,
    acts: [...parts.acts],
  };
}

const routeOf = (route: Route, { sender }: Referral) => ({
  route,
  outcomes: [...outcomesOfRoute(route)],
  warnings: warningsOfRoute(route, sender),
});

/** Once the meeting has been held there is no other way to choose, whether or not its decision is noted. */
const isWithoutWay = ({ referral: { status, adjustment }, meeting, today }: ReferralParts): boolean =>
  meeting === null || needsAnotherWay({ status, adjustment, meetingOn: meeting.date }, today);

function warningsOf(parts: ReferralParts): string[] {
  const { referral, plan, option, officerLeft, officerLacksRole, cautions } = parts;
  const warnings: string[] = [...plan.warnings, ...(option?.warnings ?? [])];
  if (referral.answerDue !== null && referral.answerDue < referral.receivedOn)
    warnings.push('answer-due-before-received');
  if (option?.adjustment === 'too_late' && !isDeclined(referral)) warnings.push('meeting-too-late');
  if (referral.noMeetingSince !== null && isWithoutWay(parts)) warnings.push('no-meeting-in-time');
  if (officerLeft && isOpen(referral)) warnings.push('officer-left');
  if (officerLacksRole && !officerLeft && isOpen(referral)) warnings.push('officer-lost-role');
  if (isUndecided(referral)) warnings.push(...warningsOfRoute(referral.route, referral.sender));
  warnings.push(...cautions.map(({ code }) => code).filter((code) => code === 'appeal-running'));
  return warnings;
}
