import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { localDateAt } from '../../domain/calendar/stockholm-time.js';
import { APP_CONFIG, type AppConfig } from '../../platform/config/config.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { MailOutbox } from '../ledger/mail-outbox.js';
import type { MailRow } from '../ledger/mail.entity.js';
import { MailRepository } from '../ledger/mail.repository.js';
import { successors } from '../ledger/recurring.js';
import type { ReminderRow } from '../ledger/reminder.entity.js';
import { ReminderRepository } from '../ledger/reminder.repository.js';
import { partOf, partsOf, type Addressee } from './addressees.js';
import { CasePositions, type CasePosition } from './case-position.js';
import { composeMail } from './compose-mail.js';
import { DueRemindersRepository } from './due-reminders.repository.js';
import { ReadMailFacts, type MailFacts } from './mail-facts.js';
import { leaseUntil } from './mail-lease.js';

/** Mails that are stored and claimed, ready to send, and how many reminders they carry. */
export interface Claimed {
  readonly mails: readonly MailRow[];
  readonly reminders: number;
}

/**
 * Turns what is due for a few addressees into stored mails, one each, in one transaction.
 *
 * The mail, its text as the cases stand now, and its fixed set of ledger rows are there together or not at all, so that
 * a repeat after a crash is the same mail. A chain's next reminder comes into being with the claim of the one before.
 */
@Injectable()
export class ClaimReminders {
  private readonly baseUrl: string;

  constructor(
    private readonly work: UnitOfWork,
    private readonly due: DueRemindersRepository,
    private readonly reminders: ReminderRepository,
    private readonly mails: MailRepository,
    private readonly outbox: MailOutbox,
    private readonly positions: CasePositions,
    private readonly facts: ReadMailFacts,
    @Inject(APP_CONFIG) config: AppConfig,
  ) {
    this.baseUrl = config.baseUrl;
  }

  async execute(addressees: readonly Addressee[], now: Date): Promise<Claimed> {
    return this.work.run(async (tx) => {
      const parts = new Set(addressees.flatMap(partsOf));
      const people = [...new Set(addressees.flatMap(({ owners }) => [...owners.keys()]))];
      const { rows, positions } = await this.lock(tx, people, parts, now.toISOString());
      const byPart = groupByPart(rows, positions);
      const facts = await this.facts.of(tx, rows, positions);
      const made = addressees.flatMap((addressee) => {
        const own = partsOf(addressee).flatMap((part) => byPart.get(part) ?? []);
        return own.length === 0 ? [] : [{ mail: this.mailOf(addressee, own, facts, now), rows: own }];
      });
      await this.mails.insert(tx, made.map(({ mail }) => mail)); // prettier-ignore
      const claims = made.map(({ mail, rows: own }) => ({ mailId: mail.id, reminderIds: own.map(({ id }) => id) }));
      await this.due.claim(tx, claims, now.toISOString());
      return { mails: made.map(({ mail }) => mail), reminders: rows.length };
    });
  }

  /**
   * What is due, the links of a chain that fell due meanwhile included, and how the cases stand. What another addressee
   * gets of the same people's is left out, and stays pending.
   */
  private async lock(
    tx: EntityManager,
    people: readonly string[],
    parts: ReadonlySet<string>,
    now: string,
  ): Promise<{ rows: readonly ReminderRow[]; positions: ReadonlyMap<string, CasePosition> }> {
    const due = await this.due.lock(tx, people, now);
    const positions = await this.positions.of(tx, due.map(({ referralId }) => referralId)); // prettier-ignore
    const isTaken = (row: ReminderRow): boolean => parts.has(partOfRow(row, positions));
    const rows = due.filter(isTaken);
    const links = rows.flatMap((row) => {
      const position = positions.get(row.referralId);
      return position ? successors(row, position.closedDays, now) : [];
    });
    if (links.length === 0) return { rows, positions };
    const linked = new Set(links.map(({ referralId }) => referralId));
    const held = await this.due.holdCases(tx, [...linked]);
    const isOurs = ({ referralId }: ReminderRow): boolean => !linked.has(referralId) || held.has(referralId);
    const own = links.filter(isOurs);
    await this.reminders.insertOrRevive(tx, distinct(own));
    const all = own.some(({ dueAt }) => dueAt <= now) ? await this.due.lock(tx, people, now) : rows;
    return { rows: all.filter((row) => isOurs(row) && isTaken(row)), positions };
  }

  private mailOf(addressee: Addressee, rows: readonly ReminderRow[], facts: MailFacts, now: Date): MailRow {
    const today = localDateAt(now);
    const composed = composeMail({ addressee, rows, facts, today, baseUrl: this.baseUrl });
    const mail = { kind: 'reminder', to: addressee.to, ...composed };
    return this.outbox.rowOf(mail, now.toISOString(), leaseUntil(now));
  }
}

const partOfRow = ({ personId, referralId }: ReminderRow, positions: ReadonlyMap<string, CasePosition>): string =>
  partOf(personId, positions.get(referralId)?.board ?? '');

function groupByPart(
  rows: readonly ReminderRow[],
  positions: ReadonlyMap<string, CasePosition>,
): Map<string, ReminderRow[]> {
  const groups = new Map<string, ReminderRow[]>();
  for (const row of rows) {
    const part = partOfRow(row, positions);
    const own = groups.get(part);
    if (own) own.push(row);
    else groups.set(part, [row]);
  }
  return groups;
}

/** Two links of one chain that are both due lead to the same ones after them. */
function distinct(rows: readonly ReminderRow[]): ReminderRow[] {
  const byKey = new Map(rows.map((r) => [`${r.referralId} ${r.about} ${r.date} ${r.offset} ${r.personId}`, r]));
  return [...byKey.values()];
}
