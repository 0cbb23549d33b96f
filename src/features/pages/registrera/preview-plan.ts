import { Injectable } from '@nestjs/common';
import { localDate, type LocalDate } from '../../../domain/calendar/local-date.js';
import { milestonesOfOption, milestonesOfRoute, type Milestone } from '../../../domain/timetable/milestones.js';
import { chooseOption, dispatchDay, type Option, type Plan } from '../../../domain/timetable/plan.js';
import { Clock } from '../../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import { rows } from '../../../platform/database/sql.js';
import type { FormValues } from '../../../platform/web/form-errors.js';
import type { Board } from '../../boards/board.repository.js';
import { MeetingRepository } from '../../boards/meeting.repository.js';
import { planOver } from '../../referrals/case-plan.js';
import { senderKey, senderReferenceKey } from '../../referrals/sender-key.js';
import { adjustmentReason } from '../../referrals/wording.js';
import { dayIn } from '../frame/typed-day.js';

/** A case that is there already, and may be the same letter. */
export interface KnownCase {
  readonly id: string;
  readonly diarienummer: string;
  readonly title: string;
  readonly sender: string;
  readonly senderReference: string | null;
  readonly receivedOn: LocalDate;
  /** The same sender and the same number: registering it again takes a reason. */
  readonly same: boolean;
}

/** What registering would give, as far as the form is filled in. */
export interface Preview {
  readonly board: Board;
  readonly today: LocalDate;
  readonly receivedOn: LocalDate | null;
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

type StoredCase = Omit<KnownCase, 'same'> & { readonly senderKey: string };

const KNOWN = `SELECT "id", "diarienummer", "title", "sender", "sender_key" AS "senderKey",
    "sender_reference" AS "senderReference", "received_on" AS "receivedOn"
  FROM "referral" WHERE "board" = ? AND "sender_reference_key" = ? AND "sender_reference_key" IS NOT NULL
    AND "status" <> 'cancelled' ORDER BY "id" LIMIT 5`;

/** Works out what a registration would give, without registering anything. */
@Injectable()
export class PreviewPlan {
  constructor(
    private readonly db: ReadDatabase,
    private readonly clock: Clock,
    private readonly meetings: MeetingRepository,
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
      plan,
      option,
      isChosen: chosen !== null,
      reason: adjustmentReason(facts, option, board),
      milestones: option ? milestonesOfOption(option, context) : milestonesOfRoute('meeting', context),
      known: await this.known(board.code, values),
      coming: meetings.slice(0, 3).map((meeting) => ({
        date: meeting.date,
        dispatchOn: dispatchDay(meeting, board.leadTimes, board.closedDays),
      })),
    };
  }

  /** Cases of the board with this number of the sender's; what the same sender has sent comes first. */
  private async known(board: string, values: FormValues): Promise<KnownCase[]> {
    const reference = senderReferenceKey(values['avsandarens']?.normalize('NFC'));
    if (reference === null) return [];
    const sender = senderKey(values['avsandare'] ?? '');
    const found = await rows<StoredCase>(this.db.manager, KNOWN, [board, reference]);
    return found
      .map(({ senderKey: of, ...one }) => ({ ...one, receivedOn: localDate(one.receivedOn), same: of === sender }))
      .sort((a, b) => Number(b.same) - Number(a.same));
  }
}
