import type { LocalDate } from '../../../domain/calendar/local-date.js';
import type { Role } from '../../../domain/referral/permissions.js';
import { marks } from '../../../platform/database/sql.js';
import { rolesOn, type Actor } from '../../people/actor.js';
import { LISTED, LISTED_FROM, addOpenable } from '../../referrals/list-referrals.js';
import type { Watched } from './watch-scope.js';

/** Boards whose five working days end on the same day: nearly always all of them. */
export interface Horizon {
  readonly boards: readonly string[];
  /** The fifth working day from today. */
  readonly until: LocalDate;
  /** The first working day after that: an answer date before it has to be met by `until`. */
  readonly dueBefore: LocalDate;
}

/** What is looked for, on one day. */
export interface WatchQuestion extends Watched {
  readonly actor: Actor;
  readonly today: LocalDate;
  readonly horizons: readonly Horizon[];
}

export interface Statement {
  readonly text: string;
  readonly params: readonly unknown[];
}

const OPEN = `r."status" NOT IN ('closed', 'cancelled')`;
const UNANSWERED = `r."answer_sent_on" IS NULL`;
const AWAKE = `r."dormant_since" IS NULL`;

/** Collects conditions with their parameters. */
class Conditions {
  private readonly texts: string[] = [];
  readonly params: unknown[] = [];

  readonly add = (text: string, ...params: unknown[]): this => {
    this.texts.push(text);
    this.params.push(...params);
    return this;
  };

  get text(): string {
    return this.texts.join(' AND ');
  }
}

/** Steps that someone does for the whole board because of a role there. */
const STEPS_OF: readonly (readonly [Role, readonly string[]])[] = [
  ['registrar', ['assign', 'set-answer-date', 'choose-route', 'close']],
  ['director', ['directorApproval']],
  ['secretary', ['preparation', 'dispatch', 'meeting', 'decision', 'adjustment', 'notice', 'expedite']],
];
const MANAGER_STEPS = ['assign', 'managerApproval'];

/** Cases that wait for the person: own ones, and those whose next step is the person's by role. */
function addMine({ actor, boards }: WatchQuestion, { add }: Conditions): void {
  const ways = [`r."officer_id" IN (${marks(actor.actsFor.size)})`];
  const params: unknown[] = [...actor.actsFor];
  for (const [role, steps] of STEPS_OF) {
    const there = boards.filter((board) => rolesOn(actor, board).has(role));
    if (there.length === 0) continue;
    ways.push(`(r."board" IN (${marks(there.length)}) AND r."next_step" IN (${marks(steps.length)}))`);
    params.push(...there, ...steps);
  }
  if (actor.manages.size > 0) {
    const departments = `r."board" || '/' || r."department" IN (${marks(actor.manages.size)})`;
    ways.push(`(${departments} AND r."next_step" IN (${marks(MANAGER_STEPS.length)}))`);
    params.push(...actor.manages, ...MANAGER_STEPS);
  }
  add(`(${ways.join(' OR ')})`, ...params);
}

/** Open cases of these boards that the person may open, of the chosen scope. */
function openCases(question: WatchQuestion, boards: readonly string[]): Conditions {
  const conditions = new Conditions();
  const { actor, scope, departments } = question;
  conditions.add(`r."board" IN (${marks(boards.length)})`, ...boards).add(OPEN);
  if (scope === 'mine') addMine(question, conditions);
  if (scope === 'department') {
    conditions.add(`r."board" || '/' || r."department" IN (${marks(departments.length)})`, ...departments);
  }
  addOpenable(actor, boards, conditions.add);
  return conditions;
}

type Reason = (conditions: Conditions, horizon: Horizon, today: LocalDate) => void;

