import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RuleError } from '../../../domain/errors.js';
import { WORKING_ROLES, type Role } from '../../../domain/referral/permissions.js';
import { Clock } from '../../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import { marks, row, rows } from '../../../platform/database/sql.js';
import { WhoIsInvited, type Invitation } from '../../accounts/who-is-invited.js';
import { BoardRepository, type Board, type Department } from '../../boards/board.repository.js';
import { PEOPLE_CHAIN } from '../../journal/journal.js';
import { boardsAdministered, mayEndAccount, rolesOn, type Actor } from '../../people/actor.js';
import { hasLeft, PeopleRepository, type Person, type VacantDepartment } from '../../people/people.repository.js';
import { WhoIsAway, type Away } from '../../people/who-is-away.js';

type Named = Pick<Person, 'id' | 'name' | 'email'>;

/** Someone among a board's people. */
export interface Colleague extends Named {
  readonly roles: readonly Role[];
  /** Code of the department, when it is one of the board's. */
  readonly department: string | null;
  readonly endedOn: Person['endedOn'];
  readonly hasLeft: boolean;
  readonly lacksPassword: boolean;
  /** How it stands with the link of someone without a password; of an account that others share it is not told. */
  readonly invitation: Invitation | null;
  /** Of a manager at the board who is away today. */
  readonly away: Away | null;
}

export interface BoardPeople {
  readonly board: Board;
  readonly departments: readonly Department[];
  readonly people: readonly Colleague[];
  /** Departments that nobody manages. */
  readonly vacant: readonly VacantDepartment[];
}

/** What was handed over last, as the journal tells it. */
export interface HandedOver {
  readonly at: string;
  readonly by: string;
  readonly to: string;
  readonly cases: readonly string[];
  /** Departments that the person managed, and the name of who manages each now, if anyone else does. */
  readonly departments: readonly { readonly name: string; readonly manager: string | null }[];
}

export interface OneColleague {
  readonly person: Person;
  /** The boards of theirs that the administrator looks after; all of these for someone without a role or a department anywhere. */
  readonly places: readonly BoardPeople[];
  /** Codes of all boards where they have a role. */
  readonly boards: readonly string[];
  /** Whether the administrator looks after all of their boards, and so may end the account. */
  readonly mayEnd: boolean;
  /** Departments that the person manages, of the boards that the administrator looks after. */
  readonly manages: readonly Department[];
  readonly handedOver: HandedOver | null;
  readonly lacksPassword: boolean;
  /** How it stands with the link of someone without a password; of an account that others share it is not told. */
  readonly invitation: Invitation | null;
}

type Found = Named & Pick<Person, 'endedOn' | 'departmentBoard' | 'departmentCode'> & { readonly role: Role | null };

const OF_BOARD = `SELECT p."id", p."name", p."email", p."ended_on" AS "endedOn", r."role",
    p."department_board" AS "departmentBoard", p."department_code" AS "departmentCode"
  FROM "person" p LEFT JOIN "person_role" r ON r."person_id" = p."id" AND r."board" = ?
  WHERE r."board" IS NOT NULL OR p."department_board" = ? ORDER BY p."name", p."id", r."role"`;

const WITHOUT_ROLE = `SELECT p."id", p."name", p."email", p."ended_on" AS "endedOn"
  FROM "person" p WHERE NOT EXISTS (SELECT 1 FROM "person_role" r WHERE r."person_id" = p."id")
   AND p."department_board" IS NULL ORDER BY p."name", p."id"`;

const HANDED_OVER = `SELECT "at", "actor_name" AS "by", "after" FROM "journal"
  WHERE "subject_id" = ? AND "chain" = ? AND "what" = 'cases-handed-over' ORDER BY "seq" DESC LIMIT 1`;

const handedOver = z.object({
  to: z.string(),
  cases: z.array(z.string()),
  departments: z.array(z.object({ board: z.string(), code: z.string(), name: z.string() })).default([]),
});

