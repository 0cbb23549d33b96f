import type { LocalDate } from '../../../domain/calendar/local-date.js';
import { isFitForOfficer, type Role } from '../../../domain/referral/permissions.js';
import { marks } from '../../../platform/database/sql.js';
import { rolesOn, type Actor } from '../../people/actor.js';
import { LISTED, LISTED_FROM, addOpenable } from '../../referrals/list-referrals.js';
import { isOwn, OFFICER_OR_NONE } from '../../referrals/own-cases.js';
import { UNDECIDED } from '../../referrals/status-list.js';
import type { Watched } from './watch-scope.js';
import { CHOOSE_ROUTE, MANAGER_STEPS, OFFICERS_STEPS, STEPS_OF } from './watch-turns.js';

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

type Reason = 'step' | 'no-day' | 'due' | 'overdue' | 'proposed' | 'meeting-too-late';

/** Text of a condition, with its parameters. */
type Condition = Pick<Statement, 'text' | 'params'>;

/** One way in which cases are the ones asked for, with the reasons for which they then need an act. */
interface Way extends Condition {
  readonly reasons: readonly Reason[];
  /** Own cases, whoever is to act: what is somebody else's turn is among what is to come. */
  readonly own?: Own;
}

/** What of own cases is the person's to do. */
interface Own {
  /** That the next step is the person's. */
  readonly turn: Condition;
  /** That the person works with the case as its officer, and so minds its answer; null where that is so of all. */
  readonly minds: Condition | null;
}

const ALL: readonly Reason[] = ['step', 'no-day', 'due', 'proposed', 'meeting-too-late'];
/** An officer minds the answer once it is late; until then it is enough to do one's own steps. */
const OWN: readonly Reason[] = ['step', 'no-day', 'overdue', 'proposed', 'meeting-too-late'];
/** Of others' cases the person has only this step to do. */
const STEP_ONLY: readonly Reason[] = ['step', 'no-day'];

/** That more time has been asked for a case that has an officer, who then asks after the answer. */
const ASKED = `r."officer_id" IS NOT NULL AND EXISTS
  (SELECT 1 FROM "extension" x WHERE x."referral_id" = r."id" AND x."state" = 'asked')`;

const boardsWith = (actor: Actor, boards: readonly string[], role: Role): string[] =>
  boards.filter((board) => rolesOn(actor, board).has(role));

/** As `isTurnOf` has it, of a case that is the person's own. */
function turnInOwn(actor: Actor, boards: readonly string[], fit: readonly string[]): Condition {
  const parts: Condition[] = [];
  const steps = (where: Condition, named: readonly string[], unless = ''): void =>
    void parts.push({
      text: `(r."next_step" IN (${marks(named.length)}) AND ${where.text}${unless})`,
      params: [...named, ...where.params],
    });
  const at = (codes: readonly string[]): Condition => ({
    text: `r."board" IN (${marks(codes.length)})`,
    params: codes,
  });
  const others = ` AND NOT (r."next_step" = '${CHOOSE_ROUTE}' AND ${ASKED})`;
  if (fit.length > 0) steps(at(fit), OFFICERS_STEPS);
  for (const [role, named] of STEPS_OF) {
    const there = boardsWith(actor, boards, role);
    if (there.length > 0) steps(at(there), named, others);
  }
  const managed = [...actor.manages];
  if (managed.length > 0) {
    const text = `r."board" || '/' || COALESCE(r."department", '') IN (${marks(managed.length)})`;
    steps({ text, params: managed }, MANAGER_STEPS, others);
  }
  if (parts.length === 0) return { text: '(1 = 0)', params: [] };
  return { text: `(${parts.map(({ text }) => text).join(' OR ')})`, params: parts.flatMap(({ params }) => params) };
}

/** Of cases at these boards alone; where there are none, of no case: an empty list would be neither true nor false. */
const mindedAt = (boards: readonly string[]) =>
  boards.length === 0
    ? { text: '(1 = 0)', params: [] }
    : { text: `r."board" IN (${marks(boards.length)})`, params: boards };

/** Own cases, and those of others whose next step is the person's by role: each found by an index of its own. */
function waysOfMine({ actor, boards }: WatchQuestion): Way[] {
  const fit = boards.filter((board) => isFitForOfficer(rolesOn(actor, board)));
  const minds = fit.length === boards.length ? null : mindedAt(fit);
  const turn = turnInOwn(actor, boards, fit);
  const ways: Way[] = [{ ...isOwn(actor, boards), reasons: OWN, own: { turn, minds } }];
  const own = isOwn(actor, boards, OFFICER_OR_NONE);
  const step = (where: string, params: readonly unknown[], steps: readonly string[]): void => {
    for (const one of steps) {
      const unless = one === CHOOSE_ROUTE ? ` AND NOT (${ASKED})` : '';
      const text = `r."next_step" = ? AND ${where} AND NOT (${own.text})${unless}`;
      ways.push({ text, params: [one, ...params, ...own.params], reasons: STEP_ONLY });
    }
  };
  for (const [role, steps] of STEPS_OF) {
    const there = boardsWith(actor, boards, role);
    if (there.length > 0) step(`r."board" IN (${marks(there.length)})`, there, steps);
  }
  const managed = [...actor.manages];
  if (managed.length > 0)
    step(`r."board" || '/' || r."department" IN (${marks(managed.length)})`, managed, MANAGER_STEPS);
  return ways;
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
  if (byOther || reason === 'due' || reason === 'overdue') conditions.ending = foundFirst;
  conditions
    .add(`${board} IN (${marks(boards.length)})`, ...boards)
    .add(OPEN)
    .add(way.text, ...way.params);
  addOpenable(actor, boards, conditions.add);
  return conditions;
}

