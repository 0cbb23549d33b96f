import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { assertDayWithin } from '../../domain/calendar/day-order.js';
import { later, type LocalDate } from '../../domain/calendar/local-date.js';
import { RuleError } from '../../domain/errors.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { Journal, PEOPLE_CHAIN } from '../journal/journal.js';
import { AbsenceRepository, type Absence } from './absence.repository.js';
import { isAdminOf, type Actor } from './actor.js';
import { PeopleRepository, type Person } from './people.repository.js';

export interface AbsenceInput {
  /** E-mail address of the one who is away. */
  readonly person: string;
  /** E-mail address of the one who stands in. */
  readonly substitute: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** Registers who is away and who stands in. Mail and rights go to the substitute on those days. */
@Injectable()
export class KeepAbsences {
  constructor(
    private readonly absences: AbsenceRepository,
    private readonly people: PeopleRepository,
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws RuleError `person-unknown`, `forbidden`, `date-out-of-order`, and `person-lacks-role` for a substitute who has
   *   no role at a board of the one who is away: every board is an authority of its own (OSL 8 kap.)
   */
  async add(tx: EntityManager, actor: Actor, input: AbsenceInput): Promise<Absence> {
    const today = this.clock.today();
    const person = await this.people.byEmail(tx, input.person, today, 'person');
    const substitute = await this.people.byEmail(tx, input.substitute, today, 'substitute');
    await this.assertMay(tx, actor, person);
    assertDayWithin(input.to, { earliest: later(input.from, today) }, 'to');
    await this.assertFit(tx, person, substitute);
    const absence: Absence = {
      id: uuid(),
      personId: person.id,
      substituteId: substitute.id,
      fromDay: input.from,
      toDay: input.to,
      createdAt: this.clock.now().toISOString(),
      revokedAt: null,
    };
    await this.absences.insert(tx, absence);
    await this.record(tx, actor, 'absence-registered', absence);
    return absence;
  }

  /** @throws RuleError `not-found`, `forbidden`, `already-done` */
  async revoke(tx: EntityManager, actor: Actor, id: string): Promise<void> {
    const absence = await this.absences.find(tx, id);
    const person = absence && (await this.people.findById(tx, absence.personId));
    if (!absence || !person) throw new RuleError('not-found', 'no such absence', { id });
    await this.assertMay(tx, actor, person);
    if (absence.revokedAt !== null) throw new RuleError('already-done', 'it is taken back already', { id });
    await this.absences.revoke(tx, id, this.clock.now().toISOString());
    await this.record(tx, actor, 'absence-revoked', absence);
  }

  /** Oneself, the manager of the department, and administrators of a board of theirs. */
  private async assertMay(tx: EntityManager, actor: Actor, person: Person): Promise<void> {
    if (actor.personId === person.id) return;
    if (person.departmentCode !== null && actor.manages.has(`${person.departmentBoard}/${person.departmentCode}`))
      return;
    const roles = await this.people.rolesOf(tx, person.id);
    if (roles.some(({ board }) => isAdminOf(actor, board))) return;
    throw new RuleError('forbidden', 'only the person, their manager or an administrator', { act: 'absence' });
  }

  private async assertFit(tx: EntityManager, person: Person, substitute: Person): Promise<void> {
    const facts = { field: 'substitute', value: substitute.email };
    if (person.id === substitute.id) throw new RuleError('person-lacks-role', 'nobody stands in for themselves', facts);
    const there = new Set((await this.people.rolesOf(tx, substitute.id)).map(({ board }) => board));
    const needed = [...new Set((await this.people.rolesOf(tx, person.id)).map(({ board }) => board))];
    const missing = needed.filter((board) => !there.has(board));
    if (missing.length === 0) return;
    throw new RuleError('person-lacks-role', `the substitute has no role at ${missing.join(', ')}`, {
      ...facts,
      board: missing[0],
      boards: missing,
    });
  }

  private async record(tx: EntityManager, by: Actor, what: string, absence: Absence): Promise<void> {
    const { id, personId, substituteId, fromDay, toDay } = absence;
    const after = { id, substituteId, fromDay, toDay };
    await this.journal.record(tx, { chain: PEOPLE_CHAIN, by, what, subjectType: 'person', subjectId: personId, after });
  }
}
