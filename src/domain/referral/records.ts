import type { AdjustmentStatus } from '../adjustment/adjustment.js';
import type { LocalDate } from '../calendar/local-date.js';
import { RuleError } from '../errors.js';
import type { Outcome, ReferralStatus, Route } from './lifecycle.js';
import type { KnownDays, RecordedDay } from './step-days.js';

/** What was decided. */
export interface Decision {
  readonly date: LocalDate;
  readonly paragraph: string | null;
  readonly outcome: Outcome;
  /** Who decided: the board, its chair or a delegate, in words. */
  readonly by: string | null;
}

/** How a case stood before a step was recorded, as far as the step changed it. */
export interface Before {
  readonly status: ReferralStatus;
  readonly decision: Decision | null;
  readonly adjustment: AdjustmentStatus;
  readonly adjustmentReason: string | null;
  readonly meetingId: string | null;
  readonly routeChosen: number;
  /** The steps that it undid, as when a case is sent back. */
  readonly undone: readonly Step[];
}

/** Something that has really happened to a case. */
export interface Step {
  readonly step: Exclude<RecordedDay, 'received' | 'convened'>;
  readonly on: LocalDate;
  /** When it was recorded, an instant in UTC. */
  readonly at: string;
  readonly by: string;
  readonly byName: string;
  /** What to go back to when it is taken back; missing where it was recorded before that was kept. */
  readonly before?: Before;
}

/** What can be corrected or taken back, in the order of a case's way. */
export const RECORDS = [
  'started',
  'draft',
  'managerApproval',
  'directorApproval',
  'agenda-dispatch',
  'earlier-decision',
  'decision',
  'adjustment-decision',
  'adjustment',
  'notice',
  'notice-down',
  'answer',
] as const;

/** Something that is recorded on a case, as people name it. */
export type RecordName = (typeof RECORDS)[number];

const NAMES: Readonly<Record<Step['step'], RecordName>> = {
  started: 'started',
  draft: 'draft',
  managerApproval: 'managerApproval',
  directorApproval: 'directorApproval',
  dispatch: 'agenda-dispatch',
  meeting: 'decision',
  decision: 'decision',
  sentBack: 'decision',
  adjustmentDecided: 'adjustment-decision',
  adjustment: 'adjustment',
  notice: 'notice',
  'notice-down': 'notice-down',
  expedite: 'answer',
};

/** The decision that a case has now, or stands returned or tabled by. */
const latestDecision = (steps: readonly Step[]): Step | undefined =>
  steps.findLast(({ step }) => NAMES[step] === 'decision');

/**
 * What a step is a record of.
 *
 * A return or a tabling that has been followed by a decision is an earlier one.
 * @param steps all of the case
 */
export function recordOf(step: Step, steps: readonly Step[] = [step]): RecordName {
  const name = NAMES[step.step];
  return name === 'decision' && latestDecision(steps) !== step ? 'earlier-decision' : name;
}

/** By what the board returned or tabled a case that it has decided since; null when there is none, or it is not known. */
export const earlierDecision = (steps: readonly Step[]): Decision | null =>
  latestDecision(steps)?.before?.decision ?? null;

/** The steps of such a case with that decision corrected: it stands where it is gone back to. */
export function withEarlierDecision(steps: readonly Step[], decision: Decision): readonly Step[] {
  const latest = latestDecision(steps);
  return steps.map((step) =>
    step === latest && step.before !== undefined ? { ...step, before: { ...step.before, decision } } : step,
  );
}

/** The step that a record stands in. @throws RuleError `record-unknown` with what is recorded instead */
export function stepOfRecord(steps: readonly Step[], record: RecordName): Step {
  const found = steps.findLast((step) => recordOf(step, steps) === record);
  if (found) return found;
  const possible = steps.map((step) => recordOf(step, steps));
  throw new RuleError('record-unknown', `no ${record} is recorded`, { field: 'record', value: record, possible });
}

/** A case as far as its records go. */
export interface RecordedCase extends Omit<Before, 'undone'> {
  readonly steps: readonly Step[];
  readonly route: Route;
  readonly hasOfficer: boolean;
}

