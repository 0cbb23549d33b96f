import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { assertDayWithin } from '../../domain/calendar/day-order.js';
import { addDays, type LocalDate } from '../../domain/calendar/local-date.js';
import { RuleError } from '../../domain/errors.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { Journal, PEOPLE_CHAIN } from '../journal/journal.js';
import { mayEndAccount, type Actor } from './actor.js';
import { Administrators } from './administrators.js';
import { hasLeft, PeopleRepository, type Person } from './people.repository.js';

/** How far ahead someone's leaving may be known: a year mistyped as 2206 is caught. */
const LONGEST_NOTICE_DAYS = 5 * 366;

/**
 * Ends an account from a day on. The only way: whoever leaves gets `endedOn`, and nothing of theirs is deleted, so that it
 * can be opened again as it was.
 */
@Injectable()
export class EndAccount {
  constructor(
    private readonly people: PeopleRepository,
    private readonly administrators: Administrators,
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {}

  /**
   * @param leavesOn the first day on which the account is no longer in use
   * @throws RuleError `forbidden` unless `mayEndAccount`, `date-out-of-order`, `already-done`, `last-admin`
   */
  async inTransaction(tx: EntityManager, actor: Actor, person: Person, leavesOn: LocalDate): Promise<void> {
    const today = this.clock.today();
    const roles = await this.people.rolesOf(tx, person.id);
    if (!mayEndAccount(actor, roles, person)) {
      const facts = { act: 'end-account', needs: 'admin-of-every-board' };
      throw new RuleError('forbidden', 'ending an account takes an administrator of every board of theirs', facts);
    }
    assertDayWithin(leavesOn, { earliest: today, latest: addDays(today, LONGEST_NOTICE_DAYS) }, 'leavesOn');
    if (hasLeft(person, today)) {
      const facts = { doneOn: person.endedOn };
      throw new RuleError('already-done', `the account has ended on ${person.endedOn}`, facts);
    }
    const administered = roles.filter(({ role }) => role === 'admin').map(({ board }) => board);
    await this.administrators.assertOthersStay(tx, administered, person.id);
    await this.people.end(tx, person.id, leavesOn);
    await this.journal.record(tx, {
      chain: PEOPLE_CHAIN,
      by: actor,
      what: 'account-ended',
      subjectType: 'person',
      subjectId: person.id,
      before: { endedOn: person.endedOn },
      after: { endedOn: leavesOn },
    });
  }
}
