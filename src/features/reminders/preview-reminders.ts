import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { localDateAt } from '../../domain/calendar/stockholm-time.js';
import type { ReminderAbout } from '../../domain/timetable/reminder-plan.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { APP_CONFIG, type AppConfig } from '../../platform/config/config.js';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { rows } from '../../platform/database/sql.js';
import { MailRepository } from '../ledger/mail.repository.js';
import { successors } from '../ledger/recurring.js';
import type { ReminderRow } from '../ledger/reminder.entity.js';
import { REMINDER_COLUMNS } from '../ledger/reminder.repository.js';
import { Addressees, partOf, partsOf } from './addressees.js';
import { BoardHeirs } from './board-heirs.js';
import { CasePositions, type CasePosition } from './case-position.js';
import { composeMail } from './compose-mail.js';
import { ReadMailFacts } from './mail-facts.js';
import { DueRemindersRepository, type DuePerson } from './due-reminders.repository.js';

/** A mail that would be sent. */
export interface PreviewedMail {
  /** When: what is due already leaves now. ISO instant. */
  readonly at: string;
  readonly to: { readonly name: string; readonly email: string };
  readonly subject: string;
  readonly text: string;
  /** Empty for a mail that is stored already and waits to be tried again. */
  readonly reminders: readonly {
    readonly diarienummer: string;
    readonly about: ReminderAbout;
    readonly date: string;
    readonly offset: number;
  }[];
}

/** The mails that would be sent up to an instant, as the cases stand now. Writes nothing. */
@Injectable()
export class PreviewReminders {
  constructor(
    private readonly read: ReadDatabase,
    private readonly clock: Clock,
    private readonly mails: MailRepository,
    private readonly due: DueRemindersRepository,
    private readonly heirs: BoardHeirs,
    private readonly addressees: Addressees,
    private readonly positions: CasePositions,
    private readonly facts: ReadMailFacts,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** @param until now when left out */
  async execute(until: Date = this.clock.now()): Promise<PreviewedMail[]> {
    const em = this.read.manager;
    const now = this.clock.now().toISOString();
    const pending = await this.pending(em, until.toISOString());
    const positions = await this.positions.of(em, pending.map(({ referralId }) => referralId)); // prettier-ignore
    const all = withChains(pending, positions, until.toISOString());
    const byInstant = new Map<string, ReminderRow[]>();
    for (const row of all) {
      const at = row.dueAt < now ? now : row.dueAt;
      byInstant.set(at, [...(byInstant.get(at) ?? []), row]);
    }
    const mails = await this.waiting(em, until.toISOString(), now);
    for (const at of [...byInstant.keys()].sort()) {
      mails.push(...(await this.mailsAt(em, at, byInstant.get(at) ?? [], positions)));
    }
    return mails.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  }

  private async waiting(em: EntityManager, until: string, now: string): Promise<PreviewedMail[]> {
    const open = await this.mails.openUntil(em, until);
    return open.map(({ nextAttemptAt, toName, toEmail, subject, text }) => {
      const at = nextAttemptAt < now ? now : nextAttemptAt;
      return { at, to: { name: toName, email: toEmail }, subject, text, reminders: [] };
    });
  }

  private pending(em: EntityManager, until: string): Promise<ReminderRow[]> {
    const text = `SELECT ${REMINDER_COLUMNS} FROM "reminder" r WHERE r."state" = 'pending' AND r."due_at" <= ?
      ORDER BY r."due_at", r."id"`;
    return rows<ReminderRow>(em, text, [until]);
  }

  private async mailsAt(
    em: EntityManager,
    at: string,
    due: readonly ReminderRow[],
    positions: ReadonlyMap<string, CasePosition>,
  ): Promise<PreviewedMail[]> {
    const today = localDateAt(new Date(at));
    const own = await this.withoutLeavers(em, due, positions, at);
    const byPart = new Map<string, DuePerson & { readonly due: readonly ReminderRow[] }>();
    for (const row of own) {
      const { personId } = row;
      const board = positions.get(row.referralId)?.board ?? '';
      const part = partOf(personId, board);
      const together = [...(byPart.get(part)?.due ?? []), row];
      byPart.set(part, { personId, board, count: together.length, due: together });
    }
    const facts = await this.facts.of(em, own, positions);
    const { baseUrl } = this.config;
    return (await this.addressees.of(em, [...byPart.values()], today)).map((addressee) => {
      const mine = partsOf(addressee).flatMap((part) => byPart.get(part)?.due ?? []);
      const { subject, text } = composeMail({ addressee, rows: mine, facts, today, baseUrl });
      const reminders = mine.map(({ referralId, about, date, offset }) => ({
        diarienummer: positions.get(referralId)?.diarienummer ?? '',
        about,
        date,
        offset: Number(offset),
      }));
      return { at, to: { name: addressee.to.name, email: addressee.to.email }, subject, text, reminders };
    });
  }

  /** What is a leaver's goes to those who look after the board's cases then. */
  private async withoutLeavers(
    em: EntityManager,
    due: readonly ReminderRow[],
    positions: ReadonlyMap<string, CasePosition>,
    at: string,
  ): Promise<ReminderRow[]> {
    const today = localDateAt(new Date(at));
    const people = [...new Set(due.map(({ personId }) => personId))];
    const left = new Set(await this.due.leavers(em, people, today));
    if (left.size === 0) return [...due];
    const boards = [...positions.values()].map(({ board }) => board);
    const heirs = await this.heirs.of(em, boards, today);
    return due.flatMap((row) => {
      if (!left.has(row.personId)) return [row];
      const board = positions.get(row.referralId)?.board ?? '';
      return (heirs.get(board) ?? []).map(({ id }) => ({ ...row, personId: id }));
    });
  }
}

/** Chains go on as they would if each mail were sent on its day. */
function withChains(
  pending: readonly ReminderRow[],
  positions: ReadonlyMap<string, CasePosition>,
  until: string,
): ReminderRow[] {
  const byKey = new Map<string, ReminderRow>();
  const keyOf = (r: ReminderRow): string => `${r.referralId} ${r.about} ${r.date} ${r.offset} ${r.personId}`;
  for (const row of pending) byKey.set(keyOf(row), row);
  for (const row of pending) {
    const position = positions.get(row.referralId);
    if (!position) continue;
    for (const link of successors(row, position.closedDays, until)) {
      if (link.dueAt <= until && !byKey.has(keyOf(link))) byKey.set(keyOf(link), link);
    }
  }
  return [...byKey.values()];
}
