import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import {
  BOARD,
  CODE,
  CODE40,
  DAY,
  ID,
  INSTANT,
  INTEGER,
  JSON_TEXT,
  LINE,
  LINE1000,
  TEXT,
  TIME,
  named,
  nullable,
} from '../../platform/database/columns.js';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import type { AdjustmentStatus } from '../../domain/adjustment/adjustment.js';
import type { ReferralStatus, Route } from '../../domain/referral/lifecycle.js';
import { UNDECIDED } from './status-list.js';

const OPEN = `"status" NOT IN ('closed', 'cancelled')`;
const IS_UNDECIDED = `"status" IN (${UNDECIDED})`;

/** What Bevakning asks of the cases that it counts, and so finds in the index alone. */
const WATCHED = [
  'board', 'nextStepOn', 'nextStep', 'dormantSince', 'secrecy', 'officerId', 'department', 'adjustment', 'dueKey',
  'answerSentOn', 'workBy', 'meetingId', 'status',
]; // prettier-ignore

const watchedBy = (...first: string[]): string[] => [...first, ...WATCHED.filter((column) => !first.includes(column))];

/** A referral (remiss) as stored. Facts and what was worked out from them; the rules live in `src/domain`. */
@Entity('referral')
@Index('uq_referral_number', ['board', 'year', 'number'], { unique: true })
@Index('uq_referral_number_key', ['board', 'numberKey'], { unique: true })
@Index('ix_referral_sender', ['board', 'senderKey', 'senderReferenceKey'], {
  where: `"sender_reference_key" IS NOT NULL`,
})
@Index('ix_referral_sender_reference', ['senderReferenceKey'], { where: `"sender_reference_key" IS NOT NULL` })
@Index('ix_referral_number_key', ['numberKey'])
@Index('ix_referral_officer_open', watchedBy('officerId', 'dueKey', 'id'), { where: OPEN })
@Index('ix_referral_board_officer', ['board', 'officerId'], { where: OPEN })
@Index('ix_referral_board_open', ['board', 'dueKey', 'id'], { where: OPEN })
@Index('ix_referral_board_due', ['board', 'dueKey', 'id'])
@Index('ix_referral_board_registered', ['board', 'registeredAt', 'id'])
@Index('ix_referral_department_open', ['board', 'department', 'dueKey', 'id'], { where: OPEN })
@Index('ix_referral_attention', watchedBy('board', 'nextStepOn', 'id'), { where: OPEN })
@Index('ix_referral_proposed', watchedBy('adjustment', 'board', 'nextStepOn', 'id'), {
  where: `"adjustment" = 'proposed' AND ${OPEN}`,
})
@Index('ix_referral_declined', watchedBy('adjustment', 'board', 'nextStepOn', 'id'), {
  where: `"adjustment" = 'declined' AND ${IS_UNDECIDED}`,
})
@Index('ix_referral_step', watchedBy('nextStep', 'board', 'nextStepOn', 'id'), { where: OPEN })
@Index('ix_referral_dormant', watchedBy('board', 'nextStepOn', 'id'), {
  where: `"dormant_since" IS NOT NULL AND ${OPEN}`,
})
@Index('ix_referral_meeting_order', ['meetingId', 'dueKey', 'id'], { where: `"meeting_id" IS NOT NULL` })
@Index('ix_referral_meeting_undecided', ['meetingId', 'workBy', 'id'], { where: IS_UNDECIDED })
@Index('ix_referral_officer', ['officerId', 'dueKey', 'id'])
@Index('ix_referral_board_status', ['board', 'status', 'dueKey', 'id'])
@ForeignKey('board', ['board'], ['code'], { name: 'fk_referral_board' })
@ForeignKey('person', ['officerId'], ['id'], { name: 'fk_referral_officer' })
@ForeignKey('meeting', ['meetingId'], ['id'], { name: 'fk_referral_meeting' })
@ForeignKey('department', ['board', 'department'], ['board', 'code'], { name: 'fk_referral_department' })
@Check(
  'ck_referral_status',
  `"status" IN ('registered', 'assigned', 'in-preparation', 'approved', 'on-agenda', 'decided', 'adjusted', 'expedited', 'closed', 'cancelled')`,
)
@Check('ck_referral_route', `"route" IN ('meeting', 'chair', 'delegation', 'declined')`)
@Check(
  'ck_referral_adjustment',
  `"adjustment" IN ('not-needed', 'proposed', 'confirmed', 'declined', 'decided', 'signed')`,
)
@Check('ck_referral_number', `"number" >= 1`)
@Check('ck_referral_cancelled', `("status" = 'cancelled') = ("cancellation" IS NOT NULL)`)
@Check('ck_referral_officer', `"status" <> 'registered' OR "officer_id" IS NULL`)
export class ReferralRow {
  /** UUID version 7. */
  @PrimaryColumn(ID) id!: string;
  /** Grows by one with each change; the ETag. */
  @Column(INTEGER) version!: number;
  @Column(BOARD) board!: string;
  @Column(INTEGER) year!: number;
  @Column(INTEGER) number!: number;
  /** As printed. */
  @Column(CODE40) diarienummer!: string;
  /** As compared: `matchKey(diarienummer)`. */
  @Column(named('number_key', LINE)) numberKey!: string;
  /** Neutral and public (OSL 5:2). */
  @Column(LINE1000) title!: string;
  @Column(named('internal_title', nullable(LINE1000))) internalTitle!: string | null;
  @Column(LINE) sender!: string;
  /** Case folded, for finding duplicates. */
  @Column(named('sender_key', LINE)) senderKey!: string;
  /** The sender's own number, as printed. */
  @Column(named('sender_reference', nullable(LINE))) senderReference!: string | null;
  @Column(named('sender_reference_key', nullable(LINE))) senderReferenceKey!: string | null;
  @Column(named('received_on', DAY)) receivedOn!: LocalDate;
  @Column(named('registered_at', INSTANT)) registeredAt!: string;
  @Column(named('registered_on', DAY)) registeredOn!: LocalDate;
  @Column(named('registered_by', ID)) registeredBy!: string;
  @Column(named('document_date', nullable(DAY))) documentDate!: LocalDate | null;
  /** As the sender wrote it; no rule moves it. */
  @Column(named('answer_due', nullable(DAY))) answerDue!: LocalDate | null;
  @Column(named('answer_due_time', nullable(TIME))) answerDueTime!: string | null;
  /** Where the answer is to be sent. */
  @Column(named('answer_to', nullable(LINE))) answerTo!: string | null;
  /** `answerDue`, or 9999-12-31, to sort by. */
  @Column(named('due_key', DAY)) dueKey!: string;
  /** The last working day until `answerDue`. */
  @Column(named('work_by', nullable(DAY))) workBy!: LocalDate | null;
  @Column(named('officer_id', nullable(ID))) officerId!: string | null;
  @Column(named('officer_since', nullable(DAY))) officerSince!: LocalDate | null;
  @Column(nullable(CODE)) department!: string | null;
  @Column(named('meeting_id', nullable(ID))) meetingId!: string | null;
  @Column(CODE) route!: Route;
  /** 1 when a person has chosen the route or meeting, 0 when the plan did. */
  @Column(named('route_chosen', INTEGER)) routeChosen!: number;
  @Column(CODE) status!: ReferralStatus;
  /** What a closed case was, to reopen to. */
  @Column(named('status_before', nullable(CODE))) statusBefore!: ReferralStatus | null;
  @Column(named('dormant_since', nullable(DAY))) dormantSince!: LocalDate | null;
  @Column(CODE) adjustment!: AdjustmentStatus;
  @Column(named('adjustment_reason', nullable(LINE1000))) adjustmentReason!: string | null;
  @Column(named('adjustment_signed_at', nullable(INSTANT))) adjustmentSignedAt!: string | null;
  /** Milestones, as JSON. */
  @Column(JSON_TEXT) timetable!: string;
  /** What has really happened: step, day and who, as JSON. */
  @Column(JSON_TEXT) steps!: string;
  /** The day from which the plan was last worked out. */
  @Column(named('planned_on', DAY)) plannedOn!: LocalDate;
  /** The day on which it was first seen that no meeting comes in time. */
  @Column(named('no_meeting_since', nullable(DAY))) noMeetingSince!: LocalDate | null;
  /** What is to be done next, and by when; null when nothing is. */
  @Column(named('next_step', nullable(CODE))) nextStep!: string | null;
  @Column(named('next_step_on', nullable(DAY))) nextStepOn!: LocalDate | null;
  @Column(nullable(JSON_TEXT)) decision!: string | null;
  /** Provision, date and who marked it (OSL 5:5); null when open. */
  @Column(nullable(JSON_TEXT)) secrecy!: string | null;
  @Column(named('answer_sent_on', nullable(DAY))) answerSentOn!: LocalDate | null;
  @Column(named('answer_sent_how', nullable(LINE))) answerSentHow!: string | null;
  /** Reason, who and when of the makulering. */
  @Column(nullable(JSON_TEXT)) cancellation!: string | null;
  @Column(named('duplicate_reason', nullable(LINE1000))) duplicateReason!: string | null;
  /** The officers' notes. */
  @Column(nullable(TEXT)) note!: string | null;
}
