import type { LocalDate } from '../../../domain/calendar/local-date.js';
import { OFFICERS_ROLES, type Role } from '../../../domain/referral/permissions.js';
import { marks } from '../../../platform/database/sql.js';
import { rolesOn, type Actor } from '../../people/actor.js';
import { CHOOSE_ROUTE, MANAGER_STEPS, OFFICERS_STEPS, STEPS_OF } from './watch-turns.js';

/** Text of a condition on a case, `r`, with its parameters. */
export interface Condition {
  readonly text: string;
  readonly params: readonly unknown[];
}

/** Whose tasks are asked for, and where. */
interface Asker {
  readonly actor: Actor;
  readonly boards: readonly string[];
  /** The board of a case that something else has found, as the database wants it written (`checkedOnly`). */
  readonly checkedBoard: string;
}

/** What of own cases is the person's to do. */
export interface OwnTurns {
  /** That the next step is the person's. */
  readonly turn: Condition;
  /** That another way is for the person to find, where one is needed. */
  readonly chooses: Condition;
}

const NOBODY: Condition = { text: '(1 = 0)', params: [] };

/** Whether any of these holds. */
export const anyOf = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0
    ? NOBODY
    : {
        text: `(${conditions.map(({ text }) => text).join(' OR ')})`,
        params: conditions.flatMap(({ params }) => params),
      };

/** That more time has been asked for. */
const ASKED = `EXISTS (SELECT 1 FROM "extension" x WHERE x."referral_id" = r."id" AND x."state" = 'asked')`;

/** That its officer works at the board still, on a day, with a role by which one has cases there: as `hasOfficer`. */
export const HAS_OFFICER = `EXISTS (SELECT 1 FROM "person_role" pr JOIN "person" o ON o."id" = pr."person_id"
  WHERE pr."person_id" = r."officer_id" AND pr."board" = r."board"
    AND pr."role" IN (${OFFICERS_ROLES.map((role) => `'${role}'`).join(', ')})
    AND (o."ended_on" IS NULL OR o."ended_on" > ?))`;

/** That others wait for the sender's answer about more time: all but the officer, or but registrars where there is none. */
const awaitedBy = (role: Role, today: LocalDate): Condition =>
  role === 'registrar' ? { text: `(${ASKED} AND ${HAS_OFFICER})`, params: [today] } : { text: ASKED, params: [] };

const boardsWith = (actor: Actor, boards: readonly string[], role: Role): string[] =>
  boards.filter((board) => rolesOn(actor, board).has(role));

/** Of cases at these boards alone; where there are none, of no case: an empty list would be neither true nor false. */
export const at = ({ checkedBoard }: Pick<Asker, 'checkedBoard'>, boards: readonly string[]): Condition =>
  boards.length === 0 ? NOBODY : { text: `${checkedBoard} IN (${marks(boards.length)})`, params: boards };

/** What someone does because of a role. */
export interface Task {
  readonly role: Role;
  /** Where: true or false, and never unknown. */
  readonly where: Condition;
  readonly steps: readonly string[];
}

/** What the person does by role, and as a department's manager. */
export function tasksOf(asker: Asker): Task[] {
  const { actor, boards } = asker;
  const where = (role: Role): Condition => at(asker, boardsWith(actor, boards, role));
  const tasks = STEPS_OF.map(([role, steps]): Task => ({ role, where: where(role), steps }));
  const managed = [...actor.manages];
  const text = `r."board" || '/' || COALESCE(r."department", '') IN (${marks(managed.length)})`;
  tasks.push({
    role: 'manager',
    where: managed.length === 0 ? NOBODY : { text, params: managed },
    steps: MANAGER_STEPS,
  });
  return tasks.filter(({ where }) => where !== NOBODY);
}

/** Where a task's person is to find another way, where one is needed. */
export const chooses = ({ role, where }: Task, today: LocalDate): Condition => {
  const awaited = awaitedBy(role, today);
  return { text: `(${where.text} AND NOT ${awaited.text})`, params: [...where.params, ...awaited.params] };
};

/** Where the person is to find another way for others' cases, once for each of the tasks that have it. */
export const choosesBy = (tasks: readonly Task[], today: LocalDate): Condition[] =>
  tasks.filter(({ steps }) => steps.includes(CHOOSE_ROUTE)).map((task) => chooses(task, today));

/** As `isTurnOf` has it, of a case that is the person's own, with what is done as its officer where one fits. */
export function turnsInOwn(tasks: readonly Task[], asOfficer: Condition, today: LocalDate): OwnTurns {
  const steps = (named: readonly string[], where: Condition): Condition => ({
    text: `(r."next_step" IN (${marks(named.length)}) AND ${where.text})`,
    params: [...named, ...where.params],
  });
  const choosing = anyOf([asOfficer, ...choosesBy(tasks, today)]);
  const others = (named: readonly string[]): readonly string[] => named.filter((step) => step !== CHOOSE_ROUTE);
  const turn = anyOf([
    steps(others(OFFICERS_STEPS), asOfficer),
    ...tasks.map((task) => steps(others(task.steps), task.where)),
    steps([CHOOSE_ROUTE], choosing),
  ]);
  return { turn, chooses: choosing };
}
