import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../../domain/calendar/local-date.js';
import { milestonesOfOption, milestonesOfRoute, type Milestone } from '../../../domain/timetable/milestones.js';
import { chooseOption, dispatchDay, type Option, type Plan } from '../../../domain/timetable/plan.js';
import { Clock } from '../../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import type { FormValues } from '../../../platform/web/form-errors.js';
import type { Board } from '../../boards/board.repository.js';
import { MeetingRepository } from '../../boards/meeting.repository.js';
import { planOver } from '../../referrals/case-plan.js';
import { adjustmentReason } from '../../referrals/wording.js';
import { dayFault, dayIn } from '../frame/typed-day.js';
import { KnownCases, type KnownCase } from './known-cases.js';

/** What registering would give, as far as the form is filled in. */
export interface Preview {
  readonly board: Board;
  readonly today: LocalDate;
  readonly receivedOn: LocalDate | null;
  /** What is wrong with the days as they are typed, in sentences. */
  readonly unreadable: { readonly due: string | null; readonly received: string | null };
  readonly plan: Plan;
  /** The meeting that the case would get: the chosen one, else the recommended one. */
  readonly option: Option | null;
  readonly isChosen: boolean;
  /** Why the paragraph must be adjusted immediately, or why it need not. */
  readonly reason: string | null;
  readonly milestones: readonly Milestone[];
  readonly known: readonly KnownCase[];
  /** The board's next meetings, each with the day until which a case can be put on it. */
  readonly coming: readonly { readonly date: LocalDate; readonly dispatchOn: LocalDate }[];
}

const faultOf = (the: string, typed: string | undefined): string | null =>
  (typed ?? '').trim() === '' ? null : dayFault(the, typed ?? '');

/** Works out what a registration would give, without registering anything. */
@Injectable()
export class PreviewPlan {
  constructor(
    private readonly db: ReadDatabase,
    private readonly clock: Clock,
    private readonly meetings: MeetingRepository,
    private readonly known: KnownCases,
  ) {}

  /** @param board one where the person is registrar, and so may open every case */
  async execute(board: Board, values: FormValues): Promise<Preview> {
    const today = this.clock.today();
    const answerDue = dayIn(values['svar']);
    const meetings = await this.meetings.meetingsFrom(this.db.manager, board.code, today);
    const plan = planOver({ answerDue, registeredOn: today }, board, meetings, today);
    const chosen = dayIn(values['sammantrade']);
    const wanted = chosen ?? plan.recommended?.meeting ?? null;
    const option = wanted === null ? null : chooseOption(plan, wanted);
    const context = { answerDue, leadTimes: board.leadTimes, closedDays: board.closedDays };
    const facts = { adjustment: 'not-needed', adjustmentReason: null, answerDue } as const;
    return {
      board,
      today,
      receivedOn: dayIn(values['inkom']),
      unreadable: {
        due: faultOf('Svarsdagen', values['svar']),
        received: faultOf('Dagen då remissen kom in', values['inkom']),
      },
      plan,
      option,
      isChosen: chosen !== null,
      reason: adjustmentReason(facts, option, board),
      milestones: option ? milestonesOfOption(option, context) : milestonesOfRoute('meeting', context),
      known: await this.known.of(this.db.manager, board.code, {
        sender: values['avsandare'] ?? '',
        senderReference: values['avsandarens'],
        title: values['titel'] ?? '',
      }),
      coming: meetings.slice(0, 3).map((meeting) => ({
        date: meeting.date,
        dispatchOn: dispatchDay(meeting, board.leadTimes, board.closedDays),
      })),
    };
  }
}
