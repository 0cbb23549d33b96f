import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { yearOf, type LocalDate } from '../../domain/calendar/local-date.js';
import { RuleError } from '../../domain/errors.js';
import { assertAnswerTime } from '../../domain/referral/answer-time.js';
import { formatDiarienummer, matchKey } from '../../domain/referral/diarienummer.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { BoardRepository, type Board } from '../boards/board.repository.js';
import { holdBoards } from '../boards/board-turns.js';
import { MeetingRepository, type Meeting } from '../boards/meeting.repository.js';
import { assertKnows, rolesOn, type Actor } from '../people/actor.js';
import type { Person } from '../people/people.repository.js';
import { NumberSeries } from '../series/number-series.js';
import { CaseKeeper } from './case-keeper.js';
import { NO_DUE, planCase } from './case-plan.js';
import { OfficerLookup } from './officer-lookup.js';
import type { Referral } from './referral.js';
import { referralId } from './referral-id.js';
import { ReferralRepository } from './referral.repository.js';
import type { RegistrationInput } from './registration-input.js';
import { senderKey, senderReferenceKey } from './sender-key.js';

/** A case just registered, and what was read for it. */
export interface Registered {
  readonly referral: Referral;
  readonly board: Board;
  readonly meetings: readonly Meeting[];
  readonly officer: Person | null;
}

/** Registers a referral that has come in: number, plan, proposal, reminders and journal in one transaction. */
@Injectable()
export class RegisterReferral {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly boards: BoardRepository,
    private readonly meetings: MeetingRepository,
    private readonly series: NumberSeries,
    private readonly referrals: ReferralRepository,
    private readonly officers: OfficerLookup,
    private readonly keeper: CaseKeeper,
  ) {}

  /** See `inTransaction`. */
  async execute(actor: Actor, input: RegistrationInput): Promise<Referral> {
    return (await this.work.run((tx) => this.inTransaction(tx, actor, input))).referral;
  }

  /**
   * @throws RuleError `board-unknown`, `forbidden`, `received-in-future`, `time-without-day`, `time-skipped`, `person-unknown`,
   *   `person-lacks-role`, `department-unknown`, `meeting-unknown`, `duplicate-referral`
   */
  async inTransaction(tx: EntityManager, actor: Actor, input: RegistrationInput): Promise<Registered> {
    assertKnows(actor, input.board);
    await holdBoards(tx, [input.board]);
    const today = this.clock.today();
    const board = await this.boards.boardByCode(tx, input.board);
    assertRegistrar(actor, board.code);
    assertReceived(input.receivedOn, today);
    assertAnswerTime(input.answerDue ?? null, input.answerDueTime ?? null);
    const officer = input.officer ? await this.officers.officer(tx, board.code, input.officer) : null;
    const department = await this.officers.department(tx, board.code, input.department, officer);
    const meetings = await this.meetings.meetingsFrom(tx, board.code, today);
    const chosen = input.meeting ? meetingOn(meetings, input.meeting, today) : null;
    const year = yearOf(today);
    const number = await this.series.take(tx, board.code, year);
    const fresh = this.referralOf(actor, input, board, { year, number, officer, department });
    await this.assertNoDuplicate(tx, fresh);
    const { referral } = planCase({
      referral: fresh,
      board,
      meetings,
      choice: chosen ? { kind: 'chosen', meetingId: chosen.id } : { kind: 'recommended' },
      today,
    });
    await this.keeper.add(tx, referral, board, { by: actor, what: 'referral-registered' });
    return { referral, board, meetings, officer };
  }

  private referralOf(
    actor: Actor,
    input: RegistrationInput,
    board: Board,
    given: { year: number; number: number; officer: Person | null; department: string | null },
  ): Referral {
    const today = this.clock.today();
    const diarienummer = formatDiarienummer(board.numberPattern, board.code, given.year, given.number);
    return {
      id: referralId(this.clock.now()),
      version: 1,
      board: board.code,
      year: given.year,
      number: given.number,
      diarienummer,
      numberKey: matchKey(diarienummer),
      title: input.title,
      internalTitle: input.internalTitle ?? null,
      sender: input.sender,
      senderKey: senderKey(input.sender),
      senderReference: input.senderReference ?? null,
      senderReferenceKey: senderReferenceKey(input.senderReference),
      receivedOn: input.receivedOn,
      registeredAt: this.clock.now().toISOString(),
      registeredOn: today,
      registeredBy: actor.personId,
      documentDate: input.documentDate ?? null,
      answerDue: input.answerDue ?? null,
      answerDueTime: input.answerDueTime ?? null,
      answerTo: input.answerTo ?? null,
      dueKey: input.answerDue ?? NO_DUE,
      workBy: null,
      officerId: given.officer?.id ?? null,
      officerSince: given.officer ? today : null,
      department: given.department,
      meetingId: null,
      route: 'meeting',
      routeChosen: 0,
      status: given.officer ? 'assigned' : 'registered',
      statusBefore: null,
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
      decision: null,
      secrecy: input.secrecy ? { provision: input.secrecy.provision, date: today, by: actor.name } : null,
      answerSentOn: null,
      answerSentHow: null,
      cancellation: null,
      duplicateReason: input.duplicateReason ?? null,
      note: null,
    };
  }

  /** The series' row lock is held by now, so that two that come at once cannot both pass. */
  private async assertNoDuplicate(tx: EntityManager, referral: Referral): Promise<void> {
    const { board, senderKey: sender, senderReferenceKey: reference, duplicateReason } = referral;
    if (reference === null || duplicateReason !== null) return;
    const known = await this.referrals.duplicateOf(tx, board, sender, reference);
    if (!known) return;
    throw new RuleError('duplicate-referral', `already registered as ${known.diarienummer}`, {
      field: 'senderReference',
      value: referral.senderReference,
      existing: { id: known.id, diarienummer: known.diarienummer },
    });
  }
}

function assertRegistrar(actor: Actor, board: string): void {
  if (rolesOn(actor, board).has('registrar')) return;
  throw new RuleError('forbidden', `registering takes the role registrar at ${board}`, { act: 'register', board });
}

/** @throws RuleError `received-in-future` */
export function assertReceived(receivedOn: LocalDate, today: LocalDate): void {
  if (receivedOn <= today) return;
  throw new RuleError('received-in-future', `receivedOn ${receivedOn} is after today ${today}`, {
    field: 'receivedOn',
    value: receivedOn,
    today,
  });
}

/**
 * The planned meeting of a day.
 *
 * @throws RuleError `meeting-in-past`, `meeting-unknown`
 */
export function meetingOn(meetings: readonly Meeting[], date: LocalDate, today: LocalDate): Meeting {
  const facts = { field: 'meeting', value: date };
  if (date < today) throw new RuleError('meeting-in-past', `the meeting ${date} has been`, facts);
  const found = meetings.find((meeting) => meeting.date === date);
  if (!found) {
    const possible = meetings.map((meeting) => meeting.date);
    throw new RuleError('meeting-unknown', `the board has no planned meeting ${date}`, { ...facts, possible });
  }
  return found;
}
