import { Injectable } from '@nestjs/common';
import { addDays, localDate, type LocalDate } from '../../../domain/calendar/local-date.js';
import { addWorkingDays, firstWorkingDayFrom } from '../../../domain/calendar/working-day.js';
import { Clock } from '../../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import { checkedOnly, foundFirst, row, rows } from '../../../platform/database/sql.js';
import { BoardRepository, type Board } from '../../boards/board.repository.js';
import { MeetingRepository, type Meeting } from '../../boards/meeting.repository.js';
import { boardsSeen, type Actor } from '../../people/actor.js';
import { planOver } from '../../referrals/case-plan.js';
import { MOST_IN_MENU } from '../frame/menu-counts.js';
import {
  milestonesIn, watchedCaseOf, type MeetingsAhead, type Postponement, type WatchedCase, type WatchRow,
} from './watch-row.js'; // prettier-ignore
import type { Watched } from './watch-scope.js';
import { CHOOSE_ROUTE } from './watch-turns.js';
import {
  casesInNeed, casesToCome, countInNeed, type Horizon, type Slice, type Statement, type WatchQuestion,
} from './watch-statements.js'; // prettier-ignore

/** A number that was counted no further than this: there can be more. */
export const MOST_COUNTED = 501;
const WORKING_DAYS_AHEAD = 5;

/** A part of one of the lists. */
export interface WatchedPart {
  readonly cases: readonly WatchedCase[];
  /** So many of the list come before these. */
  readonly from: number;
  /** How many the list has, counted up to `MOST_COUNTED`. */
  readonly count: number;
}

/** Between them the open cases: each is in one of the lists. */
export interface WatchPage {
  readonly inNeed: WatchedPart;
  readonly toCome: WatchedPart;
}

/** Which part of each list is asked for. */
export interface WatchedSlices {
  readonly inNeed: Slice;
  readonly toCome: Slice;
}

const NONE: WatchedPart = { cases: [], from: 0, count: 0 };
const NOTHING: WatchPage = { inNeed: NONE, toCome: NONE };

interface FoundPart extends Omit<WatchedPart, 'cases'> {
  readonly found: readonly WatchRow[];
}

/** What needs an act and what comes next, of the cases that the person may open. Reads what it shows, and no more. */
@Injectable()
export class WatchList {
  private readonly own = new WeakMap<Actor, Promise<number>>();

  constructor(
    private readonly db: ReadDatabase,
    private readonly clock: Clock,
    private readonly boards: BoardRepository,
    private readonly meetings: MeetingRepository,
  ) {}

  /** Of a list that has become shorter than what is asked for, its beginning. */
  async execute(actor: Actor, watched: Watched, slices: WatchedSlices): Promise<WatchPage> {
    const boards = await this.boards.boards(this.db.manager, watched.boards);
    if (boards.length === 0) return NOTHING;
    const question = this.question(actor, watched, boards);
    const inNeed = await this.part(slices.inNeed, (slice) => casesInNeed(question, slice, MOST_COUNTED));
    if (watched.scope === 'mine' && seesAll(actor, watched))
      this.own.set(actor, Promise.resolve(Math.min(inNeed.count, MOST_IN_MENU + 1)));
    const toCome = await this.part(slices.toCome, (slice) => casesToCome(question, slice, MOST_COUNTED));
    const meetings = await this.meetingsFor([...inNeed.found, ...toCome.found]);
    const shown = ({ found, ...part }: FoundPart): WatchedPart => ({
      ...part,
      cases: found.map((one) => watchedCaseOf(actor, one, this.ahead(one, boards, meetings))),
    });
    return { inNeed: shown(inNeed), toCome: shown(toCome) };
  }

  /**
   * How many need an act of the person's, as `execute` has it among `mine` at all boards; counted once for each
   * request, which is as long as an actor lives. At most one more than `MOST_IN_MENU`.
   */
  async ownInNeed(actor: Actor): Promise<number> {
    const known = this.own.get(actor);
    if (known) return known;
    const counting = this.countOwn(actor);
    this.own.set(actor, counting);
    return counting;
  }

