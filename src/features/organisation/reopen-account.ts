import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RuleError } from '../../domain/errors.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { JobOutbox } from '../../platform/queue/job-outbox.js';
import { passwordLinkJob } from '../accounts/send-password-link.js';
import { VoidSignIns } from '../accounts/void-sign-ins.js';
import { changeBoards } from '../boards/board-turns.js';
import { Journal, PEOPLE_CHAIN } from '../journal/journal.js';
import type { Actor } from '../people/actor.js';
import { hasLeft, PeopleRepository, type BoardRole, type Person } from '../people/people.repository.js';
import { ReplanCases } from '../referrals/replan-cases.js';
import { FindAccount, type Account } from './find-account.js';

/** What has been opened again. */
export interface Reopened {
  readonly person: Person;
  /** With which the account is in use again: nothing of a leaver's is taken away. */
  readonly roles: readonly BoardRole[];
  /** Whether it had ended already, so that a link to choose a password with is on its way. */
  readonly isInvited: boolean;
}

/**
 * Opens an account that has ended, or keeps one that is to end. Who has been away signs in as a new colleague does: by a
 * link in the mail, and with nothing from before. Cases that were handed over stay where they are.
 */
@Injectable()
export class ReopenAccount {
  constructor(
    private readonly accounts: FindAccount,
    private readonly people: PeopleRepository,
    private readonly signIns: VoidSignIns,
    private readonly replan: ReplanCases,
    private readonly jobs: JobOutbox,
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {}

  /** @throws RuleError `forbidden` for who may not end the account, `person-unknown`, `already-done` when it is open */
  async inTransaction(tx: EntityManager, actor: Actor, email: string): Promise<Reopened> {
    const { person: found, roles } = await this.allowed(tx, actor, email);
    const boards = [...new Set(roles.map(({ board }) => board))];
    await changeBoards(tx, boards);
    await this.people.hold(tx, found.id);
    const person = (await this.people.findById(tx, found.id)) ?? found;
    if (person.endedOn === null) throw new RuleError('already-done', 'the account has not ended', {});
    const isInvited = hasLeft(person, this.clock.today());
    await this.people.end(tx, person.id, null);
    const voided = isInvited ? await this.signIns.inTransaction(tx, person.id) : {};
    // Whoever was away when a case was planned is among those reminded of it from now on.
    if (isInvited) for (const board of boards) await this.replan.inTransaction(tx, board, actor);
    await this.journal.record(tx, {
      chain: PEOPLE_CHAIN,
      by: actor,
      what: 'account-reopened',
      subjectType: 'person',
      subjectId: person.id,
      before: { endedOn: person.endedOn },
      after: { endedOn: null, ...voided },
    });
    if (isInvited) {
      await this.jobs.add(tx, passwordLinkJob({ personId: person.id, why: 'reopened', by: actor.personId }));
    }
    return { person: { ...person, endedOn: null }, roles, isInvited };
  }

  /** @throws RuleError as `FindAccount` */
  allowed(tx: EntityManager, actor: Actor, email: string): Promise<Account> {
    return this.accounts.execute(tx, actor, email, 'reopen-account');
  }
}