/** How the case stood, for a step that can be taken back. */
export function beforeSteps(was: RecordedCase, steps: readonly Step[]): Before {
  const { status, decision, adjustment, adjustmentReason, meetingId, routeChosen } = was;
  const undone = was.steps.filter((step) => !steps.includes(step));
  return { status, decision, adjustment, adjustmentReason, meetingId, routeChosen, undone };
}

/** What a case leaves behind that is taken off an agenda undecided: what its meeting's agenda, and the board there, did. */
const OF_AGENDA: readonly Step['step'][] = ['dispatch', 'adjustmentDecided'];

/** The steps and the immediate adjustment of a case that its agenda no longer holds. */
export function offAgenda({ steps, adjustment }: Pick<RecordedCase, 'steps' | 'adjustment'>) {
  return {
    steps: steps.filter(({ step }) => !OF_AGENDA.includes(step)),
    adjustment: adjustment === 'decided' ? 'not-needed' : adjustment,
  } as const satisfies Pick<RecordedCase, 'steps' | 'adjustment'>;
}

/** Where a case stands by the steps that it has: for steps recorded before the status before them was kept. */
export function statusBySteps(steps: readonly Step[], hasOfficer: boolean): ReferralStatus {
  const has = (...names: readonly Step['step'][]): boolean => steps.some(({ step }) => names.includes(step));
  if (has('expedite')) return 'expedited';
  if (has('adjustment')) return 'adjusted';
  if (has('meeting', 'decision')) return 'decided';
  if (has('dispatch')) return 'on-agenda';
  if (has('directorApproval')) return 'approved';
  if (has('started', 'draft', 'managerApproval', 'sentBack')) return 'in-preparation';
  return hasOfficer ? 'assigned' : 'registered';
}

/** A paragraph whose signature is taken back is still to be signed. */
const unsigned = (now: RecordedCase): RecordedCase =>
  now.adjustment === 'signed' ? { ...now, adjustment: 'decided' } : now;

/** The status that a case had, or what has become of it since: it has got an officer, or has been taken off its agenda. */
function stillTrue(was: ReferralStatus, steps: readonly Step[], hasOfficer: boolean): ReferralStatus {
  if (was === 'registered' && hasOfficer) return 'assigned';
  return was === 'on-agenda' && !steps.some(({ step }) => step === 'dispatch') ? 'approved' : was;
}

/**
 * A case as it was before what was recorded last, which is taken back.
 *
 * What stood before stands again: the status, what a returned or tabled case had done, its decision and its meeting,
 * whatever way to a decision was chosen since: only a board at its meeting returns and tables.
 * What the board decided of immediate adjustment is a record of its own: it stays when another is taken back.
 * @throws RuleError `record-unknown` when it is not recorded, `record-not-latest` when something rests on it
 */