/** @throws RuleError `forbidden` for who looks after no board's people */
export function assertAdministrator(actor: Actor): void {
  if (boardsAdministered(actor).length > 0) return;
  throw new RuleError('forbidden', 'people are looked after by administrators', { act: 'people', needs: 'admin' });
}

/** Reads a board's people for those who look after them. */
@Injectable()
export class ReadColleagues {
  constructor(
    private readonly db: ReadDatabase,
    private readonly clock: Clock,
    private readonly boards: BoardRepository,
    private readonly people: PeopleRepository,
    private readonly invited: WhoIsInvited,
    private readonly away: WhoIsAway,
  ) {}

  /** Everyone at each board that the actor administers. */
  async all(actor: Actor): Promise<BoardPeople[]> {
    const codes = boardsAdministered(actor);
    const found: BoardPeople[] = [];
    const shared = await this.shared(codes);
    for (const board of await this.boards.boards(this.db.manager, codes)) found.push(await this.ofBoard(board, shared));
    return found;
  }

  /**
   * Those who have no role at any board, and are in no department: nobody's in particular, and so any administrator's.
   * Who is in a department is among the people of its board, and told of to no other.
   */
  async withoutRole(): Promise<Colleague[]> {
    const today = this.clock.today();
    type Roleless = Named & Pick<Person, 'endedOn'>;
    const found = await rows<Roleless>(this.db.manager, WITHOUT_ROLE, []);
    const ids = found.map(({ id }) => id);
    const invited = await this.invited.of(this.db.manager, ids);
    return found.map((one) => ({
      ...one,
      roles: [],
      department: null,
      hasLeft: hasLeft(one, today),
      lacksPassword: invited.has(one.id),
      invitation: invited.get(one.id) ?? null,
      away: null,
    }));
  }

  /** @throws RuleError `not-found` for someone who has a part in boards that the actor does not administer, and in no other */
  async one(actor: Actor, id: string): Promise<OneColleague> {
    const person = await this.people.findById(this.db.manager, id);
    const roles = await this.people.rolesOf(this.db.manager, id);
    const administered = await this.all(actor);
    const isNobodys = roles.length === 0 && person?.departmentBoard === null;
    const places = isNobodys ? administered : administered.filter(({ people }) => people.some((one) => one.id === id));
    if (!person || places.length === 0) throw new RuleError('not-found', 'no such colleague', { id });
    const mayEnd = mayEndAccount(actor, roles, person);
    const boards = [...new Set(roles.map(({ board }) => board))];
    const looksAfter = new Set(places.map(({ board }) => board.code));
    const named = await this.boards.departmentsManagedBy(this.db.manager, id);
    const manages = named.filter(({ board }) => looksAfter.has(board));
    const handedOver = mayEnd ? await this.handedOver(id) : null;
    const found = (await this.invited.of(this.db.manager, [id])).get(id) ?? null;
    const told = { lacksPassword: found !== null, invitation: mayEnd ? found : null };
    return { person, places, boards, mayEnd, manages, handedOver, ...told };
  }

  /** Whose absences the actor may keep: one's own first, then those of everyone whose boards the actor administers. */
  async keptBy(actor: Actor): Promise<Named[]> {
    const codes = boardsAdministered(actor);
    const own = { id: actor.personId, name: actor.name, email: actor.email };
    if (codes.length === 0) return [own];
    const among = marks(codes.length);
    const text = `SELECT DISTINCT p."id", p."name", p."email" FROM "person" p
      JOIN "person_role" r ON r."person_id" = p."id" AND r."board" IN (${among})
      WHERE (p."ended_on" IS NULL OR p."ended_on" > ?) AND p."id" <> ? AND NOT EXISTS (
        SELECT 1 FROM "person_role" o WHERE o."person_id" = p."id" AND o."board" NOT IN (${among}))
      ORDER BY p."name", p."id"`;
    const params = [...codes, this.clock.today(), actor.personId, ...codes];
    return [own, ...(await rows<Named>(this.db.manager, text, params))];
  }

