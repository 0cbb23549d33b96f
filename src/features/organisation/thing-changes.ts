import type { LocalDate } from '../../domain/calendar/local-date.js';
import { DEFAULT_LEAD_TIMES, leadTimes } from '../../domain/timetable/lead-times.js';
import type { BoardRow } from '../boards/board.entity.js';
import type { MeetingRow } from '../boards/meeting.entity.js';
import type { BoardInFile, MeetingInFile } from './organisation-file.js';

export type Values = Readonly<Record<string, unknown>>;

/** What the file means for one thing. `before` and `after` hold what differs, as the journal tells it. */
export interface Change<Row> {
  readonly done: 'added' | 'changed' | 'unchanged';
  readonly row: Row;
  readonly before: Values | null;
  readonly after: Values | null;
  /** Whether open cases of the board hang on what differs. */
  readonly plans: boolean;
}

const DEFAULT_PATTERN = '{code} {year}/{number}';

/** The keys whose values differ, as JSON tells them apart. */
function differing(before: Values, after: Values): string[] {
  return Object.keys(after).filter((key) => JSON.stringify(before[key] ?? null) !== JSON.stringify(after[key] ?? null));
}

const only = (values: Values, keys: readonly string[]): Values =>
  Object.fromEntries(keys.map((key) => [key, values[key] ?? null]));

/** Compares what a row says before and after; `planning` names the fields that open cases hang on. */
export function changeOf<Row>(
  row: Row,
  before: Values | null,
  after: Values,
  planning: readonly string[],
): Change<Row> {
  if (before === null) return { done: 'added', row, before: null, after, plans: false };
  const keys = differing(before, after);
  if (keys.length === 0) return { done: 'unchanged', row, before: null, after: null, plans: false };
  const plans = keys.some((key) => planning.includes(key));
  return { done: 'changed', row, before: only(before, keys), after: only(after, keys), plans };
}

/** What the file gives, else what is there, else nothing. Null in the file takes away. */
export function given<T>(inFile: T | null | undefined, before: T | null | undefined): T | null {
  return inFile === undefined ? (before ?? null) : inFile;
}

/** What differs from the defaults, in the defaults' order. */
function leadTimesText(partial: NonNullable<BoardInFile['leadTimes']>): string {
  const own = leadTimes(partial);
  const defaults: Values = { ...DEFAULT_LEAD_TIMES };
  return JSON.stringify(Object.fromEntries(Object.entries(own).filter(([key, value]) => value !== defaults[key])));
}

const boardValues = (row: BoardRow): Values => ({
  name: row.name,
  administration: row.administration,
  numberPattern: row.numberPattern,
  leadTimes: JSON.parse(row.leadTimes) as unknown,
  closedDays: JSON.parse(row.closedDays) as unknown,
  morningReport: row.morningReport === 1,
});

export function boardChange(inFile: BoardInFile, before: BoardRow | null, at: string): Change<BoardRow> {
  const closedDays: readonly LocalDate[] | undefined = inFile.closedDays;
  const row: BoardRow = {
    code: inFile.code,
    name: inFile.name,
    administration: given(inFile.administration, before?.administration),
    numberPattern: inFile.numberPattern ?? before?.numberPattern ?? DEFAULT_PATTERN,
    leadTimes: inFile.leadTimes ? leadTimesText(inFile.leadTimes) : (before?.leadTimes ?? '{}'),
    closedDays: closedDays ? JSON.stringify([...closedDays].sort()) : (before?.closedDays ?? '[]'),
    createdAt: before?.createdAt ?? at,
    morningReport: inFile.morningReport === undefined ? (before?.morningReport ?? 1) : Number(inFile.morningReport),
  };
  return changeOf(row, before && boardValues(before), boardValues(row), ['leadTimes', 'closedDays']);
}

export function meetingChange(
  inFile: MeetingInFile,
  board: string,
  before: MeetingRow | null,
  ids: Ids,
): Change<MeetingRow> {
  const row: MeetingRow = {
    id: before?.id ?? ids.next(),
    board,
    date: inFile.date,
    time: given(inFile.time, before?.time),
    place: given(inFile.place, before?.place),
    adjustmentOn: given(inFile.adjustmentOn, before?.adjustmentOn),
    dispatchOn: given(inFile.dispatchOn, before?.dispatchOn),
    state: 'planned',
    createdAt: before?.createdAt ?? ids.at,
  };
  const values = ({ date, time, place, adjustmentOn, dispatchOn }: MeetingRow): Values => ({
    date,
    time,
    place,
    adjustmentOn,
    dispatchOn,
  });
  const change = changeOf(row, before && values(before), values(row), ['adjustmentOn', 'dispatchOn']);
  // A new meeting may be one in time for a case that has none.
  return change.done === 'added' ? { ...change, plans: true } : change;
}

/** Where new ids come from, and when it all happens. */
export interface Ids {
  next(): string;
  readonly at: string;
}
