import { daysBetween, type LocalDate } from '../../../../domain/calendar/local-date.js';
import type { TimelinePoint } from './points.js';

/** A point with its place along the line. */
export interface PlacedPoint extends TimelinePoint {
  readonly x: number;
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
/** Of a letter at the size of the labels, a little more than the average. */
const LETTER = 7.4;

/** How wide a point's label is, in units of the drawing. */
export const labelWidth = ({ label, names }: Pick<TimelinePoint, 'label' | 'names'>): number =>
  Math.max(...[label, ...names].map((text) => text.length)) * LETTER;

/** Places wanted, moved apart until no two labels touch; the order stays. */
function spread(wanted: readonly number[], widths: readonly number[], width: number): number[] {
  const half = (i: number): number => (widths[i] ?? 0) / 2;
  const apart = (i: number): number => half(i) + half(i + 1) + GAP;
  const places: number[] = [];
  wanted.forEach((x, i) => {
    const least = i === 0 ? EDGE + half(0) : (places[i - 1] ?? 0) + apart(i - 1);
    places.push(Math.max(x, least));
  });
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

/**
 * Places the points of a timeline: by their days as far as the labels leave room, and never so near each other that
 * two labels meet. The drawing grows wider when all of them together do not fit.
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
  const places = spread(wanted, widths, width);
  const placed = points.map((point, i) => ({ ...point, x: Math.round((places[i] ?? 0) * 10) / 10 }));
  const todayX = today === null ? null : between(today, placed);
  return { width, points: placed, todayX: todayX === null ? null : Math.round(todayX * 10) / 10 };
}
