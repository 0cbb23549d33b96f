import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { addDays, type LocalDate } from '../../domain/calendar/local-date.js';
import { instantAt } from '../../domain/calendar/stockholm-time.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { checkedOnly, marks, rows } from '../../platform/database/sql.js';
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.js';
import type { ReminderRow } from '../ledger/reminder.entity.js';
import { REMINDER_COLUMNS } from '../ledger/reminder.repository.js';
import { boardsSeen, type Actor } from '../people/actor.js';
import { PeopleRepository, type Person } from '../people/people.repository.js';
import { addOpenable } from '../referrals/list-referrals.js';
import { CasePositions, type CasePosition } from './case-position.js';
import { ReadMailFacts, type MailFacts } from './mail-facts.js';
import { leavingDay, Recipients, type Recipient } from './recipients.js';
import type { UpcomingItem, UpcomingPage, UpcomingQuery } from './reminder.dto.js';
import { matterOf } from './templates/reminder-words.js';

const place = z.tuple([z.literal('upcoming'), z.string().max(40), z.string().max(40)]);

/** What will be sent in the next days, to whom and why, of the cases that the person may read. */
@Injectable()
export class UpcomingReminders {
  constructor(
    private readonly read: ReadDatabase,
    private readonly clock: Clock,
    private readonly people: PeopleRepository,
    private readonly recipients: Recipients,
    private readonly positions: CasePositions,
    private readonly facts: ReadMailFacts,
  ) {}

  /** @throws RuleError `cursor-invalid` */
  async execute(actor: Actor, query: UpcomingQuery): Promise<UpcomingPage> {
    const { manager } = this.read;
    const { text, params } = statement(actor, query, {
      today: this.clock.today(),
      board: checkedOnly(manager, 'r."board"'),
    });
    const found = await rows<ReminderRow>(manager, text, params);
    const page = found.slice(0, query.limit);
    const last = found.length > query.limit ? page.at(-1) : undefined;
    return { items: await this.items(page), next: last ? encodeCursor(['upcoming', last.dueAt, last.id]) : null };
  }

  private async items(page: readonly ReminderRow[]): Promise<UpcomingItem[]> {
    const em = this.read.manager;
    const positions = await this.positions.of(em, page.map(({ referralId }) => referralId)); // prettier-ignore
    const coming = page.map((row) => ({ ...row, board: positions.get(row.referralId)?.board ?? '' }));
    const recipients = await this.recipients.of(em, coming);
    const owners = [...recipients.values()].flat().map(({ owner }) => owner.id);
    const facts = await this.facts.of(em, page, positions, owners);
    const people = await this.people.byIds(em, page.map(({ personId }) => personId)); // prettier-ignore
    const now = this.clock.now();
    return page.flatMap((row) => {
      const position = positions.get(row.referralId);
      const person = people.get(row.personId);
      if (!position || !person) return [];
      return (recipients.get(row.id) ?? []).map((recipient) =>
        itemOf(row, position, { person, recipient, facts, now }),
      );
    });
  }
}

const named = ({ name, email }: Person) => ({ name, email });

interface ItemParts {
  /** Whose reminder it is. */
  readonly person: Person;
  readonly recipient: Recipient;
  readonly facts: MailFacts;
  readonly now: Date;
}

function itemOf(row: ReminderRow, position: CasePosition, parts: ItemParts): UpcomingItem {
  const { id, about, date, dueAt } = row;
  const { person, recipient, facts, now } = parts;
  const who = facts.standings.of(recipient.owner.id, position);
  const takenOverFrom = facts.takenOverFrom.get(position.id) ?? null;
  const { short, why } = matterOf(position, row, leavingDay(row, now), { who, takenOverFrom });
  const { id: referralId, board, diarienummer, secret, title } = position;
  return {
    id,
    dueAt,
    to: named(person),
    standIn: recipient.to.id === person.id ? null : named(recipient.to),
    referral: { id: referralId, board, diarienummer, title: secret ? null : title },
    about,
    date,
    offset: Number(row.offset),
    what: short,
    why,
  };
}

/**
 * Bound to the boards that the person sees; secret cases only for those who may open them. Uses ix_reminder_due.
 *
 * @param at its `board` is as `checkedOnly` has it
 */
function statement(
  actor: Actor,
  query: UpcomingQuery,
  at: { readonly today: LocalDate; readonly board: string },
): { text: string; params: unknown[] } {
  const boards = boardsSeen(actor).filter((board) => query.board === undefined || query.board === board);
  const where: string[] = [`m."state" = 'pending'`];
  const params: unknown[] = [];
  const add = (condition: string, ...values: unknown[]): void => {
    where.push(condition);
    params.push(...values);
  };
  add('m."due_at" < ?', instantAt(addDays(at.today, query.days + 1), '00:00').toISOString());
  add(`${at.board} IN (${marks(boards.length)})`, ...boards);
  addOpenable(actor, boards, add);
  if (query.cursor !== undefined) {
    const [, dueAt, id] = decodeCursor(query.cursor, place);
    add('(m."due_at", m."id") > (?, ?)', dueAt, id);
  }
  const text = `SELECT ${REMINDER_COLUMNS.replaceAll('r."', 'm."')} FROM "reminder" m
    JOIN "referral" r ON r."id" = m."referral_id" WHERE ${where.join(' AND ')}
    ORDER BY m."due_at", m."id" LIMIT ?`;
  return { text, params: [...params, query.limit + 1] };
}