  /** Who works with cases at the boards that the actor has a part in: who may stand in, as far as roles go. Never oneself. */
  async substitutes(actor: Actor): Promise<Named[]> {
    const codes = [...actor.roles.keys()].filter((board) => rolesOn(actor, board).size > 0);
    const text = `SELECT DISTINCT p."id", p."name", p."email" FROM "person" p
      JOIN "person_role" r ON r."person_id" = p."id" AND r."board" IN (${marks(codes.length)})
       AND r."role" IN (${marks(WORKING_ROLES.length)})
      WHERE (p."ended_on" IS NULL OR p."ended_on" > ?) AND p."id" <> ? ORDER BY p."name", p."id"`;
    return rows<Named>(this.db.manager, text, [...codes, ...WORKING_ROLES, this.clock.today(), actor.personId]);
  }

  /** Ids of those who have a role at other boards than these: when they were sent what, is not for these alone. */
  private async shared(codes: readonly string[]): Promise<ReadonlySet<string>> {
    const text = `SELECT DISTINCT "person_id" AS "id" FROM "person_role" WHERE "board" NOT IN (${marks(codes.length)})`;
    const found = codes.length === 0 ? [] : await rows<{ id: string }>(this.db.manager, text, [...codes]);
    return new Set(found.map(({ id }) => id));
  }

  /** @param shared ids of those whose accounts other administrators look after too */
  private async ofBoard(board: Board, shared: ReadonlySet<string>): Promise<BoardPeople> {
    const em = this.db.manager;
    const today = this.clock.today();
    const people = new Map<string, Colleague>();
    const found = await rows<Found>(em, OF_BOARD, [board.code, board.code]);
    const invited = await this.invited.of(em, [...new Set(found.map(({ id }) => id))]);
    const managers = found.filter(({ role }) => role === 'manager').map(({ id }) => id);
    const away = await this.away.of(em, managers, board.code, today);
    for (const one of found) {
      const roles = [...(people.get(one.id)?.roles ?? []), ...(one.role === null ? [] : [one.role])];
      const { id, name, email, endedOn } = one;
      const department = one.departmentBoard === board.code ? one.departmentCode : null;
      const invitation = shared.has(id) ? null : (invited.get(id) ?? null);
      const account = { endedOn, hasLeft: hasLeft(one, today), lacksPassword: invited.has(id), invitation };
      people.set(id, { id, name, email, roles, department, ...account, away: away.get(id) ?? null });
    }
    const departments = await this.boards.departmentsOf(em, board.code);
    const vacant = await this.people.vacantDepartments(em, [board.code], today);
    return { board, departments, people: [...people.values()], vacant };
  }

  private async handedOver(id: string): Promise<HandedOver | null> {
    type Event = { at: string; by: string; after: string };
    const event = await row<Event>(this.db.manager, HANDED_OVER, [id, PEOPLE_CHAIN]);
    if (event === null) return null;
    const { to, cases, departments } = handedOver.parse(JSON.parse(event.after));
    const heir = await this.people.findById(this.db.manager, to);
    const managed: { name: string; manager: string | null }[] = [];
    for (const { board, code, name } of departments)
      managed.push({ name, manager: await this.managerNow(board, code, id) });
    return { at: event.at, by: event.by, to: heir?.name ?? '', cases, departments: managed };
  }

  /** The name of who manages a department; null when nobody but this person does. */
  private async managerNow(board: string, code: string, leaver: string): Promise<string | null> {
    const id = await this.people.managerOf(this.db.manager, board, code, this.clock.today());
    return id === null || id === leaver ? null : ((await this.people.findById(this.db.manager, id))?.name ?? null);
  }
}
