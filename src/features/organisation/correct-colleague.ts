import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RuleError } from '../../domain/errors.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { JobOutbox } from '../../platform/queue/job-outbox.js';
import { passwordLinkJob } from '../accounts/send-password-link.js';
import { VoidSignIns } from '../accounts/void-sign-ins.js';
import { Journal, PEOPLE_CHAIN } from '../journal/journal.js';
import { isAdminOf, mayEndAccount, type Actor } from '../people/actor.js';
import { emailKey, hasLeft, PeopleRepository, type Person } from '../people/people.repository.js';

/** What is known of someone beside roles. */
export type ColleagueDetails = Pick<Person, 'name' | 'email' | 'title' | 'phone'>;

/** What is wanted, and what it is to be changed from: how things were when the form was opened. */
export interface CorrectedDetails extends ColleagueDetails {
  readonly from: ColleagueDetails;
}

export const detailsOf = ({ name, email, title, phone }: ColleagueDetails): ColleagueDetails => ({
  name,
  email,
  title,
  phone,
});

/**
 * Corrects someone's name, address, title and telephone. Whoever had the old address may not have been the person: when
 * the address changes, nothing signs in as before, and a link to choose a password with goes to the new one.
 */
@Injectable()
export class CorrectColleague {
  constructor(
    private readonly people: PeopleRepository,
    private readonly signIns: VoidSignIns,
    private readonly jobs: JobOutbox,
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns whether the address was changed, so that a link is on its way
   * @throws RuleError `not-found` for someone with a part in other boards alone, `forbidden` unless the actor may end
   *   the account (`mayEndAccount`), `already-done` for someone who has left,
   *   `person-exists` for another's address, `version-stale` when someone else was first
   */
  async inTransaction(
    tx: EntityManager,
    actor: Actor,
    personId: string,
    { from, ...wanted }: CorrectedDetails,
  ): Promise<boolean> {
    await this.people.hold(tx, personId);
    const person = await this.allowed(tx, actor, personId);
    const now = detailsOf(person);
    const next = { ...detailsOf(wanted), email: emailKey(wanted.email) };
    if (isSame(now, next)) return false;
    if (!isSame(now, from)) throw new RuleError('version-stale', 'the details have been changed');
    const isMoved = next.email !== now.email;
    if (isMoved) await this.assertFree(tx, next.email);
    await this.people.update(tx, personId, { ...person, ...next });
    const voided = isMoved ? await this.signIns.inTransaction(tx, personId) : {};
    await this.journal.record(tx, {
      chain: PEOPLE_CHAIN,
      by: actor,
      what: 'person-changed',
      subjectType: 'person',
      subjectId: personId,
      before: now,
      after: { ...next, ...voided },
    });
    if (isMoved) await this.jobs.add(tx, passwordLinkJob({ personId, why: 'moved', by: actor.personId }));
    return isMoved;
  }

  private async allowed(tx: EntityManager, actor: Actor, personId: string): Promise<Person> {
    const person = await this.people.findById(tx, personId);
    const roles = await this.people.rolesOf(tx, personId);
    const mayCorrect = person !== null && mayEndAccount(actor, roles, person);
    const isKnown = mayCorrect || roles.some(({ board }) => isAdminOf(actor, board));
    if (!person || !isKnown) throw new RuleError('not-found', 'no such colleague', { id: personId });
    if (!mayCorrect) throw mayNotCorrect();
    if (hasLeft(person, this.clock.today())) {
      throw new RuleError('already-done', 'the account has ended', { doneOn: person.endedOn });
    }
    return person;
  }

  private async assertFree(tx: EntityManager, email: string): Promise<void> {
    if ((await this.people.findByEmail(tx, email)) === null) return;
    throw new RuleError('person-exists', 'the address is another person’s', { field: 'email', value: email });
  }
}

export const mayNotCorrect = (): RuleError =>
  new RuleError('forbidden', 'correcting someone takes an administrator of every board of theirs', {
    act: 'correct-person',
    needs: 'admin-of-every-board',
  });

const isSame = (one: ColleagueDetails, other: ColleagueDetails): boolean =>
  JSON.stringify(detailsOf(one)) === JSON.stringify(detailsOf(other));
