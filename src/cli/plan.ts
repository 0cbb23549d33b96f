import { localDate } from '../domain/calendar/local-date.js';
import type { LocalDate } from '../domain/calendar/local-date.js';
import { RuleError } from '../domain/errors.js';
import { leadTimes } from '../domain/timetable/lead-times.js';
import { assertOwnDays, planReferral } from '../domain/timetable/plan.js';
import type { PlanInput, PlannedMeeting } from '../domain/timetable/plan.js';

/** The options of `diarium plan`, as texts. */
export interface PlanArgs {
  readonly registered?: string | undefined;
  readonly answerDue?: string | undefined;
  readonly meeting: readonly string[];
  readonly closedDay: readonly string[];
  readonly batch: boolean;
}

/** Where a command reads and writes. */
export interface PlanIo {
  readonly stdin: AsyncIterable<string | Buffer>;
  out(text: string): void | Promise<void>;
  err(text: string): void | Promise<void>;
}

/** Output is handed on in pieces of about this many characters. */
const PIECE = 65_536;
const LINE_KEYS = new Set(['registered', 'answerDue', 'meetings', 'closedDays', 'leadTimes']);
const MEETING_KEYS = new Set(['date', 'adjustmentOn', 'dispatchOn']);

class BadLine extends Error {
  constructor(
    readonly field: string | null,
    reason: string,
  ) {
    super(reason);
  }
}

/** Runs work whose errors name a field of their own, and names it inside the line: `meetings[2].date`. */
function inField<T>(prefix: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    const own = error.facts['field'];
    const field = typeof own === 'string' && own !== prefix ? `${prefix}.${own}` : prefix;
    throw new BadLine(field, error.message);
  }
}

function day(value: unknown, field: string): LocalDate {
  if (value === undefined || value === null) throw new BadLine(field, `${field} is required`);
  if (typeof value !== 'string') throw new BadLine(field, `${field} is not a calendar day written YYYY-MM-DD`);
  return inField(field, () => localDate(value, field));
}

function dayOrNull(value: unknown, field: string): LocalDate | null {
  return value === undefined || value === null ? null : day(value, field);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function assertKeys(record: Record<string, unknown>, known: ReadonlySet<string>, prefix: string): void {
  for (const key of Object.keys(record)) {
    if (!known.has(key)) throw new BadLine(`${prefix}${key}`, `${prefix}${key} is not a known field`);
  }
}

function meetingOf(value: unknown, field: string): PlannedMeeting {
  if (typeof value === 'string') return { date: day(value, field), adjustmentOn: null, dispatchOn: null };
  if (!isRecord(value)) throw new BadLine(field, `${field} is neither a day nor an object with a date`);
  assertKeys(value, MEETING_KEYS, `${field}.`);
  const meeting = {
    date: day(value['date'], `${field}.date`),
    adjustmentOn: dayOrNull(value['adjustmentOn'], `${field}.adjustmentOn`),
    dispatchOn: dayOrNull(value['dispatchOn'], `${field}.dispatchOn`),
  };
  inField(field, () => assertOwnDays(meeting));
  return meeting;
}

function list(value: unknown, field: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new BadLine(field, value === undefined ? `${field} is required` : `${field} is not a list`);
}

function inputOf(record: Record<string, unknown>): PlanInput {
  assertKeys(record, LINE_KEYS, '');
  const given = record['leadTimes'];
  if (given !== undefined && given !== null && !isRecord(given)) {
    throw new BadLine('leadTimes', 'leadTimes is not an object');
  }
  return {
    planningDay: day(record['registered'], 'registered'),
    answerDue: dayOrNull(record['answerDue'], 'answerDue'),
    meetings: list(record['meetings'], 'meetings').map((value, i) => meetingOf(value, `meetings[${i}]`)),
    leadTimes: inField('leadTimes', () => leadTimes(given ?? undefined)),
    closedDays: new Set(
      list(record['closedDays'] ?? [], 'closedDays').map((value, i) => day(value, `closedDays[${i}]`)),
    ),
  };
}

function parse(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadLine(null, 'the line is not JSON');
  }
  if (!isRecord(value)) throw new BadLine(null, 'the line is not a JSON object');
  return value;
}

/** The answer to one line, and whether the line was good. */
function answer(text: string, line: number): { readonly json: string; readonly good: boolean } {
  try {
    return { json: JSON.stringify(planReferral(inputOf(parse(text)))), good: true };
  } catch (error) {
    if (!(error instanceof BadLine)) throw error;
    return { json: JSON.stringify({ error: { line, field: error.field, reason: error.message } }), good: false };
  }
}

/** The lines of a stream as it comes, a batch a piece; a byte order mark and carriage returns are taken off. */
async function* linesOf(stdin: PlanIo['stdin']): AsyncGenerator<string[]> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let rest = '';
  let first = true;
  const take = (text: string): string => {
    if (!first || text === '') return text;
    first = false;
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  };
  const clean = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);
  for await (const piece of stdin) {
    const text = take(typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true }));
    const lines = text.split('\n');
    lines[0] = rest + (lines[0] ?? '');
    rest = lines.pop() ?? '';
    if (lines.length > 0) yield lines.map(clean);
  }
  rest += take(decoder.decode());
  if (rest !== '') yield [clean(rest)];
}

async function runBatch(io: PlanIo): Promise<number> {
  let line = 0;
  let allGood = true;
  for await (const lines of linesOf(io.stdin)) {
    let piece = '';
    for (const text of lines) {
      line += 1;
      if (text.trim() === '') continue;
      const { json, good } = answer(text, line);
      allGood &&= good;
      piece += `${json}\n`;
      if (piece.length < PIECE) continue;
      await io.out(piece);
      piece = '';
    }
    if (piece !== '') await io.out(piece);
  }
  return allGood ? 0 : 1;
}

const OPTIONS: Readonly<Record<string, string>> = {
  registered: '--registered',
  answerDue: '--answer-due',
  meetings: '--meeting',
  closedDays: '--closed-day',
};

/** The reason with the command line's name for the field: `--meeting is not a calendar day …`. */
function inOptions({ field, message }: BadLine): string {
  const option = OPTIONS[(field ?? '').replace(/\[.*$/, '')];
  return option === undefined || field === null ? message : message.replace(field, option);
}

async function runOnce(args: PlanArgs, io: PlanIo): Promise<number> {
  const { registered, answerDue, meeting, closedDay } = args;
  try {
    const plan = planReferral(inputOf({ registered, answerDue, meetings: meeting, closedDays: closedDay }));
    await io.out(`${JSON.stringify(plan, null, 2)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof BadLine)) throw error;
    await io.err(`plan: ${inOptions(error)}\n`);
    return 2;
  }
}

/**
 * Prints the plan of one referral, or with `batch` one plan for each JSON line on standard input.
 *
 * @returns the exit code: 0, 1 when a line of a batch was bad, 2 when an option is
 */
export async function runPlan(args: PlanArgs, io: PlanIo): Promise<number> {
  if (!args.batch) return runOnce(args, io);
  if (
    args.registered === undefined &&
    args.answerDue === undefined &&
    args.meeting.length + args.closedDay.length === 0
  ) {
    return runBatch(io);
  }
  await io.err('plan: --batch reads everything from standard input and takes no other option\n');
  return 2;
}
