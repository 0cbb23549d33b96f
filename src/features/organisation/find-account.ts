import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RuleError } from '../../domain/errors.js';
import { boardsAdministered, mayEndAccount, type Actor } from '../people/actor.js';
import { PeopleRepository, type BoardRole, type Person } from '../people/people.repository.js';

/** Someone's account, and the roles that decide who looks after it. */
export interface Account {
  readonly person: Person;
  readonly roles: readonly BoardRole[];
}

/** Looks up the account that an administrator is about to do something with. */
@Injectable()
export class FindAccount {
  constructor(private readonly people: PeopleRepository) {}

  /**
   * The person with their roles, for who may end the account and open it again.
   *
   * @param act what is about to be done, as a refusal names it
   * @throws RuleError `forbidden`, `person-unknown`, also for someone at other boards alone: an address there is told of to
   *   nobody
   */
  async execute(em: EntityManager, actor: Actor, email: string, act: string): Promise<Account> {
    // Before anybody is looked up: who looks after nobody learns of no address whether it is someone's.
    if (boardsAdministered(actor).length === 0) throw mayNot(act);
    const person = await this.people.findByEmail(em, email);
    if (!person) throw unknown(email);
    const roles = await this.people.rolesOf(em, person.id);
    if (mayEndAccount(actor, roles, person)) return { person, roles };
    throw roles.some(({ board }) => actor.roles.has(board)) ? mayNot(act) : unknown(email);
  }
}

const unknown = (email: string): RuleError =>
  new RuleError('person-unknown', 'nobody here has this address', { field: 'email', value: email });

const mayNot = (act: string): RuleError =>
  new RuleError('forbidden', `${act} takes an administrator of every board of theirs`, {
    act,
    needs: 'admin-of-every-board',
  });
