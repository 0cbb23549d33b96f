import { v7 as uuid } from 'uuid';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { instantAt } from '../../domain/calendar/stockholm-time.js';
import { matchKey } from '../../domain/referral/diarienummer.js';
import type { ReferralStatus } from '../../domain/referral/lifecycle.js';
import { NO_DUE } from '../referrals/case-plan.js';
import type { Referral } from '../referrals/referral.js';
import { senderKey, senderReferenceKey } from '../referrals/sender-key.js';
import type { ImportedCase } from './import-row.js';

/** Who brings the cases in, and what the file does not say. */
export interface ImportFrame {
  readonly board: string;
  readonly by: { readonly personId: string; readonly name: string };
  readonly today: LocalDate;
  /** An instant, ISO 8601. */
  readonly at: string;
}

const statusOf = ({ status }: ImportedCase, officerId: string | null): ReferralStatus => {
  if (status !== 'open') return status;
  return officerId === null ? 'registered' : 'assigned';
};

/** An imported case as it is before it is planned: with its own number, and the days it had. */
export function importedReferral(
  found: ImportedCase,
  officerId: string | null,
  note: string | null,
  frame: ImportFrame,
): Referral {
  const { diarienummer, title, sender, senderReference, answerDue, registeredOn } = found;
  const { board, by, today, at } = frame;
  const cancelled = found.status === 'cancelled';
  return {
    id: uuid(),
    version: 1,
    board,
    year: found.year,
    number: found.number,
    diarienummer,
    numberKey: matchKey(diarienummer),
    title,
    internalTitle: found.internalTitle,
    sender,
    senderKey: senderKey(sender),
    senderReference,
    senderReferenceKey: senderReferenceKey(senderReference),
    receivedOn: found.receivedOn,
    registeredAt: instantAt(registeredOn, '00:00').toISOString(),
    registeredOn,
    registeredBy: by.personId,
    documentDate: found.documentDate,
    answerDue,
    answerDueTime: found.answerDueTime,
    answerTo: found.answerTo,
    dueKey: answerDue ?? NO_DUE,
    workBy: null,
    officerId,
    officerSince: officerId !== null && found.status === 'open' ? today : null,
    department: found.department,
    meetingId: null,
    route: 'meeting',
    routeChosen: 0,
    status: statusOf(found, officerId),
    statusBefore: found.status === 'closed' ? 'expedited' : null,
    dormantSince: null,
    adjustment: 'not-needed',
    adjustmentReason: null,
    adjustmentSignedAt: null,
    timetable: [],
    steps: [],
    plannedOn: today,
    noMeetingSince: null,
    nextStep: null,
    nextStepOn: null,
    decision: found.decision === null ? null : { ...found.decision, by: null },
    secrecy: found.secrecy === null ? null : { provision: found.secrecy, date: today, by: by.name },
    answerSentOn: found.answerSentOn,
    answerSentHow: found.answerSentHow,
    cancellation: cancelled
      ? { reason: found.cancellationReason ?? 'makulerat i det inlästa diariet', by: by.personId, byName: by.name, at }
      : null,
    duplicateReason: null,
    note,
  };
}
