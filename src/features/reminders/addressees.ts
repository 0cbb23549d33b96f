import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { AbsenceRepository } from '../people/absence.repository.js';
import { PeopleRepository, type Person } from '../people/people.repository.js';
import { Substitutes } from '../people/substitutes.js';
import type { DuePerson } from './due-reminders.repository.js';

/** Someone who gets another's reminders while that one is away. */
export interface StoodInFor {
  readonly name: string;
  /** The last day away. */
  readonly until: LocalDate;
}

/** What a mail takes of one person's rows. */
export interface Owner {
  /** What is said of the person; null for the addressee's own. */
  readonly stoodInFor: StoodInFor | null;
  /** Codes of the boards about whose cases the rows are: at others another stands in, or nobody. */
  readonly boards: ReadonlySet<string>;
}

/** Whose reminders go in one mail, and to whom. */
export interface Addressee {
  readonly to: Pick<Person, 'id' | 'name' | 'email'>;
  /** Whose rows the mail takes, by person. */
  readonly owners: ReadonlyMap<string, Owner>;
  /** How many rows are due for them. */
  readonly count: number;
}

/** How many addressees, and how many rows, one transaction takes. What goes to one person is never parted. */
const MOST_ADDRESSEES = 50;
const MOST_ROWS = 500;

interface Gathered {
  readonly to: Person;
  readonly owners: Map<string, { readonly stoodInFor: StoodInFor | null; readonly boards: Set<string> }>;
  count: number;
}

/** Who gets the mails of those for whom something is due, substitutes resolved. */
@Injectable()
export class Addressees {
  constructor(
    private readonly people: PeopleRepository,
    private readonly substitutes: Substitutes,
    private readonly absences: AbsenceRepository,
  ) {}

  async of(em: EntityManager, due: readonly DuePerson[], today: LocalDate): Promise<Addressee[]> {
    const ids = [...new Set(due.map(({ personId }) => personId))];
    const standIns = await this.substitutes.substitutesFor(em, ids, today);
    const parts = due.map((part) => ({ ...part, toId: standIns.at(part.personId, part.board) }));
    const away = parts.filter(({ personId, toId }) => toId !== personId).map(({ personId }) => personId);
    const until = await this.absences.awayUntil(em, [...new Set(away)], today);
    const known = await this.known(em, [...new Set([...ids, ...parts.map(({ toId }) => toId)])]);
    const found = new Map<string, Gathered>();
    for (const { personId, board, count, toId } of parts) {
      const to = known.get(toId);
      if (!to) throw new Error(`no person ${toId}`);
      const addressee: Gathered = found.get(to.id) ?? { to, owners: new Map(), count: 0 };
      const stoodInFor =
        to.id === personId ? null : { name: known.get(personId)?.name ?? '', until: until.get(personId) ?? today };
      const owner = addressee.owners.get(personId) ?? { stoodInFor, boards: new Set<string>() };
      owner.boards.add(board);
      addressee.owners.set(personId, owner);
      addressee.count += count;
      found.set(to.id, addressee);
    }
    return [...found.values()];
  }

  private async known(em: EntityManager, ids: readonly string[]): Promise<Map<string, Person>> {
    const known = new Map<string, Person>();
    for (let from = 0; from < ids.length; from += MOST_ROWS) {
      for (const [id, person] of await this.people.byIds(em, ids.slice(from, from + MOST_ROWS))) known.set(id, person);
    }
    return known;
  }
}

/** A person's rows about a board's cases, as one mail takes them whole. */
export const partOf = (personId: string, board: string): string => `${personId} ${board}`;

/** What the addressee's mail takes, as `partOf` names it. */
export const partsOf = ({ owners }: Addressee): string[] =>
  [...owners].flatMap(([personId, { boards }]) => [...boards].map((board) => partOf(personId, board)));

/** Addressees in slices that one short transaction can take. */
export function slicesOf(addressees: readonly Addressee[]): Addressee[][] {
  const slices: Addressee[][] = [];
  let slice: Addressee[] = [];
  let rowsInSlice = 0;
  for (const addressee of addressees) {
    if (slice.length >= MOST_ADDRESSEES || (slice.length > 0 && rowsInSlice + addressee.count > MOST_ROWS)) {
      slices.push(slice);
      slice = [];
      rowsInSlice = 0;
    }
    slice.push(addressee);
    rowsInSlice += addressee.count;
  }
  return slice.length > 0 ? [...slices, slice] : slices;
}