export function takenBack(now: RecordedCase, record: RecordName): Omit<RecordedCase, 'hasOfficer'> {
  const step = stepOfRecord(now.steps, record);
  const latest = now.steps.at(-1);
  if (latest !== undefined && latest !== step) {
    const name = recordOf(latest, now.steps);
    const facts = { field: 'record', value: record, latest: name };
    throw new RuleError('record-not-latest', `${name} was recorded after ${record}`, facts);
  }
  const { before } = step;
  const steps = [...now.steps.slice(0, -1), ...(before?.undone ?? [])].sort((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : 0,
  );
  const was = before?.status ?? statusBySteps(steps, now.hasOfficer);
  const status = stillTrue(was, steps, now.hasOfficer);
  const isDecision = record === 'decision';
  const isAdjustment = record === 'adjustment' || record === 'adjustment-decision';
  const adjusting = isAdjustment || step.step === 'sentBack' ? (before ?? unsigned(now)) : now;
  const meeting = before !== undefined && step.step === 'sentBack' ? before : now;
  return {
    steps,
    status,
    decision: isDecision ? (before?.decision ?? null) : now.decision,
    adjustment: adjusting.adjustment,
    adjustmentReason: adjusting.adjustmentReason,
    route: meeting === now ? now.route : 'meeting',
    meetingId: meeting.meetingId,
    routeChosen: meeting.routeChosen,
  };
}

/** A name that the day of a step goes by, and the days that it is held against as that. */
export interface HeldAgainst {
  readonly name: RecordedDay;
  readonly days: KnownDays;
}

/**
 * What the day of a recorded step is held against when it is corrected.
 *
 * A return or a tabling parts what is recorded: it is the meeting of what came before it, which was not written or
 * approved after it, and the day it was sent back of what came later, which was not done before it.
 * @param known    what is known of the case
 * @param sentFrom the day of the meeting that returned or tabled it; null when it is not known
 */
export function heldAgainst(
  steps: readonly Step[],
  step: Step,
  known: KnownDays,
  sentFrom: LocalDate | null,
): readonly HeldAgainst[] {
  const parting = steps.findIndex((one) => one.step === 'sentBack');
  const sentBack = steps[parting]?.on ?? null;
  const at = steps.indexOf(step);
  if (sentBack === null || at > parting) return [{ name: step.step, days: { ...known, sentBack } }];
  if (at < parting) return [{ name: step.step, days: { ...known, sentBack: null, meeting: sentBack } }];
  const { received = null } = known;
  const daysOf = (some: readonly Step[]) => Object.fromEntries(some.map((one) => [one.step, one.on]));
  return [
    { name: 'meeting', days: { ...daysOf(steps.slice(0, parting)), received, convened: sentFrom } },
    { name: 'sentBack', days: { ...daysOf(steps.slice(parting + 1)), received } },
  ];
}

/** What a correction of a record may say. */
export interface RecordFields {
  readonly on?: LocalDate | undefined;
  /** The instant of a signature. */
  readonly signedAt?: Date | undefined;
  readonly paragraph?: string | null | undefined;
  readonly by?: string | null | undefined;
  /** How the answer was sent. */
  readonly how?: string | null | undefined;
}

const FIELDS = ['on', 'signedAt', 'paragraph', 'by', 'how'] as const satisfies readonly (keyof RecordFields)[];

/** The fields that a record has. */
export function fieldsOfRecord(record: RecordName): readonly (keyof RecordFields)[] {
  switch (record) {
    case 'decision':
    case 'earlier-decision':
      return ['on', 'paragraph', 'by'];
    case 'answer':
      return ['on', 'how'];
    case 'adjustment':
      return ['on', 'signedAt'];
    case 'started':
    case 'draft':
    case 'managerApproval':
    case 'directorApproval':
    case 'agenda-dispatch':
    case 'adjustment-decision':
    case 'notice':
    case 'notice-down':
      return ['on'];
  }
}

/**
 * Lets through a correction of what the record has.
 *
 * What was decided is no such field: a decision that was another is taken back and recorded anew, since the rest of the
 * case follows from it.
 * @throws RuleError `field-not-of-record` with the fields that it has, `field-required` when nothing is corrected
 */
export function assertFieldsOfRecord(record: RecordName, asked: RecordFields): void {
  const possible = fieldsOfRecord(record);
  const named = FIELDS.filter((field) => asked[field] !== undefined);
  const wrong = named.find((field) => !possible.includes(field));
  if (wrong !== undefined) {
    throw new RuleError('field-not-of-record', `${record} has no ${wrong}`, { field: wrong, record, possible });
  }
  if (named.length === 0)
    throw new RuleError('field-required', 'nothing is corrected', { field: 'on', record, possible });
}

/** What a record says as it stands. */
export interface RecordStands {
  readonly on: LocalDate;
  readonly signedAt: Date | null;
  readonly paragraph: string | null;
  readonly by: string | null;
  readonly how: string | null;
}

/**
 * Lets through a correction that corrects something.
 *
 * @throws RuleError `record-unchanged` with the first field that was asked for, when each says what stands there already
 */
export function assertCorrects(record: RecordName, asked: RecordFields, stands: RecordStands): void {
  const named = FIELDS.filter((field) => asked[field] !== undefined);
  if (named.some((field) => (asked[field]?.valueOf() ?? null) !== (stands[field]?.valueOf() ?? null))) return;
  throw new RuleError('record-unchanged', `${record} says that already`, { field: named[0] ?? 'on', record });
}
