import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RuleError } from '../../domain/errors.js';
import { cautionsOfClosing } from '../../domain/referral/cautions.js';
import { OFFICERS_ROLES } from '../../domain/referral/permissions.js';
import { chooseOption } from '../../domain/timetable/plan.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { BoardRepository, type Board } from '../boards/board.repository.js';
import { MeetingRepository, type Meeting } from '../boards/meeting.repository.js';
import { boardsSeen, type Actor } from '../people/actor.js';
import { hasLeft, PeopleRepository, type Person } from '../people/people.repository.js';
import { actsOf, mayOpen } from './access.js';
import { declinedAt, planOver } from './case-plan.js';
import { ExtensionRepository, type Extension } from './extension.repository.js';
import type { ReferralView } from './referral.dto.js';
import { caseFacts, noticeFacts, type Referral } from './referral.js';
import { ReferralRepository } from './referral.repository.js';
import { viewOf } from './referral.view.js';

/** What the one who has just changed the case has at hand and need not be read again. */
export interface Known {
  readonly board?: Board;
  /** The board's planned meetings from today on, and the case's own though it has been. */
  readonly meetings?: readonly Meeting[];
  readonly officer?: Person | null;
  readonly extensions?: readonly Extension[];
}

/** Shows a case to a person, as far as the person may see it. */
@Injectable()
export class ViewReferral {
  constructor(
    private readonly db: ReadDatabase,
    private readonly referrals: ReferralRepository,
    private readonly extensions: ExtensionRepository,
    private readonly boards: BoardRepository,
    private readonly meetings: MeetingRepository,
    private readonly people: PeopleRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws RuleError `not-found`, for a case of a board that the person does not see too */
  async execute(actor: Actor, id: string): Promise<ReferralView> {
    return (await this.withBoard(actor, id)).view;
  }

  /** The same, and the board that was read for it. @throws RuleError `not-found` */
  async withBoard(actor: Actor, id: string): Promise<{ readonly view: ReferralView; readonly board: Board }> {
    const em = this.db.manager;
    const referral = await this.stored(em, actor, id);
    const board = await this.boards.boardByCode(em, referral.board);
    return { board, view: await this.view(em, actor, referral, { board }) };
  }

  /** The case itself, for those who may read all of it. @throws RuleError `not-found`, `forbidden` */
  async readable(actor: Actor, id: string): Promise<Referral> {
    const referral = await this.stored(this.db.manager, actor, id);
    if (mayOpen(actor, referral)) return referral;
    throw new RuleError('forbidden', 'the case is secret', { act: 'open' });
  }

  /** The view of a case that has just been changed, in the same transaction. */
  async view(em: EntityManager, actor: Actor, referral: Referral, known: Known = {}): Promise<ReferralView> {
    const board = known.board ?? (await this.boards.boardByCode(em, referral.board));
    const extensions = known.extensions ?? (await this.extensions.of(em, referral.id));
    const today = this.clock.today();
    const meetings =
      known.meetings ?? (await this.meetings.meetingsFromWith(em, board.code, today, referral.meetingId));
    const meeting = meetings.find(({ id }) => id === referral.meetingId) ?? null;
    const plan = planOver(referral, board, meetings, today, declinedAt(referral, meeting));
    const openExtension = extensions.some(({ state }) => state === 'asked');
    const facts = caseFacts(referral, { openExtension, meeting, today });
    const officer = known.officer === undefined ? await this.officerOf(em, referral) : known.officer;
    const acts = actsOf(actor, referral, facts);
    const parts = {
      referral,
      board,
      officer,
      officerLeft: officer !== null && hasLeft(officer, today),
      officerLacksRole: known.officer === undefined && officer !== null && !(await this.isOfficer(em, officer, board)),
      department:
        referral.department === null ? null : await this.boards.findDepartment(em, board.code, referral.department),
      meeting,
      plan,
      today,
      option: meeting && chooseOption(plan, meeting.date),
      extensions,
      acts,
      cautions: acts.includes('close') ? cautionsOfClosing(today, noticeFacts(referral)) : [],
    };
    return viewOf(parts, mayOpen(actor, referral));
  }

  /**
   * An earlier view, as far as the person may see the case by now: rights may have gone, or the case become secret.
   *
   * @throws RuleError `not-found`, when the person does not see the board any more
   */
  seenAgainBy(actor: Actor): (em: EntityManager, earlier: ReferralView) => Promise<ReferralView> {
    return async (em, earlier) => {
      const referral = await this.stored(em, actor, earlier.id);
      return mayOpen(actor, referral) ? earlier : this.view(em, actor, referral);
    };
  }

  private async officerOf(em: EntityManager, { officerId }: Referral): Promise<Person | null> {
    return officerId === null ? null : this.people.findById(em, officerId);
  }

  private isOfficer(em: EntityManager, { id }: Person, { code }: Board): Promise<boolean> {
    return this.people.hasRole(em, id, code, OFFICERS_ROLES);
  }

  private async stored(em: EntityManager, actor: Actor, id: string): Promise<Referral> {
    const referral = await this.referrals.find(em, id, boardsSeen(actor));
    if (referral) return referral;
    throw new RuleError('not-found', 'no such case', { id });
  }
}
