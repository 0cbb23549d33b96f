import type { LocalDate } from '../../../domain/calendar/local-date.js';
import { isFitForOfficer } from '../../../domain/referral/permissions.js';
import { marks } from '../../../platform/database/sql.js';
import { rolesOn, type Actor } from '../../people/actor.js';
import { LISTED, LISTED_FROM, addOpenable } from '../../referrals/list-referrals.js';
import { isOwn, OFFICER_OR_NONE } from '../../referrals/own-cases.js';
import { UNDECIDED } from '../../referrals/status-list.js';
import type { Watched } from './watch-scope.js';
import {
  anyOf, at, chooses, choosesBy, HAS_OFFICER, tasksOf, turnsInOwn, type Condition, type OwnTurns,
} from './watch-tasks.js'; // prettier-ignore
import { CHOOSE_ROUTE } from './watch-turns.js';

/** Boards whose five working days end on the same day: nearly always all of them. */
export interface Horizon {
  readonly boards: readonly string[];
  /** The fifth working day from today. */
  readonly until: LocalDate;
  /** The first working day after that: an answer date before it has to be met by `until`. */
  readonly dueBefore: LocalDate;
  /** The first working day from today: an answer date before it has been missed. */
  readonly overdueBefore: LocalDate;
}

/** What is looked for, on one day. */
export interface WatchQuestion extends Watched {
  /** The board of a case that something else has found, as the database wants it written (`checkedOnly`). */
  readonly checkedBoard: string;
  /** For a search whose way in is no index in the order of the answer (`foundFirst`). */
  readonly foundFirst: string;
  readonly actor: Actor;
  readonly today: LocalDate;
  readonly horizons: readonly Horizon[];
}

