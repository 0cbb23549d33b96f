import { daysBetween, type LocalDate } from '../../../../domain/calendar/local-date.js';
import type { TimelinePoint } from './points.js';

/** A point with its place along the line, and that of its label below, which needs more room. */
export interface PlacedPoint extends TimelinePoint {
  readonly x: number;
  readonly labelX: number;
}

export interface TimelineLayout {
  readonly width: number;
  readonly points: readonly PlacedPoint[];
  /** Where today is, unless it is left out. */
  readonly todayX: number | null;
}

const WIDTH = 1040;
const EDGE = 8;
const GAP = 14;
/** How wide a point is drawn. */
export const DOT = 14;
/** Between two points of neighbouring days. */
const DOT_GAP = 3;
/** Of a letter at the size of the labels, a little more than the average. */
const LETTER = 7.4;

/** How wide a point's label is, in units of the drawing. */
export const labelWidth = ({ label, names }: Pick<TimelinePoint, 'label' | 'names'>): number =>
  Math.max(...[label, ...names].map((text) => text.length)) * LETTER;

/** The rising numbers nearest to these: those that fall become their mean. */
function rising(numbers: readonly number[]): number[] {
  const runs: { sum: number; count: number }[] = [];
  for (const number of numbers) {
    let run = { sum: number, count: 1 };
    for (let before = runs.at(-1); before && before.sum / before.count > run.sum / run.count; before = runs.at(-1)) {
      runs.pop();
      run = { sum: before.sum + run.sum, count: before.count + run.count };
    }
    runs.push(run);
  }
  return runs.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count));
}

/** Places wanted, moved apart to both sides until no two of these widths touch; the order stays. */
function spread(wanted: readonly number[], widths: readonly number[], width: number, gap: number): number[] {
  const half = (i: number): number => (widths[i] ?? 0) / 2;
  const apart = (i: number): number => half(i) + half(i + 1) + gap;
  const taken = wanted.map((_, i) => wanted.slice(0, i).reduce((sum, _one, before) => sum + apart(before), 0));
  const places = rising(wanted.map((x, i) => x - (taken[i] ?? 0))).map((x, i) =>
    Math.max(x + (taken[i] ?? 0), EDGE + half(0) + (taken[i] ?? 0)),
  );
  for (let i = places.length - 1; i >= 0; i -= 1) {
    const most = i === places.length - 1 ? width - EDGE - half(i) : (places[i + 1] ?? 0) - apart(i);
    places[i] = Math.min(places[i] ?? 0, most);
  }
  return places;
}

/** Where a day lies between the points on either side of it. */
function between(day: LocalDate, points: readonly PlacedPoint[]): number | null {
  const next = points.findIndex((point) => point.day >= day);
  const after = points[next];
  if (after?.day === day) return after.x;
  const before = points[next === -1 ? points.length - 1 : next - 1];
  if (after === undefined || before === undefined) return null;
  const share = daysBetween(before.day, day) / daysBetween(before.day, after.day);
  return before.x + (after.x - before.x) * share;
}

const rounded = (x: number): number => Math.round(x * 10) / 10;

/**
 * Places the points of a timeline by their days, and their labels as near them as can be without two of them meeting.
 * The drawing grows wider when all labels together do not fit.
 *
 * @param today left out for a case that has ended; before the first or after the last point it is not drawn
 */
export function layOut(points: readonly TimelinePoint[], today: LocalDate | null): TimelineLayout {
  const widths = points.map(labelWidth);
  const needed = widths.reduce((sum, w) => sum + w + GAP, 2 * EDGE - GAP);
  const width = Math.max(WIDTH, Math.ceil(needed));
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return { width, points: [], todayX: null };
  const span = Math.max(1, daysBetween(first.day, last.day));
  const start = EDGE + (widths[0] ?? 0) / 2;
  const end = width - EDGE - (widths.at(-1) ?? 0) / 2;
  const wanted = points.map(({ day }) => start + ((end - start) * daysBetween(first.day, day)) / span);
  const places = spread(wanted, points.map(() => DOT), width, DOT_GAP); // prettier-ignore
  const labels = spread(places, widths, width, GAP);
  const placed = points.map((point, i) => ({ ...point, x: rounded(places[i] ?? 0), labelX: rounded(labels[i] ?? 0) }));
  const todayX = today === null ? null : between(today, placed);
  return { width, points: placed, todayX: todayX === null ? null : rounded(todayX) };
}
