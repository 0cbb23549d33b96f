import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { localDateAt } from '../../domain/calendar/stockholm-time.js';
import { APP_CONFIG, type AppConfig } from '../../platform/config/config.js';
import { MailOutbox } from '../ledger/mail-outbox.js';
import type { MailRow } from '../ledger/mail.entity.js';
import type { Person } from '../people/people.repository.js';
import { BoardHeirs } from './board-heirs.js';
import type { MailedCase } from './mail-cases.repository.js';
import { undeliverableMail, type Undelivered } from './templates/undeliverable.js';

/** A mail that is given up, and why. */
export interface DeadMail {
  readonly mail: MailRow;
  readonly error: string;
}

/** Tells the registrars of the boards concerned of reminders that cannot be delivered, one mail each for all of them. */
@Injectable()
export class EscalateMail {
  constructor(
    private readonly heirs: BoardHeirs,
    private readonly outbox: MailOutbox,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  async execute(tx: EntityManager, dead: readonly DeadMail[], cases: readonly MailedCase[], now: Date): Promise<void> {
    if (dead.length === 0) return;
    const unreached = new Set(dead.map(({ mail }) => mail.personId));
    const boards = cases.map(({ board }) => board);
    const heirs = await this.heirs.of(tx, boards, localDateAt(now), unreached);
    const told = new Map<string, { to: Person; undelivered: Undelivered[] }>();
    for (const { mail, error } of dead) {
      for (const to of heirsOfMail(mail, cases, heirs)) {
        const boardsOfHeir = new Set(
          [...heirs].filter(([, own]) => own.some(({ id }) => id === to.id)).map(([b]) => b),
        );
        const own = cases.filter(({ mailId, board }) => mailId === mail.id && boardsOfHeir.has(board));
        const entry = told.get(to.id) ?? { to, undelivered: [] };
        entry.undelivered.push({ toName: mail.toName, toEmail: mail.toEmail, error, cases: own });
        told.set(to.id, entry);
      }
    }
    const { baseUrl } = this.config;
    const mails = [...told.values()].map(({ to, undelivered }) => ({
      kind: 'undeliverable',
      to,
      ...undeliverableMail({ toName: to.name, undelivered, baseUrl }),
    }));
    await this.outbox.add(tx, mails, now);
  }
}

function heirsOfMail(mail: MailRow, cases: readonly MailedCase[], heirs: ReadonlyMap<string, Person[]>): Person[] {
  const boards = cases.filter(({ mailId }) => mailId === mail.id).map(({ board }) => board);
  const people = boards.flatMap((board) => heirs.get(board) ?? []);
  return [...new Map(people.map((person) => [person.id, person])).values()];
}