/** A part of a list: so many after the first `from`. */
export interface Slice {
  readonly from: number;
  readonly length: number;
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
  /** What a search ends with that finds all its cases before they are put in order. */
  ending = '';
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

type Reason = 'step' | 'no-day' | 'due' | 'overdue' | 'proposed' | 'declined' | 'meeting-too-late';

/** One way in which cases are the ones asked for, with the reasons for which they then need an act. */
interface Way extends Condition {
  readonly reasons: readonly Reason[];
  /** Own cases, whoever is to act: what is somebody else's turn is among what is to come. */
  readonly own?: Own;
  /** That another way is for the person to find, of others' cases that are found by their step. */
  readonly chooses?: Condition;
}

/** What of own cases is the person's to do. */
interface Own extends OwnTurns {
  /** That the person works with the case as its officer, and so minds its answer; null where that is so of all. */
  readonly minds: Condition | null;
}

const ALL: readonly Reason[] = ['step', 'no-day', 'due', 'proposed', 'declined', 'meeting-too-late'];
/** An officer minds the answer once it is late; until then it is enough to do one's own steps. */
const OWN: readonly Reason[] = ['step', 'no-day', 'overdue', 'proposed', 'declined', 'meeting-too-late'];
/** Of others' cases the person has only this step to do. */
const STEP_ONLY: readonly Reason[] = ['step', 'no-day'];

/** Own cases, and those of others whose next step is the person's by role: each found by an index of its own. */
function waysOfMine(question: WatchQuestion): Way[] {
  const { actor, boards, today } = question;
  const fit = boards.filter((board) => isFitForOfficer(rolesOn(actor, board)));
  const asOfficer = at(question, fit);
  const minds = fit.length === boards.length ? null : asOfficer;
  const tasks = tasksOf(question);
  const ways: Way[] = [
    { ...isOwn(actor, boards), reasons: OWN, own: { ...turnsInOwn(tasks, asOfficer, today), minds } },
  ];
  const own = isOwn(actor, boards, OFFICER_OR_NONE);
  const choosing = anyOf(choosesBy(tasks, today));
  for (const task of tasks) {
    for (const step of task.steps) {
      const where = step === CHOOSE_ROUTE ? chooses(task, today) : task.where;
      const text = `r."next_step" = ? AND ${where.text} AND NOT (${own.text})`;
      ways.push({ text, params: [step, ...where.params, ...own.params], reasons: STEP_ONLY, chooses: choosing });
    }
  }
  return ways;
}

/** Others' cases that need another way, which the person is to find: whatever their next step is. */
function waysToChoose(question: WatchQuestion): Way[] {
  const { actor, boards, scope, today } = question;
  if (scope !== 'mine') return [];
  const own = isOwn(actor, boards, OFFICER_OR_NONE);
  return choosesBy(tasksOf(question), today).map(({ text, params }) => ({
    text: `${text} AND NOT (${own.text})`,
    params: [...params, ...own.params],
    reasons: ['declined'],
  }));
}

function waysOf(question: WatchQuestion): Way[] {
  const { scope, departments } = question;
  if (scope === 'mine') return waysOfMine(question);
  if (scope === 'board') return [{ text: '1 = 1', params: [], reasons: ALL }];
  const text = `r."board" || '/' || r."department" IN (${marks(departments.length)})`;
  return [{ text, params: departments, reasons: ALL }];
}

/** Open cases of these boards that the person may open, found in one way. */
function openCases(
  { actor, checkedBoard, foundFirst }: WatchQuestion,
  boards: readonly string[],
  way: Way,
  reason?: Reason,
): Conditions {
  const conditions = new Conditions();
  const byOther = way.own !== undefined || reason === 'meeting-too-late';
  const board = byOther ? checkedBoard : `r."board"`;
  if (byOther || reason === 'due' || reason === 'overdue' || reason === 'declined') conditions.ending = foundFirst;
  conditions
    .add(`${board} IN (${marks(boards.length)})`, ...boards)
    .add(OPEN)
    .add(way.text, ...way.params);
  addOpenable(actor, boards, conditions.add);
  return conditions;
}

const DUE = `r."due_key" < ? AND ${UNANSWERED}`;
const PROPOSED = `r."adjustment" = 'proposed'`;
/** As `needsAnotherWay` has it, of a meeting from a day on. */
const DECLINED = `r."adjustment" = 'declined' AND r."status" IN (${UNDECIDED})
  AND EXISTS (SELECT 1 FROM "meeting" m WHERE m."id" = r."meeting_id" AND m."date" >= ?)`;

/** Of an undecided case and the meeting `m` that it has, as `comesTooLate` has it. */
const tooLate = (one: string): string =>
  `${one}."status" IN (${UNDECIDED}) AND ${one}."meeting_id" = m."id" AND ${one}."work_by" < m."date"`;
const MEETING_TOO_LATE = `EXISTS (SELECT 1 FROM "meeting" m WHERE ${tooLate('r')})`;
/**
 * The same, from the boards' meetings to the cases that ix_referral_meeting_undecided has before the meeting's day. SQLite
 * keeps the order of a CROSS JOIN; of another it would begin with all undecided cases.
 */
const meetingTooLate = (boards: number): string => `r."id" IN (SELECT late."id" FROM "meeting" m
  CROSS JOIN "referral" late WHERE ${tooLate('late')} AND m."board" IN (${marks(boards)}))`;

/** Why a case needs an act: each reason has an index of its own. */
const NEEDS: Record<Reason, (conditions: Conditions, horizon: Horizon, today: LocalDate) => void> = {
  step: ({ add }, { until }, today) =>
    void add(`r."next_step_on" <= ?`, until)
      .add(`(r."next_step" <> 'close' OR r."next_step_on" <= ?)`, today)
      .add(AWAKE),
  'no-day': ({ add }) => void add(`r."next_step_on" IS NULL`).add(AWAKE),
  due: ({ add }, { dueBefore }) => void add(DUE, dueBefore),
  overdue: ({ add }, { overdueBefore }) => void add(DUE, overdueBefore),
  proposed: ({ add }) => void add(PROPOSED).add(AWAKE),
  declined: ({ add }, _horizon, today) => void add(DECLINED, today).add(AWAKE),
  'meeting-too-late': ({ add }, { boards }) => void add(meetingTooLate(boards.length), ...boards).add(AWAKE),
};

/** What of a way's cases is for the person to do, where not all of it is: by step or way, and as who minds the answer. */
function partOf({ own }: Way, reason: Reason): Condition | null {
  if (own === undefined) return null;
  if (reason === 'declined') return own.chooses;
  return reason === 'step' || reason === 'no-day' ? own.turn : own.minds;
}

type Place = (conditions: Conditions, horizon: Horizon, today: LocalDate) => void;

/** Where the others are: later, cases that are to be closed later, and those that rest. */
const LATER: readonly Place[] = [
  ({ add }, { until }) => void add(`r."next_step_on" > ?`, until),
  ({ add }, { until }, today) =>
    void add(`r."next_step_on" > ? AND r."next_step_on" <= ?`, today, until).add(`r."next_step" = 'close'`).add(AWAKE),
  ({ add }, { until }) =>
    void add(`r."dormant_since" IS NOT NULL`).add(`(r."next_step_on" IS NULL OR r."next_step_on" <= ?)`, until),
];

/** Own cases that wait for somebody else. */
const othersTurn =
  ({ turn }: Own): Place =>
  ({ add }, { until }) =>
    void add(`(r."next_step_on" IS NULL OR r."next_step_on" <= ?)`, until)
      .add(AWAKE)
      .add(`NOT ${turn.text}`, ...turn.params);

const EXTRA = `r."timetable", r."registered_on" AS "registeredOn", r."no_meeting_since" AS "noMeetingSince",
  r."dormant_since" AS "dormantSince", r."answer_sent_on" AS "answerSentOn", r."decision",
  (SELECT e."asked_on" FROM "extension" e WHERE e."referral_id" = r."id" AND e."state" = 'asked') AS "askedOn",
  (SELECT e."asked_until" FROM "extension" e WHERE e."referral_id" = r."id" AND e."state" = 'asked') AS "askedUntil",
  CASE WHEN ${HAS_OFFICER} THEN 1 ELSE 0 END AS "hasOfficer"`;
const IN_ORDER = 'ORDER BY r."next_step_on", r."id"';

/** What several searches find together, at most `limit` of each. */
function foundBy(searches: readonly Conditions[], limit: number): Statement {
  const part = ({ text, ending }: Conditions): string =>
    `SELECT "id", "next_step_on" FROM (SELECT "id", "next_step_on" FROM
      (SELECT r."id", r."next_step_on" FROM "referral" r WHERE ${text} ${ending}) "way"
      ORDER BY "next_step_on", "id" LIMIT ?) "some"`;
  return {
    text: searches.map(part).join(' UNION '),
    params: searches.flatMap(({ params }) => [...params, limit]),
  };
}

function searchesInNeed(question: WatchQuestion): Conditions[] {
  return question.horizons.flatMap((horizon) =>
    [...waysOf(question), ...waysToChoose(question)].flatMap((way) =>
      way.reasons.map((reason) => {
        const conditions = openCases(question, horizon.boards, way, reason);
        NEEDS[reason](conditions, horizon, question.today);
        const part = partOf(way, reason);
        if (part !== null) conditions.add(part.text, ...part.params);
        return conditions;
      }),
    ),
  );
}

/** Reasons beside the step, each as it is said of a case that has been found otherwise. */
const BESIDES: Partial<Record<Reason, (horizon: Horizon, today: LocalDate) => Condition>> = {
  due: ({ dueBefore }) => ({ text: DUE, params: [dueBefore] }),
  overdue: ({ overdueBefore }) => ({ text: DUE, params: [overdueBefore] }),
  proposed: () => ({ text: `${PROPOSED} AND ${AWAKE}`, params: [] }),
  declined: (_horizon, today) => ({ text: `${DECLINED} AND ${AWAKE}`, params: [today] }),
  'meeting-too-late': () => ({ text: `${MEETING_TOO_LATE} AND ${AWAKE}`, params: [] }),
};

/** What else a way's cases are in need for, though it finds them by other reasons, or other ways find them so. */
function besides(way: Way, horizon: Horizon, today: LocalDate): Condition[] {
  const reasons: readonly Reason[] = way.chooses === undefined ? way.reasons : [...way.reasons, 'declined'];
  return reasons.flatMap((reason) => {
    const is = BESIDES[reason]?.(horizon, today);
    if (is === undefined) return [];
    const part = partOf(way, reason) ?? way.chooses ?? { text: '1 = 1', params: [] };
    return [{ text: `(${is.text} AND ${part.text})`, params: [...is.params, ...part.params] }];
  });
}

/** Cases for which none of their way's reasons holds. */
function searchesToCome(question: WatchQuestion): Conditions[] {
  const { today } = question;
  return question.horizons.flatMap((horizon) =>
    waysOf(question).flatMap((way) =>
      [...LATER, ...(way.own ? [othersTurn(way.own)] : [])].map((place) => {
        const conditions = openCases(question, horizon.boards, way);
        place(conditions, horizon, today);
        for (const { text, params } of besides(way, horizon, today)) conditions.add(`NOT ${text}`, ...params);
        return conditions;
      }),
    ),
  );
}

/** @param most so many are counted at the most, of which a slice is read */
function casesOf(
  { today }: WatchQuestion,
  searches: readonly Conditions[],
  { from, length }: Slice,
  most: number,
): Statement {
  const found = foundBy(searches, most);
  const first = 'ORDER BY "next_step_on", "id" LIMIT ?';
  const text = `WITH "found" AS MATERIALIZED (SELECT "id", "next_step_on" FROM (${found.text}) "any" ${first})
    SELECT ${LISTED}, ${EXTRA}, (SELECT count(*) FROM "found") AS "counted" FROM ${LISTED_FROM}
     WHERE r."id" IN (SELECT "id" FROM "found" ${first} OFFSET ?) ${IN_ORDER}`;
  return { text, params: [...found.params, most, today, length, from] };
}

/** The cases that need an act, the one that has waited longest first; each row says how many they are, up to `most`. */
export const casesInNeed = (question: WatchQuestion, slice: Slice, most: number): Statement =>
  casesOf(question, searchesInNeed(question), slice, most);

/** The other open cases, the next to do something in first; each row says how many they are, up to `most`. */
export const casesToCome = (question: WatchQuestion, slice: Slice, most: number): Statement =>
  casesOf(question, searchesToCome(question), slice, most);

/** How many need an act, counted up to `most`. */
export function countInNeed(question: WatchQuestion, most: number): Statement {
  const found = foundBy(searchesInNeed(question), most);
  const some = `SELECT "id" FROM (${found.text}) "found" LIMIT ?`;
  return { text: `SELECT count(*) AS "count" FROM (${some}) "all"`, params: [...found.params, most] };
}
