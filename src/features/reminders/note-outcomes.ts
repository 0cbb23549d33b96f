import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock/clock.port.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Log } from '../../platform/log/log.js';
import { errorText } from '../../platform/queue/error-text.js';
import { later } from '../../platform/queue/lease.js';
import { Journal, type JournalEvent } from '../journal/journal.js';
import type { MailRow } from '../ledger/mail.entity.js';
import { MailRepository, type FailedAttempt } from '../ledger/mail.repository.js';
import { SYSTEM } from '../people/actor.js';
import type { Outcome } from './delivery-run.js';
import { EscalateMail } from './escalate-mail.js';
import { MailCasesRepository, type MailedCase } from './mail-cases.repository.js';
import { pauseAfter } from './mail-lease.js';

/** After so many attempts, five days or more, a person has to act. */
export const MOST_ATTEMPTS = 9;

type Failed = Extract<Outcome, { kind: 'failed' }>;

interface Noted extends FailedAttempt {
  readonly mail: MailRow;
  readonly code: string;
}

function attemptOf({ mail, error, tried }: Failed, now: Date): Noted {
  const attempts = mail.attempts + (tried ? 1 : 0);
  const state = error.permanent || attempts >= MOST_ATTEMPTS ? 'dead' : 'failed';
  const nextAttemptAt = later(now, pauseAfter(attempts));
  const text = `${error.code}: ${error.message}`.slice(0, 1000);
  return { mail, code: error.code, mailId: mail.id, state, attempts, nextAttemptAt, error: text };
}

/** Notes what came of mails, in one transaction: sent, or failed, told of and given up. */
@Injectable()
export class NoteOutcomes {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly mails: MailRepository,
    private readonly cases: MailCasesRepository,
    private readonly escalate: EscalateMail,
    private readonly journal: Journal,
    private readonly log: Log,
  ) {}

  async execute(outcomes: readonly Outcome[]): Promise<void> {
    const now = this.clock.now();
    const idsOf = (kind: Outcome['kind']): string[] =>
      outcomes.filter((o) => o.kind === kind).map(({ mail }) => mail.id);
    const failed = outcomes.filter((outcome) => outcome.kind === 'failed').map((outcome) => attemptOf(outcome, now));
    await this.work.run(async (tx) => {
      await this.mails.noteSent(tx, idsOf('sent'), now.toISOString());
      await this.mails.release(tx, idsOf('released'), now.toISOString());
      await this.noteFailed(tx, failed, now);
    });
    for (const { mailId, attempts, state, code, error } of failed) {
      const fields = { mail: mailId, attempts, state, code, error: errorText(error) };
      if (state === 'dead') this.log.error('mail given up', fields);
      else this.log.warn('mail not sent', fields);
    }
  }

  private async noteFailed(tx: EntityManager, failed: readonly Noted[], now: Date): Promise<void> {
    const told: Noted[] = [];
    for (const attempt of failed) {
      const noted = await this.mails.noteFailed(tx, attempt, now.toISOString());
      if (noted && (attempt.state === 'dead' || attempt.mail.state === 'claimed')) told.push(attempt);
    }
    if (told.length === 0) return;
    const cases = await this.cases.of(tx, told.map(({ mailId }) => mailId)); // prettier-ignore
    const dead = told.filter(({ state }) => state === 'dead');
    await this.escalate.execute(tx, dead, cases, now);
    await this.journal.record(tx, ...told.flatMap((attempt) => eventsOf(attempt, cases)));
  }
}

/** The first failure and the giving up are told in the journal, in each case of the mail; the tries between are not. */
function eventsOf({ mail, state, attempts, code }: Noted, cases: readonly MailedCase[]): JournalEvent[] {
  return cases
    .filter(({ mailId }) => mailId === mail.id)
    .map(({ board, referralId, abouts }) => ({
      chain: board,
      by: SYSTEM,
      what: state === 'dead' ? 'reminder-given-up' : 'reminder-failed',
      subjectType: 'referral' as const,
      subjectId: referralId,
      after: { mail: mail.id, personId: mail.personId, abouts, attempts, code },
    }));
}
