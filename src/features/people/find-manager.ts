import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RuleError } from '../../domain/errors.js';
import { Clock } from '../../platform/clock/clock.port.js';
import type { Actor } from './actor.js';
import { PeopleRepository, type Person } from './people.repository.js';

interface Wanted {
  /** Codes of the boards at each of which the role is needed. */
  readonly boards: readonly string[];
  /** Id of whom the new manager is to follow. */
  readonly otherThan?: string | undefined;
}

/** Looks up who is to manage departments, by address. */
@Injectable()
export class FindManager {
  constructor(
    private readonly people: PeopleRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws RuleError at the field `manager`: `person-unknown` unless the address is that of someone at the actor's boards,
   *   `person-lacks-role` for one who is no manager at each of those that it is about, or is the one to be followed
   */
  async execute(em: EntityManager, actor: Actor, address: string, { boards, otherThan }: Wanted): Promise<Person> {
    const known = [...actor.roles.keys()];
    const found = await this.people.colleagueAt(em, known, address, this.clock.today(), 'manager');
    const facts = { field: 'manager', value: found.email, role: 'manager' };
    if (found.id === otherThan) throw new RuleError('person-lacks-role', 'nobody is followed by themselves', facts);
    for (const board of new Set(boards)) {
      if (await this.people.hasRole(em, found.id, board, ['manager'])) continue;
      throw new RuleError('person-lacks-role', `${found.email} is no manager of ${board}`, { ...facts, board });
    }
    return found;
  }
}
