import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { assertDayWithin } from '../../domain/calendar/day-order.js';
import { later, type LocalDate } from '../../domain/calendar/local-date.js';
import { RuleError } from '../../domain/errors.js';
import { WORKING_ROLES, worksWithCases } from '../../domain/referral/permissions.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { Journal, PEOPLE_CHAIN } from '../journal/journal.js';
import { AbsenceRepository, type Absence } from './absence.repository.js';
import { administersAll, rolesByBoard, type Actor } from './actor.js';
import { hasLeft, PeopleRepository, type BoardRole, type Person } from './people.repository.js';

/** Who would stand in at the end of a chain, and on which days. */
interface Link {
  readonly personId: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** How far chains are followed. Those that go round without the person, from before this was checked, end here. */
const MOST_LINKS = 200;

const mayNot = (): RuleError =>
  new RuleError('forbidden', 'only the person, or who administers every board of theirs', {
    act: 'absence',
    needs: 'self-or-admin',
  });

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
   * @throws RuleError `forbidden`, `own-substitute`, `date-out-of-order`, `absence-overlaps`, `absence-circle`, and
   *   `person-lacks-role` for a substitute who has no account, or does not work with cases at a board of the one who is
   *   away: every board is an authority of its own (OSL 8 kap.). Which of the two it is, is not told.
   */
  async add(tx: EntityManager, actor: Actor, input: AbsenceInput): Promise<Absence> {
    const today = this.clock.today();
    const person = await this.person(tx, actor, input.person, today);
    assertDayWithin(input.to, { earliest: later(input.from, today) }, 'to');
    const substitute = await this.fitSubstitute(tx, actor, person, input.substitute);
    await this.people.hold(tx, person.id);
    await this.assertFree(tx, person, substitute, input);
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

  /** The absence, for who may keep it. @throws RuleError `not-found`, also for one of other boards alone, `forbidden` */
  async assertKeeps(tx: EntityManager, actor: Actor, id: string): Promise<Absence> {
    const absence = await this.absences.find(tx, id);
    const person = absence && (await this.people.findById(tx, absence.personId));
    if (!absence || !person || !(await this.knows(tx, actor, absence))) {
      throw new RuleError('not-found', 'no such absence', { id });
    }
    await this.assertMay(tx, actor, person);
    return absence;
  }

  /** @throws RuleError `not-found`, `forbidden`, `already-done` */
  async revoke(tx: EntityManager, actor: Actor, id: string): Promise<void> {
    const absence = await this.assertKeeps(tx, actor, id);
    if (absence.revokedAt !== null) throw new RuleError('already-done', 'it is taken back already', { id });
    await this.absences.revoke(tx, id, this.clock.now().toISOString());
    await this.record(tx, actor, 'absence-revoked', absence);
  }

  /** An address that nobody has is answered as one whose absences the person may not keep. */
  private async person(tx: EntityManager, actor: Actor, email: string, today: LocalDate): Promise<Person> {
    const person = await this.people.findByEmail(tx, email);
    if (!person || hasLeft(person, today)) throw mayNot();
    await this.assertMay(tx, actor, person);
    return person;
  }

  /** Whether it is one's own, or that of someone at one's own boards. */
  private async knows(tx: EntityManager, actor: Actor, { personId, substituteId }: Absence): Promise<boolean> {
    if ([personId, substituteId].includes(actor.personId)) return true;
    return (await this.people.rolesOf(tx, personId)).some(({ board }) => actor.roles.has(board));
  }

  /** Oneself, and who administers every board of theirs. */
  private async assertMay(tx: EntityManager, actor: Actor, person: Person): Promise<void> {
    if (actor.personId === person.id) return;
    if (administersAll(actor, await this.people.rolesOf(tx, person.id))) return;
    throw mayNot();
  }

  private async fitSubstitute(tx: EntityManager, actor: Actor, person: Person, email: string): Promise<Person> {
    const substitute = await this.people.findByEmail(tx, email);
    if (substitute?.id === actor.personId && person.id !== actor.personId) {
      const facts = { field: 'substitute', value: email };
      throw new RuleError('own-substitute', 'nobody names themselves as the substitute of another', facts);
    }
    const boards = boardsToStandInAt(await this.people.rolesOf(tx, person.id));
    const fits = async ({ id }: Person): Promise<boolean> => {
      const theirs = rolesByBoard(await this.people.rolesOf(tx, id));
      return id !== person.id && boards.every((board) => worksWithCases(theirs.get(board) ?? []));
    };
    if (substitute && boards.length > 0 && !hasLeft(substitute, this.clock.today()) && (await fits(substitute)))
      return substitute;
    throw new RuleError('person-lacks-role', `the substitute does not work with cases at ${boards.join(', ')}`, {
      field: 'substitute',
      value: email,
      role: WORKING_ROLES,
      boards,
    });
  }

  /** One absence at a time, and no chain of substitutes that leads back to the one who is away. */
  private async assertFree(tx: EntityManager, person: Person, substitute: Person, days: AbsenceInput): Promise<void> {
    const [other] = await this.absences.ofPersonWithin(tx, person.id, days.from, days.to);
    if (other) {
      const facts = { field: 'from', absence: other.id, from: other.fromDay, to: other.toDay };
      const message = `already away from ${other.fromDay} to ${other.toDay}`;
      throw new RuleError('absence-overlaps', message, facts);
    }
    const back = await this.wayBack(tx, person.id, [{ personId: substitute.id, from: days.from, to: days.to }]);
    if (back === null) return;
    const facts = { field: 'substitute', value: substitute.email, ...back };
    throw new RuleError('absence-circle', `the substitutes go round from ${back.from} to ${back.to}`, facts);
  }

  /** The days on which a chain of substitutes leads back to where it began; null when none does. */
  private async wayBack(
    tx: EntityManager,
    personId: string,
    start: readonly Link[],
  ): Promise<Omit<Link, 'personId'> | null> {
    const links = [...start];
    // Absences of one person do not overlap, so each step only narrows the days: it ends.
    for (let link = links.pop(), steps = 0; link && steps < MOST_LINKS; link = links.pop(), steps += 1) {
      for (const next of await this.absences.ofPersonWithin(tx, link.personId, link.from, link.to)) {
        const from = later(next.fromDay, link.from);
        const to = next.toDay < link.to ? next.toDay : link.to;
        if (next.substituteId === personId) return { from, to };
        links.push({ personId: next.substituteId, from, to });
      }
    }
    return null;
  }

  private async record(tx: EntityManager, by: Actor, what: string, absence: Absence): Promise<void> {
    const { id, personId, substituteId, fromDay, toDay } = absence;
    const after = { id, substituteId, fromDay, toDay };
    await this.journal.record(tx, { chain: PEOPLE_CHAIN, by, what, subjectType: 'person', subjectId: personId, after });
  }
}

/** Where someone works with cases; for who works with none, wherever they have a role. */
function boardsToStandInAt(roles: readonly BoardRole[]): string[] {
  const byBoard = [...rolesByBoard(roles)];
  const working = byBoard.filter(([, there]) => worksWithCases(there));
  return (working.length > 0 ? working : byBoard).map(([board]) => board);
}