/** Why a case needs an act: each reason is found by an index of its own. */
const REASONS: readonly Reason[] = [
  ({ add }, { until }, today) =>
    void add(`r."next_step_on" <= ?`, until)
      .add(`(r."next_step" <> 'close' OR r."next_step_on" <= ?)`, today)
      .add(AWAKE),
  ({ add }) => void add(`r."next_step_on" IS NULL AND r."next_step" IS NOT NULL`).add(AWAKE),
  ({ add }, { dueBefore }) => void add(`r."due_key" < ?`, dueBefore).add(UNANSWERED),
  ({ add }) => void add(`r."adjustment" = 'proposed'`).add(AWAKE),
];

const EXTRA = `r."timetable", r."registered_on" AS "registeredOn", r."no_meeting_since" AS "noMeetingSince",
  r."dormant_since" AS "dormantSince", r."answer_sent_on" AS "answerSentOn", r."decision",
  (SELECT e."asked_on" FROM "extension" e WHERE e."referral_id" = r."id" AND e."state" = 'asked') AS "askedOn",
  (SELECT e."asked_until" FROM "extension" e WHERE e."referral_id" = r."id" AND e."state" = 'asked') AS "askedUntil"`;
const IN_ORDER = 'ORDER BY r."next_step_on", r."id"';

/** The ids of the cases that need an act, at most `limit` for each reason and so at least as many of all. */
function idsInNeed(question: WatchQuestion, limit: number): Statement {
  const parts: string[] = [];
  const params: unknown[] = [];
  for (const horizon of question.horizons) {
    for (const reason of REASONS) {
      const conditions = openCases(question, horizon.boards);
      reason(conditions, horizon, question.today);
      const found = `SELECT r."id" FROM "referral" r WHERE ${conditions.text} ${IN_ORDER} LIMIT ?`;
      parts.push(`SELECT "id" FROM (${found}) "some"`);
      params.push(...conditions.params, limit);
    }
  }
  return { text: parts.join(' UNION '), params };
}

/** The cases that need an act, the one that has waited longest first. */
export function casesInNeed(question: WatchQuestion, limit: number): Statement {
  const ids = idsInNeed(question, limit);
  const text = `SELECT ${LISTED}, ${EXTRA} FROM ${LISTED_FROM} WHERE r."id" IN (${ids.text}) ${IN_ORDER} LIMIT ?`;
  return { text, params: [...ids.params, limit] };
}

/** How many need an act, counted up to `most`. */
export function countInNeed(question: WatchQuestion, most: number): Statement {
  const ids = idsInNeed(question, most);
  return { text: `SELECT count(*) AS "count" FROM (${ids.text}) "all"`, params: ids.params };
}

/** How many are open at all, counted up to `most`. */
export function countOpen(question: WatchQuestion, most: number): Statement {
  const { text, params } = openCases(question, question.boards);
  const found = `SELECT 1 FROM "referral" r WHERE ${text} LIMIT ?`;
  return { text: `SELECT count(*) AS "count" FROM (${found}) "some"`, params: [...params, most] };
}

/** No reason holds; with `coalesce`, since what is unknown would leave a case out of both lists. */
function addNotInNeed({ horizons, today }: WatchQuestion, { add }: Conditions): void {
  for (const { boards, until, dueBefore } of horizons) {
    const step = `coalesce(r."next_step_on", '') <= ? AND (coalesce(r."next_step", '') <> 'close' OR r."next_step_on" <= ?)`;
    const due = `r."due_key" < ? AND ${UNANSWERED}`;
    const reasons = `(${AWAKE} AND ((${step}) OR r."adjustment" = 'proposed')) OR (${due})`;
    add(`NOT (r."board" IN (${marks(boards.length)}) AND (${reasons}))`, ...boards, until, today, dueBefore);
  }
}

/** The other open cases, the next to do something in first. */
export function casesToCome(question: WatchQuestion, limit: number): Statement {
  const conditions = openCases(question, question.boards);
  addNotInNeed(question, conditions);
  const text = `SELECT ${LISTED}, ${EXTRA} FROM ${LISTED_FROM} WHERE ${conditions.text} ${IN_ORDER} LIMIT ?`;
  return { text, params: [...conditions.params, limit] };
}
