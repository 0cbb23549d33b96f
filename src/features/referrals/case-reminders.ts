import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { dispatchDay } from '../../domain/timetable/plan.js';
import { reopenedSteps, wantedReminders, type ReminderCase } from '../../domain/timetable/reminder-plan.js';
import { Clock } from '../../platform/clock/clock.port.js';
import type { Board } from '../boards/board.repository.js';
import { MeetingRepository } from '../boards/meeting.repository.js';
import { ReminderLedger, type LedgerInput } from '../ledger/reminder-ledger.js';
import { stepOn, type Referral } from './referral.js';

/** What a change undoes: how the case stood, and since when, an ISO instant. */
export interface Undone {
  readonly was: Referral;
  readonly since: string;
}

/** Brings the reminder ledger of a case in line with how it stands. */
@Injectable()
export class CaseReminders {
  constructor(
    private readonly ledger: ReminderLedger,
    private readonly meetings: MeetingRepository,
    private readonly clock: Clock,
  ) {}

  /** The first plan of a case that has just come into being. */
  async first(tx: EntityManager, referral: Referral, board: Board): Promise<void> {
    const input = await this.wantedOf(tx, referral, board, null);
    await this.ledger.plan(tx, { ...input, isNew: true }, this.clock.now());
  }

  /** @param undone for a change that takes something back: reminders that it held back go at once */
  async plan(
    tx: EntityManager,
    referral: Referral,
    board: Board,
    openExtensionAskedOn: LocalDate | null,
    undone: Undone | null = null,
  ): Promise<void> {
    const input = await this.wantedOf(tx, referral, board, openExtensionAskedOn);
    if (undone === null) return void (await this.ledger.plan(tx, input, this.clock.now()));
    const { wanted } = await this.wantedOf(tx, undone.was, board, openExtensionAskedOn);
    const reopening = { steps: reopenedSteps(wanted, input.wanted), since: undone.since };
    await this.ledger.plan(tx, { ...input, undone: reopening }, this.clock.now());
  }

  /** Every reminder that the case wants as it stands today, what has passed included. */
  async wantedOf(
    em: EntityManager,
    referral: Referral,
    board: Board,
    openExtensionAskedOn: LocalDate | null,
  ): Promise<LedgerInput> {
    const today = this.clock.today();
    const meetingOn = referral.timetable.find((row) => row.milestone === 'meeting')?.date ?? null;
    const facts: ReminderCase = {
      status: referral.status,
      dormant: referral.dormantSince !== null,
      route: referral.route,
      registeredOn: referral.registeredOn,
      answerDue: referral.answerDue,
      workBy: referral.workBy,
      milestones: referral.timetable,
      adjustment: referral.adjustment,
      officerSince: referral.officerSince,
      noMeetingSince: referral.noMeetingSince,
      openExtensionAskedOn,
      chairDecision: await this.chairDecision(em, referral, board),
      meetingHeld: stepOn(referral, 'meeting') !== null || (meetingOn !== null && meetingOn < today),
      closedDays: board.closedDays,
    };
    const { id, officerId, department } = referral;
    return { referralId: id, board: board.code, officerId, department, wanted: wantedReminders(facts, today) };
  }

  /** A decision by the chair is reported at the board's next meeting (KL 6 kap. 40 §). */
  private async chairDecision(
    tx: EntityManager,
    referral: Referral,
    board: Board,
  ): Promise<ReminderCase['chairDecision']> {
    if (referral.route !== 'chair' || referral.decision === null) return null;
    const decidedOn = referral.decision.date;
    const later = await this.meetings.meetingsFrom(tx, board.code, decidedOn);
    const days = later.map((meeting) => dispatchDay(meeting, board.leadTimes, board.closedDays));
    return { reported: false, decidedOn, nextDispatchOn: days.find((day) => day >= decidedOn) ?? null };
  }
}
