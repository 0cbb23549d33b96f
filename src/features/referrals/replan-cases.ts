import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock/clock.port.js';
import { BoardRepository } from '../boards/board.repository.js';
import { MeetingRepository, type Meeting } from '../boards/meeting.repository.js';
import type { Doer } from '../people/actor.js';
import { CaseKeeper, type CaseEvent } from './case-keeper.js';
import { planCase } from './case-plan.js';
import { differenceOf } from './case-events.js';
import type { Referral } from './referral.js';
import { ReferralRepository } from './referral.repository.js';

/** Plans open cases anew when what they hang on has changed: a meeting, the board's days or lead times. */
@Injectable()
export class ReplanCases {
  constructor(
    private readonly referrals: ReferralRepository,
    private readonly boards: BoardRepository,
    private readonly meetings: MeetingRepository,
    private readonly keeper: CaseKeeper,
    private readonly clock: Clock,
  ) {}

  /** Every open case on a meeting that has moved or been cancelled; to be called when the meeting is stored. */
  async onMeeting(tx: EntityManager, meeting: Meeting, event: CaseEvent): Promise<Referral[]> {
    const cases = await this.referrals.openOnMeeting(tx, meeting.id);
    return this.replan(tx, meeting.board, cases, event, false);
  }

  /** Whether a case has been decided at a meeting. */
  isDecidedAt(tx: EntityManager, meetingId: string): Promise<boolean> {
    return this.referrals.isDecidedAt(tx, meetingId);
  }

  /** Every open case of a board whose closed days, lead times or meetings' own days have changed. */
  async inTransaction(tx: EntityManager, boardCode: string, by: Doer): Promise<Referral[]> {
    const cases = await this.referrals.openOfBoard(tx, boardCode);
    return this.replan(tx, boardCode, cases, { by, what: 'plan-reworked' }, true);
  }

  /** Open cases that had no meeting in time, when the board has got another meeting. */
  async withoutMeeting(tx: EntityManager, boardCode: string, event: CaseEvent): Promise<Referral[]> {
    const cases = (await this.referrals.openOfBoard(tx, boardCode)).filter((one) => one.noMeetingSince !== null);
    return this.replan(tx, boardCode, cases, event, true);
  }

  /** Boards with undecided cases that are on no agenda and whose meeting has been. */
  boardsWithPastMeetings(em: EntityManager): Promise<string[]> {
    return this.referrals.boardsWithPastMeetings(em, this.clock.today());
  }

  /** Cases of a board whose meeting has been held without them. */
  async offPastMeetings(tx: EntityManager, boardCode: string, event: CaseEvent): Promise<Referral[]> {
    const cases = await this.referrals.beforePastMeetings(tx, boardCode, this.clock.today());
    return this.replan(tx, boardCode, cases, event, true);
  }

  /** Boards with cases that an earlier release planned as if a declined immediate adjustment still counted. */
  boardsWithDeclinedUnplanned(em: EntityManager): Promise<string[]> {
    return this.referrals.boardsWithDeclinedUnplanned(em);
  }

  /** Those cases of a board: from now on they are known to need another way. */
  async declinedUnplanned(tx: EntityManager, boardCode: string, event: CaseEvent): Promise<Referral[]> {
    const cases = await this.referrals.declinedUnplanned(tx, boardCode);
    return this.replan(tx, boardCode, cases, event, true);
  }

  private async replan(
    tx: EntityManager,
    boardCode: string,
    cases: readonly Referral[],
    event: CaseEvent,
    sameMeetingDay: boolean,
  ): Promise<Referral[]> {
    if (cases.length === 0) return [];
    const board = await this.boards.boardByCode(tx, boardCode);
    const today = this.clock.today();
    const coming = await this.meetings.meetingsFrom(tx, boardCode, today);
    const changed: Referral[] = [];
    for (const referral of cases) {
      const meetings = await this.meetings.including(tx, coming, referral.meetingId);
      const choice = { kind: 'keep' } as const;
      const { referral: planned } = planCase({ referral, board, meetings, choice, today, sameMeetingDay });
      if (sameMeetingDay && isSame(referral, planned)) await this.keeper.remind(tx, referral, board);
      else changed.push(await this.keeper.change(tx, referral, planned, board, event));
    }
    return changed;
  }
}

function isSame(before: Referral, after: Referral): boolean {
  const { after: difference } = differenceOf(before, after);
  const sameStep = before.nextStep === after.nextStep && before.nextStepOn === after.nextStepOn;
  return Object.keys(difference).length === 0 && before.workBy === after.workBy && sameStep;
}
