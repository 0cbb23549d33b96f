import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { addDays, type LocalDate } from '../../domain/calendar/local-date.js';
import { instantAt } from '../../domain/calendar/stockholm-time.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { APP_CONFIG, type AppConfig } from '../../platform/config/config.js';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { marks, rows } from '../../platform/database/sql.js';
import { BoardRepository } from '../boards/board.repository.js';
import { PEOPLE_CHAIN } from '../journal/journal.js';
import { boardsSeen, type Actor } from '../people/actor.js';
import { Actors } from '../people/actors.js';
import { CalendarCases } from './calendar-cases.js';
import { CalendarChanges } from './calendar-changes.js';
import { allOf, concerns, eventsOf, meetingEvent, type CalendarEvent } from './calendar-events.js';
import { CalendarFeedRepository, isFeedToken, type FeedHolder } from './calendar-feed.repository.js';
import { calendarFile } from './calendar-file.js';

/** A feed as it stands: what tells one state of it from another, and the file when it is wanted. */
export interface CalendarAnswer {
  readonly etag: string;
  readonly changedAt: Date;
  file(): Promise<string>;
}

interface Head {
  readonly chain: string;
  readonly hash: string;
  readonly at: string | null;
}

/** How long days that have passed, moved or been cancelled are still shown. */
const DAYS_BACK = 30;

/** What a calendar reads at a secret address, with the rights that its person has at that moment. */
@Injectable()
export class ReadCalendar {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly db: ReadDatabase,
    private readonly clock: Clock,
    private readonly feeds: CalendarFeedRepository,
    private readonly actors: Actors,
    private readonly boards: BoardRepository,
    private readonly cases: CalendarCases,
    private readonly changes: CalendarChanges,
  ) {}

  /** Null for an address that is guessed or revoked, a leaver's, or of a board that the person no longer sees. */
  async execute(token: string): Promise<CalendarAnswer | null> {
    if (!isFeedToken(token)) return null;
    const today = this.clock.today();
    const holder = await this.feeds.holderOf(this.db.manager, token, today);
    if (!holder) return null;
    const actor = await this.actors.actorOf(this.db.manager, holder, today);
    const seen = boardsSeen(actor).sort();
    if (holder.board !== null && !seen.includes(holder.board)) return null;
    const boards = holder.board === null ? seen : [holder.board];
    const heads = await this.heads([...boards, PEOPLE_CHAIN]);
    const changedAt = latest(heads, instantAt(today, '00:00'));
    return {
      etag: etagOf([holder.feedId, today, this.config.baseUrl, rightsOf(actor), heads]),
      changedAt,
      file: () => this.file(holder, actor, boards, { today, changedAt }),
    };
  }

  /** Every change is in the journal, so a feed stands as it was as long as its chains do. */
  private heads(chains: readonly string[]): Promise<Head[]> {
    const sql = `SELECT h."chain", h."hash", j."at" FROM "journal_head" h
      LEFT JOIN "journal" j ON j."chain" = h."chain" AND j."seq" = h."count"
      WHERE h."chain" IN (${marks(chains.length)}) ORDER BY h."chain"`;
    return rows<Head>(this.db.manager, sql, chains);
  }

  private async file(
    holder: FeedHolder,
    actor: Actor,
    boards: readonly string[],
    { today, changedAt }: { today: LocalDate; changedAt: Date },
  ): Promise<string> {
    const since = addDays(today, -DAYS_BACK);
    const events: CalendarEvent[] = [];
    for (const board of boards) events.push(...(await this.boardEvents(holder, actor, board, since)));
    const { baseUrl } = this.config;
    const name = holder.board === null ? `Diarium: ${holder.name}` : `Diarium: ${await this.nameOf(holder.board)}`;
    return calendarFile({ name, baseUrl, changedAt, events });
  }

  private async boardEvents(
    holder: FeedHolder,
    actor: Actor,
    board: string,
    since: LocalDate,
  ): Promise<CalendarEvent[]> {
    const whole = holder.board !== null;
    const { formerDays, ended, meetings } = await this.changes.of(board, instantAt(since, '00:00').toISOString());
    const cases = await this.cases.of(actor, board, { whole, ended: [...ended] });
    const events = cases.flatMap((one) => {
      const mine = whole ? allOf(actor, one) : concerns(actor, one);
      return eventsOf(one, mine, formerDays.get(one.id) ?? {}, since);
    });
    if (!whole) return events;
    const name = await this.nameOf(board);
    const held = await this.cases.meetings(board, since);
    return [...held.map((one) => meetingEvent({ ...one, ...(meetings.get(one.id) ?? UNCHANGED) }, name)), ...events];
  }

  private async nameOf(board: string): Promise<string> {
    return (await this.boards.boardByCode(this.db.manager, board)).name;
  }
}

const UNCHANGED = { changes: 0, movedFrom: null } as const;

const etagOf = (parts: readonly unknown[]): string =>
  `"${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}"`;

/** Rights can change without a word in the journal, as when a day of absence begins. */
const rightsOf = ({ roles, standsInFor, manages }: Actor): unknown => [
  byBoard(roles),
  byBoard(standsInFor),
  [...manages].sort(),
];

const byBoard = (sets: ReadonlyMap<string, ReadonlySet<string>>): unknown =>
  [...sets].map(([board, there]) => [board, [...there].sort()]).sort();

function latest(heads: readonly Head[], midnight: Date): Date {
  const instants = heads.flatMap(({ at }) => (at === null ? [] : [new Date(at).getTime()]));
  return new Date(Math.max(midnight.getTime(), ...instants));
}
