import { Injectable } from '@nestjs/common';
import { RuleError } from '../../../domain/errors.js';
import { longDate } from '../../../domain/calendar/long-date.js';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import type { Board } from '../../boards/board.repository.js';
import { MeetingRepository, type Meeting } from '../../boards/meeting.repository.js';
import type { Actor } from '../../people/actor.js';
import { PeopleRepository, type Person } from '../../people/people.repository.js';
import type { Away } from '../../people/who-is-away.js';
import { ReadCaseJournal } from '../../referrals/read-case-journal.js';
import type { ReferralView } from '../../referrals/referral.dto.js';
import { ViewReferral } from '../../referrals/view-referral.js';
import { ListReminders } from '../../reminders/list-reminders.js';
import type { ReminderView } from '../../reminders/reminder.dto.js';
import { OfficerAway } from '../lista/officer-away.js';
import type { Names } from './words/field-words.js';
import { idsIn, type CaseEvent } from './words/journal-words.js';

/** What has happened to a case, with the names behind the ids in it. */
export interface CaseStory {
  /** Oldest first. */
  readonly events: readonly CaseEvent[];
  readonly names: Names;
}

/** A case as far as a person may see it, and its board. */
interface SeenCase {
  readonly view: ReferralView;
  readonly board: Board;
}

/** All that the page of a case shows. */
export interface WholeCase extends SeenCase, CaseStory {
  readonly reminders: readonly ReminderView[];
  /** Whether the officer is away today. */
  readonly officerAway: Away | null;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Reads a case for its pages, by the use cases that the API has. */
@Injectable()
export class ReadCase {
  constructor(
    private readonly db: ReadDatabase,
    private readonly referral: ViewReferral,
    private readonly journal: ReadCaseJournal,
    private readonly reminders: ListReminders,
    private readonly people: PeopleRepository,
    private readonly meetings: MeetingRepository,
    private readonly away: OfficerAway,
  ) {}

  /** @throws RuleError `not-found`, for what is no id too */
  async view(actor: Actor, id: string): Promise<ReferralView> {
    return (await this.seen(actor, id)).view;
  }

  /** The view with its board. @throws RuleError `not-found`, for what is no id too */
  async seen(actor: Actor, id: string): Promise<SeenCase> {
    if (!UUID.test(id)) throw new RuleError('not-found', 'no such case', { id });
    return this.referral.withBoard(actor, id);
  }

  /** What there is beside it; only for those who may read all of the case. */
  async rest(actor: Actor, seen: SeenCase): Promise<WholeCase> {
    const { id } = seen.view;
    const reminders = await this.reminders.execute(actor, id);
    const officerAway = await this.away.of(seen.view);
    return { ...seen, reminders, officerAway, ...(await this.story(actor, id)) };
  }

  async story(actor: Actor, id: string): Promise<CaseStory> {
    const events = await this.journal.execute(actor, id);
    return { events, names: await this.namesIn(events) };
  }

  private async namesIn(events: readonly CaseEvent[]): Promise<Names> {
    const em = this.db.manager;
    const personIds = [...idsIn(events, 'officerId'), ...idsIn(events, 'personId')];
    const meetingIds = idsIn(events, 'meetingId');
    const people = personIds.length === 0 ? new Map<string, Person>() : await this.people.byIds(em, personIds);
    const meetings =
      meetingIds.length === 0 ? new Map<string, Meeting>() : await this.meetings.meetingsByIds(em, meetingIds);
    const names = new Map([
      ...[...people].map(([id, { name }]): [string, string] => [id, name]),
      ...[...meetings].map(([id, { date }]): [string, string] => [id, longDate(date)]),
    ]);
    return { of: (id) => names.get(id) ?? null };
  }
}