const DUE = `r."due_key" < ? AND ${UNANSWERED}`;
const PROPOSED = `r."adjustment" = 'proposed'`;

/** Of an undecided case and the meeting `m` that it has, as `comesTooLate` has it. */
const tooLate = (one: string): string =>
  `${one}."status" IN (${UNDECIDED}) AND ${one}."meeting_id" = m."id" AND ${one}."work_by" < m."date"`;
const MEETING_TOO_LATE = `EXISTS (SELECT 1 FROM "meeting" m WHERE ${tooLate('r')})`;
/** The same, from the boards' meetings to the cases that ix_referral_meeting_undecided has before the meeting's day. */
const meetingTooLate = (boards: number): string => `r."id" IN (SELECT late."id" FROM "meeting" m
  JOIN "referral" late ON ${tooLate('late')} WHERE m."board" IN (${marks(boards)}))`;

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
  'meeting-too-late': ({ add }, { boards }) => void add(meetingTooLate(boards.length), ...boards).add(AWAKE),
};

/** What of a way's cases is for the person to do, where not all of it is: by step, and as who minds the answer. */
const partOf = ({ own }: Way, reason: Reason): Condition | null =>
  own === undefined ? null : reason === 'step' || reason === 'no-day' ? own.turn : own.minds;

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
  (SELECT e."asked_until" FROM "extension" e WHERE e."referral_id" = r."id" AND e."state" = 'asked') AS "askedUntil"`;
const IN_ORDER = 'ORDER BY r."next_step_on", r."id"';

/** What several searches find together, at most `limit` of each. */
function foundBy(searches: readonly Conditions[], limit: number): Statement {
  const part = ({ text, ending }: Conditions): string =>
    `SELECT "id", "next_step_on" FROM (SELECT r."id", r."next_step_on" FROM
      (SELECT r."id", r."next_step_on" FROM "referral" r WHERE ${text} ${ending}) r
      ${IN_ORDER} LIMIT ?) "some"`;
  return {
    text: searches.map(part).join(' UNION '),
    params: searches.flatMap(({ params }) => [...params, limit]),
  };
}

function searchesInNeed(question: WatchQuestion): Conditions[] {
  return question.horizons.flatMap((horizon) =>
    waysOf(question).flatMap((way) =>
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
const BESIDES: Partial<Record<Reason, (horizon: Horizon) => Condition>> = {
  due: ({ dueBefore }) => ({ text: DUE, params: [dueBefore] }),
  overdue: ({ overdueBefore }) => ({ text: DUE, params: [overdueBefore] }),
  proposed: () => ({ text: `${PROPOSED} AND ${AWAKE}`, params: [] }),
  'meeting-too-late': () => ({ text: `${MEETING_TOO_LATE} AND ${AWAKE}`, params: [] }),
};

/** Cases for which none of their way's reasons holds. */
function searchesToCome(question: WatchQuestion): Conditions[] {
  return question.horizons.flatMap((horizon) =>
    waysOf(question).flatMap((way) =>
      [...LATER, ...(way.own ? [othersTurn(way.own)] : [])].map((place) => {
        const conditions = openCases(question, horizon.boards, way);
        place(conditions, horizon, question.today);
        for (const reason of way.reasons) {
          const is = BESIDES[reason]?.(horizon);
          if (is === undefined) continue;
          const part = partOf(way, reason) ?? { text: '1 = 1', params: [] };
          conditions.add(`NOT (${is.text} AND ${part.text})`, ...is.params, ...part.params);
        }
        return conditions;
      }),
    ),
  );
}

/** @param most so many are counted at the most, of which a slice is read */
function casesOf(searches: readonly Conditions[], { from, length }: Slice, most: number): Statement {
  const found = foundBy(searches, most);
  const first = 'ORDER BY "next_step_on", "id" LIMIT ?';
  const text = `WITH "found" AS MATERIALIZED (SELECT "id", "next_step_on" FROM (${found.text}) "any" ${first})
    SELECT ${LISTED}, ${EXTRA}, (SELECT count(*) FROM "found") AS "counted" FROM ${LISTED_FROM}
     WHERE r."id" IN (SELECT "id" FROM "found" ${first} OFFSET ?) ${IN_ORDER}`;
  return { text, params: [...found.params, most, length, from] };
}

/** The cases that need an act, the one that has waited longest first; each row says how many they are, up to `most`. */
export const casesInNeed = (question: WatchQuestion, slice: Slice, most: number): Statement =>
  casesOf(searchesInNeed(question), slice, most);

/** The other open cases, the next to do something in first; each row says how many they are, up to `most`. */
export const casesToCome = (question: WatchQuestion, slice: Slice, most: number): Statement =>
  casesOf(searchesToCome(question), slice, most);

/** How many need an act, counted up to `most`. */
export function countInNeed(question: WatchQuestion, most: number): Statement {
  const found = foundBy(searchesInNeed(question), most);
  const some = `SELECT "id" FROM (${found.text}) "found" LIMIT ?`;
  return { text: `SELECT count(*) AS "count" FROM (${some}) "all"`, params: [...found.params, most] };
}