  private async countOwn(actor: Actor): Promise<number> {
    const watched = { scope: 'mine', boards: boardsSeen(actor), departments: [] } as const;
    const boards = await this.boards.boards(this.db.manager, watched.boards);
    if (boards.length === 0) return 0;
    return this.counted(countInNeed(this.question(actor, watched, boards), MOST_IN_MENU + 1));
  }

  private question(actor: Actor, watched: Watched, boards: readonly Board[]): WatchQuestion {
    const today = this.clock.today();
    const { manager } = this.db;
    return {
      ...watched,
      actor,
      today,
      boards: boards.map(({ code }) => code),
      horizons: horizonsOf(boards, today),
      checkedBoard: checkedOnly(manager, 'r."board"'),
      foundFirst: foundFirst(manager),
    };
  }

  private async part({ from, length }: Slice, statementOf: (slice: Slice) => Statement): Promise<FoundPart> {
    const { text, params } = statementOf({ from, length });
    const found = await rows<WatchRow>(this.db.manager, text, params);
    if (found.length === 0 && from > 0) return this.part({ from: 0, length }, statementOf);
    return { found, from, count: Number(found[0]?.counted ?? 0) };
  }

  private async counted({ text, params }: Statement): Promise<number> {
    return Number((await row<{ count: number | string }>(this.db.manager, text, params))?.count ?? 0);
  }

  /** The coming meetings of boards that have a case without one. */
  private async meetingsFor(found: readonly WatchRow[]): Promise<Meeting[]> {
    const boards = [...new Set(found.filter((one) => one.nextStep === CHOOSE_ROUTE).map(({ board }) => board))];
    return boards.length === 0 ? [] : this.meetings.meetingsOfBoards(this.db.manager, boards, this.clock.today());
  }

  private ahead(one: WatchRow, boards: readonly Board[], meetings: readonly Meeting[]): MeetingsAhead {
    const board = boards.find(({ code }) => code === one.board);
    if (one.adjustment === 'declined') return { postponement: postponedFrom(one), lacksMeetings: false };
    if (one.nextStep !== CHOOSE_ROUTE || !board) return { postponement: null, lacksMeetings: false };
    const own = meetings.filter((meeting) => meeting.board === board.code);
    const { none } = planOver(dueOf(one), board, own, this.clock.today());
    const postponement = none && { meeting: none.nextMeeting, until: none.extensionImmediate };
    return { postponement, lacksMeetings: own.length === 0 };
  }
}

const seesAll = (actor: Actor, { boards }: Watched): boolean => boardsSeen(actor).every((one) => boards.includes(one));

/** Where immediate adjustment is declined: its own meeting, and the day on which the answer can leave by its plan. */
function postponedFrom({ meeting, timetable }: WatchRow): Postponement | null {
  const leaves = milestonesIn(timetable).find(({ milestone }) => milestone === 'expedite')?.date;
  return meeting === null || leaves === undefined ? null : { meeting: localDate(meeting), until: leaves };
}

const dueOf = ({ answerDue, registeredOn }: WatchRow) => ({
  registeredOn,
  answerDue: answerDue === null ? null : localDate(answerDue),
});

function horizonsOf(boards: readonly Board[], today: LocalDate): Horizon[] {
  const byDay = new Map<string, Horizon>();
  for (const { code, closedDays } of boards) {
    const until = addWorkingDays(today, WORKING_DAYS_AHEAD, closedDays);
    const dueBefore = firstWorkingDayFrom(addDays(until, 1), closedDays);
    const overdueBefore = firstWorkingDayFrom(today, closedDays);
    const key = `${until} ${dueBefore} ${overdueBefore}`;
    byDay.set(key, { boards: [...(byDay.get(key)?.boards ?? []), code], until, dueBefore, overdueBefore });
  }
  return [...byDay.values()];
}
